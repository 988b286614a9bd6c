import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { VcovKind } from '../../src/estimate/fit.ts';
import type { Covariate } from '../../src/spec/model-spec.ts';
import type { Pool } from '../../src/workers/pool.ts';
import { randomPanel } from '../reference/random-panel.ts';
import { openBuiltPool } from '../support/built-engine.ts';
import { panelSpec, runAgainstReference, runRows } from '../support/run-rows.ts';

const covariates: Covariate[] = [
  { name: 'sex', coding: 'values', reference: 'm' },
  { name: 'hours', coding: 'intervals', breaks: [0, 8, 16, 24] },
  { name: 'income', coding: 'numeric' },
  { name: 'kids', coding: 'values' },
];

describe('standard errors', () => {
  const rows = randomPanel(41, { persons: 70, months: 10 });
  let pool: Pool;
  beforeAll(async () => {
    pool = await openBuiltPool(3);
  });
  afterAll(() => pool.close());
  const standardErrors = async (vcov: VcovKind, table = rows, level = 95) => {
    const result = await runRows({ pool, spec: panelSpec(covariates), rows: table, options: { vcov, level } });
    return result.fits.flatMap(({ coefficients }) => coefficients.filter(({ status }) => status === 'estimated').map(({ standardError }) => standardError!));
  };

  it.each([['iid', 95], ['hc0', 50], ['cluster', 99.9]] as const)('%s, with intervals at %s per cent and p-values', async (vcov, level) => {
    const spec = panelSpec(covariates, { interactions: [['sex', 'hours']] });
    await runAgainstReference({ pool, spec, rows, options: { vcov, level }, parts: 2 });
  });

  it('cluster, of few persons who are far from what is expected month after month', async () => {
    const persons = Array.from({ length: 12 }, (_, p) => ({ person_id: p, sex: p % 3 === 0 ? 'f' : 'm', hours3: p % 2 === 0 ? 37.5 : 0 }));
    const months = Array.from({ length: 79 }, (_, t) => `${2018 + Math.floor(t / 12)}-${String(1 + (t % 12)).padStart(2, '0')}`);
    const far = persons.flatMap((person) => months.map((month) => ({ ...rows[0]!, ...person, month })));
    const spec = panelSpec([covariates[0]!], { outcomes: [{ name: 'hours3', family: 'gaussian', horizon: 3 }] });
    await runAgainstReference({ pool, spec, rows: far, options: { vcov: 'cluster' } });
  });

  it('cluster with a row a person is hc0', async () => {
    const singles = rows.map((row, i) => ({ ...row, person_id: i }));
    const [cluster, hc0] = [await standardErrors('cluster', singles), await standardErrors('hc0', singles)];
    expect(cluster).toHaveLength(hc0.length);
    cluster.forEach((value, j) => expect(Math.abs(value / hc0[j]! - 1)).toBeLessThan(1e-10));
    expect(await standardErrors('cluster')).not.toEqual(cluster);
  });

  it('with every person there twice are those of weights of two', async () => {
    const twice = [...rows, ...rows.map((row) => ({ ...row, person_id: Number(row.person_id) + 5 }))];
    for (const vcov of ['hc0', 'cluster'] as const) {
      const [one, two] = [await standardErrors(vcov), await standardErrors(vcov, twice)];
      two.forEach((value, j) => expect(Math.abs(value * Math.sqrt(2) / one[j]! - 1)).toBeLessThan(1e-9));
    }
  });

  it('of a linear probability model beside the probit of the same column', async () => {
    const spec = panelSpec(covariates, {
      outcomes: [
        { name: 'job3', family: 'probit', horizon: 3 },
        { name: 'linear', column: 'job3', family: 'gaussian', horizon: 3 },
      ],
    });
    const result = await runAgainstReference({ pool, spec, rows, options: { vcov: 'cluster' } });
    expect(result.fits.map(({ family, n }) => [family, n])).toEqual([['probit', result.fits[0]!.n], ['gaussian', result.fits[0]!.n]]);
    expect(result.tables[0]!.standardError.slice(0, 5)).toEqual(result.tables[0]!.standardError.slice(9, 14));
  });

  it('of a model that fits exactly, or has no freedom left, are nothing that is not a number to print', async () => {
    const exact = rows.map((row) => ({ ...row, hours3: row.sex === 'f' ? 2 : 5, hours12: 0 }));
    const { fits } = await runRows({ pool, spec: panelSpec([covariates[0]!], { outcomes: [{ name: 'hours3', family: 'gaussian', horizon: 3 }, { name: 'hours12', family: 'gaussian', horizon: 12 }] }), rows: exact });
    expect(fits[0]!.coefficients.map(({ estimate }) => estimate)).toEqual([expect.closeTo(5, 12), expect.closeTo(-3, 12), 0]);
    expect(fits[0]!.rSquared).toBeCloseTo(1, 12);
    expect([fits[1]!.coefficients[0]!.estimate, fits[1]!.rSquared]).toEqual([0, null]);
    const few = await runRows({ pool, spec: panelSpec([covariates[0]!], { outcomes: [{ name: 'hours3', family: 'gaussian', horizon: 3 }] }), rows: [{ ...rows[0]!, sex: 'f' }, { ...rows[1]!, sex: 'm' }] });
    expect(few.fits[0]!.coefficients.map(({ standardError }) => standardError)).toEqual([NaN, NaN, null].map((value) => (value === null ? null : expect.toSatisfy((x: number | null) => x === null || Number.isNaN(x)))));
    expect(few.fits[0]!.sigma).toBeNull();
  });
});
