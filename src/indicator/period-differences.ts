import { periodLength, periodOfMonth } from '../spec/months.ts';
import type { CellState } from './cell-state.ts';
import {
  adjustedMean, groupMonths, limitedSpread, meanOf, meanWeights, relativeDivisor, spreadOfMonths,
  type GroupMonths, type IndicatorRequest, type OutcomeCells, type PeriodOfGroup, type Spread,
} from './indicator.ts';

/** What a period is held against: the one before, or the same one a year earlier. */
export type EarlierPeriod = 'period before' | 'year before';

/** A number with its standard error and interval; NaN where it cannot be computed, or is withheld. */
export interface Change {
  readonly estimate: number;
  readonly standardError: number;
  readonly confLow: number;
  readonly confHigh: number;
  readonly state: CellState;
}

/** How the indicator of one group changed from an earlier period. */
export interface PeriodDifference {
  readonly outcome: string;
  readonly group: readonly string[];
  readonly period: string;
  readonly from: string;
  readonly earlier: EarlierPeriod;
  readonly n: number;
  readonly nFrom: number;
  readonly difference: Change;
  readonly adjusted: Change;
  /** 100 × difference over the group's mean actual outcome, taken as known: that of the table's relative deviation. */
  readonly relative: Change;
  /** 100 × difference / the earlier indicator, by the delta method. */
  readonly percentChange: Change;
}

export interface PeriodDifferences {
  readonly by: readonly string[];
  readonly rows: readonly PeriodDifference[];
}

/**
 * Changes from the period before and from the same one a year earlier, of every group and complete period. Their standard errors
 * need a method that knows how months vary together: a person is there in many of them.
 */
export function periodDifferences(request: IndicatorRequest): PeriodDifferences {
  const rows = request.outcomes.flatMap((outcome) =>
    request.groups.flatMap((labels, group) => {
      const own = groupMonths(request, outcome, group);
      return [...own.periods].flatMap(([period, members]) =>
        earlierPeriods(request, members.months[0]!).flatMap(([earlier, from]) => {
          const before = own.periods.get(from);
          return before ? [{ outcome: outcome.outcome, group: labels, period, from, earlier, ...changes({ request, outcome, group, own, evidence: evidenceOf(request, outcome, group, [period, from]) }, members, before) }] : [];
        }),
      );
    }),
  );
  return { by: request.by, rows };
}

function earlierPeriods({ firstMonth, period }: IndicatorRequest, first: number): [EarlierPeriod, string][] {
  if (period === 'all') return [];
  const labelled = (months: number): string => periodOfMonth(firstMonth + first - months, period);
  const before: [EarlierPeriod, string] = ['period before', labelled(periodLength[period])];
  return period === 'year' ? [before] : [before, ['year before', labelled(12)]];
}

interface OfGroup {
  readonly request: IndicatorRequest;
  readonly outcome: OutcomeCells;
  readonly group: number;
  readonly own: GroupMonths;
  readonly evidence: CellState;
}

/** Of two periods: that of the one that leaves no room for an interval. */
function evidenceOf({ evidence, outcomes }: IndicatorRequest, outcome: OutcomeCells, group: number, periods: readonly string[]): CellState {
  return periods.map((period) => evidence?.state(outcomes.indexOf(outcome), group, period) ?? 'ok').find((state) => state !== 'ok') ?? 'ok';
}

function changes({ request, outcome, group, own, evidence }: OfGroup, members: PeriodOfGroup, before: PeriodOfGroup): Pick<PeriodDifference, 'n' | 'nFrom' | 'difference' | 'adjusted' | 'relative' | 'percentChange'> {
  const { series, adjusted } = own;
  const rows = ({ months }: PeriodOfGroup): number => months.reduce((total, t) => total + series.n[t]!, 0);
  const [now, nowAdjusted] = meanWeights(members, own);
  const [then, thenAdjusted] = meanWeights(before, own);
  const [n, nFrom] = [rows(members), rows(before)];
  const withheld = own.isWithheld(members) || own.isWithheld(before);
  const change = (estimate: number, weights: Float64Array | null): Change => {
    if (withheld) return withheldChange;
    if (weights === null || !Number.isFinite(estimate)) return noChange;
    return withInterval(estimate, limitedSpread(spreadOfMonths(request, outcome, { group, weights }), evidence));
  };
  const [later, start] = [meanOf(series.indicator, members), meanOf(series.indicator, before)];
  const difference = change(later - start, combined(now, 1, then, -1));
  const divisor = relativeDivisor(request, outcome.cells, group);
  return {
    n: withheld ? NaN : n,
    nFrom: withheld ? NaN : nFrom,
    difference,
    adjusted: change(
      adjustedMean(adjusted[2], members, series) - adjustedMean(adjusted[2], before, series),
      nowAdjusted && thenAdjusted && combined(nowAdjusted, 1, thenAdjusted, -1),
    ),
    relative: inPercentOf(difference, divisor),
    percentChange: start === 0 && !withheld ? noChange : change((100 * (later - start)) / start, combined(now, 100 / start, then, (-100 * later) / (start * start))),
  };
}

const noChange: Change = { estimate: NaN, standardError: NaN, confLow: NaN, confHigh: NaN, state: 'not_applicable' };
const withheldChange: Change = { ...noChange, state: 'withheld' };

const withInterval = (estimate: number, { state, standardError, ends: [low, high] }: Spread): Change =>
  Number.isFinite(estimate) ? { estimate, standardError, confLow: estimate + low, confHigh: estimate + high, state } : noChange;

function inPercentOf(change: Change, divisor: number): Change {
  const percent = (value: number): number => (100 * value) / divisor;
  const { estimate, standardError, confLow, confHigh, state } = change;
  if (!Number.isFinite(percent(estimate))) return change.state === 'withheld' ? change : noChange;
  const [low, high] = divisor < 0 ? [confHigh, confLow] : [confLow, confHigh];
  return { estimate: percent(estimate), standardError: Math.abs(percent(standardError)), confLow: percent(low), confHigh: percent(high), state };
}

const combined = (a: Float64Array, byA: number, b: Float64Array, byB: number): Float64Array => a.map((value, t) => byA * value + byB * b[t]!);
