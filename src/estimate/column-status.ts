import { everyPlace, type Levels, type ModelColumns } from '../coding/model-columns.ts';
import type { LevelStatus } from './fit.ts';
import { diagonalSum } from './frame-sums.ts';
import type { Separated } from './separation.ts';

/** Lower triangles of the frame whose diagonals tell where there are rows: in the estimation sample, and once separated rows are set aside. */
export interface RowsAt {
  readonly all: Float64Array;
  readonly left: Float64Array;
}

/** Whether each column has an estimate, and why where it has none. */
export function columnStatus(model: ModelColumns, { all, left }: RowsAt, kept: Uint8Array): LevelStatus[] {
  return model.columns.map(({ numeric }, j) => {
    const members = [...model.members.subarray(model.start[j], model.start[j + 1])];
    if (numeric === null && diagonalSum(all, members) === 0) return 'empty';
    if (kept[j]) return 'estimated';
    return numeric === null && diagonalSum(left, members) === 0 ? 'separated' : 'collinear';
  });
}

/**
 * Columns of the frame at which a row outside the estimation sample has no expected value: those of levels and of crossed
 * cells without a row, a reference among them or not, and of levels that are not estimated on their own. Where rows are set
 * aside, a level that separates them has a limit; one that has merely lost its rows to others has none.
 */
export function unestimatedColumns(model: ModelColumns, { all, left }: RowsAt, status: readonly LevelStatus[], separated: readonly Separated[]): number[] {
  const limits = new Set(separated.map(({ at }) => keyOf(at)));
  const columnAt = new Map(model.places.map((place, j) => [keyOf(place), j]));
  const found = everyPlace(model.terms).flatMap((place) => {
    const members = model.at(place);
    if (diagonalSum(all, members) === 0) return members;
    if (diagonalSum(left, members) === 0) return limits.has(keyOf(place)) ? [] : members;
    return status[columnAt.get(keyOf(place)) ?? -1] === 'collinear' ? members : [];
  });
  return [...new Set(found)];
}

export const keyOf = (place: Levels): string => place.join('/');
