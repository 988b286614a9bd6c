/** Running shares of `weights`; the last is 1. */
export const cumulative = (weights: readonly number[]): Float64Array => {
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  let sum = 0;
  const shares = Float64Array.from(weights, (weight) => (sum += weight) / total);
  shares[shares.length - 1] = 1;
  return shares;
};

/** The class that u in (0, 1) falls in. */
export const pick = (shares: Float64Array, u: number): number => {
  let low = 0;
  let high = shares.length - 1;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (u < shares[middle]!) high = middle;
    else low = middle + 1;
  }
  return low;
};

/** Where u lies inside class k, from 0 to 1: uniform and independent of the class. */
export const within = (shares: Float64Array, k: number, u: number): number => {
  const lower = k === 0 ? 0 : shares[k - 1]!;
  return (u - lower) / (shares[k]! - lower);
};

/** Piecewise linear quantile function through equally spaced probabilities. */
export const quantileBetween = (knots: readonly number[], u: number): number => {
  const x = u * (knots.length - 1);
  const k = Math.min(Math.floor(x), knots.length - 2);
  return knots[k]! + (x - k) * (knots[k + 1]! - knots[k]!);
};

/** Distribution function of the geometric law on 0, 1, … with the given mean, cut at `last`. */
export const geometric = (mean: number, last: number): Float64Array => {
  const stay = mean / (mean + 1);
  const shares = new Float64Array(last + 1);
  for (let k = 0, tail = 1; k <= last; k++) {
    tail *= stay;
    shares[k] = 1 - tail;
  }
  shares[last] = 1;
  return shares;
};
