import { completePeriods, monthsOfRanges, type Period } from '../spec/months.ts';
import { withoutCells, type CellSums } from './cell-sums.ts';
import type { CellState } from './cell-state.ts';
import { fewInReference, type CellEvidence } from './evidence.ts';
import type { PooledPeriod } from './pooled.ts';
import { seasonallyAdjusted } from './seasonal.ts';
import { seasonalWeights } from './seasonal-weights.ts';
import type { IndicatorTable } from './table.ts';

export interface OutcomeCells {
  readonly outcome: string;
  readonly horizon: number;
  /** Every value is 0 or 1. */
  readonly zeroOne: boolean;
  /** Of the months; after them those of the pooled periods. */
  readonly cells: CellSums;
  /** A byte a cell, 1 where it has rows and is withheld: its sums are left out, and its month counts as missing in all that is made of it. */
  readonly withheld?: Uint8Array;
}

/** An outcome's cells with some of them withheld. */
export function withheldOutcome(outcome: OutcomeCells, hidden: Uint8Array | null): OutcomeCells {
  if (!hidden?.includes(1)) return outcome;
  const withheld = hidden.map((byte, cell) => (byte && outcome.cells.n[cell]! > 0 ? 1 : 0));
  return { ...outcome, cells: withoutCells(outcome.cells, withheld), withheld };
}

/** A weighted sum of a group's indicator values: of its months, then of its pooled periods. Those without rows have the weight 0. */
export interface MonthsOfGroup {
  readonly group: number;
  readonly groups: number;
  readonly weights: Float64Array;
}

/** Ends of an interval, counted from the estimate. */
export type Ends = readonly [low: number, high: number];

/** How sure one mean is. */
export interface MeanError {
  /** There is an interval only where it is `ok`. */
  readonly state: CellState;
  /** NaN where there is none. */
  readonly standardError: number;
  /** Degrees of freedom of Student's t, whose quantile the interval takes; ∞ for the normal distribution. */
  readonly freedom: number;
  /** Ends of the method's own, in the place of the standard error times a quantile. */
  readonly ends?: Ends;
}

/** How sure: given from outside, so that the indicator does not know its methods. */
export interface StandardErrors {
  ofMonths(outcome: OutcomeCells, months: MonthsOfGroup): MeanError;
  /** Whether it knows that persons are there in several months: only then does an adjusted value, which is made of many, have an error. */
  readonly acrossMonths: boolean;
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
  /** Means over the rows of each of these periods; where there are none, a period is the unweighted mean of its months. */
  readonly pooled: readonly PooledPeriod[];
  readonly standardErrors: StandardErrors;
  /** Whether the outcomes of a cell leave room for an interval; all do where absent. */
  readonly evidence?: CellEvidence;
  /** Quantile of the interval's level: of Student's t, or for infinite freedom of the normal distribution. */
  readonly critical: (freedom: number) => number;
  /** Month index of the month that divides the relative deviation; null for the whole period. */
  readonly relativeTo: number | null;
}

/** One group's series, a value a month and pooled period; NaN where the group has no row. */
export interface Series {
  readonly n: Float64Array;
  readonly actual: Float64Array;
  readonly expected: Float64Array;
  readonly indicator: Float64Array;
}

interface Point {
  readonly n: number;
  /** How many months it is the mean of. */
  readonly months: number;
  readonly actual: number;
  readonly expected: number;
  readonly indicator: number;
  readonly spread: Spread;
  readonly adjusted: readonly [actual: number, expected: number, indicator: number];
  readonly adjustedSpread: Spread;
}

/** Actual, expected and indicator by group and period, with intervals, seasonal adjustment and relative deviation. */
export function indicatorTable(request: IndicatorRequest): IndicatorTable {
  const labels: { outcome: string; group: readonly string[]; period: string }[] = [];
  const points: (Point & { relative: number; few: number })[] = [];
  for (const outcome of request.outcomes) {
    request.groups.forEach((group, g) => {
      const divisor = relativeDivisor(request, outcome.cells, g);
      const few = fewReferenceMonths(request, outcome, g);
      for (const [period, point] of groupPoints(request, outcome, g)) {
        labels.push({ outcome: outcome.outcome, group, period });
        points.push({ ...point, relative: (100 * point.indicator) / divisor, few });
      }
    });
  }
  const column = (value: (point: Point & { relative: number; few: number }) => number): Float64Array => Float64Array.from(points, value);
  return {
    by: request.by,
    period: request.period,
    outcome: labels.map(({ outcome }) => outcome),
    groups: request.by.map((_, c) => labels.map(({ group }) => group[c]!)),
    periods: labels.map(({ period }) => period),
    n: column((point) => point.n),
    months: column((point) => point.months),
    actual: column((point) => point.actual),
    expected: column((point) => point.expected),
    indicator: column((point) => point.indicator),
    standardError: column((point) => point.spread.standardError),
    confLow: column((point) => point.indicator + point.spread.ends[0]),
    confHigh: column((point) => point.indicator + point.spread.ends[1]),
    state: points.map(({ indicator, spread }) => stateOf(indicator, spread)),
    freedom: column((point) => point.spread.freedom),
    actualSeasonallyAdjusted: column((point) => point.adjusted[0]),
    expectedSeasonallyAdjusted: column((point) => point.adjusted[1]),
    indicatorSeasonallyAdjusted: column((point) => point.adjusted[2]),
    standardErrorSeasonallyAdjusted: column((point) => point.adjustedSpread.standardError),
    confLowSeasonallyAdjusted: column((point) => point.adjusted[2] + point.adjustedSpread.ends[0]),
    confHighSeasonallyAdjusted: column((point) => point.adjusted[2] + point.adjustedSpread.ends[1]),
    stateSeasonallyAdjusted: points.map(({ adjusted, adjustedSpread }) => stateOf(adjusted[2], adjustedSpread)),
    freedomSeasonallyAdjusted: column((point) => point.adjustedSpread.freedom),
    relativePercent: column((point) => point.relative),
    ...(request.evidence ? { fewReferenceMonths: column((point) => point.few) } : {}),
  };
}

/** Reference months of a series that have persons, but few of them. */
function fewReferenceMonths({ evidence, outcomes, groups, firstMonth, months, seasonalReference }: IndicatorRequest, outcome: OutcomeCells, group: number): number {
  const reference = monthsOfRanges(seasonalReference[String(outcome.horizon)] ?? []);
  const place = outcomes.indexOf(outcome);
  let few = 0;
  for (let t = 0; t < months; t++) {
    if (!reference.has(firstMonth + t) || !(outcome.cells.n[t * groups.length + group]! > 0)) continue;
    if (evidence && evidence.persons(place, group, t) < fewInReference) few++;
  }
  return few;
}

/** A standard error, and the ends of the interval counted from the estimate: NaN where there is none. */
export interface Spread {
  readonly state: CellState;
  readonly standardError: number;
  /** NaN where the interval is not of Student's t. */
  readonly freedom: number;
  readonly ends: Ends;
}

export function spreadOf({ state, standardError, freedom, ends }: MeanError, critical: IndicatorRequest['critical']): Spread {
  const own = { state, standardError, freedom: Number.isFinite(freedom) ? freedom : NaN };
  if (state !== 'ok') return { ...own, ends: [NaN, NaN] };
  const reach = critical(freedom) * standardError;
  return { ...own, ends: ends ?? [-reach, reach] };
}

/** The same where the outcomes of its cell leave no room for an interval. */
export function limitedSpread(spread: Spread, evidence: CellState): Spread {
  if (spread.state !== 'ok' || evidence === 'ok') return spread;
  return { ...spread, state: evidence, standardError: evidence === 'no_variation' ? 0 : spread.standardError, ends: [NaN, NaN] };
}

const without = (state: CellState): Spread => ({ state, standardError: NaN, freedom: NaN, ends: [NaN, NaN] });

/** A number that is not there has no error either, unless it is withheld. */
const stateOf = (value: number, { state }: Spread): CellState => (Number.isNaN(value) && state !== 'withheld' ? 'not_applicable' : state);

/** Of a weighted sum of a group's months. */
export function spreadOfMonths({ standardErrors, critical, groups }: IndicatorRequest, outcome: OutcomeCells, of: Pick<MonthsOfGroup, 'group' | 'weights'>): Spread {
  return spreadOf(standardErrors.ofMonths(outcome, { ...of, groups: groups.length }), critical);
}

const withheldPoint: Point = {
  n: NaN, months: NaN, actual: NaN, expected: NaN, indicator: NaN,
  spread: without('withheld'), adjusted: [NaN, NaN, NaN], adjustedSpread: without('withheld'),
};

/** What a period is the mean of: places of the series, alike in weight; they are its months, or one pooled period. */
export interface PeriodOfGroup {
  readonly months: readonly number[];
  readonly places: readonly number[];
}

/** A group's months: its series, how each month of the adjusted one is made of them, and the periods they make up. */
export interface GroupMonths {
  /** The months, then the pooled periods. */
  readonly series: Series;
  /** The months alone. */
  readonly adjusted: readonly [actual: Float64Array, expected: Float64Array, indicator: Float64Array];
  /** months × months; null where the series is not adjusted, or the method does not know how months vary together. */
  readonly shares: Float64Array | null;
  /** Complete periods by label; of those with a withheld month nothing is told. */
  readonly periods: ReadonlyMap<string, PeriodOfGroup>;
  isWithheld(period: PeriodOfGroup): boolean;
}

export function groupMonths(request: IndicatorRequest, outcome: OutcomeCells, group: number): GroupMonths {
  const { firstMonth, months, period, pooled, standardErrors, groups } = request;
  const reference = monthsOfRanges(request.seasonalReference[String(outcome.horizon)] ?? []);
  const series = groupSeries(request, outcome.cells, group);
  const none = new Float64Array(months).fill(NaN);
  const adjust = (values: Float64Array): Float64Array => seasonallyAdjusted(values.subarray(0, months), firstMonth, reference) ?? none;
  const isHidden = (t: number): boolean => outcome.withheld?.[t * groups.length + group] === 1;
  const present = Array.from({ length: months }, (_, t) => t).filter((t) => series.n[t]! > 0 || isHidden(t));
  const periods = [...completePeriods(present.map((t) => firstMonth + t), period)].map(([label, members]) => {
    const own = members.map((month) => month - firstMonth);
    return [label, { months: own, places: pooled.length > 0 ? [months + pooled.findIndex((one) => one.label === label)] : own }] as const;
  });
  return {
    series,
    adjusted: [adjust(series.actual), adjust(series.expected), adjust(series.indicator)],
    shares: standardErrors.acrossMonths ? seasonalWeights(Array.from(series.n.subarray(0, months), (n) => n > 0), firstMonth, reference) : null,
    periods: new Map(periods),
    isWithheld: (of) => of.months.some(isHidden),
  };
}

/** Mean of a series over a period, each of its places alike. */
export const meanOf = (values: Float64Array, { places }: PeriodOfGroup): number => places.reduce((sum, at) => sum + values[at]!, 0) / places.length;

/** Mean of the adjusted months of a period, each with the weight it has in the mean of the unadjusted ones. */
export function adjustedMean(values: Float64Array, { months, places }: PeriodOfGroup, { n }: Series): number {
  if (places === months) return months.reduce((sum, t) => sum + values[t]!, 0) / months.length;
  return months.reduce((sum, t) => sum + n[t]! * values[t]!, 0) / months.reduce((sum, t) => sum + n[t]!, 0);
}

/** Weights of the series' own values in a period's mean, and in its adjusted mean; null where there is none. */
export function meanWeights({ months, places }: PeriodOfGroup, { series, shares, adjusted: [one] }: GroupMonths): readonly [plain: Float64Array, adjusted: Float64Array | null] {
  const plain = new Float64Array(series.n.length);
  for (const at of places) plain[at] = 1 / places.length;
  if (shares === null) return [plain, null];
  const adjusted = plain.slice();
  const rows = months.reduce((sum, t) => sum + series.n[t]!, 0);
  for (const t of months) {
    const weight = places === months ? 1 / months.length : series.n[t]! / rows;
    // What the adjustment adds to the month itself.
    for (let u = 0; u < one.length; u++) adjusted[u]! += weight * (shares[t * one.length + u]! - Number(t === u));
  }
  return [plain, adjusted];
}

function groupPoints(request: IndicatorRequest, outcome: OutcomeCells, group: number): Map<string, Point> {
  const own = groupMonths(request, outcome, group);
  const { series, adjusted, periods } = own;
  const place = request.outcomes.indexOf(outcome);
  return new Map([...periods].map(([label, period]): [string, Point] => {
    if (own.isWithheld(period)) return [label, withheldPoint];
    const [weights, adjustedWeights] = meanWeights(period, own);
    const evidence = request.evidence?.state(place, group, label) ?? 'ok';
    const spreadOfWeights = (of: Float64Array): Spread => limitedSpread(spreadOfMonths(request, outcome, { group, weights: of }), evidence);
    return [label, {
      n: period.months.reduce((sum, t) => sum + series.n[t]!, 0),
      months: period.months.length,
      actual: meanOf(series.actual, period),
      expected: meanOf(series.expected, period),
      indicator: meanOf(series.indicator, period),
      spread: spreadOfWeights(weights),
      adjusted: [adjustedMean(adjusted[0], period, series), adjustedMean(adjusted[1], period, series), adjustedMean(adjusted[2], period, series)],
      adjustedSpread: adjustedWeights ? spreadOfWeights(adjustedWeights) : without('not_applicable'),
    }];
  }));
}

function groupSeries({ months, groups, pooled }: Pick<IndicatorRequest, 'months' | 'groups' | 'pooled'>, cells: CellSums, group: number): Series {
  const at = Array.from({ length: months + pooled.length }, (_, place) => place * groups.length + group);
  const series = (value: (cell: number) => number): Float64Array => Float64Array.from(at, (cell) => (cells.n[cell]! > 0 ? value(cell) : NaN));
  return {
    n: Float64Array.from(at, (cell) => cells.n[cell]!),
    actual: series((cell) => cells.outcome[cell]! / cells.n[cell]!),
    expected: series((cell) => cells.expected[cell]! / cells.n[cell]!),
    indicator: series((cell) => (cells.outcome[cell]! - cells.expected[cell]!) / cells.n[cell]!),
  };
}

function sumOverMonths({ months, groups }: IndicatorRequest, values: Float64Array, group: number): number {
  let sum = 0;
  for (let t = 0; t < months; t++) sum += values[t * groups.length + group]!;
  return sum;
}

/** Mean actual outcome that the relative deviation divides by: of all the group's rows, or of those of one month; NaN where it is 0. */
export function relativeDivisor(request: IndicatorRequest, cells: CellSums, group: number): number {
  const cell = request.relativeTo === null ? -1 : (request.relativeTo - request.firstMonth) * request.groups.length + group;
  const over = (values: Float64Array): number => (request.relativeTo === null ? sumOverMonths(request, values, group) : (values[cell] ?? NaN));
  return over(cells.outcome) / over(cells.n) || NaN;
}
