import { beforeAll, describe, expect, it } from 'vitest';
import { estimationMath } from '../../src/estimate/math.ts';
import type { Fit } from '../../src/estimate/fit.ts';
import type { ModelSpec } from '../../src/spec/model-spec.ts';
import { onePerson, type PersonLevels } from '../../src/whatif/one-person.ts';
import { open } from '../kernels/open.ts';
import { randomPanel } from '../reference/random-panel.ts';
import { referenceRun } from '../reference/model.ts';
import { openBuiltPool } from '../support/built-engine.ts';
import { outcomes, panelSpec, runRows } from '../support/run-rows.ts';
import { covariates } from './panel.ts';

const spec: ModelSpec = panelSpec(
  [...covariates.filter(({ name }) => ['kids', 'flag', 'cohort', 'hours'].includes(name)), { name: 'income', coding: 'numeric' }],
  { outcomes: [outcomes.hours3, outcomes.job3], interactions: [['cohort', 'kids']] },
);
const rows = randomPanel(8, { persons: 120 }).map((row) => (row['kids'] === 4 && row['cohort'] === 'c' ? { ...row, kids: 3 } : row));
const label = (name: string, labels: readonly string[]) => ({ name, labels, reference: 0 });
const model = {
  factors: [label('kids', ['0', '1', '2', '3', '4']), label('flag', ['0', '1']), label('cohort', ['a', 'b', 'c']), label('hours', ['0', '0_8', '8_16', '16_24', '24_32', 'over_32'])],
  numerics: [{ name: 'income', centre: 0, halfRange: 1 }],
  terms: [{ factor: 0 }, { factor: 1 }, { factor: 2 }, { factor: 3 }, { numeric: 0 }],
  interactions: [[2, 0]],
} as const;
const hoursLevel = (hours: number): string => model.factors[3].labels[[0, 8, 16, 24, 32].filter((limit) => hours > limit).length]!;

let math: ReturnType<typeof estimationMath>;
beforeAll(async () => {
  math = estimationMath(await open());
});

async function fitted(): Promise<readonly Fit[]> {
  const pool = await openBuiltPool(1);
  try {
    return (await runRows({ pool, spec, rows })).fits;
  } finally {
    await pool.close();
  }
}

describe('one person', () => {
  it('has the expected value of a row with those levels, least squares and probit, term by term', async () => {
    const fits = await fitted();
    const { outcomes: reference } = referenceRun({ spec, rows });
    fits.forEach((fit, o) => {
      for (const { row, expected } of reference[o]!.predicted.slice(0, 40)) {
        const levels: PersonLevels = { kids: row['kids'] as number, flag: Number(row['flag']), cohort: row['cohort'] as string, hours: hoursLevel(row['hours'] as number), income: row['income'] as number };
        const person = onePerson({ fit, model, levels }, math);
        expect(Math.abs(person.expected - expected)).toBeLessThan(1e-9);
        expect(person.terms.map(({ term }) => term)).toEqual(['constant', 'kids', 'flag', 'cohort', 'hours', 'income', 'cohort:kids']);
        expect(person.terms.reduce((sum, { contribution }) => sum + contribution, 0)).toBe(person.linearPredictor);
        expect(person.terms[1]!.reference).toBe(row['kids'] === 0);
      }
    });
  });

  it('is refused levels that nobody has, and covariates that are missing or unknown', async () => {
    const fits = await fitted();
    const levels = { kids: 1, flag: 0, cohort: 'b', hours: '0', income: 1000 };
    const refused = (some: PersonLevels, message: RegExp): void => {
      expect(() => onePerson({ fit: fits[0]!, model, levels: some }, math)).toThrow(expect.objectContaining({ kind: 'spec', message: expect.stringMatching(message) }));
    };
    refused({ ...levels, kids: 4, cohort: 'c' }, /cohort:kids c:4 has no estimate: nobody/);
    refused({ ...levels, kids: 9 }, /kids has no level 9, so nobody has it/);
    refused({ kids: 1, flag: 0 }, /3 are missing: cohort, hours, income/);
    refused({ ...levels, cohrt: 'b' }, /cohrt is not in the model; did you mean "cohort"/);
    refused({ ...levels, income: 'much' }, /income takes one number/);
    refused({ ...levels, kids: [1, 2] }, /kids takes one level/);
  });

  it('is refused a separated crossed cell of a reference, which is at its limit whatever the other levels say', async () => {
    const job = (await fitted()).find(({ family }) => family === 'probit')!;
    const person: PersonLevels = { kids: 1, flag: 0, cohort: 'a', hours: '0', income: 0 };
    const told = onePerson({ fit: job, model, levels: person }, math).expected;
    expect(told > 0 && told < 1).toBe(true);
    const separated = { term: 'cohort:kids', level: 'a:1', status: 'separated', n: 8, estimate: null, standardError: null, statistic: null, pValue: null, confLow: null, confHigh: null } as const;
    const fit = { ...job, coefficients: [...job.coefficients, separated] };
    expect(() => onePerson({ fit, model, levels: person }, math)).toThrow(/cohort:kids a:1 has no estimate/);
    expect(onePerson({ fit, model, levels: { ...person, kids: 2 } }, math).expected).toBe(onePerson({ fit: job, model, levels: { ...person, kids: 2 } }, math).expected);
  });

  it('takes a list of levels where covariates share a name', () => {
    const shared = { ...model, factors: [label('pension', ['none', 'some']), label('pension', ['zero', 'decile_1'])], numerics: [], terms: [{ factor: 0 }, { factor: 1 }], interactions: [] };
    const numbers = { standardError: 1, statistic: 1, pValue: 1, confLow: 0, confHigh: 0, n: 9 };
    const coefficients = [['constant', '', 4], ['pension', 'none', 0], ['pension', 'some', 2], ['pension', 'zero', 0], ['pension', 'decile_1', 0.5]].map(([term, level, estimate]) =>
      ({ term: term as string, level: level as string, estimate: estimate as number, status: estimate === 0 ? 'reference' : 'estimated', ...numbers }) as const);
    const fit = { outcome: 'hours', family: 'gaussian', coefficients } as const;
    expect(onePerson({ fit, model: shared, levels: { pension: ['decile_1', 'some'] } }, math).expected).toBe(6.5);
    expect(() => onePerson({ fit, model: shared, levels: { pension: 'some' } }, math)).toThrow(/2 covariates are called pension/);
  });
});
