// Rows of a table times one vector, in doubles: counts or single-precision numbers, four at a time in two partial sums each.

// @ts-ignore: decorator
@inline
function low(v: v128, single: bool): v128 {
  return single ? f64x2.promote_low_f32x4(v) : f64x2.convert_low_i32x4_s(v);
}

// @ts-ignore: decorator
@inline
function dots(table: usize, rows: i32, columns: i32, vector: usize, out: usize, single: bool): void {
  const whole = columns & ~3;
  let row = table;
  for (let i: usize = 0; i < <usize>rows << 3; i += 8) {
    let first = f64x2.splat(0);
    let second = f64x2.splat(0);
    let k = 0;
    for (; k < whole; k += 4) {
      const values = v128.load(row + (<usize>k << 2));
      const by = vector + (<usize>k << 3);
      first = f64x2.add(first, f64x2.mul(low(values, single), v128.load(by)));
      second = f64x2.add(second, f64x2.mul(low(i8x16.shuffle(values, values, 8, 9, 10, 11, 12, 13, 14, 15, 0, 1, 2, 3, 4, 5, 6, 7), single), v128.load(by, 16)));
    }
    const sums = f64x2.add(first, second);
    let sum = f64x2.extract_lane(sums, 0) + f64x2.extract_lane(sums, 1);
    for (; k < columns; k++) {
      const at = row + (<usize>k << 2);
      sum += (single ? <f64>load<f32>(at) : <f64>load<i32>(at)) * load<f64>(vector + (<usize>k << 3));
    }
    store<f64>(out + i, sum);
    row += <usize>columns << 2;
  }
}

/** out[i] = Σ table[i][k] · vector[k]; counts below 2³¹ as u32. */
export function countDots(table: usize, rows: i32, columns: i32, vector: usize, out: usize): void {
  dots(table, rows, columns, vector, out, false);
}

/** The same of f32. */
export function singleDots(table: usize, rows: i32, columns: i32, vector: usize, out: usize): void {
  dots(table, rows, columns, vector, out, true);
}
