import { EngineError } from '../errors.ts';

export interface RemlVariance {
  readonly tau2: number;
  /** √(1/I), I the expected information. */
  readonly tau2StandardError: number;
  readonly mean: number;
  readonly meanVariance: number;
  readonly iterations: number;
}

const maximumIterations = 1000;
/** Steps in standard errors of τ²: Newton's take over from scoring below the first, the second is the end. */
const near = 1e-2;
const done = 1e-12;

/**
 * Variance between units by restricted maximum likelihood, y ~ N(mean, v + τ²): Fisher scoring from the Hedges estimate, as
 * metafor's `rma` does, with Newton's steps at the end; steps are halved until the likelihood does not fall, τ² ≥ 0, and 0 where
 * that is as likely. Viechtbauer (2005), Journal of Educational and Behavioral Statistics 30. Throws `not-estimable` where the
 * steps do not end.
 */
export function remlVariance(y: Float64Array, v: Float64Array, log: (x: number) => number): RemlVariance {
  let tau2 = hedgesVariance(y, v);
  let here = remlStep(y, v, tau2, log);
  for (let iteration = 1; iteration <= maximumIterations; iteration++) {
    const unit = 1 / Math.sqrt(here.information);
    let step = here.score / here.information;
    if (Math.abs(step) < near * unit && here.curvature > 0) step = here.score / here.curvature;
    let next = Math.max(0, tau2 + step);
    let there = remlStep(y, v, next, log);
    // Falls of the size of rounding are no falls, or the last steps would never be taken.
    while (there.logLikelihood < here.logLikelihood - 1e-12 * (1 + Math.abs(here.logLikelihood)) && Math.abs(step) > done * unit) {
      step /= 2;
      next = Math.max(0, tau2 + step);
      there = remlStep(y, v, next, log);
    }
    const moved = Math.abs(next - tau2);
    [tau2, here] = [next, there];
    if (moved > done * unit) continue;
    const none = remlStep(y, v, 0, log);
    const zero = none.logLikelihood >= here.logLikelihood;
    const { mean, meanVariance, information } = zero ? none : here;
    return { tau2: zero ? 0 : tau2, tau2StandardError: Math.sqrt(1 / information), mean, meanVariance, iterations: iteration };
  }
  throw new EngineError('not-estimable.shrinkage', { units: y.length, tau2, steps: maximumIterations });
}

/** Unweighted moments: Σ(y − ȳ)²/(k − 1) − v̄, at least 0. */
function hedgesVariance(y: Float64Array, v: Float64Array): number {
  const k = y.length;
  const mean = y.reduce((sum, value) => sum + value, 0) / k;
  const squares = y.reduce((sum, value) => sum + (value - mean) * (value - mean), 0);
  return Math.max(0, squares / (k - 1) - v.reduce((sum, value) => sum + value, 0) / k);
}

interface RemlStep {
  readonly mean: number;
  readonly meanVariance: number;
  /** Up to a constant. */
  readonly logLikelihood: number;
  readonly score: number;
  readonly information: number;
  /** Observed information: minus the score's derivative. */
  readonly curvature: number;
}

/** With P = W − W1(1′W1)⁻¹1′W: score ½(y′PPy − tr P), expected information ½ tr PP. */
function remlStep(y: Float64Array, v: Float64Array, tau2: number, log: (x: number) => number): RemlStep {
  let [w1, w2, w3, wy, logs] = [0, 0, 0, 0, 0];
  for (let i = 0; i < y.length; i++) {
    const w = 1 / (v[i]! + tau2);
    w1 += w;
    w2 += w * w;
    w3 += w * w * w;
    wy += w * y[i]!;
    logs += log(v[i]! + tau2);
  }
  const mean = wy / w1;
  let [squares, weighted, cubes, linear] = [0, 0, 0, 0];
  for (let i = 0; i < y.length; i++) {
    const w = 1 / (v[i]! + tau2);
    const residual = w * (y[i]! - mean);
    squares += residual * residual;
    weighted += residual * (y[i]! - mean);
    cubes += residual * residual * w;
    linear += residual * w;
  }
  const ratio = w2 / w1;
  const expected = 0.5 * (w2 - (2 * w3) / w1 + ratio * ratio);
  return {
    mean,
    meanVariance: 1 / w1,
    logLikelihood: -0.5 * (logs + log(w1) + weighted),
    score: 0.5 * (squares - (w1 - ratio)),
    information: expected,
    curvature: cubes - (linear * linear) / w1 - expected,
  };
}
