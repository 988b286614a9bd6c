// Values of rows to the codes they are held as: table look-ups and break searches, added into composites.

// @ts-ignore: decorator
@inline
function add(out: usize, i: usize, part: u32): void {
  const at = out + (i << 1);
  store<u16>(at, <u16>(load<u16>(at) + part));
}

/** out[i] += table[from[i]]; from of 1, 2 or 4 bytes, table and out u16. */
export function addThrough(from: usize, width: i32, n: i32, table: usize, out: usize): void {
  const rows = <usize>n;
  if (width == 1) for (let i: usize = 0; i < rows; i++) add(out, i, load<u16>(table + (<usize>load<u8>(from + i) << 1)));
  else if (width == 2) for (let i: usize = 0; i < rows; i++) add(out, i, load<u16>(table + (<usize>load<u16>(from + (i << 1)) << 1)));
  else for (let i: usize = 0; i < rows; i++) add(out, i, load<u16>(table + (<usize>load<u32>(from + (i << 2)) << 1)));
}

/** Number of breaks below x: half the padded table at a time, from `half` on. */
// @ts-ignore: decorator
@inline
function below(x: f64, breaks: usize, half: usize): usize {
  let at = breaks;
  for (let step = half; step >= 8; step >>= 1) at += select<usize>(step, 0, x > load<f64>(at + step - 8));
  return (at - breaks) >> 3;
}

// @ts-ignore: decorator
@inline
function place(x: f64, breaks: usize, half: usize, size: usize, zero: f64): usize {
  const level = below(x, breaks, half);
  return x == x ? (x <= zero ? size : level) : size + 1;
}

/**
 * out[i] += table[number of breaks below from[i]], from f32 (width 4) or f64 (width 8). `breaks` are f64, ascending, `size` − 1 of them,
 * filled up with infinities; `size` is a power of two. table[size] is for values up to `zero`, table[size + 1] for NaN.
 */
export function addIntervals(from: usize, width: i32, n: i32, breaks: usize, size: i32, zero: f64, table: usize, out: usize): void {
  const rows = <usize>n;
  const half = <usize>size << 2;
  if (width == 4) {
    for (let i: usize = 0; i < rows; i++) {
      const level = place(<f64>load<f32>(from + (i << 2)), breaks, half, <usize>size, zero);
      add(out, i, load<u16>(table + (level << 1)));
    }
  } else {
    for (let i: usize = 0; i < rows; i++) {
      const level = place(load<f64>(from + (i << 3)), breaks, half, <usize>size, zero);
      add(out, i, load<u16>(table + (level << 1)));
    }
  }
}
