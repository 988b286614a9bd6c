import { EngineError } from '../errors.ts';
import { usableEstimates, type JointEstimates } from './joint-estimates.ts';
import type { ComparisonMath } from './math.ts';
import { remlVariance } from './reml.ts';

export interface ShrunkenUnit {
  readonly label: string;
  readonly estimate: number;
  readonly standardError: number;
  /** λ = τ²/(τ² + se²): how much of the estimate's own is kept. */
  readonly weight: number;
  /** λ·estimate + (1 − λ)·mean. */
  readonly shrunken: number;
  /** √(λ·se² + (1 − λ)²·var(mean)). */
  readonly shrunkenStandardError: number;
}

/**
 * Estimates drawn in towards their mean. They are for reading: a bootstrap of shrunken values does not give intervals that cover,
 * and differences between them are not differences between units' results.
 */
export interface Shrinkage {
  readonly method: 'normal-normal, REML';
  /** Shrunken values are never resampled. */
  readonly forBootstrap: false;
  readonly mean: number;
  readonly meanStandardError: number;
  readonly tau2: number;
  readonly tau2StandardError: number;
  readonly iterations: number;
  readonly units: readonly ShrunkenUnit[];
  readonly leftOut: readonly string[];
}

/**
 * Normal–normal model: estimate ~ N(θ, se²), θ ~ N(mean, τ²), τ² by restricted maximum likelihood, θ by empirical Bayes (the best
 * linear unbiased prediction, with the mean's own error). Uses the standard errors alone. Throws `data` with fewer than two units.
 */
export function shrinkage(all: JointEstimates, math: Pick<ComparisonMath, 'log'>): Shrinkage {
  const { estimates, leftOut } = usableEstimates(all);
  const { labels, estimate } = estimates;
  if (labels.length < 2) {
    throw new EngineError('data.shrinkage-units', { units: labels.length, all: all.labels.length });
  }
  const variance = estimates.standardError.map((se) => se * se);
  const { tau2, tau2StandardError, mean, meanVariance, iterations } = remlVariance(estimate, variance, math.log);
  const units = labels.map((label, i): ShrunkenUnit => {
    const weight = tau2 / (tau2 + variance[i]!);
    return {
      label,
      estimate: estimate[i]!,
      standardError: estimates.standardError[i]!,
      weight,
      shrunken: weight * estimate[i]! + (1 - weight) * mean,
      shrunkenStandardError: Math.sqrt(weight * variance[i]! + (1 - weight) * (1 - weight) * meanVariance),
    };
  });
  return { method: 'normal-normal, REML', forBootstrap: false, mean, meanStandardError: Math.sqrt(meanVariance), tau2, tau2StandardError, iterations, units, leftOut };
}
