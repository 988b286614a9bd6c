/** Values of one digit of a key: 16 bits. */
export const keyDigits = 65536;

/** Counts by cell, those that are not zero alone: cells ascend, and digit d of prefix k is cell 65,536 · k + d. */
export interface DigitCounts {
  readonly cells: Uint32Array<ArrayBuffer>;
  readonly counts: Uint32Array<ArrayBuffer> | Float64Array<ArrayBuffer>;
}

/** The sums of what several have counted. */
export function mergeDigitCounts(parts: readonly DigitCounts[]): DigitCounts {
  return parts.reduce(mergeTwo);
}

function mergeTwo(a: DigitCounts, b: DigitCounts): DigitCounts {
  const most = a.cells.length + b.cells.length;
  const [cells, counts] = [new Uint32Array(most), new Float64Array(most)];
  let [i, j, n] = [0, 0, 0];
  while (i < a.cells.length || j < b.cells.length) {
    const [inA, inB] = [i < a.cells.length ? a.cells[i]! : Infinity, j < b.cells.length ? b.cells[j]! : Infinity];
    const cell = Math.min(inA, inB);
    cells[n] = cell;
    if (inA === cell) counts[n]! += a.counts[i++]!;
    if (inB === cell) counts[n]! += b.counts[j++]!;
    n++;
  }
  return { cells: cells.subarray(0, n), counts: counts.subarray(0, n) };
}

/**
 * Finds the digit of the value of a rank, from 1, among those of a prefix, and its rank among those that share it; null
 * where there are fewer.
 */
export function digitFinder({
  cells,
  counts,
}: DigitCounts): (prefix: number, rank: number) => { readonly digit: number; readonly rank: number } | null {
  const before = new Float64Array(cells.length + 1);
  for (let i = 0; i < cells.length; i++) before[i + 1] = before[i]! + counts[i]!;
  return (prefix, rank) => {
    const begin = firstAtLeast(cells, keyDigits * prefix);
    const found = firstAtLeast(before, before[begin]! + rank) - 1;
    if (found >= cells.length || cells[found]! >= keyDigits * (prefix + 1)) return null;
    return { digit: cells[found]! - keyDigits * prefix, rank: before[begin]! + rank - before[found]! };
  };
}

/** The first place of an ascending list whose value is `least` or more; its length where none is. */
function firstAtLeast(values: Uint32Array | Float64Array, least: number): number {
  let [low, high] = [0, values.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (values[middle]! < least) low = middle + 1;
    else high = middle;
  }
  return low;
}
