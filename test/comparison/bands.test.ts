import { beforeAll, describe, expect, it } from 'vitest';
import { bands } from '../../src/comparison/bands.ts';
import type { ComparisonMath } from '../../src/comparison/math.ts';
import { fixture, independent, joint, num, openMath } from './fixtures.ts';

let math: ComparisonMath;
beforeAll(async () => {
  math = await openMath();
});

const zeros = (k: number): number[] => new Array<number>(k).fill(0);

/** Half the width in c of a four-sigma interval for the drawn share of draws below c, from the density of the maximum. */
function tolerance(below: (c: number) => number, c: number, draws: number): number {
  const density = (below(c + 1e-4) - below(c - 1e-4)) / 2e-4;
  return (4 * Math.sqrt(0.05 * 0.95)) / Math.sqrt(draws) / density;
}

describe('sup-t bands', () => {
  it.each([1, 2, 15, 79])('of %i independent ones have the closed form', (k) => {
    const { critical } = bands(independent(zeros(k), zeros(k).map((_, i) => 1 + i)), { draws: 20_000 }, math);
    const exact = math.normal.quantile((1 + 0.95 ** (1 / k)) / 2);
    expect(Math.abs(critical.simultaneous - exact)).toBeLessThanOrEqual(tolerance((c) => (1 - math.normal.twoSided(c)) ** k, exact, 20_000));
    expect(critical.bonferroni).toBeCloseTo(math.normal.quantile(1 - 0.025 / k), 12);
    expect(critical.pointwise).toBeCloseTo(1.959963984540054, 13);
  });

  it.each(fixture('bands').map((row) => [row['kind']!, num(row, 'k'), num(row, 'r'), num(row, 'critical')] as const))('with %s correlations of %i at %d have the value of R', (kind, k, r, exact) => {
    const estimates = joint(zeros(k), (i, j) => (1 + i) * (1 + j) * (i === j ? 1 : kind === 'equal' ? r : r ** Math.abs(i - j)));
    const { critical, dependence } = bands(estimates, { draws: 20_000 }, math);
    expect(dependence).toBe('joint');
    expect(Math.abs(critical.simultaneous - exact)).toBeLessThan(0.03);
    expect(critical.simultaneous).toBeLessThan(critical.bonferroni);
  });

  it('of ones that move as one are pointwise', () => {
    const { critical } = bands(joint(zeros(8), (i, j) => (1 + i) * (1 + j)), { level: 80, draws: 4_000 }, math);
    expect(Math.abs(critical.simultaneous - critical.pointwise)).toBeLessThan(0.06);
    expect(critical.simultaneous).toBeGreaterThanOrEqual(critical.pointwise);
  });

  it('are the same for a seed, and cover those that have a standard error', () => {
    const estimates = independent([1, 2, NaN, 4], [0.5, 0.25, 1, 0]);
    const one = bands(estimates, { draws: 500, seed: 7 }, math);
    expect(bands(estimates, { draws: 500, seed: 7 }, math)).toEqual(one);
    expect(bands(estimates, { draws: 500, seed: 8 }, math).critical.simultaneous).not.toBe(one.critical.simultaneous);
    expect(one.leftOut).toEqual(['u3', 'u4']);
    const c = one.critical.simultaneous;
    expect(one.points.map(({ label, simultaneousLow, simultaneousHigh }) => [label, simultaneousLow, simultaneousHigh])).toEqual([
      ['u1', 1 - c * 0.5, 1 + c * 0.5],
      ['u2', 2 - c * 0.25, 2 + c * 0.25],
    ]);
  });
});
