import { toFixedOne, powerOf } from './fixed';

// @ts-ignore: decorator
@inline
function group(ptr: usize, width: i32, row: usize): u32 {
  if (width == 1) return load<u8>(ptr + row);
  if (width == 2) return load<u16>(ptr + (row << 1));
  return load<u32>(ptr + (row << 2));
}

/** out[i] = month · groups + group. */
export function cellIndex(ptr: usize, width: i32, month: usize, start: i32, n: i32, groups: i32, out: usize): void {
  for (let i: usize = 0; i < <usize>n; i++) {
    const row = <usize>start + i;
    store<u32>(out + (i << 2), <u32>load<u8>(month + row) * <u32>groups + group(ptr, width, row));
  }
}

export function countCells(cells: usize, n: i32, table: usize): void {
  for (let i: usize = 0; i < <usize>n << 2; i += 4) {
    const cell = table + (<usize>load<u32>(cells + i) << 2);
    store<u32>(cell, load<u32>(cell) + 1);
  }
}

export function sumCells(cells: usize, n: i32, v: usize, table: usize): void {
  for (let i: usize = 0; i < <usize>n << 2; i += 4) {
    const cell = table + (<usize>load<u32>(cells + i) << 3);
    store<i64>(cell, load<i64>(cell) + load<i64>(v + (i << 1)));
  }
}

/** Bytes of a row's fields, and of a cell's sums of them: 1, y, y², μ, (y − μ)² and one unused, i64. */
const FIELDS: usize = 48;

/** The fields of each row, all 0 where y or μ is NaN; returns how many are not. */
export function residualFields(y: usize, width: i32, mu: usize, n: i32, yShift: i32, y2Shift: i32, muShift: i32, r2Shift: i32, fields: usize): i32 {
  const yFactor = powerOf(yShift);
  const y2Factor = powerOf(y2Shift);
  const muFactor = powerOf(muShift);
  const r2Factor = powerOf(r2Shift);
  let counted = 0;
  for (let i: usize = 0; i < <usize>n; i++) {
    const actual = width == 1 ? <f64>load<u8>(y + i) : width == 4 ? <f64>load<f32>(y + (i << 2)) : load<f64>(y + (i << 3));
    const expected = load<f64>(mu + (i << 3));
    const residual = actual - expected;
    const at = fields + i * FIELDS;
    if (residual != residual) {
      memory.fill(at, 0, FIELDS);
      continue;
    }
    store<i64>(at, 1);
    store<i64>(at, toFixedOne(actual, yFactor), 8);
    store<i64>(at, toFixedOne(actual * actual, y2Factor), 16);
    store<i64>(at, toFixedOne(expected, muFactor), 24);
    store<i64>(at, toFixedOne(residual * residual, r2Factor), 32);
    store<i64>(at, 0, 40);
    counted++;
  }
  return counted;
}

/** table[cells[i]] += fields[i]. */
export function sumFields(cells: usize, n: i32, fields: usize, table: usize): void {
  for (let i: usize = 0; i < <usize>n; i++) {
    const at = fields + i * FIELDS;
    const cell = table + <usize>load<u32>(cells + (i << 2)) * FIELDS;
    v128.store(cell, i64x2.add(v128.load(cell), v128.load(at)));
    v128.store(cell, i64x2.add(v128.load(cell, 16), v128.load(at, 16)), 16);
    v128.store(cell, i64x2.add(v128.load(cell, 32), v128.load(at, 32)), 32);
  }
}
