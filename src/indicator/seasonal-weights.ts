import { fewestPerCalendarMonth } from './seasonal.ts';

/**
 * The adjusted value of each month as a weighted sum of the months' own values: 1 at the month, less the mean of the
 * reference months that share its calendar month, plus the mean of all. Row t of a months × months matrix is month t's;
 * null where the series is not adjusted.
 *
 * @param present whether each month has a value
 */
export function seasonalWeights(present: readonly boolean[], firstMonth: number, reference: ReadonlySet<number>): Float64Array | null {
  const months = present.length;
  const used = Array.from(present.keys()).filter((t) => present[t] && reference.has(firstMonth + t));
  const counts = new Float64Array(12);
  for (const t of used) counts[(firstMonth + t) % 12]!++;
  if (counts.some((count) => count < fewestPerCalendarMonth)) return null;
  const weights = new Float64Array(months * months);
  for (let t = 0; t < months; t++) {
    if (!present[t]) continue;
    const row = weights.subarray(t * months, (t + 1) * months);
    const calendar = (firstMonth + t) % 12;
    for (const u of used) row[u] = 1 / used.length - ((firstMonth + u) % 12 === calendar ? 1 / counts[calendar]! : 0);
    row[t]! += 1;
  }
  return weights;
}
