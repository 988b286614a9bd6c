import { codesOf, composite, compositeCount, levelOffsetOf, widthOf } from './composites';
import { ROUND_MAGIC } from './exponential';
import { powerOf, toFixedOne } from './fixed';

// The clustered meat Σ g g′, g = Σ over a person's rows of s·x. A row touches one column per composite part, so g is sparse: a bit
// per touched column says where it is not zero, and the bits in their order give the lower triangle.

// @ts-ignore: decorator
@inline
function touch(sums: usize, bits: usize, column: usize, v: i64): void {
  store<i64>(sums + (column << 3), load<i64>(sums + (column << 3)) + v);
  const word = bits + ((column >>> 6) << 3);
  store<u64>(word, load<u64>(word) | ((<u64>1) << (column & 63)));
}

// @ts-ignore: decorator
@inline
function touchLevel(cell: usize, columns: usize, sums: usize, bits: usize, v: i64): void {
  const end = <usize>load<u32>(cell, 4);
  for (let k = <usize>load<u32>(cell); k < end; k++) touch(sums, bits, load<u16>(columns + (k << 1)), v);
}

/** Rows one after the other that share a code are added up before their columns are. */
// @ts-ignore: decorator
@inline
function addRuns<T>(codes: usize, rows: usize, fixed: usize, cells: usize, columns: usize, sums: usize, bits: usize): void {
  let code = <usize>load<T>(codes);
  let v = load<i64>(fixed);
  for (let i: usize = 1; i < rows; i++) {
    const next = <usize>load<T>(codes + i * sizeof<T>());
    const here = load<i64>(fixed + (i << 3));
    if (next != code) {
      touchLevel(cells + (code << 2), columns, sums, bits, v);
      code = next;
      v = 0;
    }
    v += here;
  }
  touchLevel(cells + (code << 2), columns, sums, bits, v);
}

/**
 * Adds s·x of the rows start … end − 1, whose s (f64, NaN for rows that do not count) begin at `s`; `columnsStart` is
 * u32 [levelCells + 1] into the u16 list `columns`, `fixed` has room for an i64 a row.
 */
export function addRows(
  set: usize, start: usize, end: usize, s: usize, factor: f64, columnsStart: usize, columns: usize,
  denseCount: usize, densePtrs: usize, denseColumns: usize, fixed: usize, sums: usize, bits: usize,
): void {
  const rows = end - start;
  let known = false;
  let total: i64 = 0;
  for (let i: usize = 0; i < rows; i++) {
    const residual = load<f64>(s + (i << 3));
    known = known || residual == residual;
    const v = toFixedOne(residual, factor);
    store<i64>(fixed + (i << 3), v);
    total += v;
  }
  if (!known) return;
  touch(sums, bits, 0, total);
  const composites = compositeCount(set);
  for (let a = 0; a < composites; a++) {
    const column = composite(set, a);
    const cells = columnsStart + (levelOffsetOf(column) << 2);
    const codes = codesOf(column);
    if (widthOf(column) == 1) addRuns<u8>(codes + start, rows, fixed, cells, columns, sums, bits);
    else addRuns<u16>(codes + (start << 1), rows, fixed, cells, columns, sums, bits);
  }
  for (let d: usize = 0; d < denseCount; d++) {
    const x = <usize>load<u32>(densePtrs + (d << 2)) + (start << 3);
    const column = <usize>load<u16>(denseColumns + (d << 1));
    for (let i: usize = 0; i < rows; i++) touch(sums, bits, column, toFixedOne(load<f64>(s + (i << 3)) * load<f64>(x + (i << 3)), factor));
  }
}

/** Moves g out of `sums` as doubles into `values`, its columns into `list` as offsets in bytes, and clears; returns how many. */
// @ts-ignore: decorator
@inline
export function collect(sums: usize, bits: usize, words: i32, unit: f64, values: usize, list: usize): i32 {
  let count = 0;
  for (let word = 0; word < words; word++) {
    let left = load<u64>(bits + (<usize>word << 3));
    store<u64>(bits + (<usize>word << 3), 0);
    while (left) {
      const offset = (<usize>word << 9) + (<usize>ctz(left) << 3);
      left &= left - 1;
      store<f64>(values + (<usize>count << 3), <f64>load<i64>(sums + offset) * unit);
      store<i64>(sums + offset, 0);
      store<u32>(list + (<usize>count << 2), <u32>offset);
      count++;
    }
  }
  return count;
}

/** Adds g·g′ to the lower triangle of `meat`. */
// @ts-ignore: decorator
@inline
export function addProducts(count: i32, values: usize, list: usize, factor: f64, p: i32, meat: usize): void {
  const magic = f64x2.splat(ROUND_MAGIC);
  for (let i = 0; i < count; i++) {
    const row = meat + <usize>load<u32>(list + (<usize>i << 2)) * <usize>p;
    const g = load<f64>(values + (<usize>i << 3)) * factor;
    const pair = f64x2.splat(g);
    let j = 0;
    for (; j < i; j += 2) {
      const products = f64x2.add(f64x2.mul(v128.load(values + (<usize>j << 3)), pair), magic);
      const fixed = i64x2.sub(products, magic);
      const first = row + <usize>load<u32>(list + (<usize>j << 2));
      const second = row + <usize>load<u32>(list + (<usize>j << 2), 4);
      store<i64>(first, load<i64>(first) + i64x2.extract_lane(fixed, 0));
      store<i64>(second, load<i64>(second) + i64x2.extract_lane(fixed, 1));
    }
    if (j == i) {
      const cell = row + <usize>load<u32>(list + (<usize>j << 2));
      store<i64>(cell, load<i64>(cell) + toFixedOne(load<f64>(values + (<usize>j << 3)), g));
    }
  }
}

/** scratch: i64 sums [p], f64 values [p], u32 offsets [p rounded up to even], u64 bits; then an i64 for each row of the longest cluster. */
export function clusterMeat(
  set: usize, personStart: usize, from: i32, to: i32, s: usize, sShift: i32, meatShift: i32, p: i32, columnsStart: usize,
  columns: usize, denseCount: i32, densePtrs: usize, denseColumns: usize, scratch: usize, meat: usize,
): void {
  const values = scratch + (<usize>p << 3);
  const list = values + (<usize>p << 3);
  const bits = list + (<usize>(p + 1) >>> 1 << 3);
  const words = (p + 63) >>> 6;
  const fixed = bits + (<usize>words << 3);
  const factor = powerOf(sShift);
  const unit = powerOf(-sShift);
  const meatFactor = powerOf(meatShift);
  const first = <usize>load<u32>(personStart + (<usize>from << 2));
  for (let person = from; person < to; person++) {
    const start = <usize>load<u32>(personStart + (<usize>person << 2));
    const end = <usize>load<u32>(personStart + (<usize>person << 2), 4);
    addRows(set, start, end, s + ((start - first) << 3), factor, columnsStart, columns, denseCount, densePtrs, denseColumns, fixed, scratch, bits);
    addProducts(collect(scratch, bits, words, unit, values, list), values, list, meatFactor, p, meat);
  }
}
