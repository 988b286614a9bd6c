import { afterAll, beforeAll, describe, it } from 'vitest';
import type { Covariate, ModelSpec } from '../../src/spec/model-spec.ts';
import type { RunOptions } from '../../src/run-result.ts';
import type { Pool } from '../../src/workers/pool.ts';
import { randomPanel, shuffled } from '../reference/random-panel.ts';
import { openBuiltPool } from '../support/built-engine.ts';
import { panelSpec, runAgainstReference } from '../support/run-rows.ts';
import { draws } from '../support/table-file.ts';

const pieces: Covariate[] = [
  { name: 'sex', coding: 'values' },
  { name: 'cohort', coding: 'values', reference: 'b' },
  { name: 'age', coding: 'values', min: 20, max: 25 },
  { name: 'kids', coding: 'values', min: 0, max: 4, missing: 'level' },
  { name: 'region', coding: 'values', missing: 'reference' },
  { name: 'flag', coding: 'values', missing: 'drop' },
  { name: 'hours', coding: 'intervals', breaks: [0, 10, 20] },
  { name: 'pay', column: 'wage', coding: 'quantiles', groups: 4, zero: 'separate', missing: 'level' },
  { name: 'hours_ranked', column: 'hours', coding: 'quantiles', groups: 6 },
  { name: 'inflow', column: 'inflow_{horizon}', coding: 'equal-width', groups: 5 },
  { name: 'inflow_common', column: 'inflow_{horizon}', coding: 'equal-width', groups: 4, scale: 'common' },
  { name: 'has_wage', column: 'wage', coding: 'present' },
  { name: 'income', coding: 'numeric', missing: 'drop' },
  { name: 'year', coding: 'numeric' },
  { name: 'month_effect', column: 'month', coding: 'values' },
];

/** A model and options of chance, from pieces that were each tested alone. */
function randomRun(seed: number): { spec: ModelSpec; options: Partial<RunOptions> } {
  const next = draws(seed * 7919);
  const pick = <T>(values: readonly T[]): T => values[Math.floor(next() * values.length)]!;
  const covariates = pieces.filter(() => next() < 0.35);
  const levelled = covariates.filter(({ coding, name }) => coding !== 'numeric' && name !== 'month_effect').map(({ name }) => name);
  const pairs = levelled.flatMap((a, i) => levelled.slice(i + 1).map((b) => [a, b] as const));
  const spec = panelSpec(shuffled(covariates, seed), {
    interactions: pairs.filter(() => next() < 1 / Math.max(1, pairs.length)),
    separateBy: next() < 0.25 ? 'sex' : null,
    ...(next() < 0.5 ? { sample: { excludeMonths: ['2018-03/2018-06'] } } : {}),
    seasonal: { reference: { 3: ['2018-01/2019-12'] } },
  });
  return {
    spec,
    options: {
      vcov: pick(['iid', 'hc0', 'cluster']), interval: pick(['outcome', 'residual']), period: pick(['month', 'quarter', 'tertial', 'all']), by: [[pick(['county', 'cohort', 'flag'])]],
    },
  };
}

describe('a model of chance has the row-by-row answer', () => {
  let pool: Pool;
  beforeAll(async () => {
    pool = await openBuiltPool(2);
  });
  afterAll(() => pool.close());

  it.each(Array.from({ length: 10 }, (_, k) => k + 1))('number %i', async (seed) => {
    const rows = randomPanel(100 + seed, { persons: 40, months: 26, missing: 0.06 });
    await runAgainstReference({ pool, rows, ...randomRun(seed), parts: 2 });
  });
});
