import { EngineError } from '../errors.ts';
import { rankTolerance, type Factorize } from '../estimate/cholesky.ts';
import type { JointEstimates } from './joint-estimates.ts';
import type { ComparisonMath } from './math.ts';

export interface DrawOptions {
  /** How many draws. */
  readonly draws: number;
  readonly seed: number;
}

export const defaultDraws: DrawOptions = { draws: 10_000, seed: 1 };

/** Draw `draw` of the estimates' deviations from their expectation, N(0, Σ); a new array for each call. */
export type JointDraws = (draw: number) => Float64Array;

/** Draws with the estimates' covariance, or as independent where there is none. The draws of a seed are always the same. */
export function jointDraws({ standardError, covariance }: JointEstimates, seed: number, math: ComparisonMath): JointDraws {
  const k = standardError.length;
  const normals = math.normals(seed);
  if (covariance === null) return (draw) => normals.draw(draw, k).map((z, i) => z * standardError[i]!);
  const root = covarianceRoot(covariance, k, math.factorize);
  // Four at a time: a row of L is read once for them, and their sums do not wait for each other.
  let batch = -1;
  let deviations: readonly Float64Array[] = [];
  return (draw) => {
    if (Math.floor(draw / 4) !== batch) {
      batch = Math.floor(draw / 4);
      deviations = multiplied(root, [0, 1, 2, 3].map((i) => normals.draw(4 * batch + i, k)));
    }
    return deviations[draw % 4]!.slice();
  };
}

/** L·z for four z; L lower triangular, row-major. */
function multiplied(root: Float64Array, z: readonly Float64Array[]): Float64Array[] {
  const [z0, z1, z2, z3] = z as [Float64Array, Float64Array, Float64Array, Float64Array];
  const k = z0.length;
  const out = z.map(() => new Float64Array(k));
  for (let i = 0; i < k; i++) {
    let [s0, s1, s2, s3] = [0, 0, 0, 0];
    for (let j = 0, at = i * k; j <= i; j++, at++) {
      const l = root[at]!;
      s0 += l * z0[j]!;
      s1 += l * z1[j]!;
      s2 += l * z2[j]!;
      s3 += l * z3[j]!;
    }
    [s0, s1, s2, s3].forEach((sum, which) => (out[which]![i] = sum));
  }
  return out;
}

/** What rounding, and a covariance put together from many sums, may leave below zero, as a share of a variance. */
const indefinite = 1e-6;

/**
 * Lower triangular L with LL′ = Σ, k × k row-major. Σ may be singular: an estimate that is a linear combination of earlier ones
 * has the row that follows from theirs, and nothing of its own. Throws `internal` where Σ is no covariance.
 */
export function covarianceRoot(covariance: Float64Array, k: number, factorize: Factorize): Float64Array {
  const { lower, kept } = factorize(covariance, k, rankTolerance);
  const root = lower.slice();
  for (let i = 0; i < k; i++) {
    if (kept[i]) continue;
    const variance = covariance[i * k + i]!;
    let left = variance;
    for (let j = 0; j < i; j++) {
      if (!kept[j]) continue;
      let value = covariance[i * k + j]!;
      for (let m = 0; m < j; m++) value -= root[i * k + m]! * root[j * k + m]!;
      value /= root[j * k + j]!;
      root[i * k + j] = value;
      left -= value * value;
    }
    if (!(left >= -indefinite * variance)) {
      throw new EngineError('internal.unexpected', { detail: `joint draws: the covariance of ${k} estimates is not positive semidefinite at number ${i + 1} (${left} is left)` });
    }
  }
  return root;
}
