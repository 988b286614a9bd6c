import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { RunResult } from '../../src/run-result.ts';
import type { Covariate } from '../../src/spec/model-spec.ts';
import type { Pool } from '../../src/workers/pool.ts';
import { expectReference } from '../reference/compare.ts';
import { randomPanel } from '../reference/random-panel.ts';
import type { Row } from '../reference/table.ts';
import { defaultOptions, openBuiltPool } from '../support/built-engine.ts';
import { outcomes, panelSpec, runRows } from '../support/run-rows.ts';

const covariates: Covariate[] = [
  { name: 'sex', coding: 'values' },
  { name: 'region', coding: 'values' },
  { name: 'wage', coding: 'quantiles', groups: 4, zero: 'separate' },
  { name: 'inflow', column: 'inflow_{horizon}', coding: 'equal-width', groups: 5, scale: 'common' },
];

/** What a run says of its rows, without the options that it was told. */
const said = ({ fits, tables, rows, persons, months, dataDigest, warnings }: RunResult) => ({ fits, tables, rows, persons, months, dataDigest, warnings });

const formats = ['csv', 'arrow'] as const;
let pool: Pool;
beforeAll(async () => {
  pool = await openBuiltPool(2);
});
afterAll(() => pool.close());

describe.each(formats)('a run with conditions, from %s', (format) => {
  const spec = panelSpec(covariates);
  const inSample = panelSpec(covariates, { sample: { where: "sex = 'f' OR hours > 0" } });
  const sampled = (row: Row): boolean => row.sex === 'f' || Number(row.hours) > 0;
  const rows = randomPanel(91, { months: 14 });
  const by = [['county'], ['cohort']];
  const run = (table: readonly Row[], model = spec, where: string | null = null) => runRows({ pool, spec: model, rows: table, parts: 2, format, options: { by, where } });

  it('where: is the run on its rows alone, in every number, label, month and digest', async () => {
    const held = rows.filter((row) => row.cohort !== 'a' && String(row.month) < '2019-02');
    const result = await run(rows, spec, "cohort <> 'a' AND month < '2019-02'");
    expect(said(result)).toEqual(said(await run(held)));
    expect(result.tables[2]!.groups[0]).not.toContain('a');
    expect(result.months).not.toContain('2019-02');
    expectReference(result, { spec, rows: held, options: { ...defaultOptions, by } });
  });

  it('sample.where: the other rows are predicted and shown', async () => {
    const result = await run(rows, inSample);
    expectReference(result, { spec, rows, where: sampled, options: { ...defaultOptions, by } });
    expect(result.rows).toBe(rows.length);
  });

  it('both: estimated where both hold, shown where the first does', async () => {
    const held = rows.filter((row) => row.kids !== 4);
    const result = await run(rows, inSample, 'kids <> 4');
    expectReference(result, { spec, rows: held, where: sampled, options: { ...defaultOptions, by } });
    expect(said(result)).toEqual(said(await run(held, inSample)));
  });

  it('where: rows it leaves out may lack covariates, lie outside ranges and repeat months', async () => {
    const faulty = rows.flatMap((row, i) => (i % 40 === 3 ? [{ ...row, county: 99, wage: null, job3: 7 }, { ...row, county: 99, region: null }] : [row]));
    await expect(run(faulty)).rejects.toMatchObject({ kind: 'data' });
    expect(said(await run(faulty, spec, 'county <> 99'))).toEqual(said(await run(faulty.filter(({ county }) => county !== 99))));
    const others = rows.map((row, i) => (i === 50 ? { ...row, job3: 7 } : row));
    await expect(run(others, spec, 'kids < 9 AND person_id > 0')).rejects.toThrow(/column job3: 1 row has a value that is neither 0 nor 1 \(first rows: 51: "7"\)/);
    const before = others.filter((row, i) => i < 50 && row.kids === 4).length;
    expect(before).toBeGreaterThan(0);
    await expect(run(others.map((row, i) => (i === 50 ? { ...row, kids: 0 } : row)), spec, 'kids <> 4')).rejects.toThrow(/1 row has .* \(first rows: 51: "7"\)/);
  });
});

describe.each(formats)('derived columns, from %s', (format) => {
  const rows = randomPanel(92, { months: 10 });
  const derived = { young: 'age < 22', wage_k: 'wage / 1024', worked: 'hours > 20', rich: 'hours3 * 2', place: "concat(CAST(county AS INTEGER), ' ', sex)", any12: 'job12' };
  const beside = rows.map((row): Row => ({
    ...row,
    young: Number(row.age) < 22,
    wage_k: Number(row.wage) / 1024,
    worked: Number(row.hours) > 20,
    rich: row.hours3 === null ? null : 2 * Number(row.hours3),
    place: `${row.county} ${row.sex}`,
    any12: row.job12!,
  }));
  const model = {
    outcomes: [{ ...outcomes.hours3, name: 'rich' }, { ...outcomes.job12, column: 'any12' }],
    covariates: [
      { name: 'young', coding: 'values', min: 0, max: 1, reference: 0 },
      { name: 'wage_k', coding: 'quantiles', groups: 4, zero: 'separate' },
      { name: 'cohort', coding: 'values' },
    ] satisfies Covariate[],
  };
  const by = [['place'], ['young', 'cohort']];

  it('are covariates, outcomes and breakdowns like any other', async () => {
    const spec = panelSpec([], { ...model, derived });
    const result = await runRows({ pool, spec, rows, parts: 3, format, options: { by } });
    expectReference(result, { spec, rows: beside, options: { ...defaultOptions, by } });
    expect(result.tables[1]!.groups[0]).toContain('10 f');
    const { fits, tables, dataDigest } = await runRows({ pool, spec: panelSpec([], model), rows: beside, format, options: { by } });
    expect({ fits: result.fits, tables: result.tables, dataDigest: result.dataDigest }).toEqual({ fits, tables, dataDigest });
  });

  it('separate populations, and stand in both conditions', async () => {
    const spec = panelSpec([], { ...model, derived, separateBy: 'worked', covariates: model.covariates.slice(0, 2), sample: { where: 'NOT young OR wage_k < 300' } });
    const result = await runRows({ pool, spec, rows, parts: 2, format, options: { by, where: "place <> '2 f'" } });
    const held = beside.filter(({ place }) => place !== '2 f');
    expect(held.length).toBeLessThan(beside.length);
    expectReference(result, { spec, rows: held, where: (row) => row.young !== true || Number(row.wage_k) < 300, options: { ...defaultOptions, by } });
    expect(result.fits.map(({ population }) => population)).toEqual(['0', '1', '0', '1']);
  });

  it('of a name that the file has are refused', async () => {
    const spec = panelSpec([], { ...model, derived: { ...derived, cohort: 'age' } });
    await expect(runRows({ pool, spec, rows, format })).rejects.toMatchObject({ kind: 'data', message: expect.stringMatching(/1 derived column has the name of a column that the file has already: cohort\./) });
  });
});
