import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Covariate, MissingPolicy } from '../../src/spec/model-spec.ts';
import type { Pool } from '../../src/workers/pool.ts';
import { randomPanel } from '../reference/random-panel.ts';
import type { Row } from '../reference/table.ts';
import { openBuiltPool } from '../support/built-engine.ts';
import { panelSpec, runAgainstReference, runRows } from '../support/run-rows.ts';

type Coding = (missing: MissingPolicy) => Covariate[];

const codings: Record<string, Coding> = {
  'values found in the data': (missing) => [{ name: 'region', coding: 'values', missing }],
  'values of booleans': (missing) => [{ name: 'flag', coding: 'values', missing }],
  'values from min to max': (missing) => [{ name: 'kids', coding: 'values', min: 0, max: 3, missing }],
  intervals: (missing) => [{ name: 'kids', coding: 'intervals', breaks: [0, 2], missing, labels: ['none', 'few', 'many'] }],
  quantiles: (missing) => [{ name: 'wage', coding: 'quantiles', groups: 4, zero: 'separate', missing }],
  'equal width': (missing) => [{ name: 'income', coding: 'equal-width', groups: 5, missing }],
};

describe('a missing value', () => {
  const rows = randomPanel(21, { missing: 0.15 });
  let pool: Pool;
  beforeAll(async () => {
    pool = await openBuiltPool(2);
  });
  afterAll(() => pool.close());

  describe.each(Object.entries(codings))('of %s', (_, covariates) => {
    it.each(['level', 'reference', 'drop'] as const)('with the policy %s', async (policy) => {
      const spec = panelSpec([{ name: 'sex', coding: 'values' }, ...covariates(policy)]);
      const result = await runAgainstReference({ pool, spec, rows, options: { vcov: 'hc0', by: [['county']] }, parts: 2 });
      const [{ n, dropped }] = result.fits as [typeof result.fits[0] & object];
      expect(n + dropped.reduce((sum, { rows: lost }) => sum + lost, 0)).toBe(rows.filter(({ hours3 }) => hours3 !== null).length);
    });

    it('is an error that names column, rows and the first of them', async () => {
      const [covariate] = covariates('error') as [Covariate];
      const column = covariate.name;
      const lacking = rows.flatMap((row, i) => (row[column] === null && row.hours12 !== null ? [i + 1] : []));
      const failure = runRows({ pool, spec: panelSpec([covariate], { outcomes: [{ name: 'hours12', family: 'gaussian', horizon: 12 }] }), rows });
      await expect(failure).rejects.toMatchObject({ kind: 'data', args: { faults: [{ code: 'fault.missing-where-observed', column, args: { count: lacking.length } }] } });
      await expect(failure).rejects.toThrow(new RegExp(`part-0\\.csv, column ${column}: ${lacking.length} rows have no value where hours12 is observed \\(first rows: ${lacking.slice(0, 5).join(', ')}\\)`));
    });
  });

  it('of a number drops the row, or is an error', async () => {
    const spec = (missing: 'drop' | 'error') => panelSpec([{ name: 'income', coding: 'numeric', missing }, { name: 'sex', coding: 'values' }]);
    await runAgainstReference({ pool, spec: spec('drop'), rows, options: { vcov: 'hc0' } });
    await expect(runRows({ pool, spec: spec('error'), rows })).rejects.toThrow(/column income: \d+ rows have no value where hours3 is observed/);
  });

  it('is what “present” tells apart', async () => {
    await runAgainstReference({ pool, spec: panelSpec([{ name: 'income', coding: 'present' }, { name: 'has_wage', column: 'wage', coding: 'present', labels: ['no', 'yes'], reference: 'yes' }]), rows, options: { vcov: 'hc0' } });
  });

  it('is no trouble where the outcome is missing too', async () => {
    const quiet: Row[] = rows.map((row) => (row.hours12 === null ? { ...row, kids: null } : { ...row, kids: 1 }));
    const result = await runRows({ pool, spec: panelSpec([{ name: 'kids', coding: 'values', min: 0, max: 3 }], { outcomes: [{ name: 'hours12', family: 'gaussian', horizon: 12 }] }), rows: quiet });
    expect(result.fits[0]!.n).toBe(quiet.filter(({ hours12 }) => hours12 !== null).length);
  });

  it('does not make the last level the most common one', async () => {
    // Level 3 is rare, missing is frequent: what is moved to the reference must not decide which level that is.
    const kids = (i: number): number | null => (i % 3 === 0 ? null : i % 20 === 1 ? 3 : i % 2);
    const table = rows.map((row, i) => ({ ...row, kids: kids(i) }));
    const result = await runAgainstReference({ pool, spec: panelSpec([{ name: 'kids', coding: 'values', min: 0, max: 3, missing: 'reference' }]), rows: table, options: { vcov: 'hc0' } });
    expect(result.fits[0]!.coefficients.find(({ status }) => status === 'reference')!.level).not.toBe('3');
  });

  it('is counted for each outcome by its own rows', async () => {
    const result = await runAgainstReference({ pool, spec: panelSpec([{ name: 'kids', coding: 'values', min: 0, max: 4, missing: 'drop' }, { name: 'income', coding: 'numeric', missing: 'drop' }]), rows, options: { vcov: 'hc0' } });
    const [three, twelve] = result.fits.map(({ dropped }) => dropped.map(({ rows: lost }) => lost));
    expect(three).not.toEqual(twelve);
  });
});
