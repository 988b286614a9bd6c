import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { estimationMath } from '../../src/estimate/math.ts';
import type { ModelSpec } from '../../src/spec/model-spec.ts';
import { formatMonth } from '../../src/spec/months.ts';
import { baseModel, type ModelChange } from '../../src/whatif/model-change.ts';
import { openOlsWhatIf } from '../../src/whatif/ols-what-if.ts';
import type { KeptRefit } from '../../src/whatif/refit.ts';
import type { Pool } from '../../src/workers/pool.ts';
import type { RunResult } from '../../src/run-result.ts';
import { open } from '../kernels/open.ts';
import type { Row } from '../reference/table.ts';
import { openBuiltPool } from '../support/built-engine.ts';
import { panelSpec, runRows } from '../support/run-rows.ts';
import { covariates, dyadicPanel, interactions, spec } from './panel.ts';
import { plainKeptSums } from './plain-kept-sums.ts';
import { noteTexts } from '../support/note-texts.ts';

const rows = dyadicPanel(5, { persons: 2400 });
const by = [['county'], ['region', 'sex']];
const kept = plainKeptSums({ spec, rows, outcomes: ['hours3'], by });
let pool: Pool;
let math: ReturnType<typeof estimationMath>;
let whatIf: ReturnType<typeof openOlsWhatIf>;
beforeAll(async () => {
  pool = await openBuiltPool(2);
  math = estimationMath(await open());
  whatIf = openOlsWhatIf(kept, math);
});
afterAll(() => pool.close());

const base = baseModel(kept, covariates.flatMap(({ name }) => kept.frame.factors.find((f) => f.name === name)!.labels.map((level) => ({ term: name, level }))).concat(interactions.map(([a, b]) => ({ term: `${a}:${b}`, level: '' }))));
const changed = (change: ModelChange): KeptRefit => whatIf({ outcome: 'hours3', base, change });

interface Refit {
  readonly covariates?: ModelSpec['covariates'];
  readonly interactions?: ModelSpec['interactions'];
  readonly sample?: ModelSpec['sample'];
  readonly rows?: readonly Row[];
}
const refit = (request: Refit): Promise<RunResult> =>
  runRows({
    pool,
    spec: panelSpec(request.covariates ?? covariates, { outcomes: spec.outcomes.slice(0, 1), interactions: request.interactions ?? interactions, ...(request.sample ? { sample: request.sample } : {}) }),
    rows: request.rows ?? rows,
    format: 'arrow',
    options: { by },
  });

function expectSame(result: KeptRefit, run: RunResult, tolerance: number): void {
  const fit = run.fits[0]!;
  const near = (a: number | null, b: number | null, scale = 1): void => {
    if (tolerance === 0 || a === null || b === null || !Number.isFinite(a)) expect(a).toBe(b);
    else expect(Math.abs(a - b)).toBeLessThanOrEqual(tolerance * Math.max(1, Math.abs(b), scale));
  };
  expect(result.coefficients.map(({ term, level, status, n }) => [term, level, status, n])).toEqual(fit.coefficients.map(({ term, level, status, n }) => [term, level, status, n]));
  result.coefficients.forEach((coefficient, k) => {
    for (const key of ['estimate', 'standardError', 'confLow', 'confHigh'] as const) near(coefficient[key], fit.coefficients[k]![key]);
  });
  expect([result.n, result.rank]).toEqual([fit.n, fit.rank]);
  for (const key of ['rSquared', 'sigma', 'logLikelihood', 'meanOutcome'] as const) near(result[key], fit[key]);
  result.groupings.forEach((cells, g) => {
    const table = run.tables[g]!;
    expect(table.outcome.length).toBeGreaterThan(0);
    table.periods.forEach((period, row) => {
      const group = cells.groups.findIndex((labels) => labels.every((label, c) => label === table.groups[c]![row]));
      const t = Array.from({ length: cells.months }, (_, k) => formatMonth(cells.firstMonth + k)).indexOf(period);
      const cell = t * cells.groups.length + group;
      expect(cells.n[cell]).toBe(table.n[row]);
      near(cells.outcome[cell]! / cells.n[cell]!, table.actual[row]!);
      // The engine rounds each row's expected value at its fixed-point place.
      expect(Math.abs(cells.expected[cell]! / cells.n[cell]! - table.expected[row]!)).toBeLessThan(1e-10);
    });
  });
}

const without = (name: string) => covariates.filter((covariate) => covariate.name !== name);

describe('least squares from kept sums', () => {
  it('is the run itself where nothing changes, to the bit', async () => {
    expectSame(changed({}), await refit({}), 0);
  });

  it('leaves out covariates, with their interaction', async () => {
    const result = changed({ drop: ['hours', 'age'], dropInteractions: [['hours', 'flag']] });
    expectSame(result, await refit({ covariates: without('hours').filter(({ name }) => name !== 'age'), interactions: interactions.slice(0, 1) }), 1e-10);
  });

  it('brings in what the base leaves out', () => {
    const smaller = baseModel(kept, base.factors.filter(({ name }) => name !== 'inflow').flatMap(({ name, labels }) => labels.map((level) => ({ term: name, level }))));
    const back = whatIf({ outcome: 'hours3', base: smaller, change: { add: ['inflow'], addInteractions: [['kids', 'cohort'], ['flag', 'hours']] } });
    expect(back.coefficients).toEqual(changed({}).coefficients);
  });

  it('merges levels, in interactions too, and those with the reference', async () => {
    const result = changed({ merge: [{ covariate: 'cohort', levels: ['b', 'c'] }, { covariate: 'kids', levels: ['0', '1', '2'], label: '0' }] });
    const merged = rows.map((row) => ({ ...row, cohort: row['cohort'] === 'a' ? 'a' : 'b + c', kids: row['kids'] === null ? null : Math.max(2, row['kids'] as number) }));
    const kids = { name: 'kids', coding: 'values', min: 2, max: 4, labels: ['0', '3', '4'], reference: '0' } as const;
    expectSame(result, await refit({ rows: merged, covariates: covariates.map((covariate) => (covariate.name === 'kids' ? kids : covariate)) }), 1e-10);
  });

  it('changes references without a change of any expected value', async () => {
    const result = changed({ reference: [{ covariate: 'cohort', level: 'b' }, { covariate: 'hours', level: '8_16' }] });
    const references: Record<string, string> = { cohort: 'b', hours: '8_16' };
    expectSame(result, await refit({ covariates: covariates.map((covariate) => (references[covariate.name] ? { ...covariate, reference: references[covariate.name]! } : covariate)) }), 1e-10);
    const before = changed({}).groupings[1]!.expected;
    result.groupings[1]!.expected.forEach((value, cell) => expect(Math.abs(value - before[cell]!)).toBeLessThan(1e-10 * Math.max(1, kept.groupings[1]!.n[cell]!)));
  });

  it('leaves out months and predicts them, to the bit', async () => {
    const result = changed({ dropMonths: ['2018-03/2018-05', '2018-09'] });
    expect(result.breaks).toBe('frozen');
    expectSame(result, await refit({ sample: { excludeMonths: ['2018-03/2018-05', '2018-09'] } }), 0);
    expectSame(changed({}), await refit({}), 0);
  });

  it('leaves cells without expected value where outside rows have a level without an estimate, and says so', () => {
    // Age 25 is there in June alone.
    const odd = rows.map((row) => (row['age'] === 25 && row['month'] !== '2018-06' ? { ...row, age: 26 } : row));
    const sums = plainKeptSums({ spec, rows: odd, outcomes: ['hours3'], by });
    const result = openOlsWhatIf(sums, math)({ outcome: 'hours3', base, change: { dropMonths: ['2018-06'] } });
    expect(result.coefficients.find(({ term, level }) => term === 'age' && level === '25')!.status).toBe('empty');
    const whole = result.groupings[0]!;
    expect([...whole.expected.keys()].filter((t) => Number.isNaN(whole.expected[t]!))).toEqual([5]);
    expect(noteTexts(result.notes).join(' ')).toMatch(/Nobody .* age 25.*cells hold rows outside/s);
  });
});
