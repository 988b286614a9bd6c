import { chanceOutside, type Chance } from './chance.ts';
import { defaultDraws, type DrawOptions } from './joint-draws.ts';
import { usableEstimates, type JointEstimates } from './joint-estimates.ts';
import type { ComparisonMath } from './math.ts';
import { overdispersion, type Overdispersion } from './overdispersion.ts';

/** 95 and 99.8 per cent. */
export const funnelLimits: readonly number[] = [1.96, 3.09];

export interface FunnelInput {
  readonly estimates: JointEstimates;
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
  /** 1 / standard error. */
  readonly precision: number;
  /** (estimate − centre) / √(se² + τ²). */
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
 * Funnel plot of units against the country: limits centre ± z·√(se² + τ²) from each unit's own standard error, and how many units
 * chance alone would put outside.
 */
export function funnel(input: FunnelInput, math: ComparisonMath): Funnel {
  const { centre, limits = funnelLimits } = input;
  const { estimates, places, leftOut } = usableEstimates(input.estimates);
  const { estimate, standardError, labels } = estimates;
  const naive = estimate.map((value, i) => (value - centre) / standardError[i]!);
  const extra = input.winsorise === undefined || labels.length === 0 ? null : overdispersion(naive, standardError, input.winsorise);
  const spread = standardError.map((se) => Math.sqrt(se * se + (extra?.tau2 ?? 0)));

  const points = labels.map((label, i): FunnelPoint => {
    const z = (estimate[i]! - centre) / spread[i]!;
    const outside = limits.filter((limit) => Math.abs(z) > limit).at(-1) ?? 0;
    return {
      label,
      n: input.n[places[i]!]!,
      estimate: estimate[i]!,
      standardError: standardError[i]!,
      precision: 1 / standardError[i]!,
      z,
      low: limits.map((limit) => centre - limit * spread[i]!),
      high: limits.map((limit) => centre + limit * spread[i]!),
      outside,
      side: outside === 0 ? 'inside' : z > 0 ? 'above' : 'below',
    };
  });
  const questions = limits.map((z) => ({ z, observed: points.filter((point) => Math.abs(point.z) > z).length }));
  const varying = { ...estimates, standardError: spread, covariance: withDiagonal(estimates.covariance, spread) };
  const chance = chanceOutside(varying, questions, input.draws ?? defaultDraws, math);
  return { centre, limits, overdispersion: extra, points, chance, leftOut };
}

function withDiagonal(covariance: Float64Array | null, standardError: Float64Array): Float64Array | null {
  if (covariance === null) return null;
  const out = covariance.slice();
  standardError.forEach((se, i) => (out[i * standardError.length + i] = se * se));
  return out;
}
