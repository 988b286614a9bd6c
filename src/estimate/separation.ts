import type { DesignMatrix } from '../coding/design-matrix.ts';
import { cellsOfColumns } from '../coding/frame.ts';
import { everyPlace, type Levels, type ModelColumns } from '../coding/model-columns.ts';
import { diagonalSum } from './frame-sums.ts';

/** A level (one pair) or a crossed cell of an interaction (two pairs) where everybody has the same outcome. */
export interface Separated {
  readonly at: Levels;
  readonly limit: 0 | 1;
  /** Rows there when it was found, those set aside before left out. */
  readonly rows: number;
}

/**
 * Levels and crossed cells of interactions, reference levels too, whose rows all have the outcome 0 or all 1.
 *
 * @param sums X′X and X′y of the frame
 */
export function findSeparated(model: ModelColumns, { gram, crossProduct }: { readonly gram: Float64Array; readonly crossProduct: Float64Array }): Separated[] {
  return everyPlace(model.terms).flatMap((at): Separated[] => {
    const columns = model.at(at);
    const n = diagonalSum(gram, columns);
    if (n === 0) return [];
    const ones = columns.reduce((sum, column) => sum + crossProduct[column]!, 0);
    return ones === 0 || ones === n ? [{ at, limit: ones === 0 ? 0 : 1, rows: n }] : [];
  });
}

/** What set-aside rows get on top of their linear predictor, by level cell. */
export interface Aside {
  /** For estimation rows: finite, and 0 for rows that stay. */
  readonly within: Float64Array;
  /** For other rows: infinite, so that a row drawn to both limits has no expected value. */
  readonly outside: Float64Array;
}

/**
 * Adds to the linear predictor of set-aside rows what carries them to their limit. A row may meet several separated
 * levels, found in different rounds: the first round decides, so each round's share outweighs all later ones.
 */
export function setAside({ within, outside }: Aside, separated: readonly Separated[], { frame, model, round }: { frame: DesignMatrix; model: ModelColumns; round: number }): void {
  const size = asideSizes[round] ?? asideSizes.at(-1)!;
  for (const { at, limit } of separated) {
    for (const cell of cellsOfColumns(frame, model.at(at))) {
      within[cell]! += limit === 1 ? size : -size;
      outside[cell]! += limit === 1 ? Infinity : -Infinity;
    }
  }
}

const asideSizes = [1e200, 1e190, 1e180, 1e170, 1e160, 1e150, 1e140, 1e130, 1e120, 1e110, 1e100, 1e90, 1e80, 1e70, 1e60, 1e50, 1e40, 1e30, 1e20];
