import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import type { Kernels } from '../../src/kernels/kernels.ts';
import { lengths, open, putF64, randomNumbers } from './open.ts';

const shifts = { sShift: 40, wShift: 40, lShift: 30 };
type Table = Map<number, number>;

const values = (name: string): Table =>
  new Map(
    readFileSync(new URL('../fixtures/normal/values.csv', import.meta.url), 'utf8')
      .split('\n').filter((line) => line.startsWith(`${name},`)).map((line) => line.split(',').slice(1, 3).map(Number) as [number, number]),
  );
const [cdf, logCdf, density, mills] = ['normalCdf', 'normalLogCdf', 'normalDensity', 'millsRatio'].map(values) as [Table, Table, Table, Table];

function run(kernels: Kernels, eta: ArrayLike<number>, y: ArrayLike<number>, observed: 0 | 1) {
  const { arena } = kernels;
  const n = eta.length;
  const etaAt = putF64(kernels, eta);
  const yAt = arena.alloc(n + 1) + 1;
  arena.u8(yAt, n).set(y);
  const [s, w, only, residual] = [0, 0, 0, 0].map(() => arena.alloc(8 * n + 8)) as [number, number, number, number];
  const logLikelihood = kernels.probitRows(etaAt, yAt, n, shifts, s, w, observed);
  expect(kernels.probitScore(etaAt, yAt, n, shifts, only)).toBe(logLikelihood);
  kernels.probitResidual(etaAt, yAt, n, residual);
  const numbers = (at: number, shift: number) => Array.from(arena.i64(at, n), (v) => Number(v) / 2 ** shift);
  return {
    s: numbers(s, shifts.sShift), w: numbers(w, shifts.wShift), scoreOnly: numbers(only, shifts.sShift),
    residual: Array.from(arena.f64(residual, n)), logLikelihood: Number(logLikelihood) / 2 ** shifts.lShift,
  };
}

/** Within a relative 2e-14 and the half unit of fixed point. */
const close = (got: number, expected: number, shift: number) => Math.abs(got - expected) <= 2e-14 * Math.abs(expected) + 0.51 * 2 ** -shift;

// Mills ratios are in the table up to 38 on the right, and z = −x is one of them wherever x is.
const tail = [...mills.keys()].filter((x) => cdf.has(-x) && cdf.has(x) && Math.abs(x) <= 37);

describe('a row against 50-digit values', () => {
  test.each([0, 1] as const)('(observed information: %i)', async (observed) => {
    const kernels = await open();
    const faults: unknown[] = [];
    for (const y of [0, 1]) {
      const got = run(kernels, tail.map((x) => (y ? -x : x)), tail.map(() => y), observed);
      // z = −x: λ(z) = 1/M(x)
      tail.forEach((x, i) => {
        const lambda = 1 / mills.get(x)!;
        const expected = observed ? null : (density.get(x)! / cdf.get(x)!) * lambda;
        if (!close(got.s[i]! * (y ? 1 : -1), lambda, shifts.sShift)) faults.push({ x, s: got.s[i], lambda });
        if (!(Math.abs(got.residual[i]! * (y ? 1 : -1) - lambda) <= 2e-14 * lambda) && x > -8) faults.push({ x, residual: got.residual[i], lambda });
        if (got.scoreOnly[i] !== got.s[i] && !close(got.scoreOnly[i]!, got.s[i]!, shifts.sShift - 1)) faults.push({ x, only: got.scoreOnly[i] });
        if (expected !== null && !close(got.w[i]!, expected, shifts.wShift)) faults.push({ x, w: got.w[i], expected });
      });
      const one = tail.filter((_, i) => i % 9 === 0).map((x) => ({ x, l: run(kernels, [y ? -x : x], [y], observed).logLikelihood }));
      for (const { x, l } of one) if (!close(l, logCdf.get(-x)!, shifts.lShift)) faults.push({ x, l, expected: logCdf.get(-x) });
    }
    expect(tail.length).toBeGreaterThan(200);
    expect(faults).toEqual([]);
  });

  test('observed information keeps its digits in the tail', async () => {
    const kernels = await open();
    // λ(λ + z) for z = −x with λ = 1/M(x): asymptotically 1 − 1/x² + 6/x⁴ − 50/x⁶ + 518/x⁸ …
    const x = [60, 80, 100, 300, 1000];
    const { w } = run(kernels, x.map((v) => -v), x.map(() => 1), 1);
    x.forEach((v, i) => expect(Math.abs(w[i]! - (1 - v ** -2 + 6 * v ** -4 - 50 * v ** -6 + 518 * v ** -8))).toBeLessThan(1e-11));
    // and where the two terms can be taken apart
    const near = tail.filter((v) => v < 5 && v > -8);
    const got = run(kernels, near.map((v) => -v), near.map(() => 1), 1);
    near.forEach((v, i) => {
      const lambda = 1 / mills.get(v)!;
      expect(Math.abs(got.w[i]! - lambda * (lambda - v))).toBeLessThan(1e-14 * (1 + lambda * Math.abs(v)) + 2 ** -shifts.wShift);
    });
  });
});

test('rows set aside, rows without η and rows far off', async () => {
  const kernels = await open();
  for (const observed of [0, 1] as const) {
    const aside = run(kernels, [1e300, -1e300, Infinity, -Infinity, 1e3, -1e3, 38, -38], [1, 0, 1, 0, 1, 0, 1, 0], observed);
    expect(aside).toMatchObject({ s: Array(8).fill(0), w: Array(8).fill(0), logLikelihood: 0 });
    const unknown = run(kernels, [NaN, NaN, NaN], [0, 1, 0], observed);
    expect(unknown).toMatchObject({ s: [0, 0, 0], w: [0, 0, 0], logLikelihood: 0 });
    expect(unknown.residual).toEqual([NaN, NaN, NaN]);
    const off = run(kernels, [-1e300, 1e300, -Infinity, -1023], [1, 0, 1, 1], observed);
    for (const s of off.s) expect(Math.abs(s)).toBeLessThan(1024);
    expect(off.s.map(Math.sign)).toEqual([1, -1, 1, 1]);
    expect(off.s[0]).toBe(off.s[3]);
  }
});

test.each([...lengths, 4, 10, 13])('a row does not depend on its place among %i', async (n) => {
  const kernels = await open();
  const random = randomNumbers(n + 3);
  const eta = Float64Array.from({ length: n }, () => (random() < 0.02 ? NaN : 8 * random() - 4));
  const y = Uint8Array.from({ length: n }, () => Number(random() < 0.5));
  for (const observed of [0, 1] as const) {
    const got = run(kernels, eta, y, observed);
    let sum = 0;
    for (let i = 0; i < n; i++) {
      const step = n > 100 ? 97 : 1;
      if (i % step && i !== n - 1) continue;
      const alone = run(kernels, [eta[i]!], [y[i]!], observed);
      expect([got.s[i], got.w[i], got.scoreOnly[i], got.residual[i]]).toEqual([alone.s[0], alone.w[0], alone.scoreOnly[0], alone.residual[0]]);
      sum += alone.logLikelihood;
    }
    if (n <= 100) expect(got.logLikelihood).toBe(sum);
    const half = Math.floor(n / 2);
    const parts = run(kernels, eta.slice(0, half), y.slice(0, half), observed).logLikelihood + run(kernels, eta.slice(half), y.slice(half), observed).logLikelihood;
    expect(got.logLikelihood).toBe(parts);
  }
});

test('mean and density are Φ and φ', async () => {
  const kernels = await open();
  const at = putF64(kernels, [-1, 0, 1]);
  const out = kernels.arena.alloc(24);
  kernels.probitDensity(at, 3, out);
  expect(Array.from(kernels.arena.f64(out, 3))).toEqual([density.get(1), density.get(0), density.get(1)]);
  kernels.probitMean(at, 3, at);
  expect(Array.from(kernels.arena.f64(at, 3))).toEqual([cdf.get(-1), 0.5, cdf.get(1)]);
});
