import { describe, expect, it } from 'vitest';
import {
  equalWidthBreaks,
  intervalLevel,
  orderStatistics,
  quantileRanks,
  type CountDigits,
} from '../../src/coding/breaks.ts';
import { keyDigits, mergeDigitCounts, type DigitCounts } from '../../src/coding/digit-counts.ts';
import { randomNumbers } from '../kernels/open.ts';
import { keyOf } from '../support/sortable-key.ts';

type Request = Parameters<CountDigits>[0];

/** Counts of all cells. */
function denseCounts(values: readonly number[], { digit, prefixes }: Request): Uint32Array {
  const counts = new Uint32Array(keyDigits * prefixes.length);
  for (const key of values.map(keyOf)) {
    const k = prefixes.indexOf(key.slice(0, 4 * digit));
    if (k >= 0) counts[keyDigits * k + parseInt(key.slice(4 * digit, 4 * digit + 4), 16)]!++;
  }
  return counts;
}

function sparse(dense: Uint32Array): DigitCounts {
  const cells = Uint32Array.from([...dense.keys()].filter((cell) => dense[cell]! > 0));
  return { cells, counts: Uint32Array.from(cells, (cell) => dense[cell]!) };
}

/** By several workers, each with some of the values. */
const counting = (...parts: readonly (readonly number[])[]): CountDigits => async (request) =>
  mergeDigitCounts(parts.map((values) => sparse(denseCounts(values, request))));

describe('order statistics', () => {
  it('equal the sorted values at every rank, with ties, negatives and neighbouring doubles', async () => {
    const values = [3, -1.5, 3, 0, 1e-308, 5e-324, -5e-324, 1 + 2 ** -52, 1, 1e300, -1e300, 242264, 242264.00000000003];
    const sorted = [...values].sort((a, b) => a - b);
    expect(await orderStatistics(values.map((_, i) => i + 1), counting(values))).toEqual(sorted);
  });

  it('equal the sorted values however these are spread over workers', async () => {
    const random = randomNumbers(5);
    for (let round = 0; round < 20; round++) {
      const n = 1 + Math.floor(200 * random());
      const values = Array.from({ length: n }, () =>
        random() < 0.3 ? Math.floor(10 * random()) : (random() - 0.5) * 10 ** Math.floor(20 * random() - 10),
      );
      const parts = Array.from({ length: 1 + Math.floor(4 * random()) }, (): number[] => []);
      for (const value of values) parts[Math.floor(parts.length * random())]!.push(value);
      const ranks = [1, n, ...quantileRanks(n, 5).filter((rank) => rank > 0)];
      const sorted = [...values].sort((a, b) => a - b);
      expect(await orderStatistics(ranks, counting(...parts))).toEqual(ranks.map((rank) => sorted[rank - 1]));
    }
  });

  it('are refused beyond the values, of a prefix too', async () => {
    await expect(orderStatistics([3], counting([1, 2]))).rejects.toThrow('lies beyond the values');
    const shrinking: CountDigits = (request) => counting(request.digit === 0 ? [1, 1, 2] : [1, 2])(request);
    await expect(orderStatistics([2], shrinking)).rejects.toThrow('lies beyond the values');
  });

  it('rest on sums of counts that are those of full tables', () => {
    const random = randomNumbers(6);
    const tables = Array.from({ length: 3 }, () =>
      new Uint32Array(2 * keyDigits).map(() => (random() < 0.001 ? 4294967295 * random() : 0)),
    );
    const { cells, counts } = mergeDigitCounts(tables.map(sparse));
    const dense = Array.from(tables[0]!, (_, cell) => tables.reduce((sum, table) => sum + table[cell]!, 0));
    expect([...cells]).toEqual([...dense.keys()].filter((cell) => dense[cell]! > 0));
    expect([...counts]).toEqual(dense.filter((count) => count > 0));
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
