import { completePeriods, formatMonth, monthsOfRanges, type Period } from '../spec/months.ts';
import type { CellSums } from './cell-sums.ts';
import { seasonallyAdjusted } from './seasonal.ts';
import type { IndicatorTable } from './table.ts';

export interface OutcomeCells {
  readonly outcome: string;
  readonly horizon: number;
  /** Every value is 0 or 1. */
  readonly zeroOne: boolean;
  readonly cells: CellSums;
}

/** How sure: given from outside, so that the indicator does not know its methods. */
export interface StandardErrors {
  /** Of the indicator of one cell. */
  ofCell(cells: CellSums, at: number, zeroOne: boolean): number;
  /** Of the unweighted mean of months, from theirs. */
  ofMeanOfMonths(standardErrors: readonly number[]): number;
}

export interface IndicatorRequest {
  readonly by: readonly string[];
  /** Labels of each group by column, in the order of the cells. */
  readonly groups: readonly (readonly string[])[];
  readonly firstMonth: number;
  readonly months: number;
  readonly outcomes: readonly OutcomeCells[];
  /** Reference months of the seasonal adjustment by horizon, as ranges. */
  readonly seasonalReference: Readonly<Record<string, readonly string[]>>;
  readonly period: Period;
  readonly standardErrors: StandardErrors;
  /** Normal quantile of the interval's level. */
  readonly z: number;
  /** Month index of the month that divides the relative deviation; null for the whole period. */
  readonly relativeTo: number | null;
  readonly threshold: number | null;
}

/** One group's series, a value a month; NaN where the group has no row. */
interface Series {
  readonly n: Float64Array;
  readonly actual: Float64Array;
  readonly expected: Float64Array;
  readonly indicator: Float64Array;
  readonly standardError: Float64Array;
}

interface Point {
  readonly n: number;
  readonly actual: number;
  readonly expected: number;
  readonly indicator: number;
  readonly standardError: number;
  readonly adjusted: readonly [actual: number, expected: number, indicator: number];
}

/** Actual, expected and indicator by group and period, with intervals, seasonal adjustment and relative deviation. */
export function indicatorTable(request: IndicatorRequest): IndicatorTable {
  const labels: { outcome: string; group: readonly string[]; period: string }[] = [];
  const points: (Point & { relative: number })[] = [];
  for (const outcome of request.outcomes) {
    const reference = monthsOfRanges(request.seasonalReference[String(outcome.horizon)] ?? []);
    request.groups.forEach((group, g) => {
      const divisor = relativeDivisor(request, outcome.cells, g);
      for (const [period, point] of groupPoints(request, outcome, g, reference)) {
        labels.push({ outcome: outcome.outcome, group, period });
        const withheld = request.threshold !== null && point.n < request.threshold;
        points.push({ ...(withheld ? nothing : point), relative: withheld ? NaN : (100 * point.indicator) / divisor });
      }
    });
  }
  const column = (value: (point: Point & { relative: number }) => number): Float64Array => Float64Array.from(points, value);
  return {
    by: request.by,
    period: request.period,
    outcome: labels.map(({ outcome }) => outcome),
    groups: request.by.map((_, c) => labels.map(({ group }) => group[c]!)),
    periods: labels.map(({ period }) => period),
    n: column((point) => point.n),
    actual: column((point) => point.actual),
    expected: column((point) => point.expected),
    indicator: column((point) => point.indicator),
    standardError: column((point) => point.standardError),
    confLow: column((point) => point.indicator - request.z * point.standardError),
    confHigh: column((point) => point.indicator + request.z * point.standardError),
    actualSeasonallyAdjusted: column((point) => point.adjusted[0]),
    expectedSeasonallyAdjusted: column((point) => point.adjusted[1]),
    indicatorSeasonallyAdjusted: column((point) => point.adjusted[2]),
    relativePercent: column((point) => point.relative),
  };
}

const nothing: Point = { n: NaN, actual: NaN, expected: NaN, indicator: NaN, standardError: NaN, adjusted: [NaN, NaN, NaN] };

function groupPoints(request: IndicatorRequest, outcome: OutcomeCells, group: number, reference: ReadonlySet<number>): Map<string, Point> {
  const { firstMonth, period } = request;
  const series = groupSeries(request, outcome, group);
  const none = new Float64Array(request.months).fill(NaN);
  const adjusted = [series.actual, series.expected, series.indicator].map((values) => seasonallyAdjusted(values, firstMonth, reference) ?? none);
  const present = Array.from(series.n.keys()).filter((t) => series.n[t]! > 0);
  const points = new Map<string, Point>();
  if (period === 'month') {
    for (const t of present) {
      points.set(formatMonth(firstMonth + t), {
        n: series.n[t]!,
        actual: series.actual[t]!,
        expected: series.expected[t]!,
        indicator: series.indicator[t]!,
        standardError: series.standardError[t]!,
        adjusted: [adjusted[0]![t]!, adjusted[1]![t]!, adjusted[2]![t]!],
      });
    }
    return points;
  }
  const periods = completePeriods(present.map((t) => firstMonth + t), period);
  for (const [label, members] of periods) {
    const at = members.map((month) => month - firstMonth);
    const mean = (values: Float64Array): number => at.reduce((sum, t) => sum + values[t]!, 0) / at.length;
    points.set(label, {
      n: at.reduce((sum, t) => sum + series.n[t]!, 0),
      ...(period === 'all' ? pooled(request, outcome, group) : { actual: mean(series.actual), expected: mean(series.expected), indicator: mean(series.indicator), standardError: request.standardErrors.ofMeanOfMonths(at.map((t) => series.standardError[t]!)) }),
      adjusted: [mean(adjusted[0]!), mean(adjusted[1]!), mean(adjusted[2]!)],
    });
  }
  return points;
}

function groupSeries({ months, groups, standardErrors }: IndicatorRequest, { cells, zeroOne }: OutcomeCells, group: number): Series {
  const at = Array.from({ length: months }, (_, t) => t * groups.length + group);
  const series = (value: (cell: number) => number): Float64Array => Float64Array.from(at, (cell) => (cells.n[cell]! > 0 ? value(cell) : NaN));
  return {
    n: Float64Array.from(at, (cell) => cells.n[cell]!),
    actual: series((cell) => cells.outcome[cell]! / cells.n[cell]!),
    expected: series((cell) => cells.expected[cell]! / cells.n[cell]!),
    indicator: series((cell) => (cells.outcome[cell]! - cells.expected[cell]!) / cells.n[cell]!),
    standardError: series((cell) => standardErrors.ofCell(cells, cell, zeroOne)),
  };
}

/** The whole period as one set of rows, so that a covariate's groups have the mean the regression gives them. */
function pooled(request: IndicatorRequest, outcome: OutcomeCells, group: number) {
  const one = (values: Float64Array): Float64Array => Float64Array.of(sumOverMonths(request, values, group));
  const { cells } = outcome;
  const all: OutcomeCells = {
    ...outcome,
    cells: { n: one(cells.n), outcome: one(cells.outcome), outcomeSquared: one(cells.outcomeSquared), expected: one(cells.expected), residualSquared: one(cells.residualSquared) },
  };
  const series = groupSeries({ ...request, months: 1, groups: [[]] }, all, 0);
  return { actual: series.actual[0]!, expected: series.expected[0]!, indicator: series.indicator[0]!, standardError: series.standardError[0]! };
}

function sumOverMonths({ months, groups }: IndicatorRequest, values: Float64Array, group: number): number {
  let sum = 0;
  for (let t = 0; t < months; t++) sum += values[t * groups.length + group]!;
  return sum;
}

/** Mean actual outcome that the relative deviation divides by: of all the group's rows, or of those of one month. */
function relativeDivisor(request: IndicatorRequest, cells: CellSums, group: number): number {
  if (request.relativeTo === null) return sumOverMonths(request, cells.outcome, group) / sumOverMonths(request, cells.n, group);
  const cell = (request.relativeTo - request.firstMonth) * request.groups.length + group;
  return (cells.outcome[cell] ?? NaN) / (cells.n[cell] ?? NaN);
}

