import { afterAll, beforeAll, describe, expect, it } from 'vitest';
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

  it.each(['month', 'tertial', 'all'] as const)('by %s, adjusted for season where every calendar month has two reference months', async (period) => {
    const result = await runAgainstReference({ pool, spec: panelSpec(covariates, { seasonal }), rows: complete, options: { by, period, level: 80 } });
    const [whole] = result.tables;
    const adjusted = (outcome: string): boolean[] => Array.from(whole!.indicatorSeasonallyAdjusted).filter((_, i) => whole!.outcome[i] === outcome).map(Number.isFinite);
    expect([adjusted('hours3').every(Boolean), adjusted('hours12').some(Boolean)]).toEqual([true, false]);
    expect(whole!.indicatorSeasonallyAdjusted.every((value, i) => !Number.isFinite(value) || Math.abs(whole!.actualSeasonallyAdjusted[i]! - whole!.expectedSeasonallyAdjusted[i]! - value) < 1e-9)).toBe(true);
  });

  it('relative to one month, and to one that a group lacks', async () => {
    const lacking = rows.filter(({ month, county }) => month !== '2018-09' || county !== 2);
    const result = await runAgainstReference({ pool, spec: panelSpec(covariates), rows: lacking, options: { by: [['county']], relativeTo: '2018-09' } });
    const table = result.tables[1]!;
    const of2 = table.relativePercent.filter((_, i) => table.groups[0]![i] === '2');
    expect(of2.length).toBeGreaterThan(20);
    expect(of2.every(Number.isNaN)).toBe(true);
    const never = await runRows({ pool, spec: panelSpec(covariates), rows, options: { relativeTo: '1999-01' } });
    expect(never.tables[0]!.relativePercent.every(Number.isNaN)).toBe(true);
  });

  it('withholds cells with fewer rows than a threshold', async () => {
    for (const period of ['month', 'quarter'] as const) {
      const result = await runAgainstReference({ pool, spec: panelSpec(covariates, { seasonal }), rows: complete, options: { by, threshold: 6, period } });
      expect(result.tables[3]!.n.some(Number.isNaN)).toBe(true);
      expect(result.tables[3]!.n.every((n) => Number.isNaN(n) || n >= 6)).toBe(true);
    }
  });

  it('of a covariate’s levels is zero over the whole period, after least squares', async () => {
    const { tables } = await runRows({ pool, spec: panelSpec(covariates, { outcomes: [{ name: 'hours3', family: 'gaussian', horizon: 3 }] }), rows: complete, options: { by: [['sex']], period: 'all' } });
    for (const { indicator } of tables) indicator.forEach((value) => expect(Math.abs(value)).toBeLessThan(1e-10));
  });

  it('has no table twice and none that was not asked for', async () => {
    const { tables } = await runRows({ pool, spec: panelSpec(covariates), rows: complete, options: { by: [] } });
    expect(tables.map((table) => table.by)).toEqual([[]]);
  });
});
