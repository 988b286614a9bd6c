import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { compareFits } from '../../src/compare-runs/compare-fits.ts';
import type { RunResult } from '../../src/run-result.ts';
import type { Covariate, ModelSpec, Outcome } from '../../src/spec/model-spec.ts';
import { parseModelSpec } from '../../src/spec/parse-spec.ts';
import type { Pool } from '../../src/workers/pool.ts';
import { defaultOptions, openBuiltPool, runBuiltModel } from '../support/built-engine.ts';
import { csvRows } from '../support/csv-rows.ts';
import { referenceCase } from '../support/reference-case.ts';

/**
 * Largest relative difference from R that is allowed. Newton's method for the probit stops at a step of 1e-8 standard
 * errors (1e-10 with few rows), so that its answers are that far from where R's end.
 */
const tolerance = { gaussian: 1e-9, probit: 1e-9 };

const { spec: panel, file } = referenceCase('panel');
const outcomes = (...names: string[]): readonly Outcome[] => panel.outcomes.filter(({ name }) => names.includes(name));
const without = (...names: string[]): readonly Covariate[] => panel.covariates.filter(({ name }) => !names.includes(name));
const age = (min: number, max: number, reference: number): Covariate => ({ name: 'age', coding: 'values', min, max, reference });

const variants: Readonly<Record<string, ModelSpec>> = {
  V1: { ...panel, outcomes: outcomes('atid3', 'jobb12'), sample: { excludeMonths: ['2020-03/2022-02'] } },
  V2: { ...panel, outcomes: outcomes('atid3', 'jobb12'), covariates: [...panel.covariates, { name: 'calendar_month', column: 'month', coding: 'values', reference: '2017-12' }] },
  V3: {
    ...panel,
    outcomes: outcomes('atid3', 'jobb12'),
    interactions: [],
    derived: { life: "CASE WHEN age < 30 THEN 'young' WHEN age >= 55 THEN 'old' ELSE 'others' END" },
    separateBy: {
      column: 'life',
      groups: [
        { label: 'young', covariates: [age(18, 29, 25), ...without('age', 'married')] },
        { label: 'old', covariates: [age(55, 67, 60), ...without('age', 'children')] },
        { label: 'others' },
      ],
    },
  },
  V4: { ...panel, outcomes: outcomes('jobb3', 'jobb12').map((outcome) => ({ ...outcome, family: 'gaussian' as const })) },
};

const fixture = (name: string) => csvRows(new URL(`../fixtures/variants/${name}.csv`, import.meta.url));
const [coefficients, means, criteria] = [fixture('expected_coefficients'), fixture('expected_means'), fixture('expected_criteria')];

describe.each(Object.keys(variants))('%s against R', (variant) => {
  let pool: Pool;
  let result: RunResult;
  beforeAll(async () => {
    pool = await openBuiltPool(2);
    result = await runBuiltModel({ spec: parseModelSpec(variants[variant]), source: { files: [file] }, options: { ...defaultOptions, by: [['county']] }, pool });
  });
  afterAll(() => pool.close());

  it('has coefficients, to the larger of estimate and standard error, and standard errors', () => {
    const rows = coefficients.filter((row) => row.variant === variant);
    const largest = { gaussian: { estimate: 0, standardError: 0 }, probit: { estimate: 0, standardError: 0 } };
    let compared = 0;
    for (const row of rows) {
      const fit = result.fits.find(({ outcome, population }) => outcome === row.outcome && population === row.population)!;
      const ours = fit.coefficients.find(({ term, level }) => term === row.term && level === row.level)!;
      expect(ours.status === 'estimated', `${row.outcome} ${row.population} ${row.term} ${row.level} is ${ours.status}`).toBe(row.estimate !== '');
      if (row.estimate === '') continue;
      compared++;
      const [estimate, standardError] = [Number(row.estimate), Number(row.std_error)];
      const of = largest[fit.family];
      of.estimate = Math.max(of.estimate, Math.abs(ours.estimate! - estimate) / Math.max(Math.abs(estimate), standardError));
      of.standardError = Math.max(of.standardError, Math.abs(ours.standardError! / standardError - 1));
    }
    console.log(`${variant}, ${compared} coefficients, largest relative differences: ${JSON.stringify(largest)}`);
    expect(compared).toBe(result.fits.flatMap((fit) => fit.coefficients).filter(({ status }) => status === 'estimated').length);
    for (const family of ['gaussian', 'probit'] as const) {
      expect(Math.max(largest[family].estimate, largest[family].standardError)).toBeLessThanOrEqual(tolerance[family]);
    }
  });

  it('has the mean expected values of every county and month to 1e-9', () => {
    const rows = means.filter((row) => row.variant === variant);
    const { outcome, groups, periods, n, expected } = result.tables[1]!;
    const theirs = new Map<string, { n: number; sum: number }>();
    for (const row of rows) {
      const key = `${row.outcome} ${row.county} ${row.month}`;
      const { n: count, sum } = theirs.get(key) ?? { n: 0, sum: 0 };
      theirs.set(key, { n: count + Number(row.n), sum: sum + Number(row.n) * Number(row.expected) });
    }
    expect(theirs.size).toBe(outcome.length);
    let largest = 0;
    outcome.forEach((name, i) => {
      const cell = theirs.get(`${name} ${groups[0]![i]} ${periods[i]}`)!;
      expect(n[i], `${name} ${groups[0]![i]} ${periods[i]}`).toBe(cell.n);
      largest = Math.max(largest, Math.abs(expected[i]! / (cell.sum / cell.n) - 1));
    });
    console.log(`${variant}: ${outcome.length} means, largest relative difference ${largest.toExponential(1)}`);
    expect(largest).toBeLessThanOrEqual(tolerance.gaussian);
  });

  it('has the log-likelihood, AIC and BIC to 1e-9', () => {
    const fits = compareFits(result.fits.map((fit) => ({ a: fit, b: null })), Math.log);
    const rows = criteria.filter((row) => row.variant === variant);
    expect(rows.length).toBe(result.fits.length);
    for (const row of rows) {
      for (const measure of ['log_likelihood', 'aic', 'bic'] as const) {
        const ours = fits.find((number) => number.outcome === row.outcome && number.population === row.population && number.measure === measure)!;
        expect(Math.abs(ours.a! / Number(row[measure]) - 1)).toBeLessThanOrEqual(tolerance.gaussian);
      }
    }
  });
});
