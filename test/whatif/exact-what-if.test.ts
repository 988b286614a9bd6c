import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { LoadedRows } from '../../src/workers/load-rows.ts';
import type { Pool } from '../../src/workers/pool.ts';
import type { RunResult } from '../../src/run-result.ts';
import type { WhatIfRun } from '../../src/pipeline.ts';
import type { ModelSpec } from '../../src/spec/model-spec.ts';
import { formatMonth } from '../../src/spec/months.ts';
import type { WhatIfAnswer } from '../../src/whatif/answer.ts';
import type { ModelChange } from '../../src/whatif/model-change.ts';
import type { PeopleChange } from '../../src/whatif/people-change.ts';
import { designOf, type DesignColumn } from '../reference/design.ts';
import { normalCdf } from '../reference/distributions.ts';
import { labelOf, monthNumber, type Row } from '../reference/table.ts';
import { built, defaultOptions, openBuiltPool, runBuiltModel } from '../support/built-engine.ts';
import { outcomes, panelSpec } from '../support/run-rows.ts';
import { writeTable } from '../support/write-table.ts';
import { covariates, dyadicPanel, interactions } from './panel.ts';
import { noteTexts } from '../support/note-texts.ts';

// Exact answers from resident rows, against runs over the same rows with the same breaks, and loops over rows.
const panel = dyadicPanel(31, { persons: 260 }).filter((row) => row['job3'] !== null);
const list = [outcomes.hours3, outcomes.job3];
const by = [['county'], ['county', 'sex']];
const options = { ...defaultOptions, by };
let pool: Pool;
let other: Pool;
beforeAll(async () => {
  [pool, other] = [await openBuiltPool(2), await openBuiltPool(1)];
});
afterAll(() => [pool, other].map((one) => one.close()));

type Sample = ModelSpec['sample'];
interface Model {
  readonly covariates?: ModelSpec['covariates'];
  readonly interactions?: ModelSpec['interactions'];
  readonly sample?: Sample;
}
const specOf = (model: Model): ModelSpec =>
  panelSpec(model.covariates ?? covariates, { outcomes: list, interactions: model.interactions ?? interactions, ...(model.sample ? { sample: model.sample } : {}) });

async function resident(rows: readonly Row[], sample?: Sample): Promise<WhatIfRun> {
  const { loadRows } = (await built('workers/load-rows.js')) as { loadRows(request: object): Promise<LoadedRows> };
  const { runWhatIf } = (await built('pipeline.js')) as { runWhatIf(request: object, rows: LoadedRows): Promise<WhatIfRun> };
  const spec = specOf(sample ? { sample } : {});
  const loaded = await loadRows({ spec, source: { files: writeTable(rows, { format: 'arrow', parts: 3 }) }, by, where: null, pool, onProgress: () => {} });
  return runWhatIf({ spec, options, pool }, loaded);
}
const rerun = (rows: readonly Row[], model: Model): Promise<RunResult> => runBuiltModel({ spec: specOf(model), source: { files: writeTable(rows, { format: 'arrow' }) }, options, pool: other });

function expectSame(answer: WhatIfAnswer, run: RunResult): void {
  expect([answer.firstOrder, answer.models.map(({ approximation }) => approximation), answer.breaks]).toEqual([[], [null, null], 'frozen']);
  const near = (a: number | null, b: number | null, tolerance: number): void => {
    if (a === null || b === null || Number.isNaN(a)) expect(a).toBe(b);
    else expect(Math.abs(a - b)).toBeLessThanOrEqual(tolerance * Math.max(1, Math.abs(b)));
  };
  answer.models.forEach((model, o) => {
    const fit = run.fits[o]!;
    expect([model.outcome, model.n, model.rank]).toEqual([fit.outcome, fit.n, fit.rank]);
    expect(model.coefficients.map(({ term, level, status, n }) => [term, level, status, n])).toEqual(fit.coefficients.map(({ term, level, status, n }) => [term, level, status, n]));
    model.coefficients.forEach((coefficient, k) => {
      for (const key of ['estimate', 'standardError'] as const) near(coefficient[key], fit.coefficients[k]![key], 1e-8);
    });
    near(model.logLikelihood, fit.logLikelihood, 1e-10);
    near(model.pseudoRSquared, fit.pseudoRSquared, 1e-10);
  });
  answer.tables.forEach((table, t) => {
    expect(table.periods).toEqual(run.tables[t]!.periods);
    for (const key of ['n', 'actual', 'expected', 'indicator'] as const) table[key].forEach((value, row) => near(value, run.tables[t]![key][row]!, 1e-9));
  });
}

const hessianPasses = (answer: WhatIfAnswer): number => answer.models[1]!.trace.filter(({ pass }) => pass === 'hessian').length;

describe('a changed probit from resident rows', () => {
  it('is the fit where nothing changes, after one pass that finds it so', async () => {
    const { result, whatIf } = await resident(panel);
    const answer = await whatIf({ model: {} });
    expectSame(answer, result);
    expect(hessianPasses(answer)).toBeLessThanOrEqual(2);
  });

  it('leaves out covariates and merges levels as a run does, from its preview on', async () => {
    const { whatIf } = await resident(panel);
    const change: ModelChange = { drop: ['wage'], merge: [{ covariate: 'age', levels: ['24', '25', '26', '27'] }] };
    const answer = await whatIf({ model: change });
    const changed = covariates.filter(({ name }) => name !== 'wage').map((covariate) => (covariate.name === 'age' ? { name: 'age', coding: 'values', min: 18, max: 24, reference: 22, labels: ['18', '19', '20', '21', '22', '23', '24 + 25 + 26 + 27'] } as const : covariate));
    expectSame(answer, await rerun(panel, { covariates: changed }));
    expect(hessianPasses(answer)).toBeLessThanOrEqual(3);
  });

  it('leaves out months, and brings in those that the sample leaves out', async () => {
    const first = await resident(panel, { excludeMonths: ['2018-03', '2018-05/2018-06'] });
    expectSame(await first.whatIf({ model: { dropMonths: ['2018-08'] } }), await rerun(panel, { sample: { excludeMonths: ['2018-03', '2018-05/2018-06', '2018-08'] } }));
    expectSame(await first.whatIf({ model: { addMonths: ['2018-05/2018-06'], dropMonths: ['2018-01'] } }), await rerun(panel, { sample: { excludeMonths: ['2018-01', '2018-03'] } }));
    expectSame(await first.whatIf({ model: { months: ['2018-03', '2018-05/2018-06', '2018-09'] } }), await rerun(panel, { sample: { months: ['2018-03', '2018-05/2018-06', '2018-09'] } }));
  });

  it('leaves out rows of other months at a level that the rest has not, and sets aside what the rest separates', async () => {
    // Age 25 is there in June alone; those of cohort c and four children have jobs, but in June.
    const odd = panel.map((row) => {
      const june = row['month'] === '2018-06';
      return { ...row, age: row['age'] === 25 && !june ? 26 : row['age']!, job3: row['cohort'] === 'c' && row['kids'] === 4 ? Number(!june) : row['job3']! };
    });
    const { result, whatIf } = await resident(odd);
    expect(result.fits[1]!.setAside).toBe(0);
    const answer = await whatIf({ outcomes: ['job3'], model: { dropMonths: ['2018-06'] } });
    const run = await rerun(odd, { sample: { excludeMonths: ['2018-06'] } });
    expect([answer.models[0]!.coefficients.find(({ level }) => level === '25')!.status, run.fits[1]!.setAside > 0]).toEqual(['empty', true]);
    expect(noteTexts(answer.notes).join(' ')).toMatch(/rows outside the estimation sample have a level without an estimate/);
    const rows = [...run.tables[1]!.outcome.keys()].filter((row) => run.tables[1]!.outcome[row] === 'job3');
    expect([...answer.tables[1]!.n]).toEqual(rows.map((row) => run.tables[1]!.n[row]));
    rows.forEach((row, k) => expect(answer.tables[1]!.expected[k]! - run.tables[1]!.expected[row]!).toBeCloseTo(0, 9));
  });

  it('keeps to the rows of a condition', async () => {
    const { whatIf } = await resident(panel, { where: 'county <> 2' });
    expectSame(await whatIf({ model: { dropMonths: ['2018-02'] } }), await rerun(panel, { sample: { where: 'county <> 2', excludeMonths: ['2018-02'] } }));
  });
});

describe('changed people from resident rows', () => {
  const design = designOf(specOf({}), covariates, { all: panel, sample: panel, horizon: 3, samples: [{ rows: panel, horizon: 3 }] });

  function expectRows(answer: WhatIfAnswer, result: RunResult, change: (row: Row) => Row, groupings: readonly number[]): void {
    const estimate = new Map(result.fits[1]!.coefficients.map((c) => [`${c.term}\n${c.level}`, c.estimate ?? 0]));
    const etaOf = (row: Row, columns: readonly DesignColumn[]): number => columns.reduce((eta, column) => eta + column.value(row) * estimate.get(`${column.term}\n${column.level}`)!, 0);
    const cells = answer.cells.find(({ outcome }) => outcome === 'job3')!;
    expect(cells.approximation).toBe(null);
    for (const g of groupings) {
      const { by: columns, groups, firstMonth, n, expected } = cells.groupings[g]!;
      const sums = new Float64Array(n.length);
      for (const row of panel) {
        const group = groups.findIndex((labels) => labels.every((label, c) => label === labelOf(row, columns[c]!)));
        sums[(monthNumber(row['month'] as string) - firstMonth) * groups.length + group]! += normalCdf(etaOf(change(row), design.columns));
      }
      sums.forEach((sum, cell) => {
        if (n[cell]! > 0 && !(Math.abs(expected[cell]! - sum) / n[cell]! < 1e-10)) expect([formatMonth(firstMonth + Math.floor(cell / groups.length)), expected[cell]]).toEqual(['', sum]);
      });
    }
  }

  it('are the rows with their levels changed, one by one', async () => {
    const { result, whatIf } = await resident(panel);
    const answer = (...people: PeopleChange[]): Promise<WhatIfAnswer> => whatIf({ people });
    expectRows(await answer({ kind: 'set', covariate: 'cohort', level: 'c' }, { kind: 'shift', covariate: 'kids', by: 1 }), result, (row) => ({ ...row, cohort: 'c', kids: Math.min(4, (row['kids'] as number) + 1) }), [0, 1, 2]);
    expectRows(await answer({ kind: 'set', covariate: 'flag', level: '1', group: { county: '10', sex: 'f' } }), result, (row) => (row['county'] === 10 && row['sex'] === 'f' ? { ...row, flag: true } : row), [0, 1, 2]);
    const [plain] = (await answer({ kind: 'shift', covariate: 'kids', by: 1 }, { kind: 'mix', group: { county: '1' }, like: { county: '10' } })).cells.filter(({ outcome }) => outcome === 'job3');
    const [moved] = (await answer({ kind: 'shift', covariate: 'kids', by: 1 })).cells.filter(({ outcome }) => outcome === 'job3');
    const [mixed, unmixed] = [plain!.groupings[1]!, moved!.groupings[1]!];
    for (let t = 0; t < mixed.months; t++) expect(mixed.expected[3 * t]! / mixed.n[3 * t]!).toBeCloseTo(unmixed.expected[3 * t + 2]! / unmixed.n[3 * t + 2]!, 12);
  });

  it('take the coefficients of a changed model', async () => {
    const { whatIf } = await resident(panel);
    const model = { drop: ['wage'], dropMonths: ['2018-04'] };
    const both = await whatIf({ outcomes: ['job3'], model, people: [{ kind: 'set', covariate: 'flag', level: '0' }] });
    const everybodyThere = panel.map((row): Row => ({ ...row, flag: false }));
    // The same coefficients over rows in which nobody has it.
    const alone = await whatIf({ outcomes: ['job3'], model });
    const run = await rerun(panel, { covariates: covariates.filter(({ name }) => name !== 'wage'), sample: { excludeMonths: ['2018-04'] } });
    expect(alone.models[0]!.coefficients[1]!.estimate).toBeCloseTo(run.fits[1]!.coefficients[1]!.estimate!, 8);
    const estimate = new Map(run.fits[1]!.coefficients.map((c) => [`${c.term}\n${c.level}`, c.estimate ?? 0]));
    const columns = design.columns.filter(({ term }) => term !== 'wage');
    const { n, firstMonth, expected } = both.cells[0]!.groupings[0]!;
    const sums = new Float64Array(n.length);
    for (const row of everybodyThere) sums[monthNumber(row['month'] as string) - firstMonth]! += normalCdf(columns.reduce((eta, column) => eta + column.value(row) * estimate.get(`${column.term}\n${column.level}`)!, 0));
    sums.forEach((sum, t) => expect(expected[t]! / n[t]!).toBeCloseTo(sum / n[t]!, 8));
  });

  it('are refused what nobody has', async () => {
    const { whatIf } = await resident(panel);
    await expect(whatIf({ people: [{ kind: 'set', covariate: 'cohort', level: 'd' }] })).rejects.toThrow(/cohort has no level d, so nobody has it/);
    await expect(whatIf({ model: { drop: ['kid'] } })).rejects.toThrow(/kid is not kept/);
  });
});
