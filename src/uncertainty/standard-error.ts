import type { CellSums } from '../indicator/cell-sums.ts';
import type { MeanError, StandardErrors } from '../indicator/indicator.ts';
import type { GroupingErrors, SumError } from './combination-errors.ts';

/** The published methods, from a cell's own rows: months are taken to be independent. */
export function cellStandardErrors(interval: 'outcome' | 'residual'): StandardErrors {
  const ofCell = interval === 'outcome' ? outcomeStandardError : residualStandardError;
  return {
    ofMonths({ cells, zeroOne }, { group, groups, weights }) {
      let variance = 0;
      weights.forEach((weight, t) => {
        if (weight === 0) return;
        const error = weight * ofCell(cells, t * groups + group, zeroOne);
        variance += error * error;
      });
      return publishedError(Math.sqrt(variance));
    },
    acrossMonths: false,
  };
}

/** By the published formulas there is no error of one row, and none where nothing varies. */
function publishedError(standardError: number): MeanError {
  if (Number.isNaN(standardError)) return { state: 'too_few_persons', standardError, freedom: Infinity };
  return standardError > 0 ? { state: 'ok', standardError, freedom: Infinity } : { state: 'no_variation', standardError, freedom: Infinity };
}

/** Fewer degrees of freedom make no interval: the variance itself is then hardly known. */
export const fewestFreedom = 4;

/** From the errors of the sums of months that were asked for, by outcome. */
export function sumStandardErrors(found: ReadonlyMap<string, GroupingErrors>): StandardErrors {
  return {
    ofMonths: ({ outcome }, { group, weights }) => sumMeanError(found.get(outcome)!.of(group, weights)),
    acrossMonths: true,
  };
}

export function sumMeanError({ variance, freedom, held, lost }: SumError): MeanError {
  const alone = freedom === 0;
  if (held) return { state: 'held_at_zero', standardError: 0, freedom: alone ? NaN : freedom };
  // One cluster alone says nothing of how much a mean varies.
  if (alone) return { state: 'too_few_persons', standardError: NaN, freedom: NaN };
  return { state: freedom < fewestFreedom || lost > mostLost ? 'too_few_persons' : 'ok', standardError: Math.sqrt(variance), freedom };
}

/** A larger share of the variance lost makes no interval: of months of three rows a third is. */
const mostLost = 0.05;

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
