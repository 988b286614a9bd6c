import { both } from './exponential';
import { cdf } from './normal';

// Student's t by its incomplete beta integral I_x(ν/2, 1/2), x = ν/(ν + t²), to about 1e-13. Two ways to it: an expansion in incomplete
// gamma functions for many degrees of freedom (DiDonato & Morris 1992, section 9, at b = 1/2), and the continued fraction.

/** (sinh h / h)^(−1/2) = Σ d_n h^{2n}. */
const SINH_SERIES: usize = memory.data<f64>([
  1, -0.08333333333333333, 0.00625, -0.0005042989417989418, 4.343722442680776e-5, -3.896385732323232e-6, 3.5833354634507906e-7,
  -3.349747072060578e-8, 3.1675854343161146e-9, -3.0210368517370963e-10, 2.900415787669253e-11, -2.799396748375269e-12,
  2.713639320017204e-13,
]);
const TERMS: usize = 13;
const SQRT_PI: f64 = 1.772453850905516;
/** The expansion holds from these degrees of freedom, for log(1 + t²/ν) up to 1. */
const MANY: f64 = 20;

/**
 * Σ d_n (2m)^{−2n} Γ(1/2 + 2n, z)/√π: the tail of the gamma-like variable z = m log(1 + t²/ν), m = ν/2 − 1/4. With z = 0 it is the whole,
 * √m Γ(m + 1/4)/Γ(m + 3/4).
 */
function expansion(m: f64, z: f64): f64 {
  const scale = 0.25 / (m * m);
  let gamma = z == 0 ? 1 : 2 * f64x2.extract_lane(cdf(both(-sqrt(2 * z))), 0);
  let power = z == 0 ? 0 : sqrt(z) * NativeMath.exp(-z) / SQRT_PI;
  let factor = 1.0;
  let sum = 0.0;
  let s = 0.5;
  for (let n: usize = 0; n < TERMS; n++) {
    sum += load<f64>(SINH_SERIES + (n << 3)) * factor * gamma;
    factor *= scale;
    for (let twice = 0; twice < 2; twice++) {
      gamma = s * gamma + power;
      power *= z;
      s += 1;
    }
  }
  return sum;
}

/** Γ(a + 1/2)/Γ(a). */
function gammaRatio(a: f64): f64 {
  let factor = 1.0;
  while (a < MANY / 2) {
    factor *= a / (a + 0.5);
    a += 1;
  }
  const m = a - 0.25;
  return factor * sqrt(m) / expansion(m, 0);
}

/** Continued fraction of I_x(a, b), without its factor, for x < (a + 1)/(a + b + 2): Lentz's method. */
function betaFraction(a: f64, b: f64, x: f64): f64 {
  let c = 1.0;
  let d = 1 / (1 - (a + b) * x / (a + 1));
  let h = d;
  for (let k = 1.0; k < 10000; k += 1) {
    const even = k * (b - k) * x / ((a + 2 * k - 1) * (a + 2 * k));
    d = 1 / (1 + even * d);
    c = 1 + even / c;
    h *= d * c;
    const odd = -(a + k) * (a + b + k) * x / ((a + 2 * k) * (a + 2 * k + 1));
    d = 1 / (1 + odd * d);
    c = 1 + odd / c;
    h *= d * c;
    if (abs(d * c - 1) < 1e-16) break;
  }
  return h;
}

/** P(|T| > |t|) for T with `freedom` degrees of freedom. */
export function studentTail(t: f64, freedom: f64): f64 {
  if (!(freedom > 0) || t != t) return NaN;
  const square = t * t;
  if (square == 0) return 1;
  if (square == Infinity) return 0;
  const a = 0.5 * freedom;
  const logarithm = NativeMath.log1p(square / freedom);
  if (freedom >= MANY && logarithm <= 1) {
    const m = a - 0.25;
    return expansion(m, m * logarithm) / expansion(m, 0);
  }
  const x = freedom / (freedom + square);
  const y = square / (freedom + square);
  const factor = gammaRatio(a) / SQRT_PI * NativeMath.exp(-a * logarithm) * sqrt(y);
  if (x < (a + 1) / (a + 2.5)) return factor / a * betaFraction(a, 0.5, x);
  return 1 - 2 * factor * betaFraction(0.5, a, y);
}

/** The density of T at t. */
function studentDensity(t: f64, freedom: f64): f64 {
  const kernel = NativeMath.exp(-0.5 * (freedom + 1) * NativeMath.log1p(t * t / freedom));
  return gammaRatio(0.5 * freedom) / (SQRT_PI * sqrt(freedom)) * kernel;
}

/**
 * t with P(T ≤ t) = p. Newton's method on log P(|T| > t) over log t, which is concave: from the left a step overshoots, so
 * its length is bounded; from the right steps do not pass the root.
 */
export function studentQuantile(p: f64, freedom: f64): f64 {
  if (!(freedom > 0) || !(p >= 0 && p <= 1)) return NaN;
  if (p == 0.5) return 0;
  if (p == 0 || p == 1) return p == 0 ? -Infinity : Infinity;
  const tail = 2 * min(p, 1 - p);
  let low = 0.0;
  let high = Infinity;
  let t = 1.0;
  for (let step = 0; step < 200; step++) {
    const reached = studentTail(t, freedom);
    if (reached > tail) low = t;
    else high = t;
    const slope = 2 * t * studentDensity(t, freedom) / reached;
    let next = t * NativeMath.exp(NativeMath.log(reached / tail) / slope);
    next = min(max(next, 0.25 * t), 4 * t);
    if (!(next >= low && next <= high)) next = low == 0 ? 0.5 * high : sqrt(low) * sqrt(high);
    const moved = abs(next - t);
    t = next;
    if (moved <= 2e-15 * t) break;
  }
  return p < 0.5 ? -t : t;
}
