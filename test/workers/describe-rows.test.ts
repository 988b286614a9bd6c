import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { BreakdownTables } from '../../src/descriptive/descriptive-tables.ts';
import { leftOutLine, planDescription, type PlanRequest } from '../../src/descriptive/plan.ts';
import type { DescribeRequest, DescriptiveResult } from '../../src/workers/describe-rows.ts';
import type { Pool } from '../../src/workers/pool.ts';
import { analysisRows, plainCounts, plainMoments } from '../reference/descriptive.ts';
import { shuffled } from '../reference/random-panel.ts';
import type { Row } from '../reference/table.ts';
import { built, openBuiltPool } from '../support/built-engine.ts';
import { writeTable } from '../support/write-table.ts';

const rows = analysisRows(4);
const pools = new Map<number, Pool>();
beforeAll(async () => {
  for (const workers of [1, 3]) pools.set(workers, await openBuiltPool(workers));
});
afterAll(() => pools.forEach((pool) => pool.close()));

interface Options extends Partial<Omit<PlanRequest, 'present'>> {
  readonly workers?: 1 | 3;
  readonly parts?: number;
  readonly format?: 'csv' | 'arrow';
  readonly threshold?: number;
}

async function describeTable(table: readonly Row[], { workers = 1, parts = 1, format = 'csv', threshold, by = null, where = null }: Options = {}): Promise<DescriptiveResult> {
  const { describeRows } = (await built('workers/describe-rows.js')) as { describeRows(request: DescribeRequest): Promise<DescriptiveResult> };
  const { plan } = planDescription({ present: Object.keys(table[0]!), by, where });
  return describeRows({ plan, source: { files: writeTable(table, { parts, format }) }, pool: pools.get(workers)!, threshold: threshold ?? null });
}

const group = (table: { groups: readonly (readonly string[])[] }, row: number): string[] => table.groups.map((labels) => labels[row]!);

function expectPlain({ by, observations, outcomes, covariates, persons }: BreakdownTables, table: readonly Row[]): void {
  observations.population.forEach((population, i) => {
    expect({ rows: observations.rows[i], persons: observations.persons[i] }).toEqual(plainCounts(table, { population, by, group: group(observations, i) }));
  });
  for (const moments of [outcomes, covariates]) {
    moments.variable.forEach((variable, i) => {
      const { n, mean, deviation } = plainMoments(table, { population: moments.population[i]!, by, group: group(moments, i), variable });
      expect(moments.n[i], variable).toBe(n);
      if (n > 0) expect(Math.abs(moments.mean[i]! / mean - 1) < 1e-12 || moments.mean[i] === mean, variable).toBe(true);
      else expect(moments.mean[i]).toBeNaN();
      if (n > 1) expect(Math.abs(moments.standardDeviation[i]! - deviation), variable).toBeLessThanOrEqual(1e-10 * Math.max(1, Math.abs(mean)));
      else expect(moments.standardDeviation[i]).toBeNaN();
    });
  }
  persons.months.forEach((month, i) => {
    expect(persons.persons[i]).toBe(plainCounts(table, { population: persons.population[i]!, by, group: group(persons, i), month }).persons);
  });
}

describe('the descriptive tables', () => {
  it('are what plain loops over the rows give', async () => {
    const result = await describeTable(rows, { by: [['county'], ['main_group', 'support_group']] });
    expect(result).toMatchObject({ rows: rows.length, persons: new Set(rows.map((row) => row['person_id'])).size, months: [...new Set(rows.map((row) => row['month']))].sort() });
    expect(result.tables.map(({ by }) => by)).toEqual([[], ['county'], ['main_group', 'support_group']]);
    for (const table of result.tables) expectPlain(table, rows);
    const county = result.tables[1]!.observations;
    expect(county.groups[0]!.slice(0, 4)).toEqual(['', 'Agder', 'Møre og Romsdal', 'Oslo']);
    expect([...new Set(county.population)]).toEqual(['all', 'young', 'country_group_3']);
    const whole = county.population.flatMap((name, i) => (name === 'young' ? [county.share[i]!] : []));
    expect(whole.reduce((sum, share) => sum + share, 0)).toBeCloseTo(1, 12);
    expect(county.personsPerMonth[0]).toBe(county.rows[0]! / 12);
  });

  it('are the same to the bit with any number of workers, order, split and format', async () => {
    const first = await describeTable(rows);
    expect(first.tables.length).toBe(4);
    expect(await describeTable(shuffled(rows, 2), { workers: 3, parts: 7 })).toEqual(first);
    expect(await describeTable(shuffled(rows, 3), { workers: 3, parts: 4, format: 'arrow' })).toEqual(first);
    expect(await describeTable(rows, { format: 'arrow' })).toEqual(first);
  });

  it('know only the rows of a condition', async () => {
    const some = rows.filter((row) => row['female'] === 1);
    const result = await describeTable(rows, { where: 'female = 1' });
    for (const table of result.tables) expectPlain(table, some);
    await expect(describeTable(rows, { where: 'age > 99' })).rejects.toThrow('The condition "age > 99" holds for no row of the table.');
  });

  it('withhold cells of fewer persons, whatever their rows', async () => {
    const open = (await describeTable(rows, { by: [['county']] })).tables[1]!;
    const threshold = 4;
    const { observations, outcomes, persons } = (await describeTable(rows, { by: [['county']], threshold })).tables[1]!;
    const withheld = [...open.observations.persons].map((count) => count < threshold);
    expect(withheld).toContain(true);
    expect(withheld).toContain(false);
    // Further cells are withheld with them, all of a cell together.
    withheld.forEach((is, i) => {
      const gone = [observations.rows[i], observations.share[i], observations.persons[i], observations.personsPerMonth[i]].map(Number.isNaN);
      expect(new Set(gone).size).toBe(1);
      if (is) expect(gone[0]).toBe(true);
    });
    const cells = new Map(withheld.map((_, i) => [`${observations.population[i]} ${observations.groups[0]![i]}`, Number.isNaN(observations.rows[i])]));
    outcomes.variable.forEach((_, i) => {
      if (cells.get(`${outcomes.population[i]} ${outcomes.groups[0]![i]}`) || open.outcomes.n[i]! < threshold) expect(outcomes.n[i]).toBeNaN();
      else if (!Number.isNaN(outcomes.n[i]!)) expect([outcomes.n[i], outcomes.mean[i]]).toEqual([open.outcomes.n[i], open.outcomes.mean[i]]);
    });
    open.persons.persons.forEach((count, i) => expect(Number.isNaN(persons.persons[i]!) || persons.persons[i] === count).toBe(true));
    open.persons.persons.forEach((count, i) => count < threshold && expect(persons.persons[i]).toBeNaN());
  });

  it('are of a synthetic population as of its rows', async () => {
    const { describeRows } = (await built('workers/describe-rows.js')) as { describeRows(request: DescribeRequest): Promise<DescriptiveResult> };
    const { plan } = planDescription({ present: ['person_id', 'month', 'atid3', 'county'], by: null, where: null });
    const of = (workers: number): Promise<DescriptiveResult> => describeRows({ plan, source: { synthetic: { rows: 150_000, seed: 3, effects: 'on' } }, pool: pools.get(workers)!, threshold: null });
    expect(await of(3)).toEqual(await of(1));
  });
});

describe('labels that are one number', () => {
  const ways = [['1', '1.0', '+1'], ['2', '2e0', '2.00']];
  const numbered = (label: (i: number) => string): Row[] => rows.map((row, i) => ({ ...row, office: label(i) }));

  it('are one group, with its persons counted once', async () => {
    const plain = await describeTable(numbered((i) => ways[i % 2]![0]!), { by: [['office']] });
    const mixed = await describeTable(numbered((i) => ways[i % 2]![i % 3]!), { by: [['office']], workers: 3, parts: 3 });
    expect(mixed).toEqual(plain);
    expect(plain.tables[1]!.observations.groups[0]).toContain('2');
  });

  it('keep their text where others are none, and are refused where two of them would be counted together', async () => {
    const text = await describeTable(numbered((i) => ['1.0', '0314', '2'][i % 3]!), { by: [['office']] });
    expect([...new Set(text.tables[1]!.observations.groups[0]!)]).toEqual(['1.0', '2', '0314']);
    await expect(describeTable(numbered((i) => ['1.0', '1', 'x'][i % 3]!), { by: [['office']] })).rejects.toMatchObject({ code: 'data.numbers-apart' });
  });
});

describe('what cannot be described', () => {
  it.each<[string, (row: Row) => Row, RegExp]>([
    ['an outcome that is no share', (row) => ({ ...row, jobb3: 0.5 }), /column jobb3: \d+ rows have a value that is neither 0 nor 1 \(first rows: 1: "0.5"/],
    ['hours that no week has', (row) => ({ ...row, atid3: 200 }), /column atid3: \d+ rows have a value outside 0 to 168/],
    ['a number whose square is out of reach', (row) => ({ ...row, wage_income_before: 2 ** 40 }), /column wage_income_before: \d+ rows have a number of 2⁴⁰ or more/],
    ['a person twice in a month', (row) => ({ ...row, person_id: 'same' }), /A person has more than one row in the same month: \d+ rows repeat an earlier one: part-0\.csv row \d+, month 2019-/],
  ])('%s is bad data', async (_, change, message) => {
    await expect(describeTable(rows.map(change), { workers: 3, parts: 2 })).rejects.toThrow(message);
  });

  it('ends when it is cancelled, and leaves a pool that is fit for more or says that it is over', async () => {
    const { describeRows } = (await built('workers/describe-rows.js')) as { describeRows(request: DescribeRequest): Promise<DescriptiveResult> };
    const { plan } = planDescription({ present: ['person_id', 'month', 'atid3', 'county'], by: null, where: null });
    const controller = new AbortController();
    const source = { synthetic: { rows: 1_000_000, seed: 3, effects: 'off' } } as const;
    const onProgress = ({ done }: { done: number }): void => {
      if (done > 0) controller.abort();
    };
    const pool = pools.get(3)!;
    await expect(describeRows({ plan, source, pool, threshold: null, signal: controller.signal, onProgress })).rejects.toMatchObject({ kind: 'interrupted' });
    // On a busy machine a worker may not stop in time, and all are ended.
    if (pool.isOver) {
      await expect(pool.all(async () => 1)).rejects.toMatchObject({ kind: 'worker' });
      pools.set(3, await openBuiltPool(3));
    }
    expect((await describeTable(rows, { workers: 3 })).rows).toBe(rows.length);
  });

  it('is told in one line where columns are absent, and an error where nothing goes without them', () => {
    const { plan, leftOut } = planDescription({ present: ['person_id', 'month', 'county', 'atid3', 'age'], by: null, where: null });
    expect([plan.breakdowns, plan.populations.map(({ name }) => name), plan.variables.map(({ name }) => name)]).toEqual([[[], ['county']], ['all'], ['atid3', 'age']]);
    expect(leftOutLine(leftOut)).toMatch(/^Left out: the tables by main_group, the tables by support_group, the population young, .*; the table has no column main_group, support_group, country_group, .*\.$/);
    expect(leftOutLine([])).toBe('');
    expect(() => planDescription({ present: ['month', 'county'], by: [['county', 'office']], where: null })).toThrow(/1 column is missing: person_id\. The table has: month, county\./);
    expect(() => planDescription({ present: ['person_id', 'month', 'county'], by: [['county', 'office']], where: null })).toThrow(/--by names a column that the table does not have: office\. The table has: person_id, month, county\./);
  });
});
