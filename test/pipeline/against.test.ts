import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { compareResult } from '../../src/comparison/compare-result.ts';
import { comparePair } from '../../src/comparison/compare-pair.ts';
import type { ResultColumn } from '../../src/results/columns.ts';
import { unitTables } from '../../src/results/unit-tables.ts';
import type { RunOptions, RunResult } from '../../src/run-result.ts';
import type { Covariate } from '../../src/spec/model-spec.ts';
import type { Pool } from '../../src/workers/pool.ts';
import { openMath } from '../comparison/fixtures.ts';
import { estimatedRows } from '../reference/estimated-rows.ts';
import { influenceReference } from '../reference/influence.ts';
import { randomPanel } from '../reference/random-panel.ts';
import type { Row } from '../reference/table.ts';
import { openBuiltPool } from '../support/built-engine.ts';
import { outcomes, panelSpec, runRows } from '../support/run-rows.ts';

const covariates: Covariate[] = [{ name: 'hours', coding: 'intervals', breaks: [0, 16] }];
const spec = panelSpec(covariates, { outcomes: [outcomes.hours3] });
/** County 2 has no spring of 2018, county 10 no autumn; measures and contracts within them are made up. */
const rows: Row[] = randomPanel(33, { persons: 260, months: 16 }).filter(({ county, month }) => {
  const [year, m] = String(month).split('-').map(Number);
  return year !== 2018 || ((county !== 2 || m! < 3 || m! > 5) && (county !== 10 || m! < 9 || m! > 11));
}).map((row, i) => ({ ...row, measure: ['AMO', 'IPS'][Number(row.person_id) % 2]!, contract: `c${Number(row.person_id) % 5}`, place: i }));
const observed = rows.filter((row) => row.hours3 !== null);

let pool: Pool;
beforeAll(async () => {
  pool = await openBuiltPool(2);
});
afterAll(() => pool.close());

const run = (options: Partial<RunOptions>): Promise<RunResult> => runRows({ pool, spec, rows, options: { cluster: 'person', compare: 'all', ...options } });

async function tableOf(result: RunResult, name: string): Promise<Record<string, string | number>[]> {
  const compared = compareResult(result, { level: 95, seed: 1, overdispersion: false, discovery: 'BH', threshold: null }, await openMath());
  const columns = new Map<string, ResultColumn[]>(unitTables(compared, [])).get(name)!;
  return Array.from({ length: columns[0]!.values.length }, (_, i) => Object.fromEntries(columns.map((column) => [column.name, column.values[i]! as string | number])));
}

type In = (row: Row) => boolean;
const monthsOf = (inside: In): Set<unknown> => new Set(observed.filter(inside).map(({ month }) => month));

describe.each([['unweighted', false], ['pooled', true]] as const)('differences over the months that both have, %s', (_, pooled) => {
  /** Difference of two sets of rows over shared months, and its standard error, row by row. */
  const all: In = () => true;

  async function reference(result: RunResult) {
    const { actual, beta, columns } = estimatedRows({ spec, rows, outcome: outcomes.hours3, fit: result.fits[0]! });
    const error = influenceReference({ spec, rows, outcome: outcomes.hours3, fit: result.fits[0]!, cluster: 'person' });
    const residual = (row: Row): number => actual(row) - columns.reduce((sum, column, j) => sum + column.value(row) * beta[j]!, 0);
    const mean = (inside: In): number => {
      const members = observed.filter(inside);
      return members.reduce((sum, row) => sum + residual(row), 0) / members.length;
    };
    return (of: In, from: In) => {
      const months = [...monthsOf(of)].filter((month) => monthsOf(from).has(month));
      const here = (inside: In) => (row: Row): boolean => inside(row) && months.includes(row.month);
      const parts = (inside: In) => (pooled ? [{ weight: 1, inSet: here(inside) }] : months.map((month) => ({ weight: 1 / months.length, inSet: (row: Row) => inside(row) && row.month === month })));
      const valueOf = (inside: In): number => parts(inside).reduce((sum, { weight, inSet }) => sum + weight * mean(inSet), 0);
      // Least squares holds the mean of all rows at zero: it does not vary.
      const isHeld = pooled && from === all && months.length === monthsOf(all).size;
      const [a, b] = [error(parts(of)).influence, isHeld ? new Float64Array(1000) : error(parts(from)).influence];
      return { months: months.length, estimate: valueOf(of) - valueOf(from), standardError: Math.sqrt(a.reduce((sum, value, g) => sum + (value - b[g]!) ** 2, 0)) };
    };
  }

  const county = (label: unknown) => (row: Row): boolean => String(row.county ?? '') === label;

  async function expectRows(options: Partial<RunOptions>, table: string, setsOf: (row: Record<string, string | number>) => readonly [In, In]): Promise<Record<string, string | number>[]> {
    const result = await run({ ...options, pooled });
    const found = await tableOf(result, table);
    const differenceOf = await reference(result);
    for (const row of found) {
      const [of, from] = setsOf(row);
      const expected = differenceOf(of, from);
      expect(row['months'], JSON.stringify(row)).toBe(expected.months);
      expect(row['estimate'] as number).toBeCloseTo(expected.estimate, 9);
      expect((row['std_error'] as number) / expected.standardError).toBeCloseTo(1, 6);
      expect(Number.isFinite(row['p_value_bh'] as number)).toBe(true);
    }
    return found;
  }

  it('of units from the whole', async () => {
    const found = await expectRows({ by: [['county']] }, 'differences_county', ({ county: label }) => [county(label), all]);
    const months = new Map(found.map((row) => [row['county'], row['months']]));
    expect([months.get('2'), months.get('10'), months.get('1')]).toEqual([(months.get('1') as number) - 3, (months.get('1') as number) - 3, monthsOf(county('1')).size]);
    expect(new Set(found.map((row) => row['of_months']))).toEqual(new Set([monthsOf(all).size]));
  });

  it('of any two', async () => {
    const found = await expectRows({ by: [['county']], against: 'pairs' }, 'differences_county', ({ county: label, from }) => [county(label), county(from)]);
    const units = new Set(found.flatMap((row) => [row['county'], row['from']])).size;
    expect(found.length).toBe((units * (units - 1)) / 2);
    expect(found.some((row) => row['months'] === (monthsOf(all).size - 6))).toBe(true);
  });

  it.each(['2', 'county=2', '2.0'])('of all from %s', async (against) => {
    const found = await expectRows({ by: [['county']], against }, 'differences_county', ({ county: label }) => [county(label), county('2')]);
    expect(found.every((row) => row['from'] === '2' && row['county'] !== '2')).toBe(true);
  });

  it('of contracts from their measure', async () => {
    const of = (row: Record<string, string | number>): In => (one) => one.measure === row['measure'] && one.contract === row['contract'];
    const found = await expectRows({ by: [['measure', 'contract']], against: 'measure' }, 'differences_measure+contract', (row) => [of(row), (one) => one.measure === row['measure']]);
    expect(found.length).toBeGreaterThan(6);
    expect(found.map((row) => row['from'])).toEqual(found.map((row) => `measure=${row['measure']}`));
  });

  it('of crossed groups from one of them', async () => {
    const against = 'measure=AMO+contract=c2';
    const of = (measure: unknown, contract: unknown): In => (one) => one.measure === measure && one.contract === contract;
    const found = await expectRows({ by: [['measure', 'contract']], against }, 'differences_measure+contract', (row) => [of(row['measure'], row['contract']), of('AMO', 'c2')]);
    expect(new Set(found.map((row) => row['from']))).toEqual(new Set([against]));
  });

  it('places units by their differences from the whole over shared months', async () => {
    const result = await run({ by: [['county']], pooled });
    const [differences, ranks, funnel] = [await tableOf(result, 'differences_county'), await tableOf(result, 'ranks_county'), await tableOf(result, 'funnel_county')];
    const whole = funnel[0]!['centre'] as number;
    for (const row of ranks) {
      const own = differences.find((one) => one['county'] === row['county'])!;
      expect((row['estimate'] as number) - whole).toBeCloseTo(own['estimate'] as number, 9);
      expect(row['months']).toBe(own['months']);
      expect(row['rank']).toBe(1 + differences.filter((one) => (one['estimate'] as number) > (own['estimate'] as number) + 1e-12).length);
    }
  });

  it('of two chosen ones, as the app asks', async () => {
    const result = await run({ by: [['county']], against: 'pairs', pooled });
    const means = result.comparisons[0]!;
    const place = (label: string): number => means.groups.findIndex(([one]) => one === label);
    const differenceOf = await reference(result);
    for (const [a, b] of [['2', '10'], ['10', '2'], ['1', '2']] as const) {
      const { difference } = comparePair(means, { of: place(a), from: place(b) }, { level: 95, threshold: null }, await openMath());
      const expected = differenceOf(county(a), county(b));
      expect([difference.of, difference.from]).toEqual([String(place(a)), String(place(b))]);
      expect(difference.estimate).toBeCloseTo(expected.estimate, 9);
      expect(difference.standardError / expected.standardError).toBeCloseTo(1, 6);
    }
  });
});

describe('what groups are held against', () => {
  it('has to be there in some breakdown, and is the whole in the others', async () => {
    await expect(run({ by: [['county']], against: 'Oslo' })).rejects.toMatchObject({ code: 'usage.against-unknown', args: { against: 'Oslo' } });
    await expect(run({ by: [['county']], against: 'county' })).rejects.toMatchObject({ code: 'usage.against-unknown' });
    const result = await run({ by: [['measure'], ['county']], against: 'AMO' });
    expect((await tableOf(result, 'differences_measure')).map((row) => row['from'])).toEqual(['AMO']);
    expect(new Set((await tableOf(result, 'differences_county')).map((row) => row['from']))).toEqual(new Set(['whole']));
  });

  it('of withheld units is nothing told, nor of a whole that they are part of', async () => {
    const few = rows.map((row) => ({ ...row, contract: Number(row.person_id) % 97 === 0 ? 'rare' : row.contract! }));
    const options = { by: [['measure', 'contract']], compare: 'all', cluster: 'person', threshold: 4, against: 'measure' } as const;
    const result = await runRows({ pool, spec, rows: few, options });
    const found = await tableOf(result, 'differences_measure+contract');
    const table = result.tables[1]!;
    const withheld = new Set(table.outcome.flatMap((_, i) => (table.state[i] === 'withheld' ? [table.groups[0]![i]!] : [])));
    expect(withheld.size).toBeGreaterThan(0);
    expect(found.filter((row) => withheld.has(row['measure'] as string))).toEqual([]);
  });
});
