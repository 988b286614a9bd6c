/** Bits of the whole part: the smallest e with 2^e ≥ x, for x > 0. */
export function bitsOf(x: number): number {
  let bits = 0;
  for (let power = 1; power < x; power *= 2) bits++;
  for (let half = 0.5; half >= x && half > 0; half /= 2) bits--;
  return bits;
}

/**
 * Binary places of a fixed-point sum of `rows` values of at most `bound` in size: the sum stays under 2⁶², and a single
 * value under 2⁵⁰, so that it can be rounded by adding a power of two. Set from counts and bounds over all rows, before
 * the first is summed, and so the same however rows are spread.
 */
export function fixedPointShift(rows: number, bound: number): number {
  if (bound === 0) return 0;
  const size = bitsOf(bound);
  return within(Math.min(62 - bitsOf(Math.max(rows, 1)) - size, 50 - size));
}

/** The same of values that come to no more than `total` in size, none larger than `bound`. */
export function sumPlaces(total: number, bound: number): number {
  return bound === 0 ? 0 : within(Math.min(62 - bitsOf(total), largestPlaces(bound)));
}

/** Places that one value of this size leaves, however few the rows. */
export const largestPlaces = (bound: number): number => within(50 - bitsOf(bound));

/** The kernels' powers of two, and what undoes them, are normal doubles. */
const within = (places: number): number => Math.max(-1022, Math.min(1022, places));

/** Decimal digits of `size` that sums at these places hold: 15 are as many as a double has. */
export function digitsAt(places: number, size: number): number {
  if (size === 0) return 15;
  let digits = 0;
  for (let unit = 10 * powerOfTwo(-places); unit <= size && digits < 15; unit *= 10) digits++;
  return digits;
}

/** 2^e, exactly. */
export function powerOfTwo(exponent: number): number {
  let power = 1;
  for (let e = 0; e < Math.abs(exponent); e++) power *= 2;
  return exponent < 0 ? 1 / power : power;
}

/** Sums of fixed-point tables, exact and then rounded once to doubles: (Σ tables) · 2^−shift. */
export function mergeFixed(tables: readonly BigInt64Array[], shift: number): Float64Array {
  const out = merged(tables);
  const scale = powerOfTwo(-shift);
  for (let cell = 0; cell < out.length; cell++) out[cell]! *= scale;
  return out;
}

/** The same where each cell has places of its own. */
export function mergeFixedBy(tables: readonly BigInt64Array[], shifts: Int16Array): Float64Array {
  const out = merged(tables);
  const scales = new Map<number, number>();
  for (let cell = 0; cell < out.length; cell++) {
    const shift = shifts[cell]!;
    let scale = scales.get(shift);
    if (scale === undefined) scales.set(shift, (scale = powerOfTwo(-shift)));
    out[cell]! *= scale;
  }
  return out;
}

function merged(tables: readonly BigInt64Array[]): Float64Array {
  const cells = tables[0]!.length;
  const out = new Float64Array(cells);
  const lows = tables.map((table) => new Uint32Array(table.buffer, table.byteOffset, 2 * cells));
  const highs = tables.map((table) => new Int32Array(table.buffer, table.byteOffset, 2 * cells));
  for (let cell = 0; cell < cells; cell++) {
    let low = 0;
    let high = 0;
    for (let w = 0; w < tables.length; w++) {
      low += lows[w]![2 * cell]!;
      high += highs[w]![2 * cell + 1]!;
    }
    out[cell] = high * 4294967296 + low;
  }
  return out;
}

/** Sums of tables of counts. */
export function mergeCounts(tables: readonly Uint32Array[]): Float64Array {
  const out = new Float64Array(tables[0]!.length);
  for (const table of tables) for (let cell = 0; cell < out.length; cell++) out[cell]! += table[cell]!;
  return out;
}
