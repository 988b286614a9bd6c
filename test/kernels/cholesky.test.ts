import { describe, expect, test } from 'vitest';
import { open, putF64, randomNumbers, zeroed } from './open.ts';
import type { Kernels } from '../../src/kernels/kernels.ts';

/** X′X of a random n × p X with whole-number entries, so that it is exact. */
function gram(p: number, seed: number, twins: readonly (readonly [column: number, parts: readonly number[]])[]): Float64Array {
  const random = randomNumbers(seed);
  const n = 3 * p + 5;
  const x = Array.from({ length: n }, () => {
    const row = Array.from({ length: p }, () => Math.floor(8 * random()) - 3);
    for (const [column, parts] of twins) row[column] = parts.reduce((sum, part) => sum + row[part]!, 0);
    return row;
  });
  return Float64Array.from({ length: p * p }, (_, at) => x.reduce((sum, row) => sum + row[Math.floor(at / p)]! * row[at % p]!, 0));
}

function factor(kernels: Kernels, matrix: Float64Array, p: number) {
  const l = putF64(kernels, matrix);
  const status = kernels.arena.alloc(p + 1);
  const rank = kernels.cholesky(l, p, 1e-10, status);
  return { l, status, rank, kept: Array.from(kernels.arena.u8(status, p)) };
}

const multiply = (a: Float64Array, x: Float64Array, p: number) =>
  Float64Array.from({ length: p }, (_, i) => x.reduce((sum, v, j) => sum + a[i * p + j]! * v, 0));

describe.each([1, 2, 5, 64, 222])('a Gram matrix of %i columns', (p) => {
  test('solves and inverts', async () => {
    const kernels = await open();
    const matrix = gram(p, p, []);
    const { l, status, rank } = factor(kernels, matrix, p);
    expect(rank).toBe(p);
    const truth = Float64Array.from({ length: p }, (_, i) => (i % 7) - 3);
    const b = putF64(kernels, multiply(matrix, truth, p));
    kernels.choleskySolve(l, p, status, b);
    const solution = kernels.arena.f64(b, p);
    truth.forEach((value, i) => expect(solution[i]).toBeCloseTo(value, 9));
    const out = kernels.arena.alloc(8 * p * p);
    kernels.choleskyInverse(l, p, status, out);
    const inverse = kernels.arena.f64(out, p * p).slice();
    let [worst, asymmetry] = [0, 0];
    for (let i = 0; i < p; i++) {
      const column = multiply(matrix, inverse.slice(i * p, (i + 1) * p), p);
      column.forEach((value, j) => {
        worst = Math.max(worst, Math.abs(value - Number(i === j)));
        asymmetry = Math.max(asymmetry, Math.abs(inverse[i * p + j]! - inverse[j * p + i]!));
      });
    }
    expect(worst).toBeLessThan(1e-9);
    expect(asymmetry).toBe(0);
  });
});

test('columns that repeat earlier ones, and empty ones, are dropped and change nothing', async () => {
  const kernels = await open();
  const p = 12;
  const matrix = gram(p, 99, [[4, [0, 2]], [7, []], [11, [1, 3, 10]]]);
  const { l, status, rank, kept } = factor(kernels, matrix, p);
  expect(kept).toEqual([1, 1, 1, 1, 0, 1, 1, 0, 1, 1, 1, 0]);
  expect(rank).toBe(9);
  const truth = Float64Array.from(kept, (keep, i) => keep * (i + 1));
  const b = putF64(kernels, multiply(matrix, truth, p));
  kernels.choleskySolve(l, p, status, b);
  kernels.arena.f64(b, p).forEach((value, i) => expect(value).toBeCloseTo(truth[i]!, 9));
  const out = kernels.arena.alloc(8 * p * p);
  kernels.choleskyInverse(l, p, status, out);
  const inverse = kernels.arena.f64(out, p * p);
  for (const j of [4, 7, 11]) for (let i = 0; i < p; i++) expect([inverse[i * p + j], inverse[j * p + i]]).toEqual([0, 0]);
});

test('a NaN is no pivot', async () => {
  const kernels = await open();
  const { kept } = factor(kernels, Float64Array.of(4, 0, 0, NaN), 2);
  expect(kept).toEqual([1, 0]);
});

test.each([[1, 1, 1], [3, 7, 5], [20, 162, 33], [5, 8, 2]])('a product of %i × %i and × %i matrices is that of the plain loops', async (rows, inner, columns) => {
  const kernels = await open();
  const random = randomNumbers(rows + inner);
  const a = Float64Array.from({ length: rows * inner }, () => (random() < 0.3 ? 0 : random() - 0.5));
  const b = Float64Array.from({ length: inner * columns }, () => random() - 0.5);
  const out = zeroed(kernels, 8 * rows * columns);
  kernels.multiplyMatrices(putF64(kernels, a), putF64(kernels, b), { rows, inner, columns }, out);
  kernels.arena.f64(out, rows * columns).forEach((value, at) => {
    let sum = 0;
    for (let k = 0; k < inner; k++) sum += a[Math.floor(at / columns) * inner + k]! * b[k * columns + (at % columns)]!;
    expect(Math.abs(value - sum)).toBeLessThan(1e-13);
  });
});
