import { describe, expect, test } from 'vitest';
import { estimationMath } from '../../src/estimate/math.ts';
import { open, randomNumbers } from './open.ts';

describe.each([1, 3, 4, 190, 255])('a table of %i columns times a vector', (columns) => {
  const random = randomNumbers(columns);
  const rows = 37;
  const vector = Float64Array.from({ length: columns }, () => random() - 0.5);
  const plain = (table: ArrayLike<number>): number[] =>
    Array.from({ length: rows }, (_, i) => vector.reduce((sum, value, k) => sum + table[i * columns + k]! * value, 0));

  test.each([
    ['counts', Uint32Array.from({ length: rows * columns }, () => Math.floor(2 ** 31 * random() ** 8))],
    ['single precision', Float32Array.from({ length: rows * columns }, () => 1e5 * (random() - 0.5))],
  ])('of %s is the sum of products, row by row', async (_, table) => {
    const math = estimationMath(await open());
    const expected = plain(table);
    const size = plain(table.map(Math.abs)).reduce((largest, value) => Math.max(largest, Math.abs(value)), 1);
    const dots = math.tableDots(table, columns);
    dots(vector).forEach((sum, i) => expect(Math.abs(sum - expected[i]!) / size).toBeLessThan(1e-13));
    const some = dots(vector, [5, 30]);
    expect([...some]).toEqual([...dots(vector)].map((sum, i) => (i === 5 || i === 30 ? sum : 0)));
  });
});
