import { describe, expect, it } from 'vitest';
import { fixedPointShift, mergeCounts, mergeFixed, powerOfTwo } from '../../src/workers/fixed-point.ts';

describe('fixed point', () => {
  it('keeps the sum under 2^62 and one value under 2^50', () => {
    for (const [rows, bound] of [[1, 1], [9309, 168], [23_901_114, 28_224], [23_901_114, 1e-9], [10, 1e9]] as const) {
      const scale = powerOfTwo(fixedPointShift(rows, bound));
      expect(rows * bound * scale).toBeLessThanOrEqual(2 ** 62);
      expect(bound * scale).toBeLessThanOrEqual(2 ** 50);
      expect(Math.max((rows * bound * scale) / 2 ** 62, (bound * scale) / 2 ** 50)).toBeGreaterThan(0.24);
    }
  });

  it('adds tables exactly, negative and beyond 2^53, and rounds once', () => {
    const a = BigInt64Array.of(-1n, 2n ** 61n + 1n, 3n, -(2n ** 40n));
    const b = BigInt64Array.of(-5n, 2n ** 61n + 1n, -3n, 1n);
    const sums = [-6n, 2n ** 62n + 2n, 0n, 1n - 2n ** 40n];
    expect([...mergeFixed([a, b], 3)]).toEqual(sums.map((sum) => Number(sum) / 8));
    expect([...mergeFixed([b, a], 3)]).toEqual([...mergeFixed([a, b], 3)]);
  });

  it('adds counts beyond 2^32', () => {
    expect([...mergeCounts([Uint32Array.of(4294967295, 1), Uint32Array.of(4294967295, 2)])]).toEqual([8589934590, 3]);
  });
});
