import { beforeAll, describe, expect, it } from 'vitest';
import { allFrom, differences, everyTwo, jointDifferences, lagged } from '../../src/comparison/differences.ts';
import type { ComparisonMath } from '../../src/comparison/math.ts';
import { fixture, independent, joint, largestDifference, num, openMath } from './fixtures.ts';

let math: ComparisonMath;
beforeAll(async () => {
  math = await openMath();
});

const given = fixture('joint');
const estimates = joint(given.map((row) => num(row, 'estimate')), (i, j) => num(given[i]!, `V${j + 1}`));
const rows = fixture('differences');
const pairs = rows.map((row) => ({ of: num(row, 'of'), from: num(row, 'from') }));
const wanted = (key: string): number[] => rows.map((row) => num(row, key));

describe('differences', () => {
  it('have the standard errors, p-values and intervals of AΣA′', () => {
    const got = differences(estimates, pairs, { kind: 'difference', level: 80 }, math);
    expect(largestDifference(got.map(({ estimate }) => estimate), wanted('difference'))).toBeLessThan(1e-13);
    expect(largestDifference(got.map(({ standardError }) => standardError), wanted('se'))).toBeLessThan(1e-13);
    expect(largestDifference(got.map(({ confLow }) => confLow), wanted('low80'))).toBeLessThan(1e-12);
    expect(largestDifference(got.map(({ confHigh }) => confHigh), wanted('high80'))).toBeLessThan(1e-12);
    expect(got.every(({ pValue }, i) => Math.abs(pValue / wanted('p')[i]! - 1) < 1e-10)).toBe(true);
  });

  it('in per cent have those of the delta method', () => {
    const got = differences(estimates, pairs, { kind: 'percent-change', level: 95 }, math);
    expect(largestDifference(got.map(({ estimate }) => estimate), wanted('percent'))).toBeLessThan(1e-12);
    expect(largestDifference(got.map(({ standardError }) => standardError), wanted('percent_se'))).toBeLessThan(1e-12);
  });

  it.each([['difference', 'se', 'covariance_with_first'], ['percent-change', 'percent_se', 'percent_covariance_with_first']] as const)('vary together as %s', (kind, se, covariance) => {
    const got = jointDifferences(estimates, pairs, kind);
    expect(largestDifference(got.standardError, wanted(se))).toBeLessThan(1e-12);
    expect(largestDifference(got.covariance!.subarray(0, pairs.length), wanted(covariance))).toBeLessThan(1e-12);
  });

  it('of two that are one and the same have no statistic', () => {
    const same = joint([2, 2, 1], (i, j) => (i < 2 && j < 2 ? 0.09 : i === j ? 0.04 : 0.01));
    expect(differences(same, [{ of: 1, from: 0 }], { kind: 'difference', level: 95 }, math)[0]).toMatchObject({ estimate: 0, standardError: 0, pValue: NaN, confLow: NaN });
  });

  it('from nothing are no percentage, and of nothing are nothing', () => {
    const some = joint([0, 2, NaN], (i, j) => (i === j ? 1 : 0));
    const got = differences(some, [{ of: 1, from: 0 }, { of: 2, from: 1 }], { kind: 'percent-change', level: 95 }, math);
    expect(got.map(({ estimate }) => estimate)).toEqual([NaN, NaN]);
  });

  it('are refused where nobody knows how estimates vary together', () => {
    expect(() => differences(independent([1, 2], [1, 1]), [{ of: 1, from: 0 }], { kind: 'difference', level: 95 }, math)).toThrow(expect.objectContaining({ kind: 'spec' }));
  });

  it('are taken from one, between every two, or from earlier ones', () => {
    expect(allFrom(3, 1)).toEqual([{ of: 0, from: 1 }, { of: 2, from: 1 }]);
    expect(everyTwo(3)).toEqual([{ of: 1, from: 0 }, { of: 2, from: 0 }, { of: 2, from: 1 }]);
    expect(lagged(4, 2)).toEqual([{ of: 2, from: 0 }, { of: 3, from: 1 }]);
    expect(lagged(1, 2)).toEqual([]);
  });
});
