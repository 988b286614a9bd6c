import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { VcovKind } from '../../src/estimate/fit.ts';
import { parseModelSpec } from '../../src/spec/parse-spec.ts';
import type { Pool } from '../../src/workers/pool.ts';
import { openBuiltPool } from '../support/built-engine.ts';
import { csvRows } from '../support/csv-rows.ts';
import { runRows } from '../support/run-rows.ts';

/**
 * Least squares with numeric covariates that are nearly the same, far from zero or of very different size, and outcomes far from
 * zero, against rational arithmetic on the same doubles (test/fixtures/exact/make.py), and against what NIST certifies.
 */
const fixtures = new URL('../fixtures/exact/', import.meta.url);
const data = csvRows(new URL('data.csv', fixtures));
const answers = csvRows(new URL('answers.csv', fixtures));
const certified = csvRows(new URL('certified.csv', fixtures));
const kinds = ['iid', 'hc0', 'cluster'] as const satisfies readonly VcovKind[];

let pool: Pool;
beforeAll(async () => {
  pool = await openBuiltPool(2);
});
afterAll(() => pool.close());

/** By kind of standard error: the coefficient table, the constant first. */
async function estimated(name: string) {
  const rows = data.filter((row) => row['case'] === name);
  const columns = Object.keys(rows[0]!).filter((column) => /^x\d/.test(column) && rows[0]![column] !== '');
  const spec = parseModelSpec({
    name, person: 'person', month: 'month', outcomes: [{ name: 'y', family: 'gaussian', horizon: 3 }],
    covariates: columns.map((column) => ({ name: column, coding: 'numeric' })),
  });
  const table = rows.map((row) => ({ person: row['person']!, month: row['month']!, ...Object.fromEntries(['y', ...columns].map((column) => [column, Number(row[column])])) }));
  const tables = [];
  for (const vcov of kinds) tables.push((await runRows({ pool, spec, rows: table, options: { vcov }, parts: 3, format: 'arrow' })).fits[0]!.coefficients);
  return tables;
}

type Found = Awaited<ReturnType<typeof estimated>>;

/** Largest differences: of coefficients relative to the larger of estimate and standard error, and of each kind of error, relative. */
function differences(found: Found, wanted: readonly Record<string, string>[]) {
  const largest = { estimate: 0, iid: 0, hc0: 0, cluster: 0 };
  wanted.forEach((row, j) => {
    const estimate = Number(row['estimate']);
    found.forEach((coefficients, k) => {
      const [c, kind] = [coefficients[j]!, kinds[k]!];
      expect([c.term, c.status]).toEqual([row['term'], 'estimated']);
      largest.estimate = Math.max(largest.estimate, Math.abs(c.estimate! - estimate) / Math.max(Math.abs(estimate), Number(row['iid'])));
      if (row[kind] === undefined) return;
      const error = Number(row[kind]);
      largest[kind] = Math.max(largest[kind], Math.abs(c.standardError! - error) / Math.max(error, 1e-9 * Math.abs(estimate)));
    });
  });
  return largest;
}

const digits = (difference: number): string => (difference === 0 ? 'all' : (-Math.log10(difference)).toFixed(1));

/** Of coefficients, and of errors, where 1e-9 is more than doubles have: nine powers of one number, an outcome of 1e9 whose spread is 1. */
const tolerances: Readonly<Record<string, { estimate: number; error: number }>> = {
  filip_9: { estimate: 1e-7, error: 1e-8 },
  far_outcome_1e9: { estimate: 1e-6, error: 1e-7 },
};

describe('least squares against rational arithmetic', () => {
  it('of a value of 1e9 among others of about 1 is refused: sums with it have no digits for the others', async () => {
    await expect(estimated('outlier_1e9')).rejects.toMatchObject({ code: 'data.spoils-sums' });
  });

  it.each([...new Set(answers.map((row) => row['case']!))].filter((name) => name !== 'filip' && name !== 'outlier_1e9'))('of %s', async (name) => {
    const found = await estimated(name);
    const largest = differences(found, answers.filter((row) => row['case'] === name));
    console.log(`${name}, digits: ${Object.entries(largest).map(([what, difference]) => `${what} ${digits(difference)}`).join(', ')}`);
    const { estimate, error } = tolerances[name] ?? { estimate: 1e-9, error: 1e-9 };
    expect(largest.estimate).toBeLessThan(estimate);
    // Residuals that are zero are so to the rounding of the outcome: no error is more than 1e-9 of its coefficient.
    for (const kind of kinds) expect(largest[kind], kind).toBeLessThan(/^wampler[12]$/.test(name) ? 1 : error);
  });

  it('of Filip drops the tenth power, as R does, and estimates the others', async () => {
    const found = await estimated('filip');
    const largest = differences(found.map((table) => table.slice(0, 10)), answers.filter((row) => row['case'] === 'filip_9'));
    console.log(`filip without the tenth power, digits: ${Object.entries(largest).map(([what, difference]) => `${what} ${digits(difference)}`).join(', ')}`);
    for (const difference of Object.values(largest)) expect(difference).toBeLessThan(1e-7);
    expect(found.map((table) => [table[10]!.term, table[10]!.status])).toEqual(kinds.map(() => ['x10', 'collinear']));
  });

  it.each(['longley', 'wampler3', 'wampler4'])('of %s has what NIST certifies', async (name) => {
    const largest = differences(await estimated(name), certified.filter((row) => row['case'] === name));
    console.log(`${name}, certified digits: estimate ${digits(largest.estimate)}, iid ${digits(largest.iid)}`);
    expect(largest.estimate).toBeLessThan(1e-11);
    expect(largest.iid).toBeLessThan(1e-11);
  });

  it.each([...new Set(data.map((row) => row['case']!))].filter((name) => !/^wampler[12]$/.test(name) && data.filter((row) => row['case'] === name).every(({ month }) => month === '2020-01')))(
    'of %s, a row a person, has clustered errors that are hc0 to 1e-9', async (name) => {
      const [, hc0, cluster] = await estimated(name);
      hc0!.forEach((c, j) => {
        if (c.status === 'estimated') expect(Math.abs(cluster![j]!.standardError! / c.standardError! - 1)).toBeLessThan(1e-9);
      });
    },
  );
});
