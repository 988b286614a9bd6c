import { beforeAll, describe, expect, it } from 'vitest';
import { comparePair } from '../../src/comparison/compare-pair.ts';
import type { ComparisonMath } from '../../src/comparison/math.ts';
import { openMath } from './fixtures.ts';

let math: ComparisonMath;
beforeAll(async () => {
  math = await openMath();
});

// Two units and the whole, whose first two share a covariance of 0.02.
const means = {
  n: Float64Array.of(900, 40, 940),
  estimate: Float64Array.of(1, 0.5, 0.9),
  standardError: Float64Array.of(0.3, 0.2, 0.25),
  state: ['ok', 'ok', 'ok'] as const,
  freedom: Float64Array.of(Infinity, Infinity, Infinity),
  covariance: Float64Array.of(0.09, 0.02, 0.06, 0.02, 0.04, 0.03, 0.06, 0.03, 0.0625),
};

describe('two units', () => {
  it('differ by the joint covariance, and in percent of the second by the delta method', () => {
    const { difference, percent, base } = comparePair(means, { of: 0, from: 1 }, { level: 80, threshold: null }, math);
    const z = 1.2815515655446004;
    const standardError = Math.sqrt(0.09 + 0.04 - 2 * 0.02);
    expect(difference.estimate).toBe(0.5);
    expect(difference.standardError).toBeCloseTo(standardError, 14);
    expect(difference.confLow).toBeCloseTo(0.5 - z * standardError, 12);
    expect(percent.estimate).toBe(100);
    // 100·(a/b − 1): gradient 100/b and −100·a/b².
    expect(percent.standardError).toBeCloseTo(Math.sqrt(200 ** 2 * 0.09 + 400 ** 2 * 0.04 - 2 * 200 * 400 * 0.02), 10);
    expect(base.confLow).toBeCloseTo(0.5 - z * 0.2, 12);
    expect(base.confHigh).toBeCloseTo(0.5 + z * 0.2, 12);
  });

  it('have no difference where one is under the threshold', () => {
    const { difference, percent } = comparePair(means, { of: 0, from: 1 }, { level: 80, threshold: 50 }, math);
    expect([difference.estimate, difference.pValue, percent.estimate]).toEqual([NaN, NaN, NaN]);
  });
});
