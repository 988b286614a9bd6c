import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Covariate } from '../../src/spec/model-spec.ts';
import type { Pool } from '../../src/workers/pool.ts';
import { randomPanel } from '../reference/random-panel.ts';
import { openBuiltPool } from '../support/built-engine.ts';
import { outcomes, panelSpec, runRows } from '../support/run-rows.ts';

const covariates: Covariate[] = [{ name: 'sex', coding: 'values' }, { name: 'hours', coding: 'intervals', breaks: [0, 16] }];
const spec = panelSpec(covariates, { outcomes: [outcomes.hours3, outcomes.job3], seasonal: { reference: { 3: ['2018-01/2019-12'] } }, sample: { excludeMonths: ['2019-03/2019-04'] } });
const rows = randomPanel(71, { persons: 120, months: 27, missing: 0.05 });

describe('standard errors by drawn weights', () => {
  let pool: Pool;
  beforeAll(async () => {
    pool = await openBuiltPool(2);
  });
  afterAll(() => pool.close());

  it.each([['person', 'poisson'], ['row', 'poisson'], ['person', 'multinomial'], ['row', 'multinomial']] as const)('by %s and %s draws, come to the analytic ones as draws become many', async (cluster, draw) => {
    for (const period of ['month', 'all'] as const) {
      const options = { by: [['county']], cluster, period, pooled: period === 'all' };
      const drawn = await runRows({ pool, spec, rows, options: { ...options, interval: 'score', replicates: 3000, draw } });
      const analytic = await runRows({ pool, spec, rows, options: { ...options, interval: 'analytic' } });
      const ratios: number[] = [];
      drawn.tables.forEach((table, t) => {
        for (const column of ['standardError', 'standardErrorSeasonallyAdjusted'] as const) {
          table[column].forEach((value, i) => {
            const other = analytic.tables[t]![column][i]!;
            expect(Number.isNaN(value)).toBe(Number.isNaN(other));
            if (other > 1e-6) ratios.push(value / other);
          });
        }
      });
      // The standard deviation of 3,000 draws has a relative error of 1/√6000 or a little more.
      expect(ratios.length).toBeGreaterThan(period === 'all' ? 10 : 200);
      expect(Math.max(...ratios)).toBeLessThan(1.1);
      expect(Math.min(...ratios)).toBeGreaterThan(0.9);
      expect(Math.abs(ratios.reduce((sum, ratio) => sum + ratio, 0) / ratios.length - 1)).toBeLessThan(0.015);
    }
  });

  it.each(['poisson', 'multinomial'] as const)('by %s draws are the same for any number of workers, and others for another seed', async (draw) => {
    const run = async (workers: number, seed: number) => {
      const own = await openBuiltPool(workers);
      try {
        return (await runRows({ pool: own, spec, rows, options: { by: [['county']], cluster: 'person', interval: 'score', replicates: 300, seed, draw } })).tables.map((table) => table.standardError);
      } finally {
        await own.close();
      }
    };
    const [one, four, other] = [await run(1, 5), await run(4, 5), await run(4, 6)];
    expect(four).toEqual(one);
    expect(other).not.toEqual(one);
  });
});
