import { homeCells, sumAt, type DesignMatrix } from '../coding/design-matrix.ts';
import type { ColumnTotals } from './passes.ts';

/** A level (one pair) or a crossed cell of an interaction (two pairs) where everybody has the same outcome. */
export interface Separated {
  readonly at: readonly (readonly [factor: number, level: number])[];
  readonly limit: 0 | 1;
}

/**
 * Levels and crossed cells of interactions, reference levels too, whose rows all have the outcome 0 or all 1.
 *
 * @param counts rows by level cell
 * @param totals Σ y by level cell
 */
export function findSeparated(design: DesignMatrix, counts: ArrayLike<number>, totals: ColumnTotals): Separated[] {
  const found: Separated[] = [];
  const consider = (at: Separated['at']): void => {
    const n = sumAt(design, counts, at);
    if (n === 0) return;
    const ones = sumAt(design, totals.byLevel, at);
    if (ones === 0 || ones === n) found.push({ at, limit: ones === 0 ? 0 : 1 });
  };
  design.factors.forEach((factor, f) => factor.labels.forEach((_, level) => consider([[f, level]])));
  for (const [a, b] of design.interactions) {
    design.factors[a]!.labels.forEach((_, i) => design.factors[b]!.labels.forEach((__, j) => consider([[a, i], [b, j]])));
  }
  return found;
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
export function setAside(design: DesignMatrix, { within, outside }: Aside, separated: readonly Separated[], round: number): void {
  const size = asideSizes[round] ?? asideSizes.at(-1)!;
  for (const { at, limit } of separated) {
    for (const cell of homeCells(design, at)) {
      within[cell]! += limit === 1 ? size : -size;
      outside[cell]! += limit === 1 ? Infinity : -Infinity;
    }
  }
}

const asideSizes = [1e200, 1e190, 1e180, 1e170, 1e160, 1e150, 1e140, 1e130, 1e120, 1e110, 1e100, 1e90, 1e80, 1e70, 1e60, 1e50, 1e40, 1e30, 1e20];
