// Ranges and order statistics of the values of masked rows.

function range<T>(from: usize, n: i32, mask: usize, floor: f64, out: usize): i32 {
  let lo = load<f64>(out);
  let hi = load<f64>(out, 8);
  let counted = 0;
  for (let i: usize = 0; i < <usize>n; i++) {
    const x = <f64>load<T>(from + i * sizeof<T>());
    const counts = (x > floor) & <bool>load<u8>(mask + i);
    counted += <i32>counts;
    lo = select<f64>(x, lo, <i32>counts & <i32>(x < lo));
    hi = select<f64>(x, hi, <i32>counts & <i32>(x > hi));
  }
  store<f64>(out, lo);
  store<f64>(out, hi, 8);
  return counted;
}

/** Values above `floor` where the mask is 1: their number is returned, out[0] is lowered to the least, out[1] raised to the largest. */
export function rangeOfRows(from: usize, width: i32, n: i32, mask: usize, floor: f64, out: usize): i32 {
  return width == 4 ? range<f32>(from, n, mask, floor, out) : range<f64>(from, n, mask, floor, out);
}

/** The bits of a double, as an unsigned integer, in the order of the values; −0 as 0. */
// @ts-ignore: decorator
@inline
function sortableKey(x: f64): u64 {
  const bits = reinterpret<u64>(x + 0);
  return bits ^ (<u64>(<i64>bits >> 63) | 0x8000000000000000);
}

/** Counts are cleared in blocks of 256, each when it is met first: most are never. */
const BLOCK_BYTES: usize = 1024;

function countKeys<T>(
  from: usize, n: i32, mask: usize, floor: f64, digit: i32, prefixes: usize, first: usize, counts: usize,
  touched: usize,
): void {
  const shift: u64 = 48 - 16 * <u64>digit;
  for (let i: usize = 0; i < <usize>n; i++) {
    const x = <f64>load<T>(from + i * sizeof<T>());
    if (!load<u8>(mask + i) || !(x > floor)) continue;
    const key = sortableKey(x);
    let k: u32 = 0;
    if (digit > 0) {
      const start = first + (<usize>(key >> 48) << 2);
      const end = load<u32>(start, 4);
      k = load<u32>(start);
      while (k < end && (load<u64>(prefixes + (<usize>k << 3)) ^ key) >> (shift + 16)) k++;
      if (k == end) continue;
    }
    const cell = <usize>k << 16 | <usize>((key >> shift) & 0xffff);
    const block = cell >> 8;
    if (!load<u8>(touched + block)) {
      store<u8>(touched + block, 1);
      memory.fill(counts + block * BLOCK_BYTES, 0, BLOCK_BYTES);
    }
    const at = counts + (cell << 2);
    store<u32>(at, load<u32>(at) + 1);
  }
}

/**
 * counts[65536 · k + next 16 bits] += 1 for the keys that begin with the `digit` · 16 bits of prefix k, over values above `floor` where the
 * mask is 1. `prefixes` are u64, ascending, zeros below; `first` is u32[65537]: the prefixes that begin with the 16 bits b are
 * first[b] … first[b + 1] − 1, all from digit 1 on. Counts stand in blocks of 256, one byte each in `touched`: those of
 * a block whose byte is 0 are taken to be zero, whatever stands there.
 */
export function countDigits(
  from: usize, width: i32, n: i32, mask: usize, floor: f64, digit: i32, prefixes: usize, first: usize, counts: usize,
  touched: usize,
): void {
  if (width == 4) countKeys<f32>(from, n, mask, floor, digit, prefixes, first, counts, touched);
  else countKeys<f64>(from, n, mask, floor, digit, prefixes, first, counts, touched);
}
