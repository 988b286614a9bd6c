/** Normal and Student distributions from their definitions, with the host's mathematics. */

export const normalDensity = (x: number): number => Math.exp(-0.5 * x * x) / Math.sqrt(2 * Math.PI);

/** Φ: the series Σ x^(2k+1)/(1·3·5…) near zero, the continued fraction of Mills' ratio in the tails. */
export function normalCdf(x: number): number {
  if (x > 0) return 1 - normalCdf(-x);
  const a = -x;
  if (a < 3) {
    let term = a;
    let sum = a;
    for (let k = 1; Math.abs(term) > 1e-18; k++) sum += term *= (a * a) / (2 * k + 1);
    return 0.5 - normalDensity(a) * sum;
  }
  let fraction = 0;
  for (let k = 200; k >= 1; k--) fraction = k / (a + fraction);
  return normalDensity(a) / (a + fraction);
}

export const normalQuantile = (p: number): number => bisect((x) => normalCdf(x) - p, -40, 40);

/** P(|T| > |t|): with T = √df·tan θ the density is cos^(df−1) θ, so the tail is a ratio of two integrals. */
export function studentTwoSided(t: number, freedom: number): number {
  const density = (theta: number): number => Math.cos(theta) ** (freedom - 1);
  return simpson(density, Math.atan(Math.abs(t) / Math.sqrt(freedom)), Math.PI / 2) / simpson(density, 0, Math.PI / 2);
}

export const studentQuantile = (p: number, freedom: number): number => bisect((t) => 2 * p - 1 - (1 - studentTwoSided(t, freedom)), 0, 1000);

function simpson(f: (x: number) => number, from: number, to: number): number {
  const steps = 2000;
  const h = (to - from) / steps;
  let sum = f(from) + f(to);
  for (let k = 1; k < steps; k++) sum += (k % 2 === 1 ? 4 : 2) * f(from + k * h);
  return (sum * h) / 3;
}

/** A zero of a monotone function. */
function bisect(f: (x: number) => number, lo: number, hi: number): number {
  const rising = f(hi) > f(lo);
  for (let step = 0; step < 200; step++) {
    const middle = (lo + hi) / 2;
    if (f(middle) > 0 === rising) hi = middle;
    else lo = middle;
  }
  return (lo + hi) / 2;
}
