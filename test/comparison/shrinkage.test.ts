import { beforeAll, describe, expect, it } from 'vitest';
import type { ComparisonMath } from '../../src/comparison/math.ts';
import { shrinkage } from '../../src/comparison/shrinkage.ts';
import { randomNumbers } from '../kernels/open.ts';
import { fixture, independent, largestDifference, num, openMath, unitSets } from './fixtures.ts';

let math: ComparisonMath;
beforeAll(async () => {
  math = await openMath();
});

describe.each(unitSets().map((set) => [set.name, set] as const))('shrinkage of %s', (name, { estimates }) => {
  it('is that of metafor’s rma and blup', () => {
    const rows = fixture('shrinkage').filter((row) => row['set'] === name);
    const result = shrinkage(estimates, math);
    const { tau2, tau2StandardError, mean, meanStandardError, units } = result;
    const wanted = ['tau2', 'tau2_se', 'mean', 'mean_se'].map((key) => num(rows[0]!, key));
    expect(largestDifference([tau2, tau2StandardError, mean, meanStandardError], wanted)).toBeLessThan(1e-9);
    expect(largestDifference(units.map(({ shrunken }) => shrunken), rows.map((row) => num(row, 'shrunken')))).toBeLessThan(1e-9);
    expect(largestDifference(units.map(({ shrunkenStandardError }) => shrunkenStandardError), rows.map((row) => num(row, 'shrunken_se')))).toBeLessThan(1e-9);
  });
});

/** Derivative of twice the restricted log-likelihood. */
function score(y: readonly number[], se: readonly number[], tau2: number): number {
  const w = se.map((s) => 1 / (s * s + tau2));
  const sum = (of: (i: number) => number): number => y.reduce((total, _, i) => total + of(i), 0);
  const w1 = sum((i) => w[i]!);
  const mean = sum((i) => w[i]! * y[i]!) / w1;
  return sum((i) => (w[i]! * (y[i]! - mean)) ** 2) - w1 + sum((i) => w[i]! ** 2) / w1;
}

describe('shrinkage', () => {
  it('is marked as what it is', () => {
    expect(shrinkage(unitSets()[0]!.estimates, math)).toMatchObject({ method: 'normal-normal, REML', forBootstrap: false, leftOut: [] });
  });

  it('with equal standard errors is the closed form, on any scale', () => {
    const estimate = [3, -1, 4, 1, -5, 9, 2, -6];
    const mean = estimate.reduce((sum, value) => sum + value, 0) / 8;
    const between = estimate.reduce((sum, value) => sum + (value - mean) ** 2, 0) / 7;
    for (const scale of [1, 1e-6, 1e6]) {
      const { tau2, units } = shrinkage(independent(estimate.map((value) => scale * value), estimate.map(() => 2 * scale)), math);
      expect(tau2 / scale ** 2).toBeCloseTo(between - 4, 10);
      expect(units[5]!.shrunken / scale).toBeCloseTo(mean + ((between - 4) / between) * (9 - mean), 10);
    }
  });

  it('settles where the standard errors are of very different sizes', () => {
    const random = randomNumbers(7);
    for (let k = 2; k < 120; k++) {
      const standardError = Array.from({ length: k }, () => 10 ** (4 * random() - 2));
      const estimate = standardError.map((se) => 4 * (random() + random() - 1) * Math.sqrt(se * se + 0.04));
      const { tau2 } = shrinkage(independent(estimate, standardError), math);
      expect(score(estimate, standardError, tau2 * (1 + 1e-8) + 1e-12)).toBeLessThan(0);
      if (tau2 > 0) expect(score(estimate, standardError, tau2 * (1 - 1e-8))).toBeGreaterThan(0);
    }
  });

  it('draws estimates in, those with the larger standard error more', () => {
    const { units, mean } = shrinkage(unitSets()[0]!.estimates, math);
    expect(units.filter(({ estimate, shrunken }) => Math.abs(shrunken - mean) > Math.abs(estimate - mean))).toEqual([]);
    const byError = units.toSorted((a, b) => a.standardError - b.standardError).map(({ weight }) => weight);
    expect(byError).toEqual(byError.toSorted((a, b) => b - a));
  });

  it('refuses a single unit', () => {
    expect(() => shrinkage(independent([1, 2], [1, NaN]), math)).toThrow(expect.objectContaining({ kind: 'data', message: expect.stringContaining('1 of 2') }));
  });
});
