import { expect, test } from 'vitest';
import { fixed, lengths, open, putF64, randomNumbers } from './open.ts';

test.each(lengths)('numeric columns, products and fixed point of %i rows', async (n) => {
  const kernels = await open();
  const { arena } = kernels;
  const random = randomNumbers(n);
  const start = 3;
  const column = () => Float64Array.from({ length: n + start }, () => 2 * random() - 1);
  const [x, z] = [column(), column()];
  const w = Float64Array.from({ length: n }, () => (random() < 0.05 ? NaN : 3 * random()));
  const eta = Float64Array.from({ length: n }, () => random());
  const [xAt, zAt, wAt, etaAt] = [x, z, w, eta].map((values) => putF64(kernels, values)) as [number, number, number, number];
  const out = arena.alloc(8 * n + 8);

  kernels.addDense(xAt, start, n, 0.3, etaAt);
  expect(arena.f64(etaAt, n)).toEqual(eta.map((value, i) => value + 0.3 * x[start + i]!));

  for (const [weight, first, second] of [[wAt, xAt, zAt], [wAt, xAt, 0], [wAt, 0, 0], [0, xAt, zAt], [0, xAt, 0], [0, 0, 0]] as const) {
    kernels.fixedProduct(weight, first, second, start, n, 45, out);
    const expected = Array.from({ length: n }, (_, i) =>
      fixed((weight ? w[i]! : 1) * (first ? x[start + i]! : 1) * (second ? z[start + i]! : 1), 45),
    );
    expect(Array.from(arena.i64(out, n))).toEqual(expected);
    expect(kernels.sumFixed(out, n)).toBe(expected.reduce((sum, v) => sum + v, 0n));
  }
  kernels.fixedProduct(0, xAt, 0, start, n, 40, out);
  kernels.fixedToDouble(out, n, 40, out);
  expect(arena.f64(out, n)).toEqual(Float64Array.from({ length: n }, (_, i) => Number(fixed(x[start + i]!, 40)) / 2 ** 40));
});

test('rounding goes to the nearest, ties to even, either sign', async () => {
  const kernels = await open();
  const values = [0.5, 1.5, 2.5, -0.5, -1.5, -2.5, 0.49999, -0.50001, 2 ** 51 - 1, -(2 ** 51) + 1, 0, -0];
  const at = putF64(kernels, values);
  const out = kernels.arena.alloc(8 * values.length);
  kernels.fixedProduct(at, 0, 0, 0, values.length, 0, out);
  expect(Array.from(kernels.arena.i64(out, values.length), Number)).toEqual([0, 2, 2, 0, -2, -2, 0, -1, 2 ** 51 - 1, -(2 ** 51) + 1, 0, 0]);
});

test.each(lengths)('gaussian rows: %i of them', async (n) => {
  const kernels = await open();
  const { arena } = kernels;
  const random = randomNumbers(n + 1);
  const y = Float64Array.from({ length: n }, () => (random() < 0.05 ? NaN : 60 * random()));
  const eta = Float64Array.from({ length: n }, () => (random() < 0.05 ? NaN : 60 * random()));
  const [yAt, etaAt] = [putF64(kernels, y), putF64(kernels, eta)];
  const r = arena.alloc(8 * n + 8);
  kernels.gaussianRows(etaAt, yAt, n, 40, r);
  expect(Array.from(arena.i64(r, n))).toEqual(Array.from(y, (value, i) => fixed(value - eta[i]!, 40)));
  const single = Float32Array.from(y);
  const singleAt = arena.alloc(4 * n);
  arena.f32(singleAt, n).set(single);
  const ofSingle = arena.alloc(8 * n);
  kernels.gaussianResidual(etaAt, { ptr: singleAt, width: 4 }, n, ofSingle);
  expect(arena.f64(ofSingle, n)).toEqual(Float64Array.from(single, (value, i) => value - eta[i]!));
  kernels.gaussianResidual(etaAt, { ptr: yAt, width: 8 }, n, etaAt);
  const residual = y.map((value, i) => value - eta[i]!);
  expect(arena.f64(etaAt, n)).toEqual(residual);
  kernels.hc0Rows(etaAt, n, 35, r);
  expect(Array.from(arena.i64(r, n))).toEqual(Array.from(residual, (value) => fixed(value * value, 35)));
});
