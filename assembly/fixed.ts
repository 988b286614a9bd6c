import { both, ROUND_MAGIC } from './exponential';

const MAGIC: usize = memory.data<f64>([ROUND_MAGIC]);

/** 2^shift, |shift| <= 1022. */
// @ts-ignore: decorator
@inline
export function powerOf(shift: i32): f64 {
  return reinterpret<f64>(<i64>(shift + 1023) << 52);
}

/**
 * The i64 nearest to v · factor, |v · factor| < 2^51; 0 where `known` is not set. Adding 1.5 · 2^52 leaves the integer in the low bits
 * of the sum, and taking the bits of 1.5 · 2^52 from it leaves the integer.
 */
// @ts-ignore: decorator
@inline
export function toFixed(v: v128, factor: v128, known: v128): v128 {
  const magic = v128.load_splat<u64>(MAGIC);
  return v128.and(i64x2.sub(f64x2.add(f64x2.mul(v, factor), magic), magic), known);
}

// @ts-ignore: decorator
@inline
export function toFixedOne(v: f64, factor: f64): i64 {
  return v == v ? reinterpret<i64>(v * factor + ROUND_MAGIC) - 0x4338000000000000 : 0;
}

/** out[i] = w[i] · x · z of row start + i, a null pointer standing for ones. */
export function fixedProduct(w: usize, x: usize, z: usize, start: i32, n: i32, shift: i32, out: usize): void {
  const factor = both(powerOf(shift));
  const offset = <usize>start << 3;
  for (let i = 0; i < n; i += 2) {
    const at = <usize>i << 3;
    const last = i == n - 1;
    let v = both(1);
    if (w) v = last ? v128.load_splat<u64>(w + at) : v128.load(w + at);
    if (x) v = f64x2.mul(v, last ? v128.load_splat<u64>(x + offset + at) : v128.load(x + offset + at));
    if (z) v = f64x2.mul(v, last ? v128.load_splat<u64>(z + offset + at) : v128.load(z + offset + at));
    const fixed = toFixed(v, factor, f64x2.eq(v, v));
    if (last) v128.store_lane<u64>(out + at, fixed, 0);
    else v128.store(out + at, fixed);
  }
}

export function sumFixed(v: usize, n: i32): i64 {
  let sum: i64 = 0;
  for (let i: usize = 0; i < <usize>n << 3; i += 8) sum += load<i64>(v + i);
  return sum;
}

export function fixedToDouble(v: usize, n: i32, shift: i32, out: usize): void {
  const factor = powerOf(-shift);
  for (let i: usize = 0; i < <usize>n << 3; i += 8) store<f64>(out + i, <f64>load<i64>(v + i) * factor);
}
