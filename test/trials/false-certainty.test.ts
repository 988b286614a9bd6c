import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readingsOf, cellReading } from '../../src/guards/reading.ts';
import type { Pool } from '../../src/workers/pool.ts';
import { openBuiltPool } from '../support/built-engine.ts';
import { outcomes, panelSpec, runRows } from '../support/run-rows.ts';
import { runTrial } from '../support/trial.ts';

describe('what cannot be told', () => {
  let pool: Pool;
  beforeAll(async () => {
    pool = await openBuiltPool(2);
  });
  afterAll(() => pool.close());

  it('one cluster gives coefficients without error, test or interval, and a warning', async () => {
    const { fits, warnings } = await runTrial({ pool, name: 'one-cluster', options: { vcov: 'cluster' } });
    for (const { status, estimate, standardError, statistic, pValue, confLow, confHigh } of fits[0]!.coefficients) {
      expect([status, Number.isFinite(estimate!), standardError, statistic, pValue, confLow, confHigh]).toEqual(['estimated', true, null, null, null, null, null]);
    }
    expect(warnings).toContainEqual({ code: 'warning.few-clusters', args: { outcome: 'y', population: '', persons: 1, rank: 2 } });
    const byRow = await runTrial({ pool, name: 'one-cluster', options: { vcov: 'hc0' } });
    expect(byRow.fits[0]!.coefficients.every(({ standardError }) => standardError! > 0)).toBe(true);
  });

  it('means that least squares holds at zero neither cover zero nor do not', async () => {
    const options = { by: [['g']], period: 'all', interval: 'analytic', cluster: 'person', pooled: true } as const;
    const { spec, tables } = await runTrial({ pool, name: 'covers-zero-by-rounding', options });
    for (const table of tables) {
      expect(new Set(table.state)).toEqual(new Set(['held_at_zero']));
      expect(new Set(cellReading(table, { threshold: null }).coversZero)).toEqual(new Set([null]));
      const [reading] = readingsOf(table, { spec, threshold: null });
      expect([reading!.cellsCoveringZero, reading!.cellsNotCoveringZero, reading!.cellsWithoutInterval.held_at_zero]).toEqual([0, 0, reading!.cells]);
    }
  });

  const person = (id: number, months: number, value: (month: number) => Record<string, number>) =>
    Array.from({ length: months }, (_, k) => ({ person_id: String(id), month: `2018-${String(k + 1).padStart(2, '0')}`, ...value(k) }));
  const panel = (value: (id: number, month: number) => Record<string, number>, persons = 30, months = 6) =>
    Array.from({ length: persons }, (_, id) => person(id, months, (month) => value(id, month))).flat();

  it.each([2, 0, 0.1])('a fit without residuals has no test, of its coefficients or of its means: levels %d apart', async (apart) => {
    const rows = panel((id, month) => ({ sex: id % 2, hours3: 3.1 + apart * (id % 2), county: 1 + (id % 3), age: month }));
    const spec = panelSpec([{ name: 'sex', coding: 'values' }], { outcomes: [outcomes.hours3] });
    for (const vcov of ['iid', 'hc0', 'cluster'] as const) {
      const { fits, tables } = await runRows({ pool, spec, rows, options: { vcov, by: [['county']], interval: 'analytic', cluster: 'person' } });
      expect(fits[0]!.coefficients.filter(({ status }) => status === 'estimated').map(({ standardError, pValue }) => [standardError, pValue])).toEqual([[null, null], [null, null]]);
      for (const table of tables) expect(new Set(table.state)).toEqual(new Set(['held_at_zero']));
    }
  });

  it('an entry of a sandwich that is rounding of an exact 0 gives no test', async () => {
    // Each person has a level of its own: scores sum to zero within every cluster.
    const rows = panel((id, month) => ({ sex: id, hours3: 5 + ((7 * id + 3 * month) % 11), county: 1 }), 4, 8);
    const spec = panelSpec([{ name: 'sex', coding: 'values' }], { outcomes: [outcomes.hours3] });
    const { fits, warnings } = await runRows({ pool, spec, rows, options: { vcov: 'cluster' } });
    expect(fits[0]!.coefficients.filter(({ status }) => status === 'estimated').map(({ standardError, pValue }) => [standardError, pValue])).toEqual(Array.from({ length: 4 }, () => [null, null]));
    expect(warnings.map(({ code }) => code)).toContain('warning.few-clusters');
  });

  it('outcomes that are all alike have no interval of width zero, hours or shares', async () => {
    const rows = panel((id, month) => ({ sex: id % 2, hours3: month === 2 ? 0.1 : (id * 5 + month) % 9, job3: month === 3 ? 0 : (id + month) % 2, county: 1 }));
    const spec = panelSpec([{ name: 'sex', coding: 'values' }], { outcomes: [outcomes.hours3, { ...outcomes.job3, family: 'gaussian' }] });
    const { tables: [table] } = await runRows({ pool, spec, rows, options: {} });
    const stateOf = (outcome: string, month: string) => table!.outcome.flatMap((name, i) => (name === outcome && table!.periods[i] === month ? [[table!.state[i], Number.isNaN(table!.confLow[i]!)]] : []));
    expect(stateOf('hours3', '2018-03')).toEqual([['no_variation', true]]);
    expect(stateOf('job3', '2018-04')).toEqual([['no_variation', true]]);
    expect(stateOf('job3', '2018-02')).toEqual([['ok', false]]);
  });

  it('units of one person, or of few with a job, have no limit, rank or test', async () => {
    const { compareResult } = await import('../../src/comparison/compare-result.ts');
    const { comparisonMath } = await import('../../src/comparison/math.ts');
    const rows = panel((id, month) => ({ sex: id % 2, hours3: (id * id + 5 * month) % 17, job3: id >= 13 && id < 25 ? 0 : (id + month) % 2, county: id < 12 ? id + 10 : id < 25 ? 1 : 2 }), 60);
    const spec = panelSpec([{ name: 'sex', coding: 'values' }], { outcomes: [outcomes.hours3, { ...outcomes.job3, family: 'gaussian' }] });
    const result = await runRows({ pool, spec, rows, options: { by: [['county']], compare: 'all', cluster: 'person' } });
    const options = { level: 95, seed: 1, overdispersion: false, discovery: 'BH', threshold: null } as const;
    const [hours, job] = compareResult(result, options, comparisonMath(pool.kernels)).breakdowns;
    const named = ({ groups, units }: typeof hours & object) => units!.funnel.points.map(({ label }) => groups[Number(label)]![0]);
    expect(named(hours!).sort()).toEqual(['1', '2']);
    // County 1 has 13 persons, one of them with a job.
    expect(named(job!)).toEqual(['2']);
    expect([hours!.units!.tooFew.length, job!.units!.tooFew.length]).toEqual([12, 13]);
    for (const { units } of [hours!, job!]) expect([units!.ranks.units.length, units!.differences.length]).toEqual([units!.funnel.points.length, units!.funnel.points.length]);
  });
});
