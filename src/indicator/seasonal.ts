/** Fewest reference months with data that every calendar month must have. */
export const fewestPerCalendarMonth = 2;

/**
 * Ĩ(t) = I(t) − Ī(calendar month of t) + Ī: means over the reference months with data, unweighted.
 *
 * @param series one value a month, NaN where there is none
 * @param firstMonth month index (12 × year + month − 1) of series[0]
 * @param reference month indices of the reference months
 * @returns the adjusted series, or null where some calendar month has fewer than two reference months with data
 */
export function seasonallyAdjusted(series: Float64Array, firstMonth: number, reference: ReadonlySet<number>): Float64Array | null {
  const sums = new Float64Array(12);
  const counts = new Float64Array(12);
  let total = 0;
  series.forEach((value, t) => {
    if (Number.isNaN(value) || !reference.has(firstMonth + t)) return;
    const calendar = (firstMonth + t) % 12;
    sums[calendar]! += value;
    counts[calendar]!++;
    total += value;
  });
  if (counts.some((count) => count < fewestPerCalendarMonth)) return null;
  const overall = total / counts.reduce((n, count) => n + count, 0);
  return series.map((value, t) => {
    const calendar = (firstMonth + t) % 12;
    return value - sums[calendar]! / counts[calendar]! + overall;
  });
}
