import { EXP_TAIL } from './normal-coefficients';
import { polynomial10 } from './polynomial';

/** Two doubles to the nearest integer, kept as 1.5 * 2^52 + k; the low bits of the sum are k in two's complement. */
export const ROUND_MAGIC: f64 = 6755399441055744.0;
const LOG2E: f64 = 1.4426950408889634;
const LN2_HIGH: f64 = 0.6931471803691238; // 32 bits, so that k * LN2_HIGH is exact
const LN2_LOW: f64 = 1.9082149292705877e-10;

// @ts-ignore: decorator
@inline
export function both(x: f64): v128 {
  return f64x2.splat(x);
}

/** 2^k for k given as ROUND_MAGIC + k, -1022 <= k <= 1023. */
// @ts-ignore: decorator
@inline
export function powerOfTwo(rounded: v128): v128 {
  return i64x2.add(i64x2.shl(rounded, 52), i64x2.splat(0x3ff0000000000000));
}

/**
 * exp(high + low) = 2^k (1 + r): `reduce` gives k as ROUND_MAGIC + k, `expMinusOne` gives r, with an error of about 0.3 units in
 * the last place of 1. |high| < 1400, |low| < 1e-3.
 */
// @ts-ignore: decorator
@inline
export function reduce(high: v128): v128 {
  return f64x2.add(f64x2.mul(high, both(LOG2E)), both(ROUND_MAGIC));
}

// @ts-ignore: decorator
@inline
export function expMinusOne(high: v128, low: v128, rounded: v128): v128 {
  const k = f64x2.sub(rounded, both(ROUND_MAGIC));
  const exact = f64x2.sub(high, f64x2.mul(k, both(LN2_HIGH)));
  const rest = f64x2.sub(low, f64x2.mul(k, both(LN2_LOW)));
  const r = f64x2.add(exact, rest);
  const correction = f64x2.add(f64x2.sub(exact, r), rest);
  const p = polynomial10(r, EXP_TAIL);
  return f64x2.add(r, f64x2.add(correction, f64x2.mul(f64x2.mul(r, r), p)));
}

/** x * 2^k in two steps, so that a subnormal result is rounded once; k as ROUND_MAGIC + k, |k| <= 2044. */
// @ts-ignore: decorator
@inline
export function scale(x: v128, rounded: v128): v128 {
  const k = f64x2.sub(rounded, both(ROUND_MAGIC));
  const half = f64x2.add(f64x2.mul(k, both(0.5)), both(ROUND_MAGIC));
  const rest = f64x2.add(f64x2.sub(k, f64x2.sub(half, both(ROUND_MAGIC))), both(ROUND_MAGIC));
  return f64x2.mul(f64x2.mul(x, powerOfTwo(half)), powerOfTwo(rest));
}

/** exp(x), within 1 ulp; infinite above 709.78, NaN for NaN. */
// @ts-ignore: decorator
@inline
export function exponential(x: v128): v128 {
  const bounded = f64x2.pmax(f64x2.pmin(x, both(720)), both(-760));
  const rounded = reduce(bounded);
  const value = scale(f64x2.add(both(1), expMinusOne(bounded, both(0), rounded)), rounded);
  return v128.bitselect(value, x, f64x2.eq(x, x));
}
