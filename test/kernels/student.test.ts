import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { open, putF64 } from './open.ts';

const cases = readFileSync(new URL('../fixtures/student/values.csv', import.meta.url), 'utf8')
  .trim().split('\n').slice(1).map((line) => line.split(',').map(Number) as [freedom: number, t: number, tail: number]);

test('tails of Student\'s t', async () => {
  const { studentTail } = await open();
  const faults = cases.filter(([freedom, t, tail]) => !(Math.abs(studentTail(t, freedom) / tail - 1) < 1e-12));
  expect(cases.length).toBeGreaterThan(200);
  expect(faults).toEqual([]);
});

test('quantiles undo tails', async () => {
  const { studentQuantile } = await open();
  const faults = cases.flatMap(([freedom, t, tail]) => {
    // near the middle a tail says less about t than t has digits
    const tolerance = 1e-12 + 4e-16 / (1 - tail);
    const [lower, upper] = [studentQuantile(tail / 2, freedom), studentQuantile(1 - tail / 2, freedom)];
    return Math.abs(lower / -t - 1) < tolerance && (tail < 1e-3 || Math.abs(upper / t - 1) < 10 * tolerance) ? [] : [{ freedom, t, lower, upper }];
  });
  expect(faults).toEqual([]);
});

test('one degree of freedom is Cauchy, very many are normal', async () => {
  const kernels = await open();
  const { studentTail, studentQuantile } = kernels;
  expect(studentQuantile(0.75, 1)).toBeCloseTo(1, 14);
  const at = putF64(kernels, [-1.96]);
  kernels.normalCdf(at, 1, at);
  expect(studentTail(1.96, 1e8) / (2 * kernels.arena.f64(at, 1)[0]!)).toBeCloseTo(1, 6);
  expect(studentTail(-1.96, 20)).toBe(studentTail(1.96, 20));
});

test('the ends', async () => {
  const { studentTail, studentQuantile } = await open();
  expect([studentTail(0, 5), studentTail(Infinity, 5), studentTail(1e200, 5)]).toEqual([1, 0, 0]);
  expect([studentQuantile(0, 5), studentQuantile(0.5, 5), studentQuantile(1, 5)]).toEqual([-Infinity, 0, Infinity]);
  for (const value of [studentTail(NaN, 5), studentTail(1, 0), studentQuantile(-1, 5), studentQuantile(0.5, NaN)]) expect(value).toBeNaN();
});
