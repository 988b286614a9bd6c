import type { Multiply } from '../estimate/estimation-math.ts';
import type { Functionals, InfluenceTotals } from './influence.ts';

export interface EstimateCovariance {
  /** Inverse of the observed Hessian, p × p; 0 where a column was dropped. */
  readonly inverseHessian: Float64Array;
  /** Σ g·g′ over clusters, p × p. */
  readonly meat: Float64Array;
}

/**
 * Covariances of functionals: with w = H⁻¹D, D the mean slope of a functional, a cluster's influence on it is e/divisor − w′g, and
 * the covariance of two is the sum over clusters of the products of their influences. No small-sample factor; breaks and
 * levels held fixed.
 *
 * @returns by place in the blocks' lower triangles; NaN for functionals without rows
 */
export function covariances(functionals: Functionals, totals: Pick<InfluenceTotals, 'pairs' | 'cross' | 'slopes'>, { inverseHessian, meat }: EstimateCovariance, multiply: Multiply): Float64Array {
  const { count, divisor, base, place } = functionals;
  const p = totals.cross.length / Math.max(count, 1);
  const w = multiply(meansOf(totals.slopes, divisor, p), inverseHessian, { rows: count, inner: p, columns: p });
  const cross = meansOf(totals.cross, divisor, p);
  const spread = multiply(w, meat, { rows: count, inner: p, columns: p });
  const out = new Float64Array(functionals.pairs).fill(NaN);
  const placeOf = (a: number, b: number): number => base[a]! + (place[a]! * (place[a]! + 1)) / 2 + place[b]!;
  for (const members of blocksOf(functionals)) {
    // w′Mw − C′w − w′C of every two: the product of ½Mw − C and w, and its mirror image.
    const k = members.length;
    const left = new Float64Array(k * p);
    const right = new Float64Array(p * k);
    members.forEach((f, i) => {
      for (let j = 0; j < p; j++) {
        left[i * p + j] = 0.5 * spread[f * p + j]! - cross[f * p + j]!;
        right[j * k + i] = w[f * p + j]!;
      }
    });
    const parts = multiply(left, right, { rows: k, inner: p, columns: k });
    members.forEach((a, i) => {
      members.forEach((b, j) => {
        if (place[b]! > place[a]!) return;
        const at = placeOf(a, b);
        out[at] = totals.pairs[at]! / (divisor[a]! * divisor[b]!) + parts[i * k + j]! + parts[j * k + i]!;
      });
    });
    // Means that the estimates themselves hold at zero, such as those of a covariate's groups by least squares, do not vary.
    for (const a of members.filter((own) => out[placeOf(own, own)]! <= held * (totals.pairs[placeOf(own, own)]! / (divisor[own]! * divisor[own]!)))) {
      for (const b of members) out[place[b]! > place[a]! ? placeOf(b, a) : placeOf(a, b)] = 0;
    }
  }
  return out;
}

/** A variance below this share of what it would be with the expected values known is what rounding leaves of terms that cancel. */
const held = 1e-7;

/** Rows of p sums, each over its functional's divisor; as they are where that is 0. */
function meansOf(sums: Float64Array, divisor: Float64Array, p: number): Float64Array {
  const means = new Float64Array(sums.length);
  divisor.forEach((by, f) => {
    for (let at = f * p; at < (f + 1) * p; at++) means[at] = sums[at]! / (by || 1);
  });
  return means;
}

/** Functionals with rows, block by block. */
function blocksOf({ count, base, divisor }: Functionals): number[][] {
  const blocks = new Map<number, number[]>();
  for (let f = 0; f < count; f++) {
    if (divisor[f] === 0) continue;
    const block = blocks.get(base[f]!);
    if (block) block.push(f);
    else blocks.set(base[f]!, [f]);
  }
  return [...blocks.values()];
}

/** Variance of Σ a·functional over one block, from its lower triangle; months without rows have weight 0. Never below 0. */
export function varianceOf(covariance: Float64Array, base: number, weights: ArrayLike<number>): number {
  let sum = 0;
  for (let i = 0; i < weights.length; i++) {
    const a = weights[i]!;
    if (a === 0) continue;
    const row = base + (i * (i + 1)) / 2;
    let part = 0.5 * a * covariance[row + i]!;
    for (let j = 0; j < i; j++) if (weights[j] !== 0) part += weights[j]! * covariance[row + j]!;
    sum += 2 * a * part;
  }
  return Math.max(0, sum);
}
