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

/** Five i64 a cell: n, Σy, Σy², Σμ, Σ(y − μ)²; rows with a NaN are left out. */
export function residualCells(
  cells: usize, y: usize, width: i32, mu: usize, n: i32, yShift: i32, y2Shift: i32, muShift: i32, r2Shift: i32, table: usize,
): i32 {
  const yFactor = powerOf(yShift);
  const y2Factor = powerOf(y2Shift);
  const muFactor = powerOf(muShift);
  const r2Factor = powerOf(r2Shift);
  let counted = 0;
  for (let i: usize = 0; i < <usize>n; i++) {
    const actual = width == 1 ? <f64>load<u8>(y + i) : width == 4 ? <f64>load<f32>(y + (i << 2)) : load<f64>(y + (i << 3));
    const expected = load<f64>(mu + (i << 3));
    const residual = actual - expected;
    if (residual != residual) continue;
    const cell = table + <usize>load<u32>(cells + (i << 2)) * 40;
    store<i64>(cell, load<i64>(cell) + 1);
    store<i64>(cell, load<i64>(cell, 8) + toFixedOne(actual, yFactor), 8);
    store<i64>(cell, load<i64>(cell, 16) + toFixedOne(actual * actual, y2Factor), 16);
    store<i64>(cell, load<i64>(cell, 24) + toFixedOne(expected, muFactor), 24);
    store<i64>(cell, load<i64>(cell, 32) + toFixedOne(residual * residual, r2Factor), 32);
    counted++;
  }
  return counted;
}
