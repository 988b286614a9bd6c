import { MILLS_N, MILLS_P, MILLS_Q, DENSITY_EXP, LOG_SQRT_2PI } from './normal-coefficients';
import { storePolynomials } from './polynomial';
import { EXPONENT, N, P, PHI, Q } from './probit-chunk';

// φ and the Mills ratio as a probit pass needs them, in few operations: the density with a relative error of about 1e-16 · (3 + η²).
// Constants are read from memory, which costs an engine less than building each anew in every step.

const HALF: usize = memory.data<f64>([-0.5]);
const LOG_ROOT: usize = memory.data<f64>([LOG_SQRT_2PI]);
/** The Mills ratio's inverse stays under 2^10. */
const LARGEST: usize = memory.data<f64>([1023]);
/** Exponents under it count as it, far below every unit of fixed point. */
const LOWEST: usize = memory.data<f64>([-708]);
const LOG2E: usize = memory.data<f64>([1.4426950408889634]);
const LN2_HIGH: usize = memory.data<f64>([0.6931471803691238]);
const LN2_LOW: usize = memory.data<f64>([1.9082149292705877e-10]);
const MAGIC: usize = memory.data<f64>([6755399441055744.0]);

/** Both lanes what stands at `address`. */
// @ts-ignore: decorator
@inline
export function constant(address: usize): v128 {
  return v128.load_splat<u64>(address);
}

// @ts-ignore: decorator
@inline
function boundedBy(largest: v128, z: v128): v128 {
  return f64x2.pmin(f64x2.abs(z), largest);
}

/** |z|, at most 1023. */
// @ts-ignore: decorator
@inline
export function boundedSize(z: v128): v128 {
  return boundedBy(constant(LARGEST), z);
}

/** The logarithm of exp(exponent)/√(2π). */
// @ts-ignore: decorator
@inline
export function logDensity(exponent: v128): v128 {
  return f64x2.sub(exponent, constant(LOG_ROOT));
}

/** PHI = φ(η), EXPONENT = −η²/2. */
export function densities(eta: usize, bytes: usize): void {
  for (let at: usize = 0; at < bytes; at += 64) {
    const largest = constant(LARGEST);
    const half = constant(HALF);
    let x0 = boundedBy(largest, v128.load(eta + at));
    let x1 = boundedBy(largest, v128.load(eta + at, 16));
    let x2 = boundedBy(largest, v128.load(eta + at, 32));
    let x3 = boundedBy(largest, v128.load(eta + at, 48));
    x0 = f64x2.mul(f64x2.mul(x0, x0), half);
    x1 = f64x2.mul(f64x2.mul(x1, x1), half);
    x2 = f64x2.mul(f64x2.mul(x2, x2), half);
    x3 = f64x2.mul(f64x2.mul(x3, x3), half);
    v128.store(at, x0, EXPONENT);
    v128.store(at, x1, EXPONENT + 16);
    v128.store(at, x2, EXPONENT + 32);
    v128.store(at, x3, EXPONENT + 48);
    const lowest = constant(LOWEST);
    x0 = f64x2.pmax(x0, lowest);
    x1 = f64x2.pmax(x1, lowest);
    x2 = f64x2.pmax(x2, lowest);
    x3 = f64x2.pmax(x3, lowest);
    const log2e = constant(LOG2E);
    const magic = constant(MAGIC);
    const n0 = f64x2.add(f64x2.mul(x0, log2e), magic);
    const n1 = f64x2.add(f64x2.mul(x1, log2e), magic);
    const n2 = f64x2.add(f64x2.mul(x2, log2e), magic);
    const n3 = f64x2.add(f64x2.mul(x3, log2e), magic);
    v128.store(at, i64x2.shl(n0, 52), PHI);
    v128.store(at, i64x2.shl(n1, 52), PHI + 16);
    v128.store(at, i64x2.shl(n2, 52), PHI + 32);
    v128.store(at, i64x2.shl(n3, 52), PHI + 48);
    const high = constant(LN2_HIGH);
    const low = constant(LN2_LOW);
    storePolynomials(
      remainder(x0, f64x2.sub(n0, magic), high, low), remainder(x1, f64x2.sub(n1, magic), high, low),
      remainder(x2, f64x2.sub(n2, magic), high, low), remainder(x3, f64x2.sub(n3, magic), high, low), DENSITY_EXP, 10, PHI + at, true,
    );
  }
}

// @ts-ignore: decorator
@inline
function remainder(x: v128, k: v128, high: v128, low: v128): v128 {
  return f64x2.sub(f64x2.sub(x, f64x2.mul(k, high)), f64x2.mul(k, low));
}

/** P and Q of |η|. */
export function ratios(eta: usize, bytes: usize): void {
  for (let at: usize = 0; at < bytes; at += 64) {
    const largest = constant(LARGEST);
    const x0 = boundedBy(largest, v128.load(eta + at));
    const x1 = boundedBy(largest, v128.load(eta + at, 16));
    const x2 = boundedBy(largest, v128.load(eta + at, 32));
    const x3 = boundedBy(largest, v128.load(eta + at, 48));
    storePolynomials(x0, x1, x2, x3, MILLS_P, 10, P + at, false);
    storePolynomials(x0, x1, x2, x3, MILLS_Q, 11, Q + at, false);
  }
}

/** N too. */
export function ratiosAndRest(eta: usize, bytes: usize): void {
  ratios(eta, bytes);
  for (let at: usize = 0; at < bytes; at += 64) {
    storePolynomials(
      boundedSize(v128.load(eta + at)), boundedSize(v128.load(eta + at, 16)), boundedSize(v128.load(eta + at, 32)),
      boundedSize(v128.load(eta + at, 48)), MILLS_N, 10, N + at, false,
    );
  }
}
