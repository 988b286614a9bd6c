import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Covariate } from '../../src/spec/model-spec.ts';
import type { Pool } from '../../src/workers/pool.ts';
import { randomPanel } from '../reference/random-panel.ts';
import type { Row } from '../reference/table.ts';
import { defaultOptions, openBuiltPool, runBuiltModel } from '../support/built-engine.ts';
import { panelSpec, runAgainstReference, runRows } from '../support/run-rows.ts';
import { runTrial } from '../support/trial.ts';
import { writeTable } from '../support/write-table.ts';

const covariates: Covariate[] = [{ name: 'sex', coding: 'values' }, { name: 'wage', coding: 'quantiles', groups: 3 }];

describe('rows that cannot be used', () => {
  const rows = randomPanel(71);
  const spec = panelSpec(covariates);
  let pool: Pool;
  beforeAll(async () => {
    pool = await openBuiltPool(3);
  });
  afterAll(() => pool.close());
  const run = (table: readonly Row[], model = spec, parts = 1) => runRows({ pool, spec: model, rows: table, parts });

  it('a person twice in a month, told whole whichever workers see it', async () => {
    const again = rows.filter((_, i) => i % 50 === 7);
    const table = [...rows, ...again];
    const failure = run(table);
    await expect(failure).rejects.toMatchObject({ kind: 'data', args: { repeats: again.length } });
    const first = again.slice(0, 5).map((row, i) => `part-0.csv row ${rows.length + i + 1}, month ${row.month}`);
    await expect(failure).rejects.toThrow(`${again.length} rows repeat an earlier one: ${first.join('; ')}; …. Keep one row a person and month.`);
  });

  it('a person twice in a month of two files: the later file’s row is named, however fast it was read', async () => {
    const failure = run([...rows, { ...rows[0]!, sex: 'm' }], spec, 4);
    const size = Math.ceil((rows.length + 1) / 4);
    await expect(failure).rejects.toThrow(`1 row repeats an earlier one: part-3.csv row ${rows.length + 1 - 3 * size}, month ${rows[0]!.month}. `);
  });

  it('a negative value where zero is a level of its own, by column, count and first rows', async () => {
    await expect(runTrial({ pool, name: 'negative-with-zero-separate' })).rejects.toThrow(
      /column w: 20 rows have a negative value \(first rows: .*-2\.5.*\), where "zero": "separate" makes zero one level .*leave "zero" out/,
    );
    const apart = panelSpec([{ name: 'wage', coding: 'quantiles', groups: 3, zero: 'separate', missing: 'level' }, { name: 'sex', coding: 'values' }], { sample: { months: ['2018-01/2018-06'] } });
    // Just below zero, and outside the sample, is negative too; −0 is zero; a row whose outcomes are all missing is not looked at.
    const last = (row: Row) => row.month === '2018-12';
    const odd = rows.map((row, i): Row => ({ ...row, wage: last(row) ? -5 : i % 7 === 0 ? '-0' : i % 11 === 0 ? null : row.wage! }));
    expect(odd.filter(last).every(({ hours3, job3, hours12, job12 }) => [hours3, job3, hours12, job12].every((y) => y === null))).toBe(true);
    const plain = odd.map((row) => ({ ...row, wage: row.wage === '-0' ? 0 : row.wage! }));
    const [minus, zero] = [await run(odd, apart), await run(plain, apart)];
    expect(minus.fits.map(({ coefficients }) => coefficients)).toEqual(zero.fits.map(({ coefficients }) => coefficients));
    const tiny = odd.map((row, i): Row => ({ ...row, wage: row.month === '2018-08' && i % 5 === 0 ? -5e-324 : row.wage! }));
    const below = tiny.filter(({ wage }) => Number(wage) < 0 && wage !== -5).length;
    await expect(run(tiny, apart)).rejects.toThrow(`column wage: ${below} rows have a negative value`);
  });

  it('an outcome outside its range', async () => {
    const ranged = panelSpec(covariates, { outcomes: [{ name: 'hours3', family: 'gaussian', horizon: 3, range: [0, 20] }] });
    const beyond = rows.flatMap((row, i) => (Number(row.hours3) > 20 ? [i + 1] : []));
    expect(beyond.length).toBeGreaterThan(5);
    const failure = run(rows, ranged);
    await expect(failure).rejects.toMatchObject({ kind: 'data', args: { faults: [{ column: 'hours3', args: { count: beyond.length } }] } });
    await expect(failure).rejects.toThrow(`column hours3: ${beyond.length} rows have a value outside 0 to 20 (first rows: ${beyond[0]}: "`);
  });

  it('a probit outcome of 2, and of ½', async () => {
    const failure = run(rows.map((row, i) => (i === 3 ? { ...row, job3: 2 } : i === 9 ? { ...row, job12: 0.5 } : row)));
    await expect(failure).rejects.toThrow(/column job3: 1 row has a value that is neither 0 nor 1 \(first rows: 4: "2"\)\. .*\n.*column job12: 1 row .* \(first rows: 10: "0\.5"\)/);
  });

  it('a value between two levels', async () => {
    const failure = run(rows.map((row, i) => (i === 5 ? { ...row, age: 20.5 } : row)), panelSpec([{ name: 'age', coding: 'values', min: 18, max: 25 }]));
    await expect(failure).rejects.toThrow(/column age: 1 row has a value between two levels \(first rows: 6: "20\.5"\)/);
  });

  it('a table without rows', async () => {
    const files = writeTable([], { columns: Object.keys(rows[0]!) });
    await expect(runBuiltModel({ spec, source: { files }, options: defaultOptions, pool })).rejects.toMatchObject({ kind: 'data', message: 'The table has no rows.' });
  });

  it('an outcome that no row has', async () => {
    const failure = run(rows.map((row) => ({ ...row, hours12: null })));
    await expect(failure).rejects.toMatchObject({ kind: 'not-estimable', message: 'hours12: no row in the estimation sample has this outcome observed.' });
  });

  it('a covariate that no row has', async () => {
    const failure = run(rows.map((row) => ({ ...row, cohort: null })), panelSpec([{ name: 'cohort', coding: 'values', missing: 'reference' }]));
    await expect(failure).rejects.toThrow(/cohort has no value in any row/);
  });

  it('a reference or labels that the data do not have', async () => {
    await expect(run(rows, panelSpec([{ name: 'cohort', coding: 'values', reference: 'd' }]))).rejects.toThrow(/The reference d of cohort is not one of its levels: a, b, c\./);
    await expect(run(rows, panelSpec([{ name: 'cohort', coding: 'values', labels: ['one', 'two'] }]))).rejects.toThrow(/cohort has 2 labels, but the data have 3 values: a, b, c\./);
  });

  it('leave nothing behind for the next run', async () => {
    // The fault is in the first, short file; another worker is still at the long ones when it is found.
    const long = randomPanel(72, { persons: 900 });
    const files = [...writeTable([{ ...rows[0]!, job3: 2 }]), ...writeTable(long, { parts: 3 })];
    for (let turn = 0; turn < 3; turn++) {
      await expect(runBuiltModel({ spec, source: { files }, options: defaultOptions, pool })).rejects.toThrow(/neither 0 nor 1/);
      await runAgainstReference({ pool, spec, rows, parts: 2 });
    }
  });
});
