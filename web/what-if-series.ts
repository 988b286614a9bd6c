/** Mean of the months, each with its rows' weight; NaN where no month has a number. */
export function pooledMean(n: Float64Array, values: Float64Array): number {
  let [rows, sum] = [0, 0];
  for (const [k, value] of values.entries()) {
    if (!Number.isFinite(value)) continue;
    rows += n[k]!;
    sum += n[k]! * value;
  }
  return rows > 0 ? sum / rows : NaN;
}
