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
 * the covariance of two is the sum over clusters of the products of their influences. Breaks and levels held fixed.
 *
 * @returns by place in the blocks' lower triangles; NaN for functionals without rows
 */
export function covariances(functionals: Functionals, totals: Pick<InfluenceTotals, 'scale' | 'pairs' | 'cross' | 'slopes'>, { inverseHessian, meat }: EstimateCovariance, multiply: Multiply): Float64Array {
  const { count, divisor, base, place } = functionals;
  const { scale } = totals;
  const p = totals.cross.length / Math.max(count, 1);
  const w = multiply(meansOf(totals.slopes, divisor, p), inverseHessian, { rows: count, inner: p, columns: p });
  const scaled = divisor.map((by, f) => by * scale[f]!);
  const cross = meansOf(totals.cross, scaled, p);
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
        out[at] = totals.pairs[at]! / scale[a]! / scale[b]! / (divisor[a]! * divisor[b]!) + parts[i * k + j]! + parts[j * k + i]!;
      });
    });
  }
  return out;
}

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
