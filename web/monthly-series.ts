import type { IndicatorTable } from '../src/indicator/table.ts';
import { shownErrors } from './interval.ts';

/** One group's months on a common grid; NaN where the month has no row or the number cannot be computed. */
export interface MonthlySeries {
  /** Label of the group, '' for the whole or for rows without a group. */
  readonly group: string;
  readonly n: Float64Array;
  readonly actual: Float64Array;
  readonly expected: Float64Array;
  readonly indicator: Float64Array;
  /** NaN where there is no interval. */
  readonly standardError: Float64Array;
  readonly freedom: Float64Array;
}

/** The groups of a monthly table for one outcome, in the table's order. */
export function monthlySeries(
  table: IndicatorTable,
  { outcome, months, seasonal }: { outcome: string; months: readonly string[]; seasonal: boolean },
): MonthlySeries[] {
  const position = new Map(months.map((month, index) => [month, index]));
  const found = new Map<string, MonthlySeries>();
  const actual = seasonal ? table.actualSeasonallyAdjusted : table.actual;
  const expected = seasonal ? table.expectedSeasonallyAdjusted : table.expected;
  const indicator = seasonal ? table.indicatorSeasonallyAdjusted : table.indicator;
  const errors = shownErrors(table, seasonal);
  for (let row = 0; row < table.outcome.length; row++) {
    const at = position.get(table.periods[row]!);
    if (table.outcome[row] !== outcome || at === undefined) continue;
    const group = table.groups.map((labels) => labels[row]).join(', ');
    let series = found.get(group);
    if (series === undefined) found.set(group, (series = emptySeries(group, months.length)));
    series.n[at] = table.n[row]!;
    series.actual[at] = actual[row]!;
    series.expected[at] = expected[row]!;
    series.indicator[at] = indicator[row]!;
    series.standardError[at] = errors.standardError[row]!;
    series.freedom[at] = errors.freedom[row]!;
  }
  return [...found.values()];
}

function emptySeries(group: string, length: number): MonthlySeries {
  const blank = (): Float64Array => new Float64Array(length).fill(NaN);
  return { group, n: blank(), actual: blank(), expected: blank(), indicator: blank(), standardError: blank(), freedom: blank() };
}

/** Index of the last month with a number, −1 if there is none. */
export const lastIndex = (values: ArrayLike<number | null>): number => {
  for (let k = values.length - 1; k >= 0; k--) {
    const value = values[k];
    if (value !== null && Number.isFinite(value)) return k;
  }
  return -1;
};

/** Numbers for a chart: multiplied by `factor`, null where there is none. */
export const plotted = (values: Float64Array, factor: number): (number | null)[] =>
  Array.from(values, (value) => (Number.isFinite(value) ? value * factor : null));

/** The Januaries of a month grid, or the first periods of the years, named by their years. */
export const yearTicks = (months: readonly string[]): { at: number; label: string }[] =>
  months.flatMap((month, at) => (/^\d{4}(-01|-T1|-Q1)?$/.test(month) ? [{ at, label: month.slice(0, 4) }] : []));
