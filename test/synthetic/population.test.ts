import { createHash } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { lastMonthOf12, months } from '../../src/synthetic/calendar.ts';
import { missingPension, type Columns } from '../../src/synthetic/columns.ts';
import { openDraws } from '../../src/synthetic/draws.ts';
import { blocksOf, checkPopulation, drawBlocks, type Population } from '../../src/synthetic/population.ts';
import { drawAll, kernels } from './draw.ts';

const digest = (parts: readonly Columns[]): string => {
  const hash = createHash('sha256');
  for (const name of Object.keys(parts[0]!).filter((key) => key !== 'rows') as Exclude<keyof Columns, 'rows'>[]) {
    for (const part of parts) hash.update(new Uint8Array(part[name].buffer, part[name].byteOffset, part[name].byteLength));
  }
  return hash.digest('hex');
};

const population: Population = { rows: 99_999, seed: 3, effects: 'on' };

describe('the same seed', () => {
  const whole = digest([drawAll(population)]);
  const blocks = blocksOf(population.rows);

  test.each([2, 3, 7, 13])('gives the same rows in %d parts, drawn in any order by any thread', (parts) => {
    const from = (part: number): number => Math.floor((part * blocks) / parts);
    const drawn: Columns[] = [];
    for (let part = parts - 1; part >= 0; part--) {
      // A set of draws of its own, as another thread has.
      drawn[part] = drawBlocks(population, openDraws(kernels, population.seed), { from: from(part), to: from(part + 1) });
    }
    expect(digest(drawn)).toBe(whole);
  });

  test('gives the same first rows whatever the size', () => {
    const shorter = drawAll({ ...population, rows: 8192 });
    expect(digest([shorter])).toBe(digest([drawBlocks(population, openDraws(kernels, population.seed), { from: 0, to: 1 })]));
  });

  test('gives the same covariates with and without effects, and other outcomes', () => {
    const off = drawAll({ ...population, effects: 'off' });
    const on = drawAll(population);
    expect(digest([{ ...off, atid3: on.atid3, atid12: on.atid12, jobb3: on.jobb3, jobb12: on.jobb12 }])).toBe(whole);
    expect(digest([off])).not.toBe(whole);
  });
});

test('another seed gives other rows', () => {
  expect(digest([drawAll({ ...population, seed: 4 })])).not.toBe(digest([drawAll(population)]));
  expect(digest([drawAll({ ...population, seed: 3 + 2 ** 32 })])).not.toBe(digest([drawAll(population)]));
});

test.each([1000, 1001, 8191, 8192, 8193, 99_999])('%d rows asked for are %d rows drawn', (rows) => {
  const columns = drawAll({ rows, seed: 1, effects: 'off' });
  expect(columns.rows).toBe(rows);
  expect(columns.personId.length).toBe(rows);
  expect(columns.personId.every((id) => id > 0)).toBe(true);
});

describe('rows', () => {
  const c = drawAll({ rows: 200_000, seed: 5, effects: 'on' });

  const rows = [...c.month.keys()];
  const sameAsBefore = (row: number): boolean => row > 0 && c.personId[row] === c.personId[row - 1];

  test('are a person’s consecutive months, once each', () => {
    const persons = new Set(c.personId).size;
    expect(rows.filter((row) => !sameAsBefore(row)).length).toBe(persons);
    const broken = rows.filter(
      (row) =>
        sameAsBefore(row) &&
        !(c.month[row] === c.month[row - 1]! + 1 && c.duration[row] === c.duration[row - 1]! + 1 && c.wage[row] === c.wage[row - 1]),
    );
    expect(broken).toEqual([]);
    expect(c.rows / persons).toBeGreaterThan(14.5);
    expect(c.rows / persons).toBeLessThan(16.5);
  });

  test('have values in their ranges', () => {
    const within = (values: ArrayLike<number>, low: number, high: number): void => {
      let least = Infinity;
      let most = -Infinity;
      for (let row = 0; row < values.length; row++) {
        least = Math.min(least, values[row]!);
        most = Math.max(most, values[row]!);
      }
      expect(least).toBeGreaterThanOrEqual(low);
      expect(most).toBeLessThanOrEqual(high);
    };
    within(c.month, 0, months - 1);
    within(c.age, 18, 75);
    within(c.children, 0, 4);
    within(c.hours, 0, 4 * 60);
    within(c.country, -1, 3);
    within(c.history, 0, 61);
    within(c.inflow3, 1, 20);
    within(c.inflow12, 1, 18);
    within(c.employment, 1, 20);
    within(c.atid3, 0, 60 * 1024);
    within(c.atid12, 0, 60 * 1024);
  });

  test('have pension-earning income, and no wage, exactly where the spell began before 2015', () => {
    const early = (row: number): boolean => c.month[row]! - c.duration[row]! < 12 * 2015 - (12 * 2017 + 11);
    expect(rows.filter((row) => (c.pension[row] !== missingPension) !== early(row))).toEqual([]);
    expect(rows.filter((row) => early(row) && c.wage[row] !== 0)).toEqual([]);
    expect(rows.some(early)).toBe(true);
  });

  test('know registered months no longer than lived and resided ones', () => {
    expect(rows.filter((row) => c.residence[row]! > 12 * c.age[row]! + 11)).toEqual([]);
    expect(rows.filter((row) => c.history[row]! > c.residence[row]!)).toEqual([]);
  });

  test('of the last nine months alone lack 12-month outcomes', () => {
    expect(lastMonthOf12).toBe(69);
    expect(rows.filter((row) => c.month[row]! > 69 && c.atid12[row]! + c.jobb12[row]! > 0)).toEqual([]);
    for (let month = 0; month < 70; month++) expect(rows.some((row) => c.month[row] === month && c.atid12[row]! > 0)).toBe(true);
  });
});

test.each([1, 2, 3])('the ends of both regional scales are in 1,000 rows with 12-month outcomes, seed %d', (seed) => {
  const c = drawAll({ rows: 1000, seed, effects: 'off' });
  const rows = [...c.month.keys()].filter((row) => c.month[row]! <= lastMonthOf12);
  for (const bins of [c.inflow3, c.employment]) {
    expect(Math.min(...rows.map((row) => bins[row]!))).toBe(1);
    expect(Math.max(...rows.map((row) => bins[row]!))).toBe(20);
  }
});

test.each([999, 23_901_115, 1000.5, NaN])('%d rows are refused', (rows) => {
  expect(() => checkPopulation({ rows, seed: 1, effects: 'on' })).toThrow(expect.objectContaining({ kind: 'usage' }));
});

test.each([-1, 0.5])('seed %d is refused', (seed) => {
  expect(() => checkPopulation({ rows: 1000, seed, effects: 'on' })).toThrow(expect.objectContaining({ kind: 'usage' }));
});
