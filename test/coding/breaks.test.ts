import { describe, expect, it } from 'vitest';
import { equalWidthBreaks, intervalLevel, orderStatistics, quantileRanks, sortableHigh, sortableLow, type CountDigits } from '../../src/coding/breaks.ts';

const counting = (values: number[]): CountDigits => async ({ digit, prefixes }) => {
  const counts = new Float64Array(prefixes.length * 65536);
  const words = new Uint32Array(new Float64Array(values).buffer);
  for (let i = 0; i < values.length; i++) {
    const high = words[2 * i + 1]!;
    const hex = sortableHigh(high).toString(16).padStart(8, '0') + sortableLow(high, words[2 * i]!).toString(16).padStart(8, '0');
    const at = prefixes.indexOf(hex.slice(0, 4 * digit));
    if (at >= 0) counts[at * 65536 + parseInt(hex.slice(4 * digit, 4 * digit + 4), 16)]!++;
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
    expect([0, 0.1, 8, 8.1, 50].map((x) => intervalLevel([0, 8, 16], x))).toEqual([0, 1, 1, 2, 3]);
  });
});
