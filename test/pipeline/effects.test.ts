import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { RunResult } from '../../src/run-result.ts';
import type { Covariate } from '../../src/spec/model-spec.ts';
import type { Pool } from '../../src/workers/pool.ts';
import { designOf } from '../reference/design.ts';
import { normalCdf, normalDensity } from '../reference/distributions.ts';
import { inverted } from '../reference/influence.ts';
import { randomPanel } from '../reference/random-panel.ts';
import type { Row } from '../reference/table.ts';
import { openBuiltPool } from '../support/built-engine.ts';
import { outcomes, panelSpec, runRows } from '../support/run-rows.ts';
import { runTrial } from '../support/trial.ts';

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

it('average effects are empty where rows would be at levels of both limits once their own is taken away', async () => {
  // Left and right are told of by the rows of `arm` 1 and 2 until these are set aside, and then know one outcome each.
  const row = (i: number, arm: number, left: number, right: number, job3: number): Row => ({ person_id: i, month: '2018-01', arm, left, right, job3 });
  const usual = Array.from({ length: 60 }, (_, i) => row(i, 3 * (i % 2), 0, 0, Number(i % 5 < 2 + (i % 2))));
  const one = [row(100, 1, 0, 1, 1), row(101, 2, 1, 0, 0), row(102, 0, 1, 0, 1), row(103, 0, 0, 1, 0), row(104, 3, 1, 0, 1), row(105, 3, 0, 1, 0)];
  const names = ['arm', 'left', 'right'];
  const panel = panelSpec(names.map((name) => ({ name, coding: 'values', reference: 0 })), { outcomes: [outcomes.job3] });
  const statusOf = async (more: readonly Row[]): Promise<string[]> =>
    (await runRows({ pool, spec: panel, rows: [...usual, ...one, ...more], options: { effects: true } })).effects.filter(({ term }) => term === 'arm').map(({ level, status }) => `${level} ${status}`);
  expect(await statusOf([])).toEqual(['0 reference', '1 separated', '2 separated', '3 estimated']);
  expect(await statusOf([row(106, 1, 1, 1, 1)])).toEqual(['0 reference', '1 separated', '2 separated', '3 separated']);
});

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

describe('effects that the data cannot tell', () => {
  const told = ({ effects }: RunResult) => effects.map(({ term, level, status, effect }) => [`${term} ${level}`, status, effect]);

  it('are empty and say why, whatever the order of covariates and the references', async () => {
    const [armFirst, doseFirst] = [await runTrial({ pool, name: 'effects-nested-design', model: 'model-arm-first.json', options: { effects: true } }), await runTrial({ pool, name: 'effects-nested-design', model: 'model-dose-first.json', options: { effects: true } })];
    const sorted = (result: RunResult) => told(result).sort((a, b) => (String(a[0]) < String(b[0]) ? -1 : 1));
    expect(sorted(armFirst)).toEqual(sorted(doseFirst));
    for (const [, status, effect] of told(armFirst)) expect([status, effect]).toEqual(status === 'reference' ? ['reference', 0] : ['empty', null]);
  });

  /** Control goes with dose none and no other; two arms with each of two doses. Sex crosses everything. */
  const nested = Array.from({ length: 400 }, (_, i): Row => {
    const [arm, dose] = [['control', 'none'], ['A', 'low'], ['A', 'high'], ['B', 'low'], ['B', 'high']][i % 5]! as [string, string];
    return { person_id: i, month: '2020-01', arm, dose, sex: i % 3 === 0 ? 'f' : 'm', job3: Number((i * 7919) % 11 < (arm === 'B' ? 6 : 4) + (i % 3)) };
  });
  const nestedSpec = (order: readonly string[], references: Readonly<Record<string, string>>, interactions: [string, string][] = []) =>
    panelSpec(order.map((name): Covariate => ({ name, coding: 'values', ...(references[name] ? { reference: references[name] } : {}) })), { outcomes: [outcomes.job3], interactions });

  it('without an interaction too: who is in no arm has no dose', async () => {
    const sex = new Set<number>();
    for (const order of [['arm', 'dose', 'sex'], ['dose', 'arm', 'sex'], ['sex', 'dose', 'arm']]) {
      for (const references of [{ arm: 'control', dose: 'none' }, { arm: 'A', dose: 'high' }, { arm: 'B', dose: 'none' }]) {
        const { effects } = await runRows({ pool, spec: nestedSpec(order, { sex: 'm', ...references }), rows: nested, options: { effects: true } });
        for (const { term, status, effect } of effects) {
          if (term === 'sex' && status === 'estimated') sex.add(Math.round(1e9 * effect!));
          else expect([term, status, effect]).toEqual(status === 'reference' ? [term, 'reference', 0] : [term, 'collinear', null]);
        }
      }
    }
    // Those of sex are there, and the same each time.
    expect([...sex]).toHaveLength(1);
  });

  it('leave those that can be told where they are, by rows', async () => {
    const crossed = rows.map((row): Row => ({ ...row, job3: row.job3 === null ? null : row.cohort === 'c' && row.sex === 'f' ? 1 : row.hours === 0 ? 0 : row.job3! }));
    for (const [reference, hours] of [['a', 0], ['c', 1], ['b', 2]] as const) {
      const named: Covariate[] = [{ name: 'sex', coding: 'values' }, { name: 'cohort', coding: 'values', reference }, { name: 'hours', coding: 'intervals', breaks: [0, 16], reference: hours }, { name: 'flag', coding: 'values' }];
      const model = panelSpec(named, { outcomes: [outcomes.job3], interactions: [['sex', 'cohort']] });
      const { effects, fits } = await runRows({ pool, spec: model, rows: crossed, options: { effects: true } });
      expect(fits[0]!.separated.map(({ term, level }) => `${term} ${level}`)).toEqual(['sex:cohort f:c', 'hours 0']);
      const statuses = Object.fromEntries(effects.map(({ term, level, status }) => [`${term} ${level}`, status]));
      // All at f, or all at c, come to the separated cell; those at 0 hours to a limit.
      expect([statuses['hours 0'], statuses['cohort c'] === 'reference' || statuses['cohort c'] === 'separated']).toEqual(['separated', true]);
      expect(effects.filter(({ term, status }) => term === 'sex' && status === 'estimated')).toEqual([]);
      const sample = crossed.filter(({ job3 }) => job3 !== null);
      const estimate = (term: string, level: string): number => fits[0]!.coefficients.find((c) => c.term === term && c.level === level)?.estimate ?? 0;
      const hoursOf = (row: Row): string => (Number(row.hours) <= 0 ? '0' : Number(row.hours) <= 16 ? '1' : '2');
      const expected = (row: Row, changed: string, of: Record<string, string>): number => {
        if (of.hours === '0' && changed !== 'hours') return 0;
        if (of.sex === 'f' && of.cohort === 'c') return changed === 'sex' || changed === 'cohort' ? NaN : 1;
        return normalCdf(['sex', 'cohort', 'hours', 'flag'].reduce((sum, term) => sum + estimate(term, of[term]!), estimate('constant', '') + estimate('sex:cohort', `${of.sex}:${of.cohort}`)));
      };
      const mean = (term: string, level: string): number => sample.reduce((sum, row) =>
        sum + expected(row, term, { sex: String(row.sex), cohort: String(row.cohort), hours: hoursOf(row), flag: String(Number(row.flag)), [term]: level }), 0) / sample.length;
      const there = effects.filter(({ status }) => status === 'estimated');
      expect(there.map(({ term }) => term)).toContain('hours');
      for (const { term, level, effect, standardError } of there) {
        const own = effects.find((one) => one.term === term && one.status === 'reference')!.level;
        expect(effect).toBeCloseTo(mean(term, level) - mean(term, own), 9);
        expect(standardError).toBeGreaterThan(0);
      }
    }
  });
});
