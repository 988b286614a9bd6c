import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Covariate } from '../../src/spec/model-spec.ts';
import type { Pool } from '../../src/workers/pool.ts';
import { influenceReference } from '../reference/influence.ts';
import { randomPanel } from '../reference/random-panel.ts';
import type { Row } from '../reference/table.ts';
import { built, defaultOptions, openBuiltPool } from '../support/built-engine.ts';
import { outcomes, panelSpec, runRows } from '../support/run-rows.ts';
import { writeTable } from '../support/write-table.ts';

const covariates: Covariate[] = [{ name: 'sex', coding: 'values' }, { name: 'hours', coding: 'intervals', breaks: [0, 16] }];
const chosen = [outcomes.hours3, outcomes.job3];
const spec = panelSpec(covariates, { outcomes: chosen });
const rows = randomPanel(67, { persons: 80, months: 20, missing: 0.05 });

describe('changes between periods', () => {
  let pool: Pool;
  beforeAll(async () => {
    pool = await openBuiltPool(2);
  });
  afterAll(() => pool.close());

  it('have the standard errors of influence functions row by row', async () => {
    const result = await runRows({ pool, spec, rows, options: { by: [['county']], compare: 'all', interval: 'analytic', cluster: 'person', period: 'quarter' } });
    expect(result.changes.map(({ by }) => by)).toEqual([[], ['county']]);
    let compared = 0;
    for (const [o, outcome] of chosen.entries()) {
      const error = influenceReference({ spec, rows, outcome, fit: result.fits[o]!, cluster: 'person' });
      for (const { by, rows: changes } of result.changes) {
        const own = changes.filter((change) => change.outcome === outcome.name && ['2', undefined].includes(change.group[0]) && change.period.startsWith('2019'));
        for (const { period, from, difference } of own) {
          const inGroup = (row: Row): boolean => by.length === 0 || String(row.county ?? '') === '2';
          const quarter = (label: string, weight: number) =>
            [0, 1, 2].map((k) => ({ weight: weight / 3, inSet: (row: Row) => inGroup(row) && row.month === `${label.slice(0, 4)}-${String(3 * (Number(label.slice(6)) - 1) + k + 1).padStart(2, '0')}` }));
          expect(difference.standardError / error([...quarter(period, 1), ...quarter(from, -1)]).standardError).toBeCloseTo(1, 8);
          compared++;
        }
      }
    }
    expect(compared).toBeGreaterThan(8);
  });

  it('and comparisons and intervals are the same from estimates whose rows have stayed', async () => {
    const { estimateResident, resultOf } = (await built('pipeline.js')) as unknown as typeof import('../../src/pipeline.ts');
    const { compareGroups } = (await built('run-uncertainty.js')) as unknown as typeof import('../../src/run-uncertainty.ts');
    const { loadRows } = (await built('workers/load-rows.js')) as unknown as typeof import('../../src/workers/load-rows.ts');
    const by = [['sex'], ['county']];
    const options = { ...defaultOptions, by, cluster: 'person' } as const;
    const loaded = await loadRows({ spec, source: { files: writeTable(rows, {}) }, by, where: null, pool, onProgress: () => {} });
    const estimated = await estimateResident({ spec, options, pool }, loaded);
    const asked = { ...options, interval: 'analytic', compare: '2018' } as const;
    const again = [await resultOf({ spec, options, pool }, estimated), await resultOf({ spec, options: asked, pool }, estimated)];
    const county = await compareGroups({ outcome: 'job3', breakdown: 1, period: '2018', options, pool }, estimated);
    const fresh = [await runRows({ pool, spec, rows, options }), await runRows({ pool, spec, rows, options: asked })];
    expect(again.map(({ tables, comparisons, changes }) => [tables, comparisons, changes])).toEqual(fresh.map(({ tables, comparisons, changes }) => [tables, comparisons, changes]));
    expect(county).toEqual(fresh[1]!.comparisons.find(({ outcome, by: columns }) => outcome === 'job3' && columns[0] === 'county'));
  });

  it('are there only with a comparison, and where the method knows how months vary together', async () => {
    for (const options of [{ interval: 'analytic' }, { compare: 'all' }] as const) {
      expect((await runRows({ pool, spec, rows, options: { by: [['county']], ...options } })).changes).toEqual([]);
    }
  });

  it('means that least squares holds at zero do not vary at all', async () => {
    const { comparisons } = await runRows({ pool, spec, rows, options: { by: [['sex'], ['county']], compare: 'all', pooled: true, cluster: 'person' } });
    const [sex, county] = [['sex'], ['county']].map(([column]) => comparisons.find(({ outcome, by }) => outcome === 'hours3' && by[0] === column)!);
    expect(new Set(sex!.covariance)).toEqual(new Set([0]));
    expect(county!.standardError.at(-1)).toBe(0);
    expect(Math.min(...county!.standardError.slice(0, -1))).toBeGreaterThan(0);
  });
});
