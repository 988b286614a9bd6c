import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { indicatorColumns } from '../../src/results/columns.ts';
import { resultFiles } from '../../src/results/result-files.ts';
import type { Covariate } from '../../src/spec/model-spec.ts';
import type { Pool } from '../../src/workers/pool.ts';
import { randomPanel } from '../reference/random-panel.ts';
import { openBuiltPool } from '../support/built-engine.ts';
import { panelSpec, runAgainstReference, runRows } from '../support/run-rows.ts';

const covariates: Covariate[] = [{ name: 'sex', coding: 'values' }, { name: 'hours', coding: 'intervals', breaks: [0, 16] }];
const seasonal = { reference: { 3: ['2018-01/2019-12'], 12: ['2018-01/2019-08'] } };
const by = [['county'], ['region', 'sex'], ['county', 'cohort', 'flag']];

describe('the indicator', () => {
  // 27 months of which April 2018 and the whole of November 2019 have no row at all.
  const rows = randomPanel(51, { persons: 50, months: 27, missing: 0.1 }).filter(({ month }) => month !== '2018-04' && month !== '2019-11');
  const complete = randomPanel(52, { persons: 50, months: 30 });
  let pool: Pool;
  beforeAll(async () => {
    pool = await openBuiltPool(2);
  });
  afterAll(() => pool.close());

  it.each(['month', 'quarter', 'tertial', 'year', 'all'] as const)('by %s, incomplete periods left out, months without rows, groups without a label', async (period) => {
    const result = await runAgainstReference({ pool, spec: panelSpec(covariates, { seasonal }), rows, options: { by, period, interval: 'residual' } });
    const { periods } = result.tables[0]!;
    if (period === 'tertial') expect(periods.filter((_, i) => result.tables[0]!.outcome[i] === 'hours3')).toEqual(['2018-T2', '2018-T3', '2019-T1', '2019-T2']);
    if (period === 'month') expect(periods).not.toContain('2018-04');
    if (period !== 'year') expect(result.tables[1]!.groups[0]).toContain('');
  });

  it.each(['quarter', 'tertial', 'year', 'all'] as const)('by %s, pooled over rows, unadjusted and adjusted', async (period) => {
    for (const [of, level] of [[rows, 95], [complete, 80]] as const) {
      const options = { by, period, pooled: true, interval: 'residual', level } as const;
      const result = await runAgainstReference({ pool, spec: panelSpec(covariates, { seasonal }), rows: of, options });
      const means = await runRows({ pool, spec: panelSpec(covariates, { seasonal }), rows: of, options: { ...options, pooled: false } });
      expect(means.tables[1]!.periods).toEqual(result.tables[1]!.periods);
      if (result.tables[1]!.n.length > 0) expect(means.tables[1]!.indicator).not.toEqual(result.tables[1]!.indicator);
    }
  });

  it.each(['month', 'tertial', 'all'] as const)('by %s, adjusted for season where every calendar month has two reference months', async (period) => {
    const result = await runAgainstReference({ pool, spec: panelSpec(covariates, { seasonal }), rows: complete, options: { by, period, level: 80 } });
    const [whole] = result.tables;
    const adjusted = (outcome: string): boolean[] => Array.from(whole!.indicatorSeasonallyAdjusted).filter((_, i) => whole!.outcome[i] === outcome).map(Number.isFinite);
    expect([adjusted('hours3').every(Boolean), adjusted('hours12').some(Boolean)]).toEqual([true, false]);
    expect(whole!.indicatorSeasonallyAdjusted.every((value, i) => !Number.isFinite(value) || Math.abs(whole!.actualSeasonallyAdjusted[i]! - whole!.expectedSeasonallyAdjusted[i]! - value) < 1e-9)).toBe(true);
  });

  it('relative to one month, to one that a group lacks, and not to one that nobody has', async () => {
    const lacking = rows.filter(({ month, county }) => month !== '2018-09' || county !== 2);
    const result = await runAgainstReference({ pool, spec: panelSpec(covariates), rows: lacking, options: { by: [['county']], relativeTo: '2018-09' } });
    const table = result.tables[1]!;
    const of2 = table.relativePercent.filter((_, i) => table.groups[0]![i] === '2');
    expect(of2.length).toBeGreaterThan(20);
    expect(of2.every(Number.isNaN)).toBe(true);
    await expect(runRows({ pool, spec: panelSpec(covariates), rows, options: { relativeTo: '1999-01' } })).rejects.toThrow(/no row lies in 1999-01/);
  });

  it('is empty relative to a mean of 0, in memory and in files', async () => {
    const idle = complete.map((row) => (row['county'] === 2 ? { ...row, hours3: row['hours3'] === null ? null : 0 } : row));
    const hours = panelSpec(covariates, { outcomes: [{ name: 'hours3', family: 'gaussian', horizon: 3 }] });
    for (const period of ['month', 'year'] as const) {
      const result = await runRows({ pool, spec: hours, rows: idle, options: { by: [['county']], interval: 'analytic', period } });
      const table = result.tables[1]!;
      const of2 = [...table.groups[0]!.keys()].filter((i) => table.groups[0]![i] === '2');
      expect(of2.every((i) => Number.isNaN(table.relativePercent[i]) && table.indicator[i] !== 0)).toBe(true);
      expect(table.relativePercent.filter(Number.isFinite).length).toBeGreaterThan(0);
      expect([...table.relativePercent].some((value) => Math.abs(value) === Infinity)).toBe(false);
      const columns = new Map(indicatorColumns(table).map(({ name, values }) => [name, values]));
      expect(of2.every((i) => Number.isNaN(columns.get('std_error_relative_percent')![i]) && columns.get('relative_error')![i] === '')).toBe(true);
      const lines = resultFiles(result).get('indicator_county.csv')!;
      expect(lines).not.toMatch(/Infinity|NaN/);
    }
  });

  it('withholds cells of fewer persons than a threshold, and periods with them; the others are as they are without one', async () => {
    for (const period of ['month', 'quarter'] as const) {
      const asked = { pool, spec: panelSpec(covariates), rows: complete };
      const [{ tables }, { tables: all }] = [await runRows({ ...asked, options: { by: [['county'], ['sex']], threshold: 6, period } }), await runRows({ ...asked, options: { by: [['county'], ['sex']], period } })];
      tables.forEach((table, k) => {
        expect([table.outcome, table.groups, table.periods]).toEqual([all[k]!.outcome, all[k]!.groups, all[k]!.periods]);
        table.n.forEach((n, row) => {
          const withheld = table.state[row] === 'withheld';
          for (const name of ['n', 'actual', 'expected', 'indicator', 'standardError'] as const) expect(table[name][row]).toBe(withheld ? NaN : all[k]![name][row]);
          if (!withheld) expect(n).toBeGreaterThanOrEqual(6);
        });
      });
      expect(tables[1]!.state).toContain('withheld');
      expect(tables[2]!.n.some((n) => n > 0)).toBe(true);
    }
  });

  it('of a covariate’s levels is zero over all rows, after least squares, and not in the mean of the months', async () => {
    const hours = panelSpec(covariates, { outcomes: [{ name: 'hours3', family: 'gaussian', horizon: 3 }] });
    const run = async (pooled: boolean) => (await runRows({ pool, spec: hours, rows: complete, options: { by: [['sex']], period: 'all', pooled } })).tables;
    for (const { indicator } of await run(true)) indicator.forEach((value) => expect(Math.abs(value)).toBeLessThan(1e-10));
    for (const { indicator } of await run(false)) indicator.forEach((value) => expect(Math.abs(value)).toBeGreaterThan(1e-4));
  });

  it('says of how many months a row is the mean: all that the group has, or those of the period', async () => {
    const lacking = rows.filter(({ month, county }) => String(month).slice(5) !== '05' || county !== 2);
    const { tables } = await runAgainstReference({ pool, spec: panelSpec(covariates), rows: lacking, options: { by: [['county']], period: 'all' } });
    const of = (table: number, label: string): number => tables[table]!.months[tables[table]!.outcome.findIndex((name, i) => name === 'hours3' && (table === 0 || tables[1]!.groups[0]![i] === label))]!;
    const there = (label: string | null): number =>
      new Set(lacking.filter(({ hours3, county }) => hours3 !== null && (label === null || String(county) === label)).map(({ month }) => month)).size;
    expect([of(0, ''), of(1, '1'), of(1, '2')]).toEqual([there(null), there('1'), there('2')]);
    expect(there('2')).toBe(there('1') - 2);
  });

  it('has no table twice and none that was not asked for', async () => {
    const { tables } = await runRows({ pool, spec: panelSpec(covariates), rows: complete, options: { by: [] } });
    expect(tables.map((table) => table.by)).toEqual([[]]);
  });
});
