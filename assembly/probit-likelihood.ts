import { toFixed } from './fixed';
import { both } from './exponential';
import { LOG_RATIO } from './normal-coefficients';
import { EXPONENT, Q, SHARE } from './probit-chunk';
import { constant } from './probit-density';

const LN2: usize = memory.data<f64>([0.6931471805599453]);
/** Half an octave, so that the power of two is the nearest one. */
const HALF_OCTAVE: usize = memory.data<u64>([0x0008000000000000]);
const EXPONENT_BITS: usize = memory.data<u64>([0xfff0000000000000]);
/** 2^52 + 2048 as bits and as a double: k as 12 bits in two's complement, xor-ed with the one, is the double k + the other. */
const TWO_52_BITS: usize = memory.data<u64>([0x4330000000000800]);
const TWO_52: usize = memory.data<f64>([4503599627372544.0]);

/**
 * log(x/y) + rest for normal x, y > 0 with an absolute error of about 1e-15: y is first brought to within 2/3 and 3/2 of x by a power of two,
 * taken from the difference of their bits. c0 … c6 are LOG_RATIO.
 */
// @ts-ignore: decorator
@inline
function logRatio(x: v128, y: v128, rest: v128, c0: v128, c1: v128, c2: v128, c3: v128, c4: v128, c5: v128, c6: v128): v128 {
  const shifted = i64x2.add(i64x2.sub(x, y), constant(HALF_OCTAVE));
  const near = i64x2.add(y, v128.and(shifted, constant(EXPONENT_BITS)));
  const k = f64x2.sub(v128.xor(i64x2.shr_u(shifted, 52), constant(TWO_52_BITS)), constant(TWO_52));
  const s = f64x2.div(f64x2.sub(x, near), f64x2.add(x, near));
  const z = f64x2.mul(s, s);
  let series = f64x2.add(f64x2.mul(c6, z), c5);
  series = f64x2.add(f64x2.mul(series, z), c4);
  series = f64x2.add(f64x2.mul(series, z), c3);
  series = f64x2.add(f64x2.mul(series, z), c2);
  series = f64x2.add(f64x2.mul(series, z), c1);
  series = f64x2.add(f64x2.mul(series, z), c0);
  return f64x2.add(f64x2.add(f64x2.mul(k, constant(LN2)), rest), f64x2.mul(s, series));
}

// @ts-ignore: decorator
@inline
function known(value: v128, factor: v128): v128 {
  return toFixed(value, factor, f64x2.eq(value, value));
}

/** Σ log Φ(z) from SHARE, Q and EXPONENT; all NaN where η is. */
export function logLikelihoods(bytes: usize, factor: f64): i64 {
  const lFactor = both(factor);
  let sum = i64x2.splat(0);
  for (let at: usize = 0; at < bytes; at += 64) {
    const c0 = constant(LOG_RATIO);
    const c1 = constant(LOG_RATIO + 8);
    const c2 = constant(LOG_RATIO + 16);
    const c3 = constant(LOG_RATIO + 24);
    const c4 = constant(LOG_RATIO + 32);
    const c5 = constant(LOG_RATIO + 40);
    const c6 = constant(LOG_RATIO + 48);
    const l0 = logRatio(v128.load(at, SHARE), v128.load(at, Q), v128.load(at, EXPONENT), c0, c1, c2, c3, c4, c5, c6);
    const l1 = logRatio(v128.load(at, SHARE + 16), v128.load(at, Q + 16), v128.load(at, EXPONENT + 16), c0, c1, c2, c3, c4, c5, c6);
    const l2 = logRatio(v128.load(at, SHARE + 32), v128.load(at, Q + 32), v128.load(at, EXPONENT + 32), c0, c1, c2, c3, c4, c5, c6);
    const l3 = logRatio(v128.load(at, SHARE + 48), v128.load(at, Q + 48), v128.load(at, EXPONENT + 48), c0, c1, c2, c3, c4, c5, c6);
    sum = i64x2.add(sum, i64x2.add(i64x2.add(known(l0, lFactor), known(l1, lFactor)), i64x2.add(known(l2, lFactor), known(l3, lFactor))));
  }
  return i64x2.extract_lane(sum, 0) + i64x2.extract_lane(sum, 1);
}
