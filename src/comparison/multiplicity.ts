/** Benjamini–Hochberg (independent or positively dependent tests) or Benjamini–Yekutieli (any dependence). */
export type Adjustment = 'BH' | 'BY';

export interface Discoveries {
  readonly method: Adjustment;
  /** False discovery rate aimed at, in per cent. */
  readonly rate: number;
  /** P-values that entered; NaN is no test. */
  readonly tests: number;
  readonly adjusted: Float64Array;
  /** 1 where the adjusted p-value is at most the rate. */
  readonly rejected: Uint8Array;
  readonly count: number;
}

/**
 * Adjusted p-values: for the i-th smallest of m the least of m·c·p₍ⱼ₎/j over j ≥ i, at most 1; c is 1 for BH, Σ 1/j for BY.
 * Benjamini and Hochberg (1995), Benjamini and Yekutieli (2001); a NaN stays NaN and does not count.
 */
export function adjustedPValues(pValues: ArrayLike<number>, method: Adjustment): Float64Array {
  const order = Array.from({ length: pValues.length }, (_, i) => i).filter((i) => !Number.isNaN(pValues[i]!));
  order.sort((a, b) => pValues[a]! - pValues[b]!);
  const m = order.length;
  let factor = method === 'BH' ? 1 : 0;
  if (method === 'BY') for (let j = 1; j <= m; j++) factor += 1 / j;
  const adjusted = new Float64Array(pValues.length).fill(NaN);
  let least = 1;
  for (let j = m; j >= 1; j--) {
    const at = order[j - 1]!;
    least = Math.min(least, ((factor * m) / j) * pValues[at]!);
    adjusted[at] = least;
  }
  return adjusted;
}

/** Which of the tests stand at a false discovery rate in per cent. */
export function discoveries(pValues: ArrayLike<number>, method: Adjustment, rate: number): Discoveries {
  const adjusted = adjustedPValues(pValues, method);
  const rejected = Uint8Array.from(adjusted, (p) => (p <= rate / 100 ? 1 : 0));
  return {
    method,
    rate,
    tests: adjusted.reduce((n, p) => n + (Number.isNaN(p) ? 0 : 1), 0),
    adjusted,
    rejected,
    count: rejected.reduce((n, one) => n + one, 0),
  };
}
