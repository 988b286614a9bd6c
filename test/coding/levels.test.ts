import { describe, expect, it } from 'vitest';
import { DroppedCounts } from '../../src/coding/dropped-counts.ts';
import { mostCommonLevel, sortLabels } from '../../src/coding/levels.ts';

describe('labels found in the data', () => {
  it('are in the order of numbers where all are, an empty one first and no reason for another order', () => {
    expect(sortLabels(['10', '9', '-1', '2.5'])).toEqual(['-1', '2.5', '9', '10']);
    expect(sortLabels(['10', '', '9'])).toEqual(['', '9', '10']);
    expect(sortLabels(['10', 'b', '9', '', 'B'])).toEqual(['', '10', '9', 'B', 'b']);
    expect(sortLabels(['01', '1', '001'])).toEqual(['001', '01', '1']);
  });

  it('have the first of the most common as reference', () => {
    expect(mostCommonLevel([2, 5, 5, 1])).toBe(1);
    expect(mostCommonLevel([0, 0])).toBe(0);
  });
});

describe('rows left out', () => {
  it('are counted by outcome, population and covariate, in an order of their own', () => {
    const count = (covariate: string, population: string | null, rows: number) => ({ outcome: 0, population, covariate, rows });
    const [one, other] = [new DroppedCounts(), new DroppedCounts()];
    for (const c of [count('b', 'x', 1), count('a', 'x', 2), count('b', 'x', 3)]) one.add(c);
    for (const c of [count('a', 'x', 2), count('b', 'x', 4)]) other.add(c);
    expect(one.list()).toEqual([count('a', 'x', 2), count('b', 'x', 4)]);
    expect(other.list()).toEqual(one.list());
    one.add(count('a', null, 9));
    expect(one.list()).toHaveLength(3);
  });
});
