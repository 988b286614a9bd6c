import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Covariate } from '../../src/spec/model-spec.ts';
import type { Pool } from '../../src/workers/pool.ts';
import { designOf } from '../reference/design.ts';
import { normalCdf, normalDensity } from '../reference/distributions.ts';
import { inverted } from '../reference/influence.ts';
import { randomPanel } from '../reference/random-panel.ts';
import type { Row } from '../reference/table.ts';
import { openBuiltPool } from '../support/built-engine.ts';
import { outcomes, panelSpec, runRows } from '../support/run-rows.ts';

const covariates: Covariate[] = [{ name: 'sex', coding: 'values' }, { name: 'cohort', coding: 'values' }, { name: 'hours', coding: 'intervals', breaks: [0, 16] }];
const spec = panelSpec(covariates, { outcomes: [outcomes.job3, outcomes.hours3], interactions: [['sex', 'cohort']] });
const rows = randomPanel(81, { persons: 150, months: 14 });
/** A value of the column that has the level. */
const valueAt: Record<string, Record<string, string | number>> = { sex: { f: 'f', m: 'm' }, cohort: { a: 'a', b: 'b', c: 'c' }, hours: { '0': 0, '1': 8, '2': 30 } };

let pool: Pool;
beforeAll(async () => {
  pool = await openBuiltPool(2);
});
afterAll(() => pool.close());

it('average effects of levels are mean differences of rows set to the level, with errors by the delta method', async () => {
  const { effects, fits } = await runRows({ pool, spec, rows, options: { effects: true, level: 95 } });
  const sample = rows.filter((row) => row.job3 !== null);
  const { columns } = designOf(spec, covariates, { all: rows, sample, horizon: 3, samples: [{ rows: sample, horizon: 3 }] });
  const beta = columns.map(({ term, level }) => fits[0]!.coefficients.find((c) => c.term === term && c.level === level)!.estimate!);
  const xOf = (row: Row): number[] => columns.map((column) => column.value(row));
  const dot = (a: readonly number[], b: readonly number[]): number => a.reduce((sum, value, j) => sum + value * b[j]!, 0);
  const information = columns.map(() => new Float64Array(columns.length));
  for (const row of sample) {
    const x = xOf(row);
    const eta = dot(x, beta);
    const w = normalDensity(eta) ** 2 / (normalCdf(eta) * (1 - normalCdf(eta)));
    x.forEach((xi, i) => x.forEach((xj, j) => (information[i]![j]! += w * xi * xj)));
  }
  const covariance = inverted(information);
  expect(effects.every(({ outcome }) => outcome === 'job3')).toBe(true);
  expect(effects.map(({ term, level }) => `${term} ${level}`)).toEqual(Object.entries(valueAt).flatMap(([term, levels]) => Object.keys(levels).map((level) => `${term} ${level}`)));
  for (const { term, level, effect, standardError, confHigh } of effects) {
    const reference = fits[0]!.coefficients.find((c) => c.term === term && c.status === 'reference')!.level;
    if (level === reference) {
      expect([effect, standardError]).toEqual([0, null]);
      continue;
    }
    const at = (label: string): Row[] => sample.map((row) => ({ ...row, [term]: valueAt[term]![label]! }));
    const mean = (label: string): number => at(label).reduce((sum, row) => sum + normalCdf(dot(xOf(row), beta)), 0) / sample.length;
    const slope = (label: string): number[] => at(label).reduce<number[]>((sums, row) => {
      const x = xOf(row);
      const density = normalDensity(dot(x, beta)) / sample.length;
      return sums.map((sum, j) => sum + density * x[j]!);
    }, columns.map(() => 0));
    const gradient = slope(level).map((value, j) => value - slope(reference)[j]!);
    const expected = Math.sqrt(dot(gradient, covariance.map((row) => dot(row, gradient))));
    expect(effect!).toBeCloseTo(mean(level) - mean(reference), 10);
    expect(standardError! / expected).toBeCloseTo(1, 7);
    expect(confHigh! - effect!).toBeCloseTo(1.959963984540054 * standardError!, 10);
  }
});
