import { both, expMinusOne, reduce, scale } from './exponential';
import { logNormal } from './logarithm';
import {
  INV_SQRT_2PI, INV_SQRT_2PI_LOW, LOG_SQRT_2PI, LOG_SQRT_2PI_LOW, SCALED_MILLS, SCALED_MILLS_LOW,
} from './normal-coefficients';
import { polynomial24 } from './polynomial';

// The normal distribution, two lanes at a time, to about 2 ulp. With a = |x| and M the Mills ratio:
// Phi(-a) = phi(a) M(a). phi and M are carried as high + low; where a function has a second value to give back it leaves it here,
// since AssemblyScript functions return one.
let low: v128 = i64x2.splat(0);
let exponent: v128 = i64x2.splat(0);

/** Beyond it Phi(-a) and phi(a) are 0 in doubles. */
const LAST: f64 = 40;
const CENTRE: f64 = 4.5;
const SHIFT: f64 = 1.25;

/** The upper 26 bits: products of two such halves are exact. */
// @ts-ignore: decorator
@inline
function upperHalf(x: v128): v128 {
  return v128.and(x, i64x2.splat(0xfffffffff8000000));
}

/** phi(a) / 2^k for 0 <= a <= LAST, with `low` its lower half and `exponent` k as ROUND_MAGIC + k. a^2 is split before exp. */
// @ts-ignore: decorator
@inline
function scaledDensity(a: v128): v128 {
  const upper = upperHalf(a);
  const high = f64x2.mul(both(-0.5), f64x2.mul(upper, upper));
  const rest = f64x2.mul(both(-0.5), f64x2.mul(f64x2.sub(a, upper), f64x2.add(a, upper)));
  const rounded = reduce(high);
  const q = expMinusOne(high, rest, rounded);
  const e = f64x2.add(both(1), q);
  const eLow = f64x2.add(f64x2.sub(both(1), e), q);
  exponent = rounded;
  const value = f64x2.mul(e, both(INV_SQRT_2PI));
  // the rounding error of that product: both factors in halves
  const eUpper = upperHalf(e);
  const eLower = f64x2.sub(e, eUpper);
  const cUpper = upperHalf(both(INV_SQRT_2PI));
  const cLower = f64x2.sub(both(INV_SQRT_2PI), cUpper);
  let error = f64x2.sub(f64x2.mul(eUpper, cUpper), value);
  error = f64x2.add(f64x2.add(error, f64x2.mul(eUpper, cLower)), f64x2.mul(eLower, cUpper));
  error = f64x2.add(error, f64x2.mul(eLower, cLower));
  low = f64x2.add(error, f64x2.add(f64x2.mul(eLow, both(INV_SQRT_2PI)), f64x2.mul(e, both(INV_SQRT_2PI_LOW))));
  return value;
}

/** M(a) for a >= 0, with `low` its lower half: a polynomial in (a - 9/2)/(a + 9/2) over a + 5/4. */
// @ts-ignore: decorator
@inline
function millsHigh(a: v128): v128 {
  const t = f64x2.div(f64x2.sub(a, both(CENTRE)), f64x2.add(a, both(CENTRE)));
  const product = f64x2.mul(polynomial24(t, SCALED_MILLS + 8), t);
  const last = v128.load_splat<u64>(SCALED_MILLS);
  const numerator = f64x2.add(last, product);
  const numeratorLow = f64x2.add(f64x2.add(f64x2.sub(last, numerator), product), both(SCALED_MILLS_LOW));
  const s = f64x2.add(a, both(SHIFT));
  const z = f64x2.sub(s, a);
  const sLow = f64x2.add(f64x2.sub(a, f64x2.sub(s, z)), f64x2.sub(both(SHIFT), z));
  const m = f64x2.div(numerator, s);
  const mUpper = upperHalf(m);
  const mLower = f64x2.sub(m, mUpper);
  const sUpper = upperHalf(s);
  const sLower = f64x2.sub(s, sUpper);
  let remainder = f64x2.sub(numerator, f64x2.mul(mUpper, sUpper));
  remainder = f64x2.sub(f64x2.sub(remainder, f64x2.mul(mUpper, sLower)), f64x2.mul(mLower, sUpper));
  remainder = f64x2.sub(remainder, f64x2.mul(mLower, sLower));
  remainder = f64x2.add(remainder, f64x2.sub(numeratorLow, f64x2.mul(m, sLow)));
  low = f64x2.div(remainder, s);
  return m;
}

/** Phi(-a) / 2^k for 0 <= a <= LAST, with `low` and `exponent` as above. */
// @ts-ignore: decorator
@inline
function scaledTail(a: v128): v128 {
  const density = scaledDensity(a);
  const densityLow = low;
  const m = millsHigh(a);
  const value = f64x2.mul(density, m);
  const rest = f64x2.add(f64x2.mul(densityLow, m), f64x2.mul(density, low));
  const sum = f64x2.add(value, rest);
  const dUpper = upperHalf(density);
  const dLower = f64x2.sub(density, dUpper);
  const mUpper = upperHalf(m);
  const mLower = f64x2.sub(m, mUpper);
  let error = f64x2.sub(f64x2.mul(dUpper, mUpper), value);
  error = f64x2.add(f64x2.add(error, f64x2.mul(dUpper, mLower)), f64x2.mul(dLower, mUpper));
  error = f64x2.add(error, f64x2.mul(dLower, mLower));
  low = f64x2.add(f64x2.add(f64x2.sub(value, sum), rest), error);
  return sum;
}

/** 1 - (Phi(-a) = high + low), with `low` what rounding takes. */
// @ts-ignore: decorator
@inline
function complement(high: v128, lower: v128): v128 {
  const value = f64x2.sub(both(1), high);
  low = f64x2.sub(f64x2.sub(f64x2.sub(both(1), value), high), lower);
  return value;
}

// @ts-ignore: decorator
@inline
export function density(x: v128): v128 {
  const a = f64x2.pmin(f64x2.abs(x), both(LAST));
  const value = scaledDensity(a);
  return scale(f64x2.add(value, low), exponent);
}

// @ts-ignore: decorator
@inline
export function cdf(x: v128): v128 {
  const a = f64x2.pmin(f64x2.abs(x), both(LAST));
  const sum = scaledTail(a);
  const tail = scale(f64x2.add(sum, low), exponent);
  return v128.bitselect(tail, f64x2.sub(both(1), tail), f64x2.lt(x, both(0)));
}

// @ts-ignore: decorator
@inline
export function logCdf(x: v128): v128 {
  const negative = f64x2.lt(x, both(0));
  const a = f64x2.pmin(f64x2.abs(x), both(1e160));
  // x < 0: -a^2/2 - log(sqrt(2 pi)) + log M(a)
  const m = millsHigh(a);
  const mLow = low;
  const upper = upperHalf(a);
  const high = f64x2.mul(both(-0.5), f64x2.mul(upper, upper));
  const rest = f64x2.mul(both(-0.5), f64x2.mul(f64x2.sub(a, upper), f64x2.add(a, upper)));
  // x >= 0: log(1 - Phi(-a))
  const bounded = f64x2.pmin(a, both(LAST));
  const sum = scaledTail(bounded);
  const sumLow = scale(low, exponent);
  const u = complement(scale(sum, exponent), sumLow);
  const argument = v128.bitselect(m, u, negative);
  const carry = v128.bitselect(mLow, low, negative);
  const logarithm = logNormal(argument, f64x2.div(carry, argument));
  const left = f64x2.add(f64x2.sub(logarithm, both(LOG_SQRT_2PI)), f64x2.sub(rest, both(LOG_SQRT_2PI_LOW)));
  return v128.bitselect(f64x2.add(high, left), logarithm, negative);
}

/** Phi(-x)/phi(x); for x < 0 it is (1 - Phi(-a))/phi(a), infinite from about -37.7. */
// @ts-ignore: decorator
@inline
export function mills(x: v128): v128 {
  const negative = f64x2.lt(x, both(0));
  const a = f64x2.abs(x);
  const positive = millsHigh(f64x2.pmin(a, both(1e300)));
  const direct = f64x2.add(positive, low);
  const bounded = f64x2.pmin(a, both(LAST));
  const sum = scaledTail(bounded);
  const sumLow = scale(low, exponent);
  const u = complement(scale(sum, exponent), sumLow);
  const uLow = low;
  const phi = scaledDensity(bounded);
  const correction = f64x2.sub(f64x2.div(uLow, u), f64x2.div(low, phi));
  const quotient = f64x2.div(u, phi);
  const inverse = f64x2.sub(both(2 * 6755399441055744.0), exponent);
  const reflected = scale(f64x2.add(quotient, f64x2.mul(quotient, correction)), inverse);
  return v128.bitselect(reflected, direct, negative);
}
