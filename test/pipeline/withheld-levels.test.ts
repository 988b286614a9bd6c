import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { fitJson } from '../../src/results/fit-json.ts';
import { coefficientColumns } from '../../src/results/columns.ts';
import { csvText } from '../../src/results/csv.ts';
import type { Pool } from '../../src/workers/pool.ts';
import { randomPanel } from '../reference/random-panel.ts';
import type { Row } from '../reference/table.ts';
import { openBuiltPool } from '../support/built-engine.ts';
import { panelSpec, runRows } from '../support/run-rows.ts';

// Two persons are of cohort z, and have no job; those of cohort c are under ten.
const rows = randomPanel(21, { persons: 60 }).map((row, _, all) => {
  const persons = [...new Set(all.map((one) => one.person_id))];
  const place = persons.indexOf(row.person_id);
  return { ...row, cohort: place < 2 ? 'z' : place < 9 ? 'c' : place < 35 ? 'a' : 'b', ...(place < 2 && row.job3 !== null ? { job3: 0 } : {}) };
});
const spec = panelSpec([{ name: 'cohort', coding: 'values', reference: 'a' }, { name: 'sex', coding: 'values', reference: 'm' }, { name: 'kids', coding: 'values' }], { interactions: [['cohort', 'sex']] });

describe('coefficients with a threshold', () => {
  let pool: Pool;
  beforeAll(async () => {
    pool = await openBuiltPool(2);
  });
  afterAll(() => pool.close());

  it('of levels under ten persons are withheld, with the rows that tell of them', async () => {
    const [open, { fits }] = [await runRows({ pool, spec, rows }), await runRows({ pool, spec, rows, options: { threshold: 4 } })];
    const job3 = open.fits.find(({ outcome }) => outcome === 'job3')!;
    expect(job3.coefficients.find(({ term, level }) => term === 'cohort' && level === 'z')!.status).toBe('separated');
    expect(job3.setAside).toBeGreaterThan(0);
    for (const [f, fit] of fits.entries()) {
      const named = (term: string, level: string) => fit.coefficients.find((one) => one.term === term && one.level === level)!;
      for (const level of ['z', 'c']) expect(named('cohort', level)).toMatchObject({ status: 'withheld', estimate: null, standardError: null, n: NaN });
      // Both are hidden, and their sum is wide enough; sexes are large.
      expect([named('cohort', 'b').n, named('sex', 'f').n, named('constant', '').n].every((n) => n > 0)).toBe(true);
      expect(named('cohort', 'b').estimate).toBe(open.fits[f]!.coefficients.find((one) => one.term === 'cohort' && one.level === 'b')!.estimate);
      for (const { term, level, n } of fit.coefficients) {
        const [cohort, sex] = level.split(':');
        if (term === 'cohort:sex' && sex === 'f' && (cohort === 'z' || cohort === 'c')) expect(n).toBeNaN();
      }
      expect([fit.setAside > 0, fit.separated]).toEqual([false, []]);
    }
    // Written, they are empty.
    expect(csvText(coefficientColumns(fits))).toMatch(/job3,,cohort,z,,,,,,,,withheld\n/);
    expect(fitJson(fits)).toContain('"setAside": null');
  });

  it('of one small level hide the rows of another, which would tell', async () => {
    const few = rows.map((row) => (row.cohort === 'c' ? { ...row, cohort: 'b' } : row));
    const { fits } = await runRows({ pool, spec, rows: few, options: { threshold: 4 } });
    for (const { coefficients } of fits) {
      const hidden = coefficients.filter(({ term, n }) => term === 'cohort' && Number.isNaN(n));
      expect(hidden.length).toBe(2);
      expect(hidden.map(({ status }) => status).sort()).not.toEqual(['withheld', 'withheld']);
    }
  });

  it('of a reference of few persons take what is held against it with them', async () => {
    const small = { ...spec, covariates: spec.covariates.map((one) => (one.name === 'cohort' ? { ...one, reference: 'c' } : one)) };
    const { fits } = await runRows({ pool, spec: small, rows, options: { threshold: 4 } });
    for (const { outcome, coefficients } of fits) {
      const estimates = (term: string) => coefficients.filter((one) => one.term === term && one.status !== 'reference' && one.status !== 'separated').map(({ estimate }) => estimate);
      // Of sex too: where cohorts have sexes of their own, it is that of the reference.
      for (const term of ['constant', 'cohort', 'sex', 'cohort:sex']) expect([outcome, term, estimates(term).every((estimate) => estimate === null)]).toEqual([outcome, term, true]);
      expect(estimates('kids').some((estimate) => estimate !== null)).toBe(true);
    }
  });

  it('of a crossed cell of few persons take those that hold it against others', async () => {
    // One woman alone is of cohort a.
    const [first]: Row[] = rows.filter(({ cohort }) => cohort === 'a');
    const inTwo = rows.map((row) => (row.cohort === 'a' || row.cohort === 'b' ? row : { ...row, cohort: 'b' }));
    const few = inTwo.map((row: Row): Row => (row['cohort'] === 'a' ? { ...row, sex: row['person_id'] === first!['person_id'] ? 'f' : 'm' } : row));
    const { fits } = await runRows({ pool, spec, rows: few, options: { threshold: 4 } });
    for (const { coefficients } of fits) {
      const status = (term: string, level: string) => coefficients.find((one) => one.term === term && one.level === level)!.status;
      expect([status('sex', 'f'), status('cohort:sex', 'b:f'), status('cohort', 'b'), status('constant', '')]).toEqual(['withheld', 'withheld', 'estimated', 'estimated']);
    }
  });
});
