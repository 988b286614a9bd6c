import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { RunOptions } from '../../src/run-result.ts';
import type { ModelSpec } from '../../src/spec/model-spec.ts';
import { parseModelSpec } from '../../src/spec/parse-spec.ts';
import type { Pool } from '../../src/workers/pool.ts';
import type { Row } from '../reference/table.ts';
import { openBuiltPool } from '../support/built-engine.ts';
import { csvRows } from '../support/csv-rows.ts';
import { runRows } from '../support/run-rows.ts';

const trial = (file: string): URL => new URL(`../fixtures/trials/knocks-sentinel/${file}`, import.meta.url);
const spec = parseModelSpec(JSON.parse(readFileSync(trial('model.json'), 'utf8')));
/** Row of the trial's sentinel, from 1, and what stands there in the sound table. */
const [row, sound] = [601, 35.966796875];
const withSentinel = csvRows(trial('data.csv'));
const rows: readonly Row[] = withSentinel.map((record, i) => ({ ...record, atid3: i === row - 1 ? sound : Number(record.atid3) }));

const byCounty = { by: [['county']], period: 'all' } as const satisfies Partial<RunOptions>;
type Column = 'atid3' | 'hours_at_measurement' | 'wage_income_before';
const changed = (column: Column, change: (value: number, i: number) => number): Row[] => rows.map((record, i) => ({ ...record, [column]: change(Number(record[column]), i) }));
const withOne = (column: Column, value: number): Row[] => changed(column, (own, i) => (i === row - 1 ? value : own));

const numeric: ModelSpec = { ...spec, covariates: [...spec.covariates.slice(0, 2), { name: 'hours_at_measurement', coding: 'numeric' }] };
const withRange = (low: number, high: number): ModelSpec => ({ ...spec, outcomes: spec.outcomes.map((outcome) => (outcome.family === 'gaussian' ? { ...outcome, range: [low, high] as const } : outcome)) });

describe('sums that hold', () => {
  let pool: Pool;
  beforeAll(async () => {
    pool = await openBuiltPool(2);
  });
  afterAll(() => pool.close());
  const run = (table: readonly Row[], { model = spec, options = {}, parts = 1 }: { model?: ModelSpec; options?: Partial<RunOptions>; parts?: number } = {}) =>
    runRows({ pool, spec: model, rows: table, parts, options: { ...byCounty, ...options } });

  it('name the row of the trial', async () => {
    const told = { code: 'data.spoils-sums', kind: 'data', args: { column: 'atid3', values: 1, first: [{ row, value: 9999999999 }] } };
    await expect(run(withSentinel)).rejects.toMatchObject(told);
    // In the second of two files, rows counted from its own first.
    await expect(run(withSentinel, { parts: 2 })).rejects.toMatchObject({ args: { first: [{ file: 'part-1.csv', row: 1, value: 9999999999 }] } });
  });

  it.each([1e7, 1e12, 1e20, 999999999, -999999999, 1e300, -1e308])('refuse an outcome of %d among hours', async (value) => {
    await expect(run(withOne('atid3', value))).rejects.toMatchObject({ code: 'data.spoils-sums', args: { column: 'atid3', values: 1, first: [{ row, value }] } });
  });

  it.each([1e12, 1e20, 999999999, -999999999, 1e300])('refuse a numeric covariate of %d among hours, and take it where it is coded in levels', async (value) => {
    const table = withOne('hours_at_measurement', value);
    await expect(run(table, { model: numeric })).rejects.toMatchObject({ code: 'data.spoils-sums', args: { column: 'hours_at_measurement', first: [{ row, value }] } });
    expect((await run(table)).fits[0]!.n).toBe(rows.length);
    const present: ModelSpec = { ...spec, covariates: [...spec.covariates.slice(0, 2), { name: 'hours_at_measurement', coding: 'present' }] };
    expect((await run(table, { model: present })).fits[0]!.n).toBe(rows.length);
  });

  it('take a value at which quantiles end', async () => {
    expect((await run(withOne('wage_income_before', 1e20))).fits[0]!.n).toBe(rows.length);
  });

  it('refuse a derived column, and rows that are only predicted', async () => {
    const model: ModelSpec = { ...numeric, derived: { far: '2 * CAST(hours_at_measurement AS DOUBLE)' }, covariates: [{ name: 'far', coding: 'numeric' }] };
    await expect(run(withOne('hours_at_measurement', 1e15), { model })).rejects.toMatchObject({ code: 'data.spoils-sums', args: { column: 'far', first: [{ row, value: 2e15 }] } });
    const month = String(rows[row - 1]!.month);
    const without: ModelSpec = { ...numeric, sample: { excludeMonths: [month] } };
    await expect(run(withOne('hours_at_measurement', 1e12), { model: without })).rejects.toMatchObject({ code: 'data.spoils-sums' });
    await expect(run(withOne('atid3', 1e12), { model: without })).rejects.toMatchObject({ code: 'data.spoils-sums' });
    // A row that is not read, or whose outcome is not observed, spoils nothing.
    expect((await run(withOne('atid3', 1e12), { options: { where: 'atid3 < 1000' } })).rows).toBe(rows.length - 1);
    const unobserved = withOne('hours_at_measurement', 1e12).map((record, i) => (i === row - 1 ? { ...record, atid3: null, jobb3: null } : record));
    expect((await run(unobserved, { model: numeric })).fits[0]!.n).toBe(rows.length - 1);
  });

  it('refuse many of them, and count them', async () => {
    const many = changed('atid3', (value, i) => (i % 3 === 0 ? 999999999 : value));
    await expect(run(many, { parts: 2 })).rejects.toMatchObject({ code: 'data.spoils-sums', args: { values: 400, first: [{ row: 1 }, { row: 4 }, { row: 7 }, { row: 10 }, { row: 13 }] } });
  });

  it('say so of a value within a wide range, and lose nothing to a range that no value fills', async () => {
    await expect(run(withOne('atid3', 1e12), { model: withRange(0, 168) })).rejects.toMatchObject({ code: 'data.faulty-rows' });
    await expect(run(withOne('atid3', 1e12), { model: withRange(-1e20, 1e20) })).rejects.toMatchObject({ code: 'data.spoils-sums', args: { first: [{ row, value: 1e12 }] } });
    const [wide, none] = [await run(rows, { model: withRange(-1e20, 1e20) }), await run(rows)];
    expect(wide.tables).toEqual(none.tables);
    expect(wide.fits[0]!.digits).toEqual(none.fits[0]!.digits);
  });

  it.each(['outcome', 'residual'] as const)('leave the %s errors of other counties as they are where a value is far out but held', async (interval) => {
    const options = { interval, cluster: 'row' } as const;
    const inOneMonth = (table: readonly Row[]): Row[] => table.map((record, i) => ({ ...record, person_id: i, month: '2020-01' }));
    const [plain, far] = [await run(inOneMonth(rows), { options }), await run(inOneMonth(withOne('atid3', 1e6)), { options })];
    const errors = (table: (typeof plain.tables)[number]) => new Map(table.groups[0]!.map((county, i) => [county, table.standardError[i]!] as const).filter((_, i) => table.outcome[i] === 'atid3'));
    const [before, after] = [errors(plain.tables[1]!), errors(far.tables[1]!)];
    expect(after.size).toBe(15);
    expect(after.get('Akershus')).toBeGreaterThan(1000);
    const others = [...after].filter(([county]) => county !== 'Akershus' && before.get(county)! > 0);
    expect(others.length).toBeGreaterThan(8);
    for (const [county, error] of others) {
      if (interval === 'outcome') expect(error / before.get(county)!).toBeCloseTo(1, 6);
      else expect(error).toBeGreaterThan(0);
    }
  });

  describe.each(['outcome', 'residual', 'analytic', 'score', 'bootstrap'] as const)('at another scale, %s', (interval) => {
    const options = { interval, vcov: 'cluster', cluster: 'person', replicates: 16 } as const;
    const numbersOf = ({ fits, tables }: Awaited<ReturnType<typeof run>>) => {
      const table = tables[1]!;
      const mine = [...table.outcome.keys()].filter((i) => table.outcome[i] === 'atid3');
      const names = ['actual', 'expected', 'indicator', 'standardError', 'confLow', 'confHigh'] as const;
      return {
        scaled: [...names.flatMap((name) => mine.map((i) => table[name][i]!)), ...fits[0]!.coefficients.flatMap((c) => [c.estimate ?? NaN, c.standardError ?? NaN, c.confHigh ?? NaN]), fits[0]!.sigma!],
        same: [...fits[0]!.coefficients.map(({ statistic }) => statistic ?? NaN), fits[0]!.rSquared!, ...mine.map((i) => table.n[i]!)],
      };
    };
    it('gives the same bits times a power of two', async () => {
      const plain = numbersOf(await run(rows, { options }));
      for (const exponent of [-480, -232, -33, 40, 266, 470]) {
        const scaled = numbersOf(await run(changed('atid3', (value) => value * 2 ** exponent), { options }));
        expect(scaled.scaled).toEqual(plain.scaled.map((value) => value * 2 ** exponent));
        expect(scaled.same).toEqual(plain.same);
      }
    });
    it('gives the same answers times 1e-70, 1e-150 and 1e80', async () => {
      const plain = numbersOf(await run(rows, { options }));
      for (const scale of [1e-70, 1e-150, 1e80]) {
        const { scaled } = numbersOf(await run(changed('atid3', (value) => value * scale), { options }));
        // Units are powers of two and may be twice as coarse; weighted sums of score and bootstrap are in 30 bits.
        // Squares of 1e-150 are so near the smallest double that sums of those over persons hold seven digits.
        const digits = interval === 'score' || interval === 'bootstrap' ? 6 : interval === 'analytic' && scale === 1e-150 ? 7 : 9;
        scaled.forEach((value, i) => Number.isNaN(plain.scaled[i]) ? expect(value).toBeNaN() : expect(value / scale / 50).toBeCloseTo(plain.scaled[i]! / 50, digits));
      }
    });
  });

  it.each([1e200, -1e160, 1e-170, 1e-300])('refuse a column whose squares are no doubles: all times %d', async (scale) => {
    await expect(run(changed('atid3', (value) => value * scale))).rejects.toMatchObject({ code: 'data.beyond-squares', kind: 'data', args: { column: 'atid3' } });
  });

  it.each<[string, (value: number, i: number) => number]>([
    ['one value', () => 37.5], ['zeros', () => 0], ['zeros but for every fiftieth', (value, i) => (i % 50 === 0 ? value : 0)],
    ['kroner, one of 1e8', (value, i) => (i === row ? 1e8 : 20000 * value + 123.45)], ['zero or one', (value) => Number(value > 20)],
    ['contracts of 37.5 and a few others', (value, i) => (i % 10 === 0 ? value : 37.5)], ['both signs', (value, i) => (i % 2 === 0 ? value : -value)],
    ['a skew tail', (_, i) => Math.exp(6 * Math.sin(i) ** 3)],
  ])('take a sound column: %s', async (_, change) => {
    const { fits, warnings } = await run(changed('atid3', change));
    expect(fits[0]!.n).toBe(rows.length);
    expect(fits[0]!.digits!.outcome).toBeGreaterThanOrEqual(9);
    expect(warnings.map(({ code }) => code)).not.toContain('warning.few-digits');
  });

  it('say how many digits they hold, and warn where errors are made of few', async () => {
    const { fits, warnings } = await run(rows);
    expect(fits.map(({ digits }) => Object.keys(digits!))).toEqual([['outcome', 'squares', 'expected', 'residuals'], ['score', 'information', 'logLikelihood', 'expected']]);
    for (const { digits } of fits) for (const held of Object.values(digits!)) expect(held).toBeGreaterThanOrEqual(8);
    expect(warnings).toEqual([]);
    const moved = await run(changed('atid3', (value) => 1e7 + value / 1000));
    expect(moved.fits[0]!.digits!.squares).toBe(0);
    expect(moved.warnings).toContainEqual({ code: 'warning.few-digits', args: { outcome: 'atid3', population: '', digits: 0 } });
  });
});
