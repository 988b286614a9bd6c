import { both } from './exponential';
import { powerOf, toFixed } from './fixed';
import { MILLS_N, MILLS_P, MILLS_Q } from './normal-coefficients';
import { halves10, halves11 } from './polynomial';
import { boundedSize, densityOf, halfSquare, logDensity, logRatio } from './probit-density';

// Rows of a probit. With z = qη, a = |z|, M(a) = P(a)/Q(a) the Mills ratio and φ from one exponential:
//   Φ(−a) = φP/Q, Φ(a) = U/Q with U = Q − φP, λ(−a) = Q/P, λ(a) = φQ/U, and φ²/(Φ(1 − Φ)) = λ(a)λ(−a).

/** Sign bits of two rows by y0 + 2·y1: set where y is 0. */
const SIGNS: usize = memory.data<u64>([
  0x8000000000000000, 0x8000000000000000, 0, 0x8000000000000000, 0x8000000000000000, 0, 0, 0,
]);

// @ts-ignore: decorator
@inline
function signs(pair: u32): v128 {
  return v128.load(SIGNS + (<usize>((pair | (pair >>> 7)) & 3) << 4));
}

/** Two rows in, two rows out, for an odd last row and a NaN beside it. */
const LAST_ETA: usize = memory.data(16, 16);
const LAST_S: usize = memory.data(16, 16);
const LAST_W: usize = memory.data(16, 16);
const LAST_Y: usize = memory.data(16, 16);

/** Rows gone over at a time, in four loops: their chains of operations are short, so that a processor has many rows under way at once. */
const CHUNK: i32 = 512;
const PHI: usize = memory.data(4096, 16);
const EXPONENT: usize = memory.data(4096, 16);
const SHARE: usize = memory.data(4096, 16);
const P: usize = memory.data(4096, 16);
const Q: usize = memory.data(4096, 16);

const NO_WEIGHTS: i32 = 0;
const EXPECTED: i32 = 1;
const OBSERVED: i32 = 2;

/** PHI = φ(η), EXPONENT = −η²/2. */
function densities(eta: usize, bytes: usize): void {
  for (let at: usize = 0; at < bytes; at += 16) {
    const exponent = halfSquare(boundedSize(v128.load(eta + at)));
    v128.store(EXPONENT + at, exponent);
    v128.store(PHI + at, densityOf(exponent));
  }
}

/** P and Q of |η|. */
function ratios(eta: usize, bytes: usize): void {
  for (let at: usize = 0; at < bytes; at += 16) {
    const a = boundedSize(v128.load(eta + at));
    v128.store(P + at, halves10(a, MILLS_P));
    v128.store(Q + at, halves11(a, MILLS_Q));
  }
}

/** s and w; SHARE/Q · exp(EXPONENT) = Φ(z), with EXPONENT 0 where z is not negative. */
// @ts-ignore: decorator
@inline
function residuals(eta: usize, y: usize, bytes: usize, sFactor: v128, wFactor: v128, s: usize, w: usize, weights: i32): void {
  for (let at: usize = 0; at < bytes; at += 16) {
    const sign = signs(<u32>load<u16>(y + (at >>> 3)));
    const z = v128.xor(v128.load(eta + at), sign);
    const known = f64x2.eq(z, z);
    const negative = f64x2.lt(z, both(0));
    const phi = v128.load(PHI + at);
    const p = v128.load(P + at);
    const q = v128.load(Q + at);
    const u = f64x2.sub(q, f64x2.mul(phi, p));
    const share = v128.bitselect(p, u, negative);
    v128.store(SHARE + at, share);
    v128.store(EXPONENT + at, v128.and(logDensity(v128.load(EXPONENT + at)), negative));
    if (weights == NO_WEIGHTS) {
      const lambda = f64x2.div(v128.bitselect(q, f64x2.mul(phi, q), negative), share);
      v128.store(s + at, toFixed(v128.xor(lambda, sign), sFactor, known));
    } else {
      const inverse = f64x2.div(q, f64x2.mul(p, u));
      const upper = f64x2.mul(f64x2.mul(phi, inverse), p);
      const lower = f64x2.mul(inverse, u);
      const lambda = v128.bitselect(lower, upper, negative);
      v128.store(s + at, toFixed(v128.xor(lambda, sign), sFactor, known));
      if (weights == EXPECTED) v128.store(w + at, toFixed(f64x2.mul(upper, lower), wFactor, known));
      else {
        const a = boundedSize(z);
        const rest = v128.bitselect(f64x2.div(halves10(a, MILLS_N), p), f64x2.add(upper, a), negative);
        v128.store(w + at, toFixed(f64x2.mul(lambda, rest), wFactor, known));
      }
    }
  }
}

/** Σ log Φ(z) from SHARE, Q and EXPONENT; all NaN where η is. */
function logLikelihoods(bytes: usize, factor: f64): i64 {
  const lFactor = both(factor);
  let sum = i64x2.splat(0);
  for (let at: usize = 0; at < bytes; at += 16) {
    const value = f64x2.add(logRatio(v128.load(SHARE + at), v128.load(Q + at)), v128.load(EXPONENT + at));
    sum = i64x2.add(sum, toFixed(value, lFactor, f64x2.eq(value, value)));
  }
  return i64x2.extract_lane(sum, 0) + i64x2.extract_lane(sum, 1);
}

/** An even number of rows. */
// @ts-ignore: decorator
@inline
function pairs(eta: usize, y: usize, n: i32, sShift: i32, wShift: i32, lShift: i32, s: usize, w: usize, weights: i32): i64 {
  const sFactor = both(powerOf(sShift));
  const wFactor = both(powerOf(wShift));
  const lFactor = powerOf(lShift);
  let sum: i64 = 0;
  for (let from = 0; from < n; from += CHUNK) {
    const at = <usize>from << 3;
    const bytes = <usize>min(CHUNK, n - from) << 3;
    densities(eta + at, bytes);
    ratios(eta + at, bytes);
    residuals(eta + at, y + from, bytes, sFactor, wFactor, s + at, w + at, weights);
    sum += logLikelihoods(bytes, lFactor);
  }
  return sum;
}

function score(eta: usize, y: usize, n: i32, sShift: i32, lShift: i32, s: usize): i64 {
  return pairs(eta, y, n, sShift, 0, lShift, s, 0, NO_WEIGHTS);
}

function expected(eta: usize, y: usize, n: i32, sShift: i32, wShift: i32, lShift: i32, s: usize, w: usize): i64 {
  return pairs(eta, y, n, sShift, wShift, lShift, s, w, EXPECTED);
}

function observed(eta: usize, y: usize, n: i32, sShift: i32, wShift: i32, lShift: i32, s: usize, w: usize): i64 {
  return pairs(eta, y, n, sShift, wShift, lShift, s, w, OBSERVED);
}

/** Row n − 1 into the first lane of LAST_ETA and LAST_Y. */
function prepareLast(eta: usize, y: usize, n: i32): void {
  store<f64>(LAST_ETA, load<f64>(eta + (<usize>(n - 1) << 3)));
  store<f64>(LAST_ETA, NaN, 8);
  store<u16>(LAST_Y, load<u8>(y + n - 1));
}

export function probitScore(eta: usize, y: usize, n: i32, sShift: i32, lShift: i32, s: usize): i64 {
  const sum = score(eta, y, n & ~1, sShift, lShift, s);
  if (!(n & 1)) return sum;
  prepareLast(eta, y, n);
  const last = score(LAST_ETA, LAST_Y, 2, sShift, lShift, LAST_S);
  store<i64>(s + (<usize>(n - 1) << 3), load<i64>(LAST_S));
  return sum + last;
}

export function probitRows(
  eta: usize, y: usize, n: i32, sShift: i32, wShift: i32, lShift: i32, s: usize, w: usize, information: i32,
): i64 {
  const even = n & ~1;
  const sum = information
    ? observed(eta, y, even, sShift, wShift, lShift, s, w)
    : expected(eta, y, even, sShift, wShift, lShift, s, w);
  if (!(n & 1)) return sum;
  prepareLast(eta, y, n);
  const last = information
    ? observed(LAST_ETA, LAST_Y, 2, sShift, wShift, lShift, LAST_S, LAST_W)
    : expected(LAST_ETA, LAST_Y, 2, sShift, wShift, lShift, LAST_S, LAST_W);
  store<i64>(s + (<usize>(n - 1) << 3), load<i64>(LAST_S));
  store<i64>(w + (<usize>(n - 1) << 3), load<i64>(LAST_W));
  return sum + last;
}

/** qλ(qη) as doubles. */
export function probitResidual(eta: usize, y: usize, n: i32, s: usize): void {
  for (let i = 0; i < n; i += 2) {
    const at = <usize>i << 3;
    const last = i == n - 1;
    const sign = signs(last ? <u32>load<u8>(y + i) : <u32>load<u16>(y + i));
    const z = v128.xor(last ? v128.load_splat<u64>(eta + at) : v128.load(eta + at), sign);
    const a = boundedSize(z);
    const phi = densityOf(halfSquare(a));
    const p = halves10(a, MILLS_P);
    const q = halves11(a, MILLS_Q);
    const negative = f64x2.lt(z, both(0));
    const phiQ = f64x2.mul(phi, q);
    const u = f64x2.sub(q, f64x2.mul(phi, p));
    const value = v128.xor(f64x2.div(v128.bitselect(q, phiQ, negative), v128.bitselect(p, u, negative)), sign);
    if (last) v128.store_lane<u64>(s + at, value, 0);
    else v128.store(s + at, value);
  }
}
