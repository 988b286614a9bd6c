import { beforeAll, describe, expect, it } from 'vitest';
import { binomialTail, expectedByChance } from '../../src/comparison/chance.ts';
import type { ComparisonMath } from '../../src/comparison/math.ts';
import { adjustedPValues, discoveries } from '../../src/comparison/multiplicity.ts';
import { fixture, largestDifference, num, openMath } from './fixtures.ts';

let math: ComparisonMath;
beforeAll(async () => {
  math = await openMath();
});

describe('adjusted p-values', () => {
  const rows = fixture('p-adjust');
  const p = rows.map((row) => num(row, 'p'));

  it.each(['BH', 'BY'] as const)('%s are those of R’s p.adjust', (method) => {
    const expected = rows.map((row) => num(row, method));
    const got = adjustedPValues(p, method);
    expect(largestDifference(got, expected)).toBeLessThan(1e-14);
    const tiny = p.indexOf(1e-300);
    expect(Math.abs(got[tiny]! / expected[tiny]! - 1)).toBeLessThan(1e-14);
  });

  it('decide at a rate; what is no test does not count', () => {
    const { adjusted, rejected, tests, count } = discoveries(p, 'BH', 10);
    expect(tests).toBe(p.length - 1);
    expect(Array.from(rejected)).toEqual(Array.from(adjusted, (value) => (value <= 0.1 ? 1 : 0)));
    expect(count).toBeGreaterThan(2);
    expect(discoveries(p, 'BY', 10).count).toBeLessThan(count);
    expect(discoveries([], 'BY', 10)).toMatchObject({ tests: 0, count: 0 });
  });
});

it('units outside by chance are those of the binomial distribution', () => {
  const rows = fixture('binomial');
  const faults = rows.filter((row) => {
    const [n, k, z] = [num(row, 'n'), num(row, 'k'), num(row, 'z')];
    const tail = binomialTail(n, k, math.normal.twoSided(z));
    const wanted = num(row, 'tail');
    return Math.abs(expectedByChance(n, z, math) / num(row, 'expected') - 1) > 1e-12 || (wanted > 1e-300 ? Math.abs(tail / wanted - 1) > 1e-10 : tail > 1e-299);
  });
  expect(rows.length).toBe(48);
  expect(faults).toEqual([]);
});
