import { EngineError } from '../errors.ts';
import { expectedByChance } from './chance.ts';
import type { ComparisonMath } from './math.ts';
import { checkWindowsApart } from './outcome-windows.ts';
import { brokenRules, type RuleOptions, type XmrRule } from './xmr-rules.ts';

/** What mean moving ranges of two points are multiplied by. */
export interface XmrConstants {
  /** 3/d₂: from the mean to a limit of the points. */
  readonly limit: number;
  /** D₄ = 1 + 3d₃/d₂: the upper limit of the moving ranges. */
  readonly range: number;
}

/** d₂ = 2/√π = 1.128379… is the expected range of two standard normals, d₃ = √(2 − 4/π) its standard deviation. */
export const xmrConstants: XmrConstants = { limit: 1.5 * Math.sqrt(Math.PI), range: 1 + 3 * Math.sqrt(Math.PI / 2 - 1) };

/** The same as printed in handbooks and used by NHSRplotthedots. */
export const roundedXmrConstants: XmrConstants = { limit: 2.66, range: 3.267 };

/** Limits from fewer points are for trial. */
export const settledPoints = 12;

export interface XmrOptions extends Partial<RuleOptions> {
  /** Months that the outcome looks ahead. */
  readonly horizon: number;
  /** Months from which limits are computed anew: a decision, dated and made by someone, never by rule. */
  readonly rebase?: readonly string[];
  /** Whether moving ranges of `constants.range` × their mean or more are left out of the mean, once. True unless given. */
  readonly screen?: boolean;
  readonly constants?: XmrConstants;
}

export interface XmrSegment {
  readonly from: string;
  readonly to: string;
  readonly points: number;
  readonly mean: number;
  /** Of the moving ranges that were not screened out. NaN with one point. */
  readonly meanMovingRange: number;
  readonly low: number;
  readonly high: number;
  /** Upper limit of the moving ranges. */
  readonly rangeHigh: number;
  /** Fewer than `settledPoints` points. */
  readonly trial: boolean;
  /** Points outside the limits by chance, were they normal and the limits exact. */
  readonly expectedOutside: number;
}

export interface XmrPoint {
  readonly month: string;
  readonly value: number;
  /** |value − the one before in the segment|; NaN for its first. */
  readonly movingRange: number;
  /** Left out of the mean moving range. */
  readonly screened: boolean;
  readonly segment: number;
  readonly rules: readonly XmrRule[];
}

export interface Xmr {
  readonly horizon: number;
  readonly rebase: readonly string[];
  readonly segments: readonly XmrSegment[];
  readonly points: readonly XmrPoint[];
}

export interface XmrSeries {
  /** `YYYY-MM`, in order. */
  readonly months: readonly string[];
  readonly values: ArrayLike<number>;
}

/**
 * XmR chart: mean ± 3/d₂ × mean moving range, by segments between rebases. Shewhart's individuals chart; Nelson (1982), Journal of
 * Quality Technology 14, for the screening. Throws `spec` where outcome windows overlap or a rebase is no month of the series,
 * `data` where a value is missing.
 */
export function xmr({ months, values }: XmrSeries, options: XmrOptions, math: Pick<ComparisonMath, 'normal'>): Xmr {
  const { horizon, rebase = [], shiftPoints = 7, trendPoints = 7 } = options;
  checkWindowsApart(months, horizon);
  const missing = months.filter((_, i) => !Number.isFinite(values[i]!));
  if (missing.length > 0) {
    throw new EngineError('data.xmr-missing', { missing: missing.length, months: months.length, first: missing[0]! });
  }
  const unknown = rebase.filter((month) => !months.includes(month));
  if (unknown.length > 0) {
    throw new EngineError('spec.xmr-rebase', { unknown, points: months.length });
  }
  const starts = [...new Set([0, ...rebase.map((month) => months.indexOf(month))])].sort((a, b) => a - b).filter((at) => at < months.length);
  const segments: XmrSegment[] = [];
  const points: XmrPoint[] = [];
  starts.forEach((start, segment) => {
    const end = starts[segment + 1] ?? months.length;
    const own = Array.from({ length: end - start }, (_, i) => values[start + i]!);
    const limits = segmentLimits(own, options);
    const rules = brokenRules(own, { mean: limits.mean, reach: limits.high - limits.mean }, { shiftPoints, trendPoints });
    const { ranges, screened, ...rest } = limits;
    segments.push({ from: months[start]!, to: months[end - 1]!, points: own.length, ...rest, trial: own.length < settledPoints, expectedOutside: expectedByChance(own.length, 3, math) });
    own.forEach((value, i) => points.push({ month: months[start + i]!, value, movingRange: ranges[i]!, screened: screened[i]!, segment, rules: rules[i]! }));
  });
  return { horizon, rebase, segments, points };
}

function segmentLimits(values: readonly number[], { screen = true, constants = xmrConstants }: XmrOptions) {
  const ranges = values.map((value, i) => (i === 0 ? NaN : Math.abs(value - values[i - 1]!)));
  const all = meanOf(ranges.slice(1));
  // A series that never moves has no range to be screened by.
  const screened = ranges.map((range) => screen && all > 0 && range >= constants.range * all);
  const meanMovingRange = meanOf(ranges.filter((range, i) => i > 0 && !screened[i]));
  const mean = meanOf(values);
  return {
    mean,
    meanMovingRange,
    low: mean - constants.limit * meanMovingRange,
    high: mean + constants.limit * meanMovingRange,
    rangeHigh: constants.range * meanMovingRange,
    ranges,
    screened,
  };
}

const meanOf = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length;
