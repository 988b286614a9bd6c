import { both, expMinusOne, powerOfTwo, reduce } from './exponential';
import { powerOf, toFixed } from './fixed';
import { logNormal } from './logarithm';
import { polynomial10, polynomial11 } from './polynomial';
import { INV_SQRT_2PI, LOG_SQRT_2PI, MILLS_N, MILLS_P, MILLS_Q } from './normal-coefficients';

// Rows of a probit. With z = qη, a = |z|, M(a) = P(a)/Q(a) the Mills ratio and φ from one exponential:
//   Φ(−a) = φP/Q, Φ(a) = U/Q with U = Q − φP, λ(−a) = Q/P, λ(a) = φQ/U, and φ²/(Φ(1 − Φ)) = λ(a)λ(−a).
// What a row gives back besides s stays in these.
let weight: v128 = i64x2.splat(0);
let logLikelihood: v128 = i64x2.splat(0);

/** |z| beyond it counts as this; λ stays under 2^10. */
const LARGEST: f64 = 1023;
/** exp of anything lower is taken as exp of this: far below every unit of fixed point. */
const LOWEST_EXPONENT: f64 = -708;

/** Sign bits of two rows by y0 + 2·y1: set where y is 0. */
const SIGNS: usize = memory.data<u64>([
  0x8000000000000000, 0x8000000000000000, 0, 0x8000000000000000, 0x8000000000000000, 0, 0, 0,
]);

// @ts-ignore: decorator
@inline
function signs(pair: u32): v128 {
  return v128.load(SIGNS + (<usize>((pair | (pair >>> 7)) & 3) << 4));
}

/** s of two rows; `weights` 0 none, 1 expected, 2 observed information. */
// @ts-ignore: decorator
@inline
function rows(eta: v128, sign: v128, weights: i32, likelihood: bool): v128 {
  const z = v128.xor(eta, sign);
  const negative = f64x2.lt(z, both(0));
  const a = f64x2.pmin(f64x2.abs(z), both(LARGEST));
  const exponent = f64x2.mul(both(-0.5), f64x2.mul(a, a));
  const bounded = f64x2.pmax(exponent, both(LOWEST_EXPONENT));
  const k = reduce(bounded);
  const e = f64x2.mul(f64x2.add(both(1), expMinusOne(bounded, both(0), k)), powerOfTwo(k));
  const phi = f64x2.mul(e, both(INV_SQRT_2PI));
  const p = polynomial10(a, MILLS_P);
  const q = polynomial11(a, MILLS_Q);
  const u = f64x2.sub(q, f64x2.mul(phi, p));
  const inverse = f64x2.div(both(1), f64x2.mul(p, u));
  const qInverse = f64x2.mul(q, inverse);
  const upper = f64x2.mul(f64x2.mul(phi, qInverse), p);
  const lower = f64x2.mul(qInverse, u);
  const lambda = v128.bitselect(lower, upper, negative);
  if (weights == 1) weight = f64x2.mul(upper, lower);
  if (weights == 2) {
    const tail = f64x2.mul(f64x2.mul(polynomial10(a, MILLS_N), inverse), u);
    weight = f64x2.mul(lambda, v128.bitselect(tail, f64x2.add(upper, a), negative));
  }
  if (likelihood) {
    const share = f64x2.div(v128.bitselect(p, u, negative), q);
    const offset = v128.and(f64x2.sub(exponent, both(LOG_SQRT_2PI)), negative);
    logLikelihood = f64x2.add(logNormal(share, both(0)), offset);
  }
  return v128.xor(lambda, sign);
}

// @ts-ignore: decorator
@inline
function pass(eta: usize, y: usize, n: i32, sShift: i32, wShift: i32, lShift: i32, s: usize, w: usize, weights: i32): i64 {
  const sFactor = both(powerOf(sShift));
  const wFactor = both(powerOf(wShift));
  const lFactor = both(powerOf(lShift));
  let sum = i64x2.splat(0);
  let i = 0;
  for (; i < n - 1; i += 2) {
    const at = <usize>i << 3;
    v128.store(s + at, toFixed(rows(v128.load(eta + at), signs(<u32>load<u16>(y + i)), weights, true), sFactor));
    if (weights) v128.store(w + at, toFixed(weight, wFactor));
    sum = i64x2.add(sum, toFixed(logLikelihood, lFactor));
  }
  let total = i64x2.extract_lane(sum, 0) + i64x2.extract_lane(sum, 1);
  if (i < n) {
    const at = <usize>i << 3;
    v128.store_lane<u64>(s + at, toFixed(rows(v128.load_splat<u64>(eta + at), signs(<u32>load<u8>(y + i)), weights, true), sFactor), 0);
    if (weights) v128.store_lane<u64>(w + at, toFixed(weight, wFactor), 0);
    total += i64x2.extract_lane(toFixed(logLikelihood, lFactor), 0);
  }
  return total;
}

export function probitScore(eta: usize, y: usize, n: i32, sShift: i32, lShift: i32, s: usize): i64 {
  return pass(eta, y, n, sShift, 0, lShift, s, 0, 0);
}

export function probitRows(
  eta: usize, y: usize, n: i32, sShift: i32, wShift: i32, lShift: i32, s: usize, w: usize, observed: i32,
): i64 {
  return observed ? pass(eta, y, n, sShift, wShift, lShift, s, w, 2) : pass(eta, y, n, sShift, wShift, lShift, s, w, 1);
}

export function probitResidual(eta: usize, y: usize, n: i32, s: usize): void {
  let i = 0;
  for (; i < n - 1; i += 2) {
    const at = <usize>i << 3;
    v128.store(s + at, rows(v128.load(eta + at), signs(<u32>load<u16>(y + i)), 0, false));
  }
  if (i < n) {
    const at = <usize>i << 3;
    v128.store_lane<u64>(s + at, rows(v128.load_splat<u64>(eta + at), signs(<u32>load<u8>(y + i)), 0, false), 0);
  }
}
