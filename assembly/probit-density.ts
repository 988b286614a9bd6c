import { polynomial10, polynomial6 } from './polynomial';
import { DENSITY_EXP, LOG_RATIO, LOG_SQRT_2PI } from './normal-coefficients';

// φ and log as the probit pass needs them, in few operations: the density with a relative error of about 1e-16 · (3 + a²), the logarithm
// with an absolute one of about 1e-15. Constants are read from memory, which costs an engine less than building each anew in every step.

const CONSTANTS: usize = memory.data<f64>([
  -0.5, -708, 1.4426950408889634, 6755399441055744.0, 0.6931471803691238, 1.9082149292705877e-10,
  4503599627370496.0, 4503599627371519.0, 0.6931471805599453, 1023, LOG_SQRT_2PI,
]);
const BITS: usize = memory.data<u64>([0x3ff8000000000000, 0xfff0000000000000, 0x3ff0000000000000]);

// @ts-ignore: decorator
@inline
function constant(index: usize): v128 {
  return v128.load_splat<u64>(CONSTANTS + (index << 3));
}

// @ts-ignore: decorator
@inline
function bits(index: usize): v128 {
  return v128.load_splat<u64>(BITS + (index << 3));
}

/** |z|, at most 1023: the Mills ratio's inverse stays under 2^10. */
// @ts-ignore: decorator
@inline
export function boundedSize(z: v128): v128 {
  return f64x2.pmin(f64x2.abs(z), constant(9));
}

/** The logarithm of exp(exponent)/√(2π). */
// @ts-ignore: decorator
@inline
export function logDensity(exponent: v128): v128 {
  return f64x2.sub(exponent, constant(10));
}

/** −a²/2. */
// @ts-ignore: decorator
@inline
export function halfSquare(a: v128): v128 {
  return f64x2.mul(f64x2.mul(a, a), constant(0));
}

/** exp(exponent)/√(2π); exponents under −708 count as −708, far below every unit of fixed point. */
// @ts-ignore: decorator
@inline
export function densityOf(exponent: v128): v128 {
  const bounded = f64x2.pmax(exponent, constant(1));
  const rounded = f64x2.add(f64x2.mul(bounded, constant(2)), constant(3));
  const k = f64x2.sub(rounded, constant(3));
  const r = f64x2.sub(f64x2.sub(bounded, f64x2.mul(k, constant(4))), f64x2.mul(k, constant(5)));
  return i64x2.add(polynomial10(r, DENSITY_EXP), i64x2.shl(rounded, 52));
}

/** log(x/y) for normal x, y > 0: y is first brought to within 2/3 and 3/2 of x by a power of two, taken from the difference of their bits. */
// @ts-ignore: decorator
@inline
export function logRatio(x: v128, y: v128): v128 {
  const shifted = i64x2.add(i64x2.sub(x, y), bits(0));
  const near = i64x2.add(y, i64x2.sub(v128.and(shifted, bits(1)), bits(2)));
  const k = f64x2.sub(v128.or(i64x2.shr_u(shifted, 52), constant(6)), constant(7));
  const s = f64x2.div(f64x2.sub(x, near), f64x2.add(x, near));
  return f64x2.add(f64x2.mul(k, constant(8)), f64x2.mul(s, polynomial6(f64x2.mul(s, s), LOG_RATIO)));
}
