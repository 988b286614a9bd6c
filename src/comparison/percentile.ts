/**
 * Which of n sorted values is the percentile by the inverse distribution function: the ⌈n · percent/100⌉-th smallest, counted
 * from 1. The 2.5 and 97.5 percentiles of 200 are the 5th and the 195th.
 */
export function percentileOrder(n: number, percent: number): number {
  const exact = (n * percent) / 100;
  const nearest = Math.round(exact);
  // A percentage such as 99.9 is no double: what misses an integer by rounding alone is that integer.
  const order = Math.abs(exact - nearest) <= 1e-9 * n ? nearest : Math.ceil(exact);
  return Math.min(Math.max(order, 1), n);
}

/** The orders of the two ends of a percentile interval at `level` per cent. */
export function percentileInterval(n: number, level: number): readonly [low: number, high: number] {
  return [percentileOrder(n, (100 - level) / 2), percentileOrder(n, (100 + level) / 2)];
}
