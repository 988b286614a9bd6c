import { describe, expect, it } from 'vitest';
import { checkPercentiles, percentileEnds } from '../../src/uncertainty/percentile-ends.ts';

/** 1, 2, … in another order: an end is its own rank. */
const ranks = (n: number): Float64Array => Float64Array.from({ length: n }, (_, i) => 1 + ((i * 7919) % n));

describe('percentile ends', () => {
  it.each([
    [200, 95, 5, 195], [200, 90, 10, 190], [200, 80, 20, 180], [200, 50, 50, 150], [200, 99, 1, 199],
    // Whole numbers that binary fractions only come near.
    [2000, 90.1, 99, 1901], [1000, 99.8, 1, 999], [2000, 99.9, 1, 1999],
    // Between two replicates the inverse is at the later one.
    [199, 95, 5, 195], [201, 95, 6, 196], [22, 80, 3, 20],
  ])('of %d replicates at %d %% are the %dth and the %dth', (n, level, low, high) => {
    expect(percentileEnds(ranks(n), level)).toEqual([low, high]);
  });

  it('are not there where less than one replicate is beyond them', () => {
    expect(percentileEnds(ranks(39), 95)).toEqual([NaN, NaN]);
    expect(percentileEnds(ranks(40), 95)).toEqual([1, 39]);
    expect(percentileEnds(new Float64Array(), 50)).toEqual([NaN, NaN]);
    expect(() => checkPercentiles(200, 99)).not.toThrow();
    expect(() => checkPercentiles(200, 99.9)).toThrow(/99.9 % interval.*2000 replicates at least, and there are 200/);
  });

  it('leave the replicates in their order', () => {
    const drawn = Float64Array.of(3, 1, 2, 4);
    percentileEnds(drawn, 50);
    expect([...drawn]).toEqual([3, 1, 2, 4]);
  });
});
