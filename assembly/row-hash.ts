// An order-free hash of rows: Σ over rows of mix(Σ over columns and words of odd constant · word), all mod 2⁶⁴. A column's part is a
// one-to-one function of its value, so that a change in one column always changes the row's sum.

// @ts-ignore: decorator
@inline
function mix(x: u64): u64 {
  let h = x;
  h = (h ^ (h >> 30)) * 0xbf58476d1ce4e5b9;
  h = (h ^ (h >> 27)) * 0x94d049bb133111eb;
  return h ^ (h >> 31);
}

/** The k-th odd constant, k from −4. */
// @ts-ignore: decorator
@inline
function factorOf(k: i32): u64 {
  return mix(<u64>(k + 5) * 0x9e3779b97f4a7c15) | 1;
}

// @ts-ignore: decorator
@inline
function add(out: usize, i: usize, part: u64): void {
  const at = out + (i << 3);
  store<u64>(at, load<u64>(at) + part);
}

/** out[i] += factor k · from[i]; unsigned integers of 1, 2 or 4 bytes. */
export function hashIntegers(from: usize, width: i32, n: i32, k: i32, out: usize): void {
  const factor = factorOf(k);
  const rows = <usize>n;
  if (width == 1) for (let i: usize = 0; i < rows; i++) add(out, i, factor * load<u8>(from + i));
  else if (width == 2) for (let i: usize = 0; i < rows; i++) add(out, i, factor * load<u16>(from + (i << 1)));
  else for (let i: usize = 0; i < rows; i++) add(out, i, factor * load<u32>(from + (i << 2)));
}

/** out[i] += factor k · table[from[i]], table u32. */
export function hashThrough(from: usize, width: i32, n: i32, table: usize, k: i32, out: usize): void {
  const factor = factorOf(k);
  const rows = <usize>n;
  if (width == 1) for (let i: usize = 0; i < rows; i++) add(out, i, factor * load<u32>(table + (<usize>load<u8>(from + i) << 2)));
  else if (width == 2) for (let i: usize = 0; i < rows; i++) add(out, i, factor * load<u32>(table + (<usize>load<u16>(from + (i << 1)) << 2)));
  else for (let i: usize = 0; i < rows; i++) add(out, i, factor * load<u32>(table + (<usize>load<u32>(from + (i << 2)) << 2)));
}

/** The bits of a double, those of one NaN for every NaN and of 0 for −0; the upper half folded in, as the lower one is mostly 0. */
// @ts-ignore: decorator
@inline
function foldedBits(x: f64): u64 {
  const bits = select<u64>(reinterpret<u64>(x + 0), 0x7ff8000000000000, x == x);
  return bits ^ (bits >> 32);
}

/** out[i] += factor k · the bits of from[i] as a double; f32 (width 4) or f64 (width 8), the same for the same value. */
export function hashNumbers(from: usize, width: i32, n: i32, k: i32, out: usize): void {
  const factor = factorOf(k);
  const rows = <usize>n;
  if (width == 4) for (let i: usize = 0; i < rows; i++) add(out, i, factor * foldedBits(<f64>load<f32>(from + (i << 2))));
  else for (let i: usize = 0; i < rows; i++) add(out, i, factor * foldedBits(load<f64>(from + (i << 3))));
}

/** out[i] = Σ of four factors · the four u32 words of person i. */
export function hashPersons(persons: usize, n: i32, out: usize): void {
  const a = factorOf(-1);
  const b = factorOf(-2);
  const c = factorOf(-3);
  const d = factorOf(-4);
  for (let i: usize = 0; i < <usize>n; i++) {
    const at = persons + (i << 4);
    store<u64>(out + (i << 3), a * load<u32>(at) + b * load<u32>(at, 4) + c * load<u32>(at, 8) + d * load<u32>(at, 12));
  }
}

/** Σ mix(sums[i]). */
export function sumRowHashes(sums: usize, n: i32): u64 {
  let total: u64 = 0;
  for (let i: usize = 0; i < <usize>n; i++) total += mix(load<u64>(sums + (i << 3)));
  return total;
}
