import { beforeAll, describe, expect, it } from 'vitest';
import type { ComparisonMath } from '../../src/comparison/math.ts';
import { percentileInterval, percentileOrder } from '../../src/comparison/percentile.ts';
import { rankDraws, ranks, ranksOfTallies } from '../../src/comparison/ranks.ts';
import { independent, joint, openMath, unitSets } from './fixtures.ts';

let math: ComparisonMath;
beforeAll(async () => {
  math = await openMath();
});

describe('ranks', () => {
  it('of units far apart are certain', () => {
    const { units, places, coverMiddle } = ranks(independent([10, 40, 20, 30, 50], [1, 1, 1, 1, 1]), {}, math);
    expect(units.map(({ rank, rankLow, rankMedian, rankHigh }) => [rank, rankLow, rankMedian, rankHigh])).toEqual([5, 2, 4, 3, 1].map((r) => [r, r, r, r]));
    expect(units.map(({ probabilityTop, probabilityBottom }) => [probabilityTop, probabilityBottom])).toEqual([[0, 1], [0, 0], [0, 0], [0, 0], [1, 0]]);
    expect([places, coverMiddle]).toEqual([1, 1]);
  });

  it('of units that do not differ are anything', () => {
    const { units, places, dependence } = ranks(independent(new Array(40).fill(1), new Array(40).fill(0.3)), {}, math);
    expect([places, dependence]).toEqual([10, 'independent']);
    for (const { rank, rankLow, rankHigh, probabilityTop, probabilityBottom } of units) {
      expect(rank).toBe(20.5);
      expect([rankLow, rankHigh]).toEqual([expect.toSatisfy((low: number) => low <= 2), expect.toSatisfy((high: number) => high >= 39)]);
      expect(Math.abs(probabilityTop - 0.25)).toBeLessThan(4.5 * Math.sqrt(0.1875 / 10_000));
      expect(Math.abs(probabilityBottom - 0.25)).toBeLessThan(4.5 * Math.sqrt(0.1875 / 10_000));
    }
    expect(units.reduce((sum, { probabilityTop }) => sum + probabilityTop, 0)).toBeCloseTo(10, 6);
  });

  it('of two units follow the probability that one is above the other', () => {
    const variance = [0.04, 0.09, 1e-6, 1e-6];
    const estimates = joint([1.2, 1, -9, -9.1], (i, j) => (i === j ? variance[i]! : i < 2 && j < 2 ? 0.03 : 0));
    const { units } = ranks(estimates, {}, math);
    const above = 1 - math.normal.twoSided(0.2 / Math.sqrt(0.13 - 0.06)) / 2;
    expect(Math.abs(units[0]!.probabilityTop - above)).toBeLessThan(4 * Math.sqrt((above * (1 - above)) / 10_000));
    expect(units[0]!.probabilityTop + units[1]!.probabilityTop).toBeCloseTo(1, 8);
  });

  it('of ties are shared', () => {
    const point = ranks(independent([5, 5, 1, 5, 0], [1, 1, 1, 1, 1]), { draws: 10 }, math);
    expect(point.units.map(({ rank }) => rank)).toEqual([2, 2, 4, 2, 5]);
    // One unit under three names, and a certain second: in every draw a tie for the one place in the top quarter.
    const twins = ranks(joint([5, 5, 5, -50], (i, j) => (i < 3 && j < 3 ? 0.7 : i === j ? 0.3 : 0)), {}, math);
    expect(twins.units.map(({ rankLow, rankHigh }) => [rankLow, rankHigh])).toEqual([[2, 2], [2, 2], [2, 2], [4, 4]]);
    for (const { probabilityTop } of twins.units.slice(0, 3)) expect(probabilityTop).toBeCloseTo(1 / 3, 9);
  });

  it('are the same however the draws are divided', () => {
    const { estimates } = unitSets()[1]!;
    const whole = ranks(estimates, { draws: 1_000, seed: 5, level: 80 }, math);
    const parts = [[700, 1_000], [0, 1], [1, 700]].map(([first, end]) => rankDraws(estimates, { first: first!, end: end! }, 5, math));
    expect(ranksOfTallies(estimates, parts, { seed: 5, level: 80 })).toEqual(whole);
    expect(ranks(estimates, { draws: 1_000, seed: 6, level: 80 }, math).units).not.toEqual(whole.units);
  });

  it('leave out units without a standard error', () => {
    const { units, leftOut } = ranks(independent([1, 2, 3], [1, NaN, 1]), { draws: 10 }, math);
    expect([units.map(({ label }) => label), leftOut]).toEqual([['u1', 'u3'], ['u2']]);
    expect(units[0]!.probabilityTop).toBeNaN();
  });
});

it('intervals of draws are those of the inverse distribution function', () => {
  expect(percentileInterval(200, 95)).toEqual([5, 195]);
  expect(percentileInterval(200, 90)).toEqual([10, 190]);
  expect(percentileInterval(10_000, 99.9)).toEqual([5, 9_995]);
  expect(percentileInterval(10, 95)).toEqual([1, 10]);
  expect(percentileOrder(7, 50)).toBe(4);
});
