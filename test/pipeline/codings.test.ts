import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Covariate, ModelSpec } from '../../src/spec/model-spec.ts';
import type { Pool } from '../../src/workers/pool.ts';
import { randomPanel } from '../reference/random-panel.ts';
import { openBuiltPool } from '../support/built-engine.ts';
import { panelSpec, runAgainstReference } from '../support/run-rows.ts';

const sex: Covariate = { name: 'sex', coding: 'values' };
const age: Covariate = { name: 'age', coding: 'values', min: 19, max: 26, reference: 22 };
const flag: Covariate = { name: 'flag', coding: 'values' };
const hours: Covariate = { name: 'hours', coding: 'intervals', breaks: [0, 8, 16.5, 24] };
const wage: Covariate = { name: 'wage', coding: 'quantiles', groups: 5, zero: 'separate', reference: 0 };

const designs: Record<string, { covariates: Covariate[]; rest?: Partial<ModelSpec> }> = {
  'values of text, without a reference': { covariates: [sex, { name: 'cohort', coding: 'values', reference: 'c' }] },
  'values of numbers, moved to the ends': { covariates: [age, { name: 'kids', coding: 'values' }] },
  'values of booleans': { covariates: [flag, { name: 'flag_too', column: 'flag', coding: 'values', min: 0, max: 1, labels: ['no', 'yes'] }] },
  'intervals, some of them empty': { covariates: [hours, { name: 'age', coding: 'intervals', breaks: [-5, 0.5, 21, 25, 99] }] },
  'quantiles with zero in the rank': { covariates: [{ name: 'wage', coding: 'quantiles', groups: 7 }, sex] },
  'quantiles with zero apart': { covariates: [wage, sex] },
  'quantiles so tied that levels are empty': { covariates: [{ name: 'hours', coding: 'quantiles', groups: 12, reference: 12 }, { name: 'kids', coding: 'quantiles', groups: 9, zero: 'separate' }] },
  'equal width on each outcome’s own scale': { covariates: [{ name: 'inflow', column: 'inflow_{horizon}', coding: 'equal-width', groups: 6, reference: 1 }] },
  'equal width on one scale for both horizons': { covariates: [{ name: 'inflow', column: 'inflow_{horizon}', coding: 'equal-width', groups: 8, scale: 'common', reference: 2 }, sex] },
  'equal width of one value alone': { covariates: [{ name: 'same', column: 'one', coding: 'equal-width', groups: 4 }, sex] },
  'breaks that are given': {
    covariates: [
      { name: 'wage', coding: 'quantiles', groups: 3, zero: 'separate', breaks: [90_000, 400_000] },
      { name: 'inflow', column: 'inflow_{horizon}', coding: 'equal-width', groups: 3, breaks: [0.02, 0.03] },
    ],
  },
  'one numeric covariate alone': { covariates: [{ name: 'income', coding: 'numeric' }] },
  'a year and an income as numbers beside levels that interact': {
    covariates: [{ name: 'year', coding: 'numeric' }, sex, { name: 'income', coding: 'numeric' }, hours, flag],
    rest: { interactions: [['sex', 'hours']] },
  },
  'numbers that repeat one another': { covariates: [{ name: 'income', coding: 'numeric' }, { name: 'income_again', column: 'income', coding: 'numeric' }, { name: 'same', column: 'one', coding: 'numeric' }, sex] },
  'labels for the levels': { covariates: [{ ...age, labels: ['≤19', '20', '21', '22', '23', '24', '25', '26+'], reference: '26+' }, { name: 'sex', coding: 'values', labels: ['woman', 'man'] }] },
  'two covariates of one name': {
    covariates: [
      { name: 'pay', column: 'wage', coding: 'quantiles', groups: 3, zero: 'separate', labels: ['none', 'low', 'middle', 'high'], reference: 'none' },
      { name: 'pay', column: 'flag', coding: 'values', min: 0, max: 1, labels: ['unflagged', 'flagged'], reference: 'unflagged' },
    ],
  },
  'two interactions of one covariate': { covariates: [sex, hours, flag, age], rest: { interactions: [['sex', 'hours'], ['flag', 'sex']] } },
  'no covariate': { covariates: [] },
};

describe('the design of', () => {
  let pool: Pool;
  beforeAll(async () => {
    pool = await openBuiltPool(2);
  });
  afterAll(() => pool.close());

  it.each(Object.entries(designs))('%s', async (_, { covariates, rest }) => {
    const rows = randomPanel(11, { persons: 40, months: 20 }).map((row) => ({ ...row, one: 3.25 }));
    await runAgainstReference({ pool, spec: panelSpec(covariates, rest), rows, options: { by: [['county'], ['sex', 'region']] }, parts: 3 });
  });

  it('300 levels, and an interaction of 12 × 24 cells', async () => {
    const rows = randomPanel(12, { persons: 110, levels: 300 });
    const many: Covariate = { name: 'many', coding: 'values', min: 1, max: 300 };
    const bins: Covariate = { name: 'bins', column: 'many', coding: 'equal-width', groups: 24 };
    const gaussian = { outcomes: [{ name: 'hours3', family: 'gaussian', horizon: 3 }] } as const;
    await runAgainstReference({ pool, spec: panelSpec([many, sex], gaussian), rows });
    const crossed = panelSpec([{ ...age, min: 17, max: 28 }, sex, bins], { ...gaussian, interactions: [['age', 'bins'], ['sex', 'age']] });
    const result = await runAgainstReference({ pool, spec: crossed, rows });
    expect(result.fits[0]!.coefficients.filter(({ term }) => term === 'age:bins')).toHaveLength(11 * 23);
  });
});
