/** Ranks from 1, the highest value first; equal values share the mean of their ranks. */
export function ranks(values: readonly number[]): Float64Array {
  const order = values.map((_, i) => i).sort((a, b) => values[b]! - values[a]!);
  const out = new Float64Array(values.length);
  for (let from = 0; from < order.length; ) {
    let to = from + 1;
    while (to < order.length && values[order[to]!] === values[order[from]!]) to++;
    for (let k = from; k < to; k++) out[order[k]!] = (from + 1 + to) / 2;
    from = to;
  }
  return out;
}

/** Pearson's correlation of ranks, which is Spearman's of the values; NaN where there are fewer than two, or all are tied. */
export function rankCorrelation(a: ArrayLike<number>, b: ArrayLike<number>): number {
  const n = a.length;
  // Ranks from 1 to n have this mean, ties or not, and are multiples of ½: the sums are exact.
  const mean = (n + 1) / 2;
  let [ab, aa, bb] = [0, 0, 0];
  for (let i = 0; i < n; i++) {
    ab += (a[i]! - mean) * (b[i]! - mean);
    aa += (a[i]! - mean) * (a[i]! - mean);
    bb += (b[i]! - mean) * (b[i]! - mean);
  }
  return n < 2 || aa === 0 || bb === 0 ? NaN : ab / Math.sqrt(aa * bb);
}
