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
export function covariances(functionals: Functionals, totals: InfluenceTotals, { inverseHessian, meat }: EstimateCovariance, multiply: Multiply): Float64Array {
  const { count, divisor, base, place } = functionals;
  const p = totals.cross.length / Math.max(count, 1);
  const cross = rowMeans(totals.cross, divisor);
  const w = multiply(rowMeans(totals.slopes, divisor), inverseHessian, { rows: count, inner: p, columns: p });
  // w′g of two functionals: w′Mw; and what it has in common with e of the other: w′C.
  const mixed = multiply(w, meat, { rows: count, inner: p, columns: p });
  for (let at = 0; at < mixed.length; at++) mixed[at]! -= cross[at]!;
  const out = new Float64Array(functionals.pairs).fill(NaN);
  for (const all of blocksOf(functionals)) {
    const members = all.filter((f) => divisor[f]! > 0);
    const size = members.length;
    // Side by side, mixed and −w times, one below the other, w and cross: one product for all pairs of a block.
    const left = new Float64Array(size * 2 * p);
    const right = new Float64Array(2 * p * size);
    members.forEach((f, i) => {
      left.set(mixed.subarray(f * p, (f + 1) * p), i * 2 * p);
      for (let j = 0; j < p; j++) {
        left[(2 * i + 1) * p + j] = -w[f * p + j]!;
        right[j * size + i] = w[f * p + j]!;
        right[(p + j) * size + i] = cross[f * p + j]!;
      }
    });
    const sums = multiply(left, right, { rows: size, inner: 2 * p, columns: size });
    members.forEach((a, i) => members.forEach((b, k) => {
      if (place[b]! > place[a]!) return;
      const at = base[a]! + (place[a]! * (place[a]! + 1)) / 2 + place[b]!;
      out[at] = totals.pairs[at]! / (divisor[a]! * divisor[b]!) + sums[i * size + k]!;
    }));
  }
  return out;
}

/** Each functional's row over its divisor. */
function rowMeans(sums: Float64Array, divisor: Float64Array): Float64Array {
  const p = sums.length / Math.max(divisor.length, 1);
  const means = new Float64Array(sums.length);
  divisor.forEach((by, f) => {
    for (let at = f * p; at < (f + 1) * p; at++) means[at] = sums[at]! / (by || 1);
  });
  return means;
}

function blocksOf({ count, base }: Functionals): number[][] {
  const blocks = new Map<number, number[]>();
  for (let f = 0; f < count; f++) {
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
