import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { estimationMath } from '../../src/estimate/math.ts';
import type { Fit } from '../../src/estimate/fit.ts';
import type { RunResult } from '../../src/run-result.ts';
import { parseMonth } from '../../src/spec/months.ts';
import type { ModelChange } from '../../src/whatif/model-change.ts';
import { addMonths, dropMonths } from '../../src/whatif/months.ts';
import type { PeopleChange } from '../../src/whatif/people-change.ts';
import type { WhatIfAnswer, WhatIfRequest } from '../../src/whatif/answer.ts';
import { openWhatIf } from '../../src/whatif/what-if.ts';
import type { Pool } from '../../src/workers/pool.ts';
import { open } from '../kernels/open.ts';
import { designOf, type DesignColumn } from '../reference/design.ts';
import { normalCdf, normalDensity } from '../reference/distributions.ts';
import { leastSquares } from '../reference/least-squares.ts';
import { scoreResidual } from '../reference/probit.ts';
import { labelOf, monthNumber, type Row } from '../reference/table.ts';
import { defaultOptions, openBuiltPool, runBuiltModel } from '../support/built-engine.ts';
import { outcomes, panelSpec } from '../support/run-rows.ts';
import { writeTable } from '../support/write-table.ts';
import { covariates, dyadicPanel, interactions } from './panel.ts';
import { plainKeptSums } from './plain-kept-sums.ts';
import { noteTexts } from '../support/note-texts.ts';

const rows = dyadicPanel(31, { persons: 260 }).filter((row) => row['job3'] !== null);
const list = [outcomes.hours3, outcomes.job3];
const spec = panelSpec(covariates, { outcomes: list, interactions });
const by = [['county'], ['county', 'sex']];
let pool: Pool;
let run: RunResult | undefined;
let fit: Fit;
let math: ReturnType<typeof estimationMath>;
let whatIf: (request: WhatIfRequest) => WhatIfAnswer;
beforeAll(async () => {
  pool = await openBuiltPool(2);
  math = estimationMath(await open());
});
beforeEach(async () => {
  // Written within a test, the table goes with it.
  run ??= await runBuiltModel({ spec, source: { files: writeTable(rows, { format: 'arrow' }) }, options: { ...defaultOptions, by }, pool, keep: true });
  fit = run.fits[1]!;
  whatIf = openWhatIf(run, math);
});
afterAll(() => pool.close());

/** η at the fit, from rows and the coefficient table. */
function etaOf(row: Row, columns: readonly DesignColumn[]): number {
  const estimate = new Map(fit.coefficients.map((c) => [`${c.term}\n${c.level}`, c.estimate ?? 0]));
  return columns.reduce((eta, column) => eta + column.value(row) * estimate.get(`${column.term}\n${column.level}`)!, 0);
}
const designFor = (changed: readonly (typeof covariates)[number][], pairs: typeof spec.interactions) =>
  designOf(panelSpec(changed, { outcomes: list, ...(pairs ? { interactions: pairs } : {}) }), changed, { all: rows, sample: rows, horizon: 3, samples: [{ rows, horizon: 3 }] });
const designAtFit = designFor(covariates, interactions);

/** One step of Newton's method from the fit, as a weighted regression of η + s/w: the quadratic approximation's maximum. */
function oneStep(columns: readonly DesignColumn[], sample: readonly Row[]) {
  const eta = sample.map((row) => etaOf(row, designAtFit.columns));
  const s = sample.map((row, i) => scoreResidual(row['job3'] as number, eta[i]!));
  const root = sample.map((_, i) => Math.sqrt(s[i]! * (s[i]! + eta[i]!)));
  const x = columns.map((column) => Float64Array.from(sample, (row, i) => column.value(row) * root[i]!));
  return leastSquares(x, Float64Array.from(sample, (_, i) => root[i]! * (eta[i]! + s[i]! / root[i]! ** 2)));
}

function expectSame(answer: WhatIfAnswer, columns: readonly DesignColumn[], sample: readonly Row[]): void {
  const model = answer.models[0]!;
  const { beta, inverse, kept } = oneStep(columns, sample);
  expect([model.approximation, model.rank, model.n]).toEqual(['first-order', kept.filter(Boolean).length, sample.length]);
  columns.forEach(({ term, level }, j) => {
    const coefficient = model.coefficients.find((c) => c.term === term && c.level === level)!;
    expect(Math.abs(coefficient.estimate! - beta[j]!)).toBeLessThan(1e-5);
    expect(Math.abs(coefficient.standardError! - Math.sqrt(inverse[j]![j]!))).toBeLessThan(1e-5);
  });
  expectCells(answer, (row) => columns.reduce((sum, column, j) => sum + column.value(row) * beta[j]!, 0));
}

/** Σ Φ + φ·(η′ − η) by cell of every breakdown. */
function expectCells(answer: WhatIfAnswer, changedEta: (row: Row) => number): void {
  const [found] = answer.cells;
  expect([found!.approximation, answer.firstOrder]).toEqual(['first-order', ['job3']]);
  for (const { by: columns, groups, firstMonth, n, expected } of found!.groupings) {
    const sums = new Float64Array(n.length);
    for (const row of rows) {
      const eta = etaOf(row, designAtFit.columns);
      const group = groups.findIndex((labels) => labels.every((label, c) => label === labelOf(row, columns[c]!)));
      sums[(monthNumber(row['month'] as string) - firstMonth) * groups.length + group]! += normalCdf(eta) + normalDensity(eta) * (changedEta(row) - eta);
    }
    sums.forEach((sum, cell) => expect(Math.abs(expected[cell]! - sum)).toBeLessThan(1e-5 * Math.max(1, n[cell]!)));
  }
}

const preview = (model: ModelChange): WhatIfAnswer => whatIf({ outcomes: ['job3'], model });

describe('a probit’s preview', () => {
  it('is the fit where nothing changes', () => {
    const [model] = preview({}).models;
    model!.coefficients.forEach(({ estimate }, k) => expect(Math.abs((estimate ?? 0) - (fit.coefficients[k]!.estimate ?? 0))).toBeLessThan(1e-8));
    expect(model!.coefficients.map(({ status, n }) => [status, n])).toEqual(fit.coefficients.map(({ status, n }) => [status, n]));
  });

  it('of another model is one step of Newton’s method from the fit, its expected values the first order', () => {
    const answer = preview({ drop: ['hours'], dropInteractions: [['flag', 'hours']] });
    expectSame(answer, designFor(covariates.filter(({ name }) => name !== 'hours'), interactions.slice(0, 1)).columns, rows);
    expect(noteTexts(answer.notes)).toEqual(['job3: a preview, of first order about the fit; exact values need the rows.']);
  });

  it('merges levels and leaves out months', () => {
    const merged = covariates.map((covariate) => (covariate.name === 'age' ? { name: 'age', coding: 'values', min: 18, max: 24, reference: 22, labels: ['18', '19', '20', '21', '22', '23', '24 + 25 + 26 + 27'] } as const : covariate));
    const sample = rows.filter((row) => !['2018-03', '2018-04'].includes(row['month'] as string));
    expectSame(preview({ merge: [{ covariate: 'age', levels: ['24', '25', '26', '27'] }], dropMonths: ['2018-03/2018-04'] }), designFor(merged, interactions).columns, sample);
  });

  it('is near the estimate from the rows', async () => {
    const changed = covariates.filter(({ name }) => name !== 'wage');
    const refit = await runBuiltModel({ spec: panelSpec(changed, { outcomes: list, interactions }), source: { files: writeTable(rows, { format: 'arrow' }) }, options: defaultOptions, pool });
    const [model] = preview({ drop: ['wage'] }).models;
    model!.coefficients.forEach(({ estimate, standardError }, k) => {
      if (estimate) expect(Math.abs(estimate - refit.fits[1]!.coefficients[k]!.estimate!) / standardError!).toBeLessThan(0.1);
    });
  });

  it('of other people moves each by the density at the fit', () => {
    const change = (...people: PeopleChange[]): WhatIfAnswer => whatIf({ outcomes: ['job3'], people });
    const changedEta = (change: (row: Row) => Row) => (row: Row): number => etaOf(change(row), designAtFit.columns);
    expectCells(change({ kind: 'set', covariate: 'flag', level: '0' }), changedEta((row) => ({ ...row, flag: false })));
    expectCells(change({ kind: 'shift', covariate: 'kids', by: 2 }), changedEta((row) => ({ ...row, kids: Math.min(4, (row['kids'] as number) + 2) })));
    expectCells(change({ kind: 'set', covariate: 'flag', level: '1', group: { county: '10' } }), changedEta((row) => (row['county'] === 10 ? { ...row, flag: true } : row)));
  });

  it('gives a group the mix of another', () => {
    const [before] = whatIf({ outcomes: ['job3'], model: {} }).cells;
    const [after] = whatIf({ outcomes: ['job3'], people: [{ kind: 'mix', group: { county: '1' }, like: { county: '10' } }] }).cells;
    const [from, to] = [before!.groupings[1]!, after!.groupings[1]!];
    for (let t = 0; t < from.months; t++) expect(to.expected[3 * t]! / to.n[3 * t]!).toBeCloseTo(from.expected[3 * t + 2]! / from.n[3 * t + 2]!, 7);
  });

  it('adds up one person with the changed coefficients', () => {
    const person = { age: '20', kids: '1', flag: '1', cohort: 'b', wage: '2', inflow: '3' };
    const answer = whatIf({ outcomes: ['job3'], model: { drop: ['hours'], dropInteractions: [['flag', 'hours']] }, person });
    expect(answer.persons[0]!.approximation).toBe('first-order');
    expect(answer.persons[0]!.expected).toBeCloseTo(normalCdf(answer.persons[0]!.linearPredictor), 12);
  });
});

describe('a probit’s preview says that it needs the rows', () => {
  const notesOf = (source: Parameters<typeof openWhatIf>[0], request: WhatIfRequest): string[] => {
    const answer = openWhatIf(source, math)({ outcomes: ['job3'], ...request });
    expect([answer.models, answer.cells]).toEqual([[], []]);
    return noteTexts(answer.notes);
  };

  it('where nothing is kept about the fit', () => {
    const kept = run!.kept.map((sums) => ({ ...sums, probits: [null, null] }));
    for (const request of [{ model: {} }, { people: [{ kind: 'set', covariate: 'flag', level: '0' }] }] as const) {
      expect(notesOf({ ...run!, kept }, request)).toEqual(expect.arrayContaining([expect.stringMatching(/^job3: what a probit is like near its fit is not kept; this needs the rows, and is left out\.$/)]));
    }
  });

  it('where a month came with another load, until it is out again', () => {
    const march = parseMonth('2018-03')!;
    const { outcomes: places } = run!.kept[0]!;
    const newer = plainKeptSums({ spec, rows: rows.filter((row) => row['month'] === '2018-03'), codedBy: rows, outcomes: ['hours3', 'job3'], by, yShift: places[1]!.yShift });
    const sums = addMonths(dropMonths(run!.kept[0]!, [march]), { ...newer, outcomes: places });
    expect(notesOf({ ...run!, kept: [sums] }, { model: {} })[0]).toMatch(/1 month came with another load/);
    const without = openWhatIf({ ...run!, kept: [sums] }, math)({ outcomes: ['job3'], model: { dropMonths: ['2018-03'] } });
    expect(without.models[0]!.coefficients).toEqual(preview({ dropMonths: ['2018-03'] }).models[0]!.coefficients);
    expect(without.cells[0]!.groupings[1]!.expected.some(Number.isNaN)).toBe(true);
  });

  it('where other rows are set aside than in the fit', async () => {
    // Everybody of age 25 has a job; with age 24 they have not.
    const odd = rows.map((row) => (row['age'] === 25 ? { ...row, job3: 1 } : row));
    const separated = await runBuiltModel({ spec, source: { files: writeTable(odd, { format: 'arrow' }) }, options: { ...defaultOptions, by }, pool, keep: true });
    expect(separated.fits[1]!.coefficients.find(({ term, level }) => term === 'age' && level === '25')!.status).toBe('separated');
    expect(notesOf(separated, { model: { merge: [{ covariate: 'age', levels: ['24', '25'] }] } })[0]).toMatch(/other rows are set aside than in the fit, where everybody has the same outcome: age 25/);
    const answer = openWhatIf(separated, math)({ outcomes: ['job3'], model: { drop: ['wage'] } });
    expect(answer.models[0]!.coefficients.find(({ level }) => level === '25')!.status).toBe('separated');
    expect(answer.models[0]!.rank).toBe(separated.fits[1]!.rank - 4);
    expect(() => openWhatIf(separated, math)({ outcomes: ['job3'], people: [{ kind: 'shift', covariate: 'age', by: 1 }] })).toThrow(/has age 25 has the same outcome, so that changing who has it needs the rows/);
    // Their expected value stays at its limit.
    const flags = openWhatIf(separated, math)({ outcomes: ['job3'], people: [{ kind: 'set', covariate: 'flag', level: '0' }] });
    expect(flags.cells.length).toBe(1);
  });
});
