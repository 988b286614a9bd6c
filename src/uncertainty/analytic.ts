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
  const means = (sums: Float64Array): Float64Array => sums.map((value, at) => value / (divisor[Math.floor(at / p)]! || 1));
  const cross = means(totals.cross);
  const w = multiply(means(totals.slopes), inverseHessian, { rows: count, inner: p, columns: p });
  // w′g of two functionals: w′Mw; and what it has in common with e of the other: w′C. Together one product a pair.
  const mixed = multiply(w, meat, { rows: count, inner: p, columns: p }).map((value, at) => value - cross[at]!);
  const out = new Float64Array(functionals.pairs).fill(NaN);
  const placeOf = (a: number, b: number): number => base[a]! + (place[a]! * (place[a]! + 1)) / 2 + place[b]!;
  for (const members of blocksOf(functionals)) {
    for (const a of members) {
      if (divisor[a] === 0) continue;
      for (const b of members) {
        if (divisor[b] === 0 || place[b]! > place[a]!) continue;
        const at = placeOf(a, b);
        let sum = totals.pairs[at]! / (divisor[a]! * divisor[b]!);
        for (let j = 0; j < p; j++) sum += mixed[a * p + j]! * w[b * p + j]! - w[a * p + j]! * cross[b * p + j]!;
        out[at] = sum;
      }
    }
    // Means that the estimates themselves hold at zero, such as those of a covariate's groups by least squares: they do not vary.
    for (const a of members.filter((own) => out[placeOf(own, own)]! <= held * (totals.pairs[placeOf(own, own)]! / (divisor[own]! * divisor[own]!)))) {
      for (const b of members) if (divisor[b] !== 0) out[place[b]! > place[a]! ? placeOf(b, a) : placeOf(a, b)] = 0;
    }
  }
  return out;
}

/** A variance below this share of what it would be with the expected values known is what rounding leaves of terms that cancel. */
const held = 1e-7;

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
