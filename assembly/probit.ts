import { both } from './exponential';
import { powerOf, toFixed } from './fixed';
import { CHUNK, EXPONENT, N, P, PHI, Q, SHARE, STEP } from './probit-chunk';
import { boundedSize, densities, logDensity, ratios, ratiosAndRest } from './probit-density';
import { logLikelihoods } from './probit-likelihood';

// Rows of a probit. With z = qη, a = |z|, M(a) = P(a)/Q(a) the Mills ratio and φ from one exponential:
//   Φ(−a) = φP/Q, Φ(a) = U/Q with U = Q − φP, λ(−a) = Q/P, λ(a) = φQ/U, and φ²/(Φ(1 − Φ)) = λ(a)λ(−a).

/** What is made of a row. */
const SCORE: i32 = 0;
const EXPECTED: i32 = 1;
const OBSERVED: i32 = 2;
const RESIDUAL: i32 = 3;

/** A step's rows in, a step's rows out, for the last rows and NaN beside them. */
const LAST_ETA: usize = memory.data(64, 16);
const LAST_S: usize = memory.data(64, 16);
const LAST_W: usize = memory.data(64, 16);
const LAST_Y: usize = memory.data(8, 16);

/** s and w of two rows at `at` of the chunk; SHARE, and EXPONENT 0 where z is not negative. */
// @ts-ignore: decorator
@inline
function pair(at: usize, eta: usize, sign: v128, sFactor: v128, wFactor: v128, s: usize, w: usize, made: i32): void {
  const z = v128.xor(v128.load(eta + at), sign);
  const known = f64x2.eq(z, z);
  const negative = f64x2.lt(z, both(0));
  const phi = v128.load(at, PHI);
  const p = v128.load(at, P);
  const q = v128.load(at, Q);
  const u = f64x2.sub(q, f64x2.mul(phi, p));
  const share = v128.bitselect(p, u, negative);
  if (made != RESIDUAL) {
    v128.store(at, share, SHARE);
    v128.store(at, v128.and(logDensity(v128.load(at, EXPONENT)), negative), EXPONENT);
  }
  if (made == SCORE || made == RESIDUAL) {
    const lambda = v128.xor(f64x2.div(v128.bitselect(q, f64x2.mul(phi, q), negative), share), sign);
    v128.store(s + at, made == RESIDUAL ? lambda : toFixed(lambda, sFactor, known));
  } else {
    const inverse = f64x2.div(q, f64x2.mul(p, u));
    const upper = f64x2.mul(f64x2.mul(phi, inverse), p);
    const lower = f64x2.mul(inverse, u);
    const lambda = v128.bitselect(lower, upper, negative);
    v128.store(s + at, toFixed(v128.xor(lambda, sign), sFactor, known));
    if (made == EXPECTED) v128.store(w + at, toFixed(f64x2.mul(upper, lower), wFactor, known));
    else {
      // λ(a) + a, and λ(−a) − a = N/P, which keeps its digits in the tail
      const rest = v128.bitselect(f64x2.div(v128.load(at, N), p), f64x2.add(upper, boundedSize(z)), negative);
      v128.store(w + at, toFixed(f64x2.mul(lambda, rest), wFactor, known));
    }
  }
}

// @ts-ignore: decorator
@inline
function residuals(eta: usize, y: usize, bytes: usize, sFactor: v128, wFactor: v128, s: usize, w: usize, made: i32): void {
  for (let at: usize = 0; at < bytes; at += 64) {
    // sign bits, set where y is 0
    const less = i16x8.sub(v128.load_ext<u8>(y + (at >>> 3)), i16x8.splat(1));
    const low = i32x4.extend_low_i16x8_s(less);
    const high = i32x4.extend_high_i16x8_s(less);
    pair(at, eta, i64x2.shl(i64x2.extend_low_i32x4_s(low), 63), sFactor, wFactor, s, w, made);
    pair(at + 16, eta, i64x2.shl(i64x2.extend_high_i32x4_s(low), 63), sFactor, wFactor, s, w, made);
    pair(at + 32, eta, i64x2.shl(i64x2.extend_low_i32x4_s(high), 63), sFactor, wFactor, s, w, made);
    pair(at + 48, eta, i64x2.shl(i64x2.extend_high_i32x4_s(high), 63), sFactor, wFactor, s, w, made);
  }
}

/** Whole steps. */
// @ts-ignore: decorator
@inline
function steps(eta: usize, y: usize, n: i32, sShift: i32, wShift: i32, lShift: i32, s: usize, w: usize, made: i32): i64 {
  const sFactor = both(powerOf(sShift));
  const wFactor = both(powerOf(wShift));
  const lFactor = powerOf(lShift);
  let sum: i64 = 0;
  for (let from = 0; from < n; from += CHUNK) {
    const at = <usize>from << 3;
    const bytes = <usize>min(CHUNK, n - from) << 3;
    densities(eta + at, bytes);
    if (made == OBSERVED) ratiosAndRest(eta + at, bytes);
    else ratios(eta + at, bytes);
    residuals(eta + at, y + from, bytes, sFactor, wFactor, s + at, w + at, made);
    if (made != RESIDUAL) sum += logLikelihoods(bytes, lFactor);
  }
  return sum;
}

function make(eta: usize, y: usize, n: i32, sShift: i32, wShift: i32, lShift: i32, s: usize, w: usize, made: i32): i64 {
  if (made == SCORE) return steps(eta, y, n, sShift, 0, lShift, s, 0, SCORE);
  if (made == EXPECTED) return steps(eta, y, n, sShift, wShift, lShift, s, w, EXPECTED);
  if (made == OBSERVED) return steps(eta, y, n, sShift, wShift, lShift, s, w, OBSERVED);
  return steps(eta, y, n, 0, 0, 0, s, 0, RESIDUAL);
}

/** Any n: the rows after the last whole step make one of their own, beside rows without η. */
function rows(eta: usize, y: usize, n: i32, sShift: i32, wShift: i32, lShift: i32, s: usize, w: usize, made: i32): i64 {
  const last = n & (STEP - 1);
  const whole = n - last;
  const sum = make(eta, y, whole, sShift, wShift, lShift, s, w, made);
  if (last == 0) return sum;
  const at = <usize>whole << 3;
  const bytes = <usize>last << 3;
  for (let i: usize = 0; i < 64; i += 8) store<f64>(LAST_ETA + i, NaN);
  memory.copy(LAST_ETA, eta + at, bytes);
  memory.copy(LAST_Y, y + whole, last);
  const rest = make(LAST_ETA, LAST_Y, STEP, sShift, wShift, lShift, LAST_S, LAST_W, made);
  memory.copy(s + at, LAST_S, bytes);
  if (made == EXPECTED || made == OBSERVED) memory.copy(w + at, LAST_W, bytes);
  return sum + rest;
}

export function probitScore(eta: usize, y: usize, n: i32, sShift: i32, lShift: i32, s: usize): i64 {
  return rows(eta, y, n, sShift, 0, lShift, s, 0, SCORE);
}

export function probitRows(
  eta: usize, y: usize, n: i32, sShift: i32, wShift: i32, lShift: i32, s: usize, w: usize, information: i32,
): i64 {
  return rows(eta, y, n, sShift, wShift, lShift, s, w, information ? OBSERVED : EXPECTED);
}

/** qλ(qη) as doubles. */
export function probitResidual(eta: usize, y: usize, n: i32, s: usize): void {
  rows(eta, y, n, 0, 0, 0, s, 0, RESIDUAL);
}
