import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Covariate } from '../../src/spec/model-spec.ts';
import type { Pool } from '../../src/workers/pool.ts';
import { bootstrapReference } from '../reference/bootstrap.ts';
import { normalQuantile } from '../reference/distributions.ts';
import { randomPanel } from '../reference/random-panel.ts';
import type { Row } from '../reference/table.ts';
import { openBuiltPool } from '../support/built-engine.ts';
import { drawnWeights } from '../support/drawn-weights.ts';
import { outcomes, panelSpec, runRows } from '../support/run-rows.ts';

const covariates: Covariate[] = [{ name: 'sex', coding: 'values' }, { name: 'hours', coding: 'intervals', breaks: [0, 16] }];
const outcome = outcomes.hours3;
const spec = panelSpec(covariates, { outcomes: [outcome], seasonal: { reference: { 3: ['2018-01/2019-12'] } } });
const rows = randomPanel(43, { persons: 40, months: 27 });
const [seed, replicates, level] = [8, 30, 80];

describe('ends of intervals by percentiles', () => {
  let pool: Pool;
  beforeAll(async () => {
    pool = await openBuiltPool(2);
  });
  afterAll(() => pool.close());

  it('are those of the adjusted values and of the changes between months in every replicate', async () => {
    const options = { interval: 'bootstrap', ends: 'percentile', cluster: 'person', by: [['sex']], compare: 'all', replicates, seed, level } as const;
    const result = await runRows({ pool, spec, rows, options });
    const weights = await drawnWeights(rows, { seed, cluster: 'person' });
    const { endsOf } = bootstrapReference({ spec, rows, outcome, fit: result.fits[0]!, weights, replicates });
    const near = (got: readonly number[], wanted: readonly number[]): void => got.forEach((value, k) => expect(Math.abs(value - wanted[k]!)).toBeLessThan(1e-6));
    const inMonth = (month: string, weight: number) => ({ weight, inSet: (row: Row) => row.month === month });
    const { periods, ...table } = result.tables[0]!;
    const reference = periods.filter((month) => month < '2020');
    periods.forEach((month, i) => {
      if (i % 3 > 0) return;
      const same = reference.filter((other) => other.slice(5) === month.slice(5));
      const sets = [inMonth(month, 1), ...same.map((other) => inMonth(other, -1 / same.length)), ...reference.map((other) => inMonth(other, 1 / reference.length))];
      near([table.confLowSeasonallyAdjusted[i]!, table.confHighSeasonallyAdjusted[i]!], endsOf(sets, level));
    });
    const actual = rows.filter((row) => row.hours3 !== null).map((row) => Number(row.hours3));
    const mean = actual.reduce((sum, value) => sum + value, 0) / actual.length;
    const changes = result.changes[0]!.rows.filter(({ period }) => period > '2019-09');
    expect(changes.length).toBeGreaterThan(8);
    for (const { period, from, difference, relative } of changes) {
      const ends = endsOf([inMonth(period, 1), inMonth(from, -1)], level);
      near([difference.confLow, difference.confHigh], ends);
      near([relative.confLow, relative.confHigh], ends.map((end) => (100 * end) / mean));
    }
  });

  it.each(['score', 'bootstrap'] as const)('by %s come to the normal ones with many draws, whose standard errors are the same', async (interval) => {
    const options = { interval, cluster: 'person', replicates: 800, seed, level } as const;
    const [normal, percentile] = [await runRows({ pool, spec, rows, options }), await runRows({ pool, spec, rows, options: { ...options, ends: 'percentile' } })];
    const [a, b] = [normal.tables[0]!, percentile.tables[0]!];
    expect(b.standardError).toEqual(a.standardError);
    const z = normalQuantile(0.9);
    const ratios = [...a.periods.keys()].flatMap((i) => {
      expect(a.confHigh[i]).toBeCloseTo(a.indicator[i]! + z * a.standardError[i]!, 10);
      return [(b.confHigh[i]! - b.indicator[i]!) / (z * a.standardError[i]!), (b.indicator[i]! - b.confLow[i]!) / (z * a.standardError[i]!)];
    });
    expect(ratios.length).toBeGreaterThan(50);
    expect(Math.max(...ratios)).toBeLessThan(1.25);
    expect(Math.min(...ratios)).toBeGreaterThan(0.75);
    expect(new Set(ratios).size).toBe(ratios.length);
  });

  it('are refused where nothing is drawn, or too little for the level', async () => {
    const run = (options: object) => runRows({ pool, spec, rows, options: { ends: 'percentile', ...options } });
    await expect(run({ interval: 'analytic' })).rejects.toMatchObject({ kind: 'usage', message: expect.stringMatching(/analytic draw none/) });
    await expect(run({ interval: 'score', level: 99.9 })).rejects.toMatchObject({ kind: 'usage', message: expect.stringMatching(/2000 replicates at least, and there are 200/) });
  });
});
