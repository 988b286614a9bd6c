import type { ModelSpec } from '../../src/spec/model-spec.ts';
import type { Period } from '../../src/spec/months.ts';
import type { Predicted, ReferenceOutcome } from './model.ts';
import { normalQuantile } from './distributions.ts';
import { labelOf, sortedLabels, withinRanges } from './table.ts';

export interface ReferenceIndicatorRow {
  readonly outcome: string;
  readonly group: readonly string[];
  readonly period: string;
  readonly n: number;
  readonly months: number;
  readonly actual: number;
  readonly expected: number;
  readonly indicator: number;
  readonly standardError: number;
  readonly confLow: number;
  readonly confHigh: number;
  readonly actualSeasonallyAdjusted: number;
  readonly expectedSeasonallyAdjusted: number;
  readonly indicatorSeasonallyAdjusted: number;
  readonly relativePercent: number;
}

export interface IndicatorOf {
  readonly spec: ModelSpec;
  readonly outcomes: readonly ReferenceOutcome[];
  readonly by: readonly string[];
  readonly period?: Period;
  readonly pooled?: boolean;
  readonly interval?: 'outcome' | 'residual';
  readonly level?: number;
  readonly relativeTo?: string | null;
  readonly threshold?: number | null;
}

interface MonthValues {
  readonly n: number;
  readonly actual: number;
  readonly expected: number;
  readonly indicator: number;
  readonly standardError: number;
}

const mean = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length;

export function referenceIndicator(request: IndicatorOf): ReferenceIndicatorRow[] {
  const { spec, outcomes, by, period = 'month', pooled = false, level = 95, relativeTo = null, threshold = null } = request;
  const z = normalQuantile(0.5 + level / 200);
  return outcomes.flatMap(({ outcome, predicted }) => {
    const zeroOne = predicted.every(({ actual }) => actual === 0 || actual === 1);
    return groupsOf(predicted, by).flatMap(({ group, members }) => {
      const months = sortedLabels(members.map(({ row }) => String(row[spec.month])));
      const within = (month: string): Predicted[] => members.filter(({ row }) => row[spec.month] === month);
      const values = new Map(months.map((month) => [month, summarize(within(month), { zeroOne, interval: request.interval ?? 'outcome' })]));
      const reference = spec.seasonal?.reference[String(outcome.horizon)] ?? [];
      const adjusted = (['actual', 'expected', 'indicator'] as const).map((which) => adjust(new Map([...values].map(([month, value]) => [month, value[which]])), reference));
      const divisor = mean((relativeTo === null ? members : within(relativeTo)).map(({ actual }) => actual));
      return periodsOf(months, period).map(({ label, of }) => {
        const summary = pooled ? summarize(of.flatMap(within), { zeroOne, interval: request.interval ?? 'outcome' }) : average(of.map((month) => values.get(month)!));
        const withheld = threshold !== null && summary.n < threshold;
        const weight = (month: string): number => (pooled ? values.get(month)!.n / summary.n : 1 / of.length);
        const [a, e, i] = adjusted.map((series) => of.reduce((sum, month) => sum + weight(month) * (series.get(month) ?? NaN), 0));
        const shown = (value: number): number => (withheld ? NaN : value);
        // Where nothing varies, or the model holds the mean at zero, there is no interval.
        const here = members.filter(({ row }) => period === 'all' || of.includes(String(row[spec.month])));
        const rare = request.interval === 'residual' && fewEvents(here, spec.person, zeroOne);
        // Least squares holds the pooled mean of its own groups at zero.
        const isHeld = pooled && period === 'all' && outcome.family === 'gaussian' && Math.abs(summary.indicator) < 1e-10;
        const reach = summary.standardError > 1e-12 && !rare && !isHeld ? z * summary.standardError : NaN;
        return {
          outcome: outcome.name, group, period: label,
          n: shown(summary.n), months: shown(of.length), actual: shown(summary.actual), expected: shown(summary.expected),
          indicator: shown(summary.indicator), standardError: shown(summary.standardError),
          confLow: shown(summary.indicator - reach), confHigh: shown(summary.indicator + reach),
          actualSeasonallyAdjusted: shown(a!), expectedSeasonallyAdjusted: shown(e!), indicatorSeasonallyAdjusted: shown(i!),
          relativePercent: shown((100 * summary.indicator) / divisor),
        };
      });
    });
  });
}

/** Fewer than ten persons with, or without, a 0/1 outcome, or above 0. */
function fewEvents(rows: readonly Predicted[], person: string, zeroOne: boolean): boolean {
  const persons = (of: readonly Predicted[]): number => new Set(of.map(({ row }) => labelOf(row, person))).size;
  return persons(rows.filter(({ actual }) => actual > 0)) < 10 || (zeroOne && persons(rows.filter(({ actual }) => actual < 1)) < 10);
}

function groupsOf(predicted: readonly Predicted[], by: readonly string[]): { group: string[]; members: Predicted[] }[] {
  let groups: { group: string[]; members: Predicted[] }[] = [{ group: [], members: [...predicted] }];
  for (const column of by) {
    groups = groups.flatMap(({ group, members }) =>
      sortedLabels(members.map(({ row }) => labelOf(row, column))).map((label) => ({ group: [...group, label], members: members.filter(({ row }) => labelOf(row, column) === label) })),
    );
  }
  return groups;
}

function summarize(rows: readonly Predicted[], { zeroOne, interval }: { zeroOne: boolean; interval: 'outcome' | 'residual' }): MonthValues {
  const n = rows.length;
  const [actual, expected] = [mean(rows.map((row) => row.actual)), mean(rows.map((row) => row.expected))];
  const spread = rows.map((row) => (interval === 'outcome' ? row.actual : row.actual - row.expected));
  const deviation = Math.sqrt(spread.reduce((sum, value) => sum + (value - mean(spread)) ** 2, 0) / (n - 1));
  const standardError = n === 1 ? NaN : interval === 'outcome' && zeroOne ? Math.sqrt((actual * (1 - actual)) / n) : deviation / Math.sqrt(n);
  return { n, actual, expected, indicator: mean(rows.map((row) => row.actual - row.expected)), standardError };
}

function average(values: readonly MonthValues[]): MonthValues {
  return {
    n: values.reduce((sum, value) => sum + value.n, 0),
    actual: mean(values.map((value) => value.actual)),
    expected: mean(values.map((value) => value.expected)),
    indicator: mean(values.map((value) => value.indicator)),
    standardError: Math.sqrt(values.reduce((sum, value) => sum + value.standardError ** 2, 0)) / values.length,
  };
}

/** The series less its calendar month's mean plus the mean of all, over reference months that have a value. */
function adjust(series: ReadonlyMap<string, number>, ranges: readonly string[]): Map<string, number> {
  const reference = [...series].filter(([month]) => withinRanges(month, ranges));
  const sameCalendarMonth = (month: string): number[] => reference.filter(([other]) => other.slice(5) === month.slice(5)).map(([, value]) => value);
  const calendar = Array.from({ length: 12 }, (_, k) => `0000-${String(k + 1).padStart(2, '0')}`);
  if (calendar.some((month) => sameCalendarMonth(month).length < 2)) return new Map();
  const overall = mean(reference.map(([, value]) => value));
  return new Map([...series].map(([month, value]) => [month, value - mean(sameCalendarMonth(month)) + overall]));
}

const partsOfYear = { tertial: ['T', 4], quarter: ['Q', 3] } as const;

function periodsOf(months: readonly string[], period: Period): { label: string; of: string[] }[] {
  if (period === 'month') return months.map((month) => ({ label: month, of: [month] }));
  if (period === 'all') return months.length === 0 ? [] : [{ label: 'all', of: [...months] }];
  const labelOfMonth = (month: string): string => {
    if (period === 'year') return month.slice(0, 4);
    const [letter, length] = partsOfYear[period];
    return `${month.slice(0, 4)}-${letter}${Math.ceil(Number(month.slice(5)) / length)}`;
  };
  const complete = period === 'year' ? 12 : partsOfYear[period][1];
  return [...new Set(months.map(labelOfMonth))]
    .map((label) => ({ label, of: months.filter((month) => labelOfMonth(month) === label) }))
    .filter(({ of }) => of.length === complete);
}
