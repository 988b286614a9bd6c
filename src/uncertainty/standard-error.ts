import type { CellSums } from '../indicator/cell-sums.ts';
import type { StandardErrors } from '../indicator/indicator.ts';

/** The standard errors of an interval method. */
export function standardErrorsOf(interval: 'outcome' | 'residual'): StandardErrors {
  return { ofCell: interval === 'outcome' ? outcomeStandardError : residualStandardError, ofMeanOfMonths: meanOfMonthsStandardError };
}

/**
 * Standard error of a cell's mean outcome: σ/√n with n − 1 in σ, √(p(1 − p)/n) where all values of the outcome are 0 or 1.
 * NaN for n = 1.
 */
export function outcomeStandardError(cell: CellSums, at: number, zeroOne: boolean): number {
  const n = cell.n[at]!;
  const mean = cell.outcome[at]! / n;
  if (zeroOne) return n > 1 ? Math.sqrt((mean * (1 - mean)) / n) : NaN;
  return Math.sqrt(variance(n, cell.outcome[at]!, cell.outcomeSquared[at]!) / n);
}

/** Standard error of a cell's mean of actual − expected: its standard deviation (n − 1) over √n. NaN for n = 1. */
export function residualStandardError(cell: CellSums, at: number): number {
  const n = cell.n[at]!;
  const sum = cell.outcome[at]! - cell.expected[at]!;
  return Math.sqrt(variance(n, sum, cell.residualSquared[at]!) / n);
}

/** What the sums round off: less variation than this share of Σ v² is none. */
const rounding = 1e-14;

function variance(n: number, sum: number, sumOfSquares: number): number {
  if (n <= 1) return NaN;
  const variation = sumOfSquares - (sum * sum) / n;
  return variation > rounding * sumOfSquares ? variation / (n - 1) : 0;
}

/**
 * Standard error of the unweighted mean of k months, √ΣSE²/k. Naive: it treats a person's months as independent.
 */
export function meanOfMonthsStandardError(standardErrors: readonly number[]): number {
  return Math.sqrt(standardErrors.reduce((sum, se) => sum + se * se, 0)) / standardErrors.length;
}
