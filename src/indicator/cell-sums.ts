import type { Family, Predictor } from '../estimate/passes.ts';

/**
 * Sums over the rows of one outcome that have an expected value, by cell: cell = month · groups + group, the month counted
 * from the first. Hours a week, or shares.
 */
export interface CellSums {
  readonly n: Float64Array;
  /** Σ y, Σ y². */
  readonly outcome: Float64Array;
  readonly outcomeSquared: Float64Array;
  /** Σ μ, the expected outcome. */
  readonly expected: Float64Array;
  /** Σ (y − μ)². */
  readonly residualSquared: Float64Array;
}

/** The pass over all predicted rows of a sample, those outside the estimation sample too. */
export interface CellPass {
  /** Actual, expected and residual sums by cell, one entry per grouping; rows without expected value counted apart. */
  cells(outcome: number, predictor: Predictor, family: Family): Promise<{ groupings: readonly CellSums[]; withoutExpected: number }>;
}

/** Sums without those of some cells, as if they had no rows. */
export function withoutCells(cells: CellSums, hidden: Uint8Array): CellSums {
  const kept = (values: Float64Array): Float64Array => values.map((value, cell) => (hidden[cell] ? 0 : value));
  return {
    n: kept(cells.n), outcome: kept(cells.outcome), outcomeSquared: kept(cells.outcomeSquared), expected: kept(cells.expected), residualSquared: kept(cells.residualSquared),
  };
}

/** Sums of several populations' rows, cell by cell. */
export function addCellSums(parts: readonly CellSums[]): CellSums {
  const add = (pick: (part: CellSums) => Float64Array): Float64Array =>
    parts.map(pick).reduce((sum, next) => sum.map((value, cell) => value + next[cell]!));
  return {
    n: add((part) => part.n),
    outcome: add((part) => part.outcome),
    outcomeSquared: add((part) => part.outcomeSquared),
    expected: add((part) => part.expected),
    residualSquared: add((part) => part.residualSquared),
  };
}
