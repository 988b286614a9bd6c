import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Covariate, ModelSpec } from '../../src/spec/model-spec.ts';
import type { Pool } from '../../src/workers/pool.ts';
import { bootstrapReference } from '../reference/bootstrap.ts';
import { randomPanel } from '../reference/random-panel.ts';
import type { Row } from '../reference/table.ts';
import { defaultOptions, openBuiltPool, runBuiltModel } from '../support/built-engine.ts';
import { drawnWeights } from '../support/drawn-weights.ts';
import { outcomes, panelSpec, runRows } from '../support/run-rows.ts';

const replicates = 22;
const seed = 5;
const months = 15;
const level = 80;
// One person alone has cohort d, in two months of the sample: in many replicates nobody has it.
const rows = randomPanel(81, { persons: 45, months, missing: 0.05 }).map((row): Row => (row.person_id === 700_000_000 + 17 * 3 ? { ...row, cohort: 'd' } : row));

const levels: Covariate[] = [{ name: 'sex', coding: 'values' }, { name: 'cohort', coding: 'values' }, { name: 'hours', coding: 'intervals', breaks: [0, 8, 16] }, { name: 'many', coding: 'values', min: 1, max: 20 }];
const cases: readonly (readonly [string, Covariate[], 'hours3' | 'job3', Partial<ModelSpec>, { readonly refit?: 'full'; readonly draw?: 'multinomial' }?])[] = [
  ['least squares', levels, 'hours3', {}],
  ['least squares, months outside the sample', levels, 'hours3', { sample: { excludeMonths: ['2018-04/2018-12'] } }],
  ['least squares with a numeric term', [...levels.slice(0, 3), { name: 'inflow', column: 'inflow_{horizon}', coding: 'numeric' }], 'hours3', {}],
  ['least squares with one composite', levels.slice(0, 1), 'hours3', {}],
  ['probit', [levels[0]!, levels[2]!], 'job3', { sample: { excludeMonths: ['2018-04/2018-05'] } }],
];
const optionCases: typeof cases = [
  ['probit to its maximum', [levels[0]!, levels[2]!], 'job3', { sample: { excludeMonths: ['2018-04/2018-05'] } }, { refit: 'full' }],
  ['probit to its maximum with a numeric term', [levels[0]!, { name: 'inflow', column: 'inflow_{horizon}', coding: 'numeric' }], 'job3', {}, { refit: 'full' }],
  ['probit to its maximum where levels are rare', [levels[0]!, levels[3]!], 'job3', {}, { refit: 'full' }],
  ['least squares with multinomial draws, months outside the sample', levels.slice(0, 3), 'hours3', { sample: { excludeMonths: ['2018-04/2018-12'] } }, { draw: 'multinomial' }],
  ['probit to its maximum with multinomial draws', [levels[0]!, levels[2]!], 'job3', {}, { refit: 'full', draw: 'multinomial' }],
];

describe('bootstrap standard errors', () => {
  let pool: Pool;
  beforeAll(async () => {
    pool = await openBuiltPool(2);
  });
  afterAll(() => pool.close());

  it.each([...cases, ...optionCases].flatMap(([name, covariates, outcomeName, rest, asked = {}]) => (['person', 'row'] as const).map((cluster) => [name, covariates, outcomeName, rest, cluster, asked] as const)))(
    '%s: those of estimating again row by row (%#)',
    async (name, covariates, outcomeName, rest, cluster, { refit, draw }) => {
      const outcome = outcomes[outcomeName];
      const spec = panelSpec(covariates, { outcomes: [outcome], ...rest });
      const observed = rows.filter((row) => row[outcomeName] !== null);
      const weights = await drawnWeights(observed, { seed, cluster, ...(draw ? { draw } : {}) });
      let reference: ReturnType<typeof bootstrapReference> | null = null;
      let [compared, withEnds] = [0, 0];
      for (const [period, pooled] of [['month', false], ['tertial', false], ['tertial', true], ['all', true]] as const) {
        const result = await runRows({ pool, spec, rows, options: { by: [['county']], interval: 'bootstrap', replicates, seed, cluster, period, pooled, ends: 'percentile', level, ...(refit ? { refit } : {}), ...(draw ? { draw } : {}) } });
        reference ??= bootstrapReference({ spec, rows, outcome, fit: result.fits[0]!, weights, replicates, ...(refit ? { refit } : {}) });
        const { errorOf, endsOf } = reference;
        for (const table of result.tables) {
          table.standardError.forEach((standardError, i) => {
            const group = table.by.length === 0 ? null : table.groups[0]![i]!;
            const inGroup = (row: Row): boolean => group === null || String(row.county ?? '') === group;
            // The whole and one county are enough to look at: the plain way is slow.
            if (group !== null && group !== '2') return;
            const label = table.periods[i]!;
            const members = period === 'month' ? [label] : Array.from({ length: 4 }, (_, k) => `${label.slice(0, 4)}-${String(4 * (Number(label.slice(6)) - 1) + k + 1).padStart(2, '0')}`);
            const sets = pooled
              ? [{ weight: 1, inSet: (row: Row) => inGroup(row) && (period === 'all' || members.includes(String(row.month))) }]
              : members.map((month) => ({ weight: 1 / members.length, inSet: (row: Row) => inGroup(row) && row.month === month }));
            const expected = errorOf(sets);
            const few = period === 'month' && rows.filter((row) => inGroup(row) && row.month === label && row[outcomeName] !== null).length <= 1;
            if (few) return expect([standardError, table.confLow[i], table.confHigh[i]]).toEqual([NaN, NaN, NaN]);
            // Over all its rows the whole has an indicator of 0 by least squares in every replicate: rounding is left.
            expect(Math.abs(standardError - expected)).toBeLessThan(2e-7 * expected + 2e-7);
            compared++;
            // The limits of the analytic method are those of this one too.
            if (table.state[i] !== 'ok') return expect([table.confLow[i], table.confHigh[i]]).toEqual([NaN, NaN]);
            const [low, high] = endsOf(sets, level);
            expect(Math.abs(table.confLow[i]! - low)).toBeLessThan(1e-6);
            expect(Math.abs(table.confHigh[i]! - high)).toBeLessThan(1e-6);
            withEnds++;
          });
        }
      }
      expect(compared).toBeGreaterThan(25);
      expect(withEnds).toBeGreaterThan(5);
      if (refit && covariates.includes(levels[3]!)) {
        expect(reference!.separated).toBeGreaterThan(0);
        if (cluster === 'row') expect(reference!.dropped).toBeGreaterThan(0);
      }
      if (covariates.includes(levels[1]!) && (cluster === 'person' || (rest.sample && covariates.includes(levels[3]!)))) expect(reference!.dropped).toBeGreaterThan(5);
    },
  );

  it.each(['poisson', 'multinomial'] as const)('by %s draws are the same for any number of workers and any breakdown beside them, and others for another seed', async (draw) => {
    const spec = panelSpec(levels, { outcomes: [outcomes.hours3, outcomes.job3], covariates: [levels[0]!, levels[2]!], sample: { excludeMonths: ['2018-04/2018-05'] } });
    const run = async (some: Pool, own: number, by: string[][]) => {
      const { tables } = await runRows({ pool: some, spec, rows, options: { by, interval: 'bootstrap', cluster: 'person', replicates, seed: own, draw } });
      return tables.map((table) => table.standardError);
    };
    const two = await run(pool, seed, [['county']]);
    for (const workers of [1, 4]) {
      const other = await openBuiltPool(workers);
      try {
        expect(await run(other, seed, [['county']])).toEqual(two);
      } finally {
        await other.close();
      }
    }
    expect((await run(pool, seed, []))[0]).toEqual(two[0]);
    expect((await run(pool, seed, [['sex'], ['county']]))[2]).toEqual(two[1]);
    expect(await run(pool, seed + 1, [['county']])).not.toEqual(two);
  });

  it('are the same with more weight in a worker than 16 bits hold', async () => {
    // Two covariates of fifty levels each, of which nobody has but the first, so that all weight falls into one pair of codes.
    const breaks = Array.from({ length: 49 }, (_, k) => 1000 + k);
    const oneLevel = ['age', 'children'].map((name): Covariate => ({ name, coding: 'intervals', breaks }));
    const spec = panelSpec([...oneLevel, { name: 'county', coding: 'values' }], { outcomes: [{ name: 'atid3', family: 'gaussian', horizon: 3 }] });
    const run = async (some: Pool) => {
      const source = { synthetic: { rows: 140_000, seed: 2, effects: 'on' } } as const;
      const { tables } = await runBuiltModel({ spec, source, options: { ...defaultOptions, interval: 'bootstrap', replicates: 16, cluster: 'person' }, pool: some });
      return tables[0]!.standardError;
    };
    const many = await openBuiltPool(4);
    try {
      expect(await run(many)).toEqual(await run(pool));
    } finally {
      await many.close();
    }
  });

  it('leave out replicates in which a group has no rows, and say so', async () => {
    const result = await runRows({ pool, spec: panelSpec([levels[0]!], { outcomes: [outcomes.hours3] }), rows, options: { by: [['cohort']], interval: 'bootstrap', cluster: 'person', replicates } });
    const rare = result.tables[1]!.groups[0]!.indexOf('d');
    expect(result.tables[1]!.n[rare]).toBe(1);
    expect(result.warnings).toContainEqual({ code: 'warning.replicates-without-rows', args: expect.objectContaining({ outcome: 'hours3', replicates: 22 }) });
  });
});
