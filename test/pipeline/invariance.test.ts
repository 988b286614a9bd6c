import { describe, expect, it } from 'vitest';
import type { Covariate } from '../../src/spec/model-spec.ts';
import type { Fit } from '../../src/estimate/fit.ts';
import type { RunResult } from '../../src/run-result.ts';
import { randomPanel, shuffled } from '../reference/random-panel.ts';
import type { Row } from '../reference/table.ts';
import { defaultOptions, openBuiltPool, runBuiltModel } from '../support/built-engine.ts';
import { panelSpec, runRows } from '../support/run-rows.ts';

const covariates: Covariate[] = [
  { name: 'sex', coding: 'values' },
  { name: 'region', coding: 'values', missing: 'drop' },
  { name: 'county', coding: 'values', missing: 'level' },
  { name: 'flag', coding: 'values', missing: 'reference' },
  { name: 'wage', coding: 'quantiles', groups: 5, zero: 'separate', missing: 'reference' },
  { name: 'inflow', column: 'inflow_{horizon}', coding: 'equal-width', groups: 6, scale: 'common' },
  { name: 'income', coding: 'numeric', missing: 'drop' },
  { name: 'year', coding: 'numeric' },
];
const spec = panelSpec(covariates, { interactions: [['sex', 'flag']], sample: { excludeMonths: ['2018-05'] } });
const options = { vcov: 'cluster', interval: 'residual', by: [['county'], ['cohort', 'region']] } as const;

/** Everything a run says of rows and numbers, to the bit: all but the time it took. */
function answer({ timings: _timings, ...result }: RunResult): unknown {
  return { ...result, warnings: result.warnings.map((warning) => JSON.stringify(warning)).sort() };
}

async function runWith(workers: number, rows: readonly Row[], files: { parts?: number; format?: 'csv' | 'arrow' } = {}): Promise<unknown> {
  const pool = await openBuiltPool(workers);
  try {
    return answer(await runRows({ pool, spec, rows, options, ...files }));
  } finally {
    pool.close();
  }
}

describe('every number of a run', () => {
  const rows = randomPanel(61, { persons: 80, months: 14, missing: 0.08 });

  it('is the same to the bit with 1 to 4 workers, in any order of rows, split anyhow, from CSV and from Arrow', async () => {
    const first = await runWith(1, rows);
    expect(await runWith(2, rows, { parts: 3 })).toEqual(first);
    expect(await runWith(3, shuffled(rows, 5), { parts: 7 })).toEqual(first);
    expect(await runWith(4, shuffled(rows, 6), { parts: 5, format: 'arrow' })).toEqual(first);
    expect(await runWith(2, shuffled(rows, 7), { format: 'arrow' })).toEqual(first);
  });

  it('does not need every worker to have rows', async () => {
    const two = rows.filter(({ person_id }) => person_id === rows[0]!.person_id || person_id === rows.at(-1)!.person_id);
    const small = panelSpec([{ name: 'wage', coding: 'quantiles', groups: 2, missing: 'reference' }, { name: 'sex', coding: 'values' }], {
      outcomes: [{ name: 'hours3', family: 'gaussian', horizon: 3 }], sample: { excludeMonths: ['2018-05'] },
    });
    const results = await Promise.all([1, 4].map(async (workers) => {
      const pool = await openBuiltPool(workers);
      const result = await runRows({ pool, spec: small, rows: two, options });
      pool.close();
      return answer(result);
    }));
    expect(results[1]).toEqual(results[0]);
  });

  it('changes with the rows: the digest tells one changed value', async () => {
    const digest = async (table: readonly Row[]): Promise<string> => ((await runWith(1, table)) as RunResult).dataDigest;
    const before = await digest(rows);
    expect(before).toMatch(/^[0-9a-f]{16}$/);
    expect(await digest(rows.map((row, i) => (i === 10 ? { ...row, income: 17 } : row)))).not.toBe(before);
    expect(await digest(rows.map((row, i) => (i === 10 ? { ...row, person_id: 5 } : row)))).not.toBe(before);
  });

  it('is the same for a population large enough for a pilot of its probit', async () => {
    const main = panelSpec([
      { name: 'age', coding: 'values', min: 18, max: 67 },
      { name: 'hours_at_measurement', coding: 'intervals', breaks: [0, 8, 16, 24, 32, 38] },
      { name: 'wage_income_before', coding: 'quantiles', groups: 10, zero: 'separate', missing: 'reference' },
    ], { outcomes: [{ name: 'jobb3', family: 'probit', horizon: 3 }] });
    const [one, three] = await Promise.all([1, 3].map(async (workers) => {
      const pool = await openBuiltPool(workers);
      const result = await runBuiltModel({ spec: main, source: { synthetic: { rows: 220_000, seed: 4, effects: 'off' } }, options: { ...defaultOptions, by: [['county']] }, pool });
      pool.close();
      return answer(result) as { fits: Fit[] };
    }));
    expect(three).toEqual(one);
    expect(one!.fits[0]!.trace.map(({ pass }) => pass)).toContain('pilot');
  });
});
