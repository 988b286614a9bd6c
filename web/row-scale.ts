/** A position in per cent of the drawing's width. */
export type RowScale = (value: number) => string;

/** Positions of numbers, with a little air at both ends; every row of a table takes the same. */
export function rowScale(drawn: readonly (number | null)[]): RowScale {
  let [low, high] = [Infinity, -Infinity];
  for (const value of drawn) {
    if (value === null || !Number.isFinite(value)) continue;
    low = Math.min(low, value);
    high = Math.max(high, value);
  }
  const width = high - low || 1;
  return (value) => `${3 + (94 * (value - low)) / width}%`;
}
