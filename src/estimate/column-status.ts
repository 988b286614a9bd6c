import type { ModelColumns } from '../coding/model-columns.ts';
import type { LevelStatus } from './fit.ts';
import { diagonalSum } from './frame-sums.ts';
import type { Separated } from './separation.ts';

/**
 * Whether each column has an estimate, and why where it has none.
 *
 * @param gram X′X of the frame over all estimation rows, lower triangle
 */
export function columnStatus(model: ModelColumns, gram: Float64Array, kept: Uint8Array, separated: readonly Separated[] | null): LevelStatus[] {
  const aside = new Set((separated ?? []).flatMap(({ at }) => columnsWithin(model, at)));
  return model.columns.map(({ numeric }, j) => {
    const members = [...model.members.subarray(model.start[j], model.start[j + 1])];
    if (numeric === null && diagonalSum(gram, members) === 0) return 'empty';
    if (kept[j]) return 'estimated';
    return aside.has(j) ? 'separated' : 'collinear';
  });
}

/** The column of a separated level or cell itself; none where it is a reference. */
function columnsWithin({ terms, columns }: ModelColumns, at: Separated['at']): number[] {
  const term = at.map(([factor]) => terms.factors[factor]!.name).join(':');
  const level = at.map(([factor, l]) => terms.factors[factor]!.labels[l]!).join(':');
  const j = columns.findIndex((column) => column.term === term && column.level === level);
  return j < 0 ? [] : [j];
}

/** Reference levels, as `factor:level`, whose rows were all set aside. */
export function separatedReferences({ terms }: ModelColumns, separated: readonly Separated[]): Set<string> {
  return new Set(
    separated
      .filter(({ at }) => at.length === 1 && terms.factors[at[0]![0]]!.reference === at[0]![1])
      .map(({ at }) => `${at[0]![0]}:${at[0]![1]}`),
  );
}
