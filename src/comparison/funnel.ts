import { chanceOutside, type Chance } from './chance.ts';
import { defaultDraws, type DrawOptions } from './joint-draws.ts';
import { usableEstimates, type JointEstimates } from './joint-estimates.ts';
import type { ComparisonMath } from './math.ts';
import { overdispersion, type Overdispersion } from './overdispersion.ts';

/** 95 and 99.8 per cent. */
export const funnelLimits: readonly number[] = [1.96, 3.09];

export interface FunnelInput {
  readonly estimates: JointEstimates;
  /** By unit: the standard error that limits are made of, under the model; the unit's own where absent. */
  readonly modelError?: ArrayLike<number>;
  /** Rows behind each estimate. */
  readonly n: ArrayLike<number>;
  /** The country's value of the same period, taken as known. */
  readonly centre: number;
  /** z of the limits, ascending; `funnelLimits` unless given. */
  readonly limits?: readonly number[];
  /** Share of the z-scores to winsorise at each end, 0.1 as a rule; without it no over-dispersion is allowed for. */
  readonly winsorise?: number;
  /** For what chance would do, where the joint covariance is known. */
  readonly draws?: DrawOptions;
}

export interface FunnelPoint {
  readonly label: string;
  readonly n: number;
  readonly estimate: number;
  readonly standardError: number;
  /** What its limits are made of. */
  readonly modelError: number;
  /** 1 / that. */
  readonly precision: number;
  /** (estimate − centre) / √(se₀² + τ²). */
  readonly z: number;
  /** The unit's own limits, one a level. */
  readonly low: readonly number[];
  readonly high: readonly number[];
  /** The widest limit that the unit lies outside of, as z; 0 inside them all. */
  readonly outside: number;
  readonly side: 'below' | 'inside' | 'above';
}

export interface Funnel {
  readonly centre: number;
  readonly limits: readonly number[];
  readonly overdispersion: Overdispersion | null;
  readonly points: readonly FunnelPoint[];
  /** One a limit. */
  readonly chance: readonly Chance[];
  /** Units without an estimate or a standard error. */
  readonly leftOut: readonly string[];
}

/**
 * Funnel plot of units against the country: limits centre ± z·√(se₀² + τ²), se₀ the standard error that the model leads one to expect of
 * a unit of such persons and not what its own few persons happen to spread by, and how many units chance alone would put outside.
 */
export function funnel(input: FunnelInput, math: ComparisonMath): Funnel {
  const { centre, limits = funnelLimits } = input;
  const { estimates, places, leftOut } = usableEstimates(input.estimates);
  const { estimate, standardError, labels } = estimates;
  const expected = standardError.map((se, i) => input.modelError?.[places[i]!] ?? se);
  const naive = estimate.map((value, i) => (value - centre) / expected[i]!);
  const extra = input.winsorise === undefined || labels.length === 0 ? null : overdispersion(naive, expected, input.winsorise);
  const spread = expected.map((se) => Math.sqrt(se * se + (extra?.tau2 ?? 0)));

  const points = labels.map((label, i): FunnelPoint => {
    const z = (estimate[i]! - centre) / spread[i]!;
    const outside = limits.filter((limit) => Math.abs(z) > limit).at(-1) ?? 0;
    return {
      label,
      n: input.n[places[i]!]!,
      estimate: estimate[i]!,
      standardError: standardError[i]!,
      modelError: expected[i]!,
      precision: 1 / expected[i]!,
      z,
      low: limits.map((limit) => centre - limit * spread[i]!),
      high: limits.map((limit) => centre + limit * spread[i]!),
      outside,
      side: outside === 0 ? 'inside' : z > 0 ? 'above' : 'below',
    };
  });
  const questions = limits.map((z) => ({ z, observed: points.filter((point) => Math.abs(point.z) > z).length }));
  const varying = { ...estimates, standardError: spread, covariance: withDiagonal(scaled(estimates, expected), spread) };
  const chance = chanceOutside(varying, questions, input.draws ?? defaultDraws, math);
  return { centre, limits, overdispersion: extra, points, chance, leftOut };
}

/** The covariance of estimates that vary by the model's standard errors and together as they do by their own. */
function scaled({ covariance, standardError }: JointEstimates, expected: Float64Array): Float64Array | null {
  const k = expected.length;
  return covariance && covariance.map((value, at) => {
    const [i, j] = [Math.floor(at / k), at % k];
    return value * (expected[i]! / standardError[i]!) * (expected[j]! / standardError[j]!);
  });
}

function withDiagonal(covariance: Float64Array | null, standardError: Float64Array): Float64Array | null {
  if (covariance === null) return null;
  const out = covariance.slice();
  standardError.forEach((se, i) => (out[i * standardError.length + i] = se * se));
  return out;
}
