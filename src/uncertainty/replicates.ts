import type { Multiply } from '../estimate/estimation-math.ts';
import type { DrawStops } from './arrival-law.ts';
import type { Functionals, InfluenceRequest } from './influence.ts';

export interface ScoreRequest extends InfluenceRequest {
  readonly seed: number;
  /** Replicates `first` … `first + replicates − 1`: multiples of 16 and of 4. */
  readonly first: number;
  readonly replicates: number;
  /** Of multinomial draws; weights are Poisson(1) where absent. */
  readonly stops?: DrawStops;
}

/** Sums over clusters with the weights w − 1 of each replicate. */
export interface ScoreTotals {
  /** Σ (w − 1)·e, a row of replicates a functional. */
  readonly local: Float64Array;
  /** Σ (w − 1)·g, a row of replicates a column of the model. */
  readonly score: Float64Array;
  /** Σ weight · ∂μ/∂β over the functional's rows, a row of p a functional. */
  readonly slopes: Float64Array;
}

/** The pass over all rows that replicates of functionals are made of. */
export interface ScorePass {
  scoreReplicates(outcome: number, request: ScoreRequest): Promise<ScoreTotals>;
}

/**
 * How far each functional is from its estimate in each replicate: Σ (w − 1)·influence over clusters, the influence being
 * e/divisor − D′H⁻¹g. A row of replicates a functional; NaN for functionals without rows.
 */
export function replicateShifts(functionals: Functionals, { local, score, slopes }: ScoreTotals, inverseHessian: Float64Array, multiply: Multiply): Float64Array {
  const { count, divisor } = functionals;
  const replicates = local.length / Math.max(count, 1);
  const p = score.length / Math.max(replicates, 1);
  const means = slopes.map((value, at) => value / (divisor[Math.floor(at / p)]! || 1));
  const w = multiply(means, inverseHessian, { rows: count, inner: p, columns: p });
  const estimated = multiply(w, score, { rows: count, inner: p, columns: replicates });
  return local.map((value, at) => {
    const by = divisor[Math.floor(at / replicates)]!;
    return by > 0 ? value / by - estimated[at]! : NaN;
  });
}

/** Σ weight · functional by replicate; those in which one of them has no rows (NaN) are left out. */
export function drawnSums(shifts: Float64Array, replicates: number, parts: readonly { readonly functional: number; readonly weight: number }[]): Float64Array {
  const sums = new Float64Array(replicates);
  for (const { functional, weight } of parts) {
    const row = functional * replicates;
    for (let b = 0; b < replicates; b++) sums[b]! += weight * shifts[row + b]!;
  }
  return sums.filter((value) => !Number.isNaN(value));
}

/** Standard deviation (B − 1); NaN of fewer than two. */
export function deviationOf(drawn: Float64Array): number {
  if (drawn.length < 2) return NaN;
  const mean = drawn.reduce((total, value) => total + value, 0) / drawn.length;
  return Math.sqrt(drawn.reduce((total, value) => total + (value - mean) * (value - mean), 0) / (drawn.length - 1));
}
