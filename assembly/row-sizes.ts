// How large the values of rows are.

/** mask[i] = 1 where the two bits at `shift` of states[i] are not 0; else it stays what it is. */
export function maskPresent(states: usize, n: i32, shift: i32, mask: usize): void {
  const rows = <usize>n;
  const field = i8x16.splat(<i8>(<i32>3 << shift));
  const zero = i8x16.splat(0);
  const one = i8x16.splat(1);
  let i: usize = 0;
  for (; i + 16 <= rows; i += 16) {
    const present = v128.andnot(one, i8x16.eq(v128.and(v128.load(states + i), field), zero));
    v128.store(mask + i, v128.or(v128.load(mask + i), present));
  }
  for (; i < rows; i++) store<u8>(mask + i, load<u8>(mask + i) | <u8>(((<i32>load<u8>(states + i) >> shift) & 3) != 0));
}

function unmaskZeros<T>(from: usize, n: i32, mask: usize): void {
  for (let i: usize = 0; i < <usize>n; i++)
    store<u8>(mask + i, load<u8>(mask + i) & (<u8>(abs<T>(load<T>(from + i * sizeof<T>())) > 0)));
}

/** mask[i] = 0 where the value is 0 or NaN; else it stays what it is. */
export function maskNonZero(from: usize, width: i32, n: i32, mask: usize): void {
  if (width == 4) unmaskZeros<f32>(from, n, mask);
  else unmaskZeros<f64>(from, n, mask);
}

function sizes<T>(from: usize, n: i32, mask: usize, counts: usize, largest: usize): void {
  let most = load<f64>(largest);
  for (let i: usize = 0; i < <usize>n; i++) {
    if (!load<u8>(mask + i)) continue;
    const x = abs<f64>(<f64>load<T>(from + i * sizeof<T>()));
    const at = counts + (<usize>(reinterpret<u64>(x) >> 52) << 2);
    store<u32>(at, load<u32>(at) + 1);
    most = max<f64>(most, x);
  }
  store<f64>(largest, most);
}

/**
 * counts[exponent] += 1, the 11 bits as a double stores them, where the mask is 1; largest[0] is raised to the largest
 * |x|. No value may be NaN.
 */
export function countExponents(from: usize, width: i32, n: i32, mask: usize, counts: usize, largest: usize): void {
  if (width == 4) sizes<f32>(from, n, mask, counts, largest);
  else sizes<f64>(from, n, mask, counts, largest);
}
