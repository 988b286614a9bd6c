import { both } from './exponential';

const LN2_HIGH: f64 = 0.6931471803691238; // 32 bits, so that k * LN2_HIGH is exact
const LN2_LOW: f64 = 1.9082149292705877e-10;
const TWO_52: f64 = 4503599627370496.0;

/**
 * log(x) + carry for normal x > 0 and a small carry (a correction of x, as carry/x), within 1 ulp.
 * x = 2^k (1 + f), sqrt(1/2) <= 1 + f < sqrt(2); the series in s = f/(2 + f) is that of FreeBSD's e_log.c.
 */
// @ts-ignore: decorator
@inline
export function logNormal(x: v128, carry: v128): v128 {
  const shifted = i64x2.add(x, i64x2.splat(0x3ff0000000000000 - 0x3fe6a09e667f3bcd));
  const exponent = i64x2.shr_u(shifted, 52);
  const mantissa = i64x2.sub(x, i64x2.shl(i64x2.sub(exponent, i64x2.splat(1023)), 52));
  const k = f64x2.sub(v128.or(exponent, both(TWO_52)), both(TWO_52 + 1023));
  const f = f64x2.sub(mantissa, both(1));
  const s = f64x2.div(f, f64x2.add(both(2), f));
  const z = f64x2.mul(s, s);
  const w = f64x2.mul(z, z);
  let even = f64x2.add(both(0.22222198432149784), f64x2.mul(w, both(0.15313837699209373)));
  even = f64x2.mul(w, f64x2.add(both(0.3999999999940942), f64x2.mul(w, even)));
  let odd = f64x2.add(both(0.1818357216161805), f64x2.mul(w, both(0.14798198605116586)));
  odd = f64x2.add(both(0.2857142874366239), f64x2.mul(w, odd));
  odd = f64x2.mul(z, f64x2.add(both(0.6666666666666735), f64x2.mul(w, odd)));
  const half = f64x2.mul(both(0.5), f64x2.mul(f, f));
  const series = f64x2.mul(s, f64x2.add(half, f64x2.add(even, odd)));
  const low = f64x2.add(f64x2.mul(k, both(LN2_LOW)), carry);
  const tail = f64x2.sub(f64x2.sub(half, f64x2.add(series, low)), f);
  return f64x2.sub(f64x2.mul(k, both(LN2_HIGH)), tail);
}

/** log(x), within 1 ulp; -infinity at 0, NaN below and for NaN. */
// @ts-ignore: decorator
@inline
export function logarithm(x: v128): v128 {
  const tiny = f64x2.lt(x, both(2.2250738585072014e-308));
  const raised = v128.bitselect(f64x2.mul(x, both(18014398509481984.0)), x, tiny); // 2^54
  let value = logNormal(raised, both(0));
  value = f64x2.sub(value, v128.and(tiny, both(37.42994775023705)));
  value = v128.bitselect(both(-Infinity), value, f64x2.eq(x, both(0)));
  value = v128.bitselect(x, value, f64x2.eq(x, both(Infinity)));
  return v128.bitselect(value, both(NaN), f64x2.ge(x, both(0)));
}
