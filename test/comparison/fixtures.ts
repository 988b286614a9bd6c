import type { JointEstimates } from '../../src/comparison/joint-estimates.ts';
import { comparisonMath, type ComparisonMath } from '../../src/comparison/math.ts';
import { open } from '../kernels/open.ts';
import { csvRows } from '../support/csv-rows.ts';

export type Row = Record<string, string>;

export const fixture = (name: string): Row[] => csvRows(new URL(`../fixtures/comparison/${name}.csv`, import.meta.url));

/** A fixture's number; an empty cell is NaN. */
export const num = (row: Row, column: string): number => (row[column] === '' ? NaN : Number(row[column]));

export const openMath = async (): Promise<ComparisonMath> => comparisonMath(await open());

export interface FixtureSet {
  readonly name: string;
  readonly estimates: JointEstimates;
  readonly n: readonly number[];
  readonly centre: number;
}

/** The sets of units.csv, without a covariance. */
export function unitSets(): FixtureSet[] {
  const rows = fixture('units');
  return [...new Set(rows.map((row) => row['set']!))].map((name) => {
    const own = rows.filter((row) => row['set'] === name);
    return { name, estimates: independent(own.map((row) => num(row, 'estimate')), own.map((row) => num(row, 'std_error'))), n: own.map((row) => num(row, 'n')), centre: num(own[0]!, 'centre') };
  });
}

export function independent(estimate: readonly number[], standardError: readonly number[]): JointEstimates {
  return { labels: estimate.map((_, i) => `u${i + 1}`), estimate: Float64Array.from(estimate), standardError: Float64Array.from(standardError), covariance: null };
}

/** Estimates with a covariance given by its entries. */
export function joint(estimate: readonly number[], covariance: (i: number, j: number) => number): JointEstimates {
  const k = estimate.length;
  const entries = Float64Array.from({ length: k * k }, (_, at) => covariance(Math.floor(at / k), at % k));
  return { ...independent(estimate, estimate.map((_, i) => Math.sqrt(entries[i * k + i]!))), covariance: entries };
}

/** Largest difference of two lists, relative to what is expected where that is above 1; ∞ where they do not fit. */
export function largestDifference(got: ArrayLike<number>, expected: ArrayLike<number>): number {
  if (got.length !== expected.length) return Infinity;
  return Array.from(got, (value, i) => {
    const wanted = expected[i]!;
    if (Number.isNaN(value) || Number.isNaN(wanted)) return Number.isNaN(value) && Number.isNaN(wanted) ? 0 : Infinity;
    return Math.abs(value - wanted) / Math.max(1, Math.abs(wanted));
  }).reduce((most, difference) => Math.max(most, difference), 0);
}
