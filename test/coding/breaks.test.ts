import { describe, expect, it } from 'vitest';
import { equalWidthBreaks, intervalLevel, keyDigits, orderStatistics, quantileRanks, type CountDigits } from '../../src/coding/breaks.ts';
import { keyOf } from '../support/sortable-key.ts';

const counting = (values: number[]): CountDigits => async ({ digit, prefixes }) => {
  const counts = new Uint32Array(keyDigits * prefixes.length);
  for (const key of values.map(keyOf)) {
    const k = prefixes.indexOf(key.slice(0, 4 * digit));
    if (k >= 0) counts[keyDigits * k + parseInt(key.slice(4 * digit, 4 * digit + 4), 16)]!++;
  }
  return counts;
};

describe('order statistics', () => {
  it('equal the sorted values at every rank, with ties, negatives and neighbouring doubles', async () => {
    const values = [3, -1.5, 3, 0, 1e-308, 5e-324, -5e-324, 1 + 2 ** -52, 1, 1e300, -1e300, 242264, 242264.00000000003];
    const sorted = [...values].sort((a, b) => a - b);
    expect(await orderStatistics(values.map((_, i) => i + 1), counting(values))).toEqual(sorted);
  });

  it('has the ranks of type 1 quantiles', () => {
    expect(quantileRanks(10, 4)).toEqual([3, 5, 8]);
    expect(quantileRanks(23_901_114, 10)[8]).toBe(Math.ceil((23_901_114 * 9) / 10));
  });
});

describe('breaks', () => {
  it('of equal width are computed in doubles as the contract writes them', () => {
    expect(equalWidthBreaks(0.1, 0.7, 3)).toEqual([0.1 + ((0.7 - 0.1) * 1) / 3, 0.1 + ((0.7 - 0.1) * 2) / 3]);
    expect(equalWidthBreaks(2, 2, 20)).toEqual([]);
  });

  it('leave intervals open to the left', () => {
    expect([0, 0.1, 8, 8.1, 50].map((x) => intervalLevel(Float64Array.of(0, 8, 16), x))).toEqual([0, 1, 1, 2, 3]);
  });
});
