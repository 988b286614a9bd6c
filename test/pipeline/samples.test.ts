import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Fit } from '../../src/estimate/fit.ts';
import type { Covariate, ModelSpec } from '../../src/spec/model-spec.ts';
import type { Pool } from '../../src/workers/pool.ts';
import { randomPanel } from '../reference/random-panel.ts';
import type { Row } from '../reference/table.ts';
import { openBuiltPool } from '../support/built-engine.ts';
import { outcomes, panelSpec, runAgainstReference, runRows } from '../support/run-rows.ts';

const covariates: Covariate[] = [
  { name: 'sex', coding: 'values' },
  { name: 'wage', coding: 'quantiles', groups: 4, zero: 'separate' },
  { name: 'inflow', column: 'inflow_{horizon}', coding: 'equal-width', groups: 5, scale: 'common' },
  { name: 'income', coding: 'numeric' },
];

describe('the estimation sample', () => {
  const rows = randomPanel(31, { months: 16 });
  let pool: Pool;
  beforeAll(async () => {
    pool = await openBuiltPool(2);
  });
  afterAll(() => pool.close());
  const check = (spec: ModelSpec, more: Partial<Parameters<typeof runAgainstReference>[0]> = {}) =>
    runAgainstReference({ pool, spec, rows, parts: 2, ...more, options: { by: [['county'], ['cohort']], ...more.options } });

  it('is some months, the others predicted', async () => {
    const result = await check(panelSpec(covariates, { sample: { months: ['2018-02/2018-07', '2018-09'] } }));
    expect(result.tables[0]!.periods).toContain('2018-01');
    expect(result.warnings).toContainEqual({ code: 'warning.moved-to-end-bins', args: expect.objectContaining({ outcome: 'hours3' }) });
  });

  it('is all months but some', async () => {
    await check(panelSpec(covariates, { sample: { excludeMonths: ['2018-03/2018-05'], months: ['2018-01/2018-11'] } }));
  });

  it('is the rows of a condition', async () => {
    const spec = panelSpec(covariates, { sample: { where: "sex = 'f' OR hours > 0", excludeMonths: ['2018-06'] } });
    await check(spec, { where: (row) => row.sex === 'f' || Number(row.hours) > 0 });
  });

  it('leaves rows with a level it does not have without an expected value, and counts them', async () => {
    const later = rows.map((row) => (String(row.month) > '2018-08' && row.sex === 'm' && Number(row.kids) > 2 ? { ...row, sex: 'other' } : row));
    const spec = panelSpec(covariates, { sample: { months: ['2018-01/2018-08'] }, interactions: [['sex', 'wage']] });
    const result = await check(spec, { rows: later });
    expect(result.warnings).toContainEqual(expect.objectContaining({ code: 'warning.without-expected' }));
  });

  it('may lie far from the rows that are predicted', async () => {
    // A numeric covariate a thousand times beyond the sample's range.
    const far = rows.map((row, i) => (String(row.month) > '2018-08' && i % 7 === 0 ? { ...row, income: 1_000_000_000 + i } : row));
    await check(panelSpec([{ name: 'income', coding: 'numeric' }], { sample: { months: ['2018-01/2018-08'] } }), { rows: far, tolerance: 1e-7 });
  });

  it('differs between outcomes observed on different rows', async () => {
    const two = rows.map((row, i) => ({ ...row, hours3: i % 3 === 0 ? null : row.hours3! }));
    const result = await check(panelSpec(covariates), { rows: two });
    expect(new Set(result.fits.map(({ n }) => n)).size).toBe(3);
  });
});

describe('separate populations', () => {
  const rows: Row[] = randomPanel(32, { persons: 90, missing: 0.05 }).map((row) => ({ ...row, income: row.income ?? 0, wage: row.wage ?? 0 }));
  let pool: Pool;
  beforeAll(async () => {
    pool = await openBuiltPool(2);
  });
  afterAll(() => pool.close());

  it('by a column: each is what a run on its rows alone gives, breaks included', async () => {
    const sample = { excludeMonths: ['2018-04'] };
    const result = await runAgainstReference({ pool, spec: panelSpec(covariates, { separateBy: 'cohort', sample }), rows, options: { by: [['county'], ['cohort']] } });
    expect(result.fits.map(({ outcome, population }) => `${outcome} ${population}`)).toEqual(
      Object.keys(outcomes).flatMap((outcome) => ['a', 'b', 'c'].map((cohort) => `${outcome} ${cohort}`)),
    );
    const alone = await runRows({ pool, spec: panelSpec(covariates, { sample }), rows: rows.filter(({ cohort }) => cohort === 'b'), options: { by: [['county']] } });
    const ofB = result.fits.filter(({ population }) => population === 'b');
    // Not to the last bit: the places of the sums follow from the largest outcome of all populations.
    const all = (fit: Fit) => fit.coefficients.flatMap(({ estimate, standardError, pValue, n }) => [estimate, standardError, pValue, n]);
    ofB.flatMap(all).forEach((value, i) => expect(value === null ? value : expect.closeTo(value, 10)).toEqual(alone.fits.flatMap(all)[i]));
    expect(ofB.map(({ breaks, persons, rank }) => ({ breaks, persons, rank }))).toEqual(alone.fits.map(({ breaks, persons, rank }) => ({ breaks, persons, rank })));
    expect(ofB.map(({ breaks }) => breaks)).not.toEqual(result.fits.filter(({ population }) => population === 'a').map(({ breaks }) => breaks));
  });

  it('by a list: each with covariates of its own, rows in no group left out and counted', async () => {
    const separateBy = { column: 'cohort', groups: [{ label: 'b' }, { label: 'a', covariates: [{ name: 'kids', coding: 'values', min: 0, max: 3, missing: 'drop' }, covariates[1]!] as Covariate[] }] };
    const result = await runAgainstReference({ pool, spec: panelSpec(covariates, { separateBy }), rows, options: { by: [['cohort']], vcov: 'cluster' } });
    expect(result.tables[1]!.groups[0]!.includes('c')).toBe(false);
    expect(result.warnings).toContainEqual({ code: 'warning.ungrouped', args: { ungrouped: rows.filter(({ cohort }) => cohort === 'c').length, rows: rows.length } });
    expect(result.fits.map(({ dropped }) => dropped.length)).toEqual([0, 1, 0, 1, 0, 1, 0, 1]);
  });

  it('without rows of one is an error that names it', async () => {
    const separateBy = { column: 'cohort', groups: [{ label: 'a' }, { label: 'nobody' }] };
    await expect(runRows({ pool, spec: panelSpec(covariates, { separateBy }), rows })).rejects.toThrow(/hours3 \(nobody\): no row in the estimation sample/);
  });
});
