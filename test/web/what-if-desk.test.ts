import { beforeAll, describe, expect, it } from 'vitest';
import { bundleOf } from '../../src/bundle/bundle.ts';
import { readBundle } from '../../src/bundle/read-bundle.ts';
import { writeBundle } from '../../src/bundle/write-bundle.ts';
import { estimationMath } from '../../src/estimate/math.ts';
import { loadKernelModule } from '../../src/kernels/load-node.ts';
import { openKernels } from '../../src/kernels/wasm.ts';
import type { IndicatorTable } from '../../src/indicator/table.ts';
import { openWhatIf } from '../../src/whatif/what-if.ts';
import { monthlySeries } from '../../web/monthly-series.ts';
import { openDesk } from '../../web/what-if-desk.ts';
import type { DeskSource, WhatIfDesk } from '../../web/what-if-desk.ts';
import type { ComparedSeries, WhatIfQuestion } from '../../web/what-if-question.ts';
import { openBuiltPool, runBuiltModel } from '../support/built-engine.ts';
import { whatIfCase, whatIfSource } from '../support/what-if-case.ts';
import { noteTexts } from '../support/note-texts.ts';

const { spec, options } = whatIfCase;
let source: DeskSource;
let desk: WhatIfDesk;
let ask: ReturnType<typeof openWhatIf>;
beforeAll(async () => {
  const pool = await openBuiltPool(1);
  source = await runBuiltModel({ spec, source: whatIfSource, options, pool, keep: true });
  await pool.close();
  const math = estimationMath(openKernels(await loadKernelModule()));
  desk = openDesk(source, math);
  ask = openWhatIf(source, math);
});

const question = (change: Partial<WhatIfQuestion>): WhatIfQuestion => ({ outcome: 'atid3', by: ['county'], seasonal: false, ...change });
const closeTo = (found: ArrayLike<number>, wanted: ArrayLike<number>): void => {
  const far = Array.from(wanted).filter((value, k) => !(Math.abs(found[k]! - value) <= 1e-9 || (Number.isNaN(value) && Number.isNaN(found[k]))));
  expect([found.length, far]).toEqual([wanted.length, []]);
};

/** The series of one table, and those of an answer beside it. */
function expectSeries(found: readonly ComparedSeries[], side: 'before' | 'after', table: IndicatorTable, months: readonly string[]): void {
  const wanted = monthlySeries(table, { outcome: 'atid3', months, seasonal: false });
  expect(found.map(({ group }) => group)).toEqual(wanted.map(({ group }) => group));
  for (const [k, series] of wanted.entries()) {
    for (const column of ['n', 'actual', 'expected', 'indicator'] as const) closeTo(found[k]![side][column], series[column]);
  }
}

describe('what can be asked', () => {
  it('is told with levels, references, interactions, months and breakdowns', () => {
    const { outcomes } = desk.base;
    expect(outcomes.map(({ outcome }) => outcome)).toEqual(['atid3', 'atid12', 'jobb3', 'jobb12']);
    const [atid3] = outcomes;
    expect(atid3!.covariates.find(({ name }) => name === 'hours_at_measurement')).toEqual({
      name: 'hours_at_measurement', parts: [{ levels: ['0', '0_8', '8_16', '16_24', '24_32', '32_38', 'over_38'], reference: '0' }],
    });
    expect(atid3!.covariates.find(({ name }) => name === 'pension_income_before')!.parts.map(({ reference }) => reference)).toEqual(['none', 'zero_or_missing']);
    expect(atid3!.interactions).toEqual([['country_group', 'residence_time']]);
    expect([atid3!.months.length, atid3!.months[0], atid3!.months.at(-1)]).toEqual([79, '2017-12', '2024-06']);
    expect(atid3!.breakdowns.map(({ by, groups }) => [by, groups.length])).toEqual([[['county'], 15], [['female'], 2]]);
  });
});

describe('an answer', () => {
  it('to another model has the series and figures of the API, beside those of the run', () => {
    const model = { drop: ['hours_at_measurement'], dropMonths: ['2020-03/2022-02'] };
    const reply = desk.ask(question({ model, term: 'age' }));
    const direct = ask({ outcomes: ['atid3'], model });
    const fit = source.fits.find(({ outcome }) => outcome === 'atid3')!;
    const [refit] = direct.models;
    expect(reply.models).toEqual([{ population: '', before: { n: fit.n, rank: fit.rank, share: fit.rSquared }, after: { n: refit!.n, rank: refit!.rank, share: refit!.rSquared } }]);
    expect(refit!.n).toBeLessThan(fit.n);
    expectSeries([reply.whole!], 'after', direct.tables[0]!, reply.months);
    expectSeries(reply.groups, 'after', direct.tables[1]!, reply.months);
    const tables = (source as unknown as { tables: IndicatorTable[] }).tables;
    expectSeries([reply.whole!], 'before', tables[0]!, reply.months);
    expectSeries(reply.groups, 'before', tables[1]!, reply.months);
    const estimate = (level: string) => refit!.coefficients.find((row) => row.term === 'age' && row.level === level)!.estimate;
    expect(reply.coefficients.map(({ level }) => level)).toContain('67');
    for (const { level, after } of reply.coefficients) expect(after).toBe(estimate(level));
    // Cells without an expected value are counted over the breakdown that is shown.
    expect(reply.notes.slice(0, 2)).toEqual(direct.notes.slice(0, 2));
    expect(reply.notes.length).toBe(direct.notes.length);
  });

  it('to other people keeps the coefficients, and follows the breakdown', () => {
    const people = [{ kind: 'shift', covariate: 'unemployment_inflow', by: -2, group: { female: '1' } }] as const;
    const reply = desk.ask(question({ by: ['female'], people }));
    const direct = ask({ outcomes: ['atid3'], people });
    expectSeries([reply.whole!], 'after', direct.tables[0]!, reply.months);
    expectSeries(reply.groups, 'after', direct.tables[2]!, reply.months);
    const [men, women] = reply.groups;
    closeTo(men!.after.expected, men!.before.expected);
    expect(women!.after.expected).not.toEqual(women!.before.expected);
    expect(reply.models).toEqual([]);
  });

  it('is seasonally adjusted where asked', () => {
    const model = { drop: ['age'] };
    const reply = desk.ask(question({ model, seasonal: true }));
    const [table] = ask({ outcomes: ['atid3'], model }).tables;
    closeTo(reply.whole!.after.indicator, monthlySeries(table!, { outcome: 'atid3', months: reply.months, seasonal: true })[0]!.indicator);
  });

  it('for one person adds up', () => {
    const { covariates } = desk.base.outcomes[2]!;
    const person = Object.fromEntries(covariates.map(({ name, parts }) => [name, parts.map(({ reference }) => reference)]));
    const reply = desk.ask(question({ outcome: 'jobb3', by: [], person }));
    expect(reply.persons).toEqual(ask({ outcomes: ['jobb3'], person }).persons);
    expect([reply.whole, reply.groups, reply.approximation]).toEqual([null, [], null]);
  });

  it('says how near it is where the API does', () => {
    const reply = desk.ask(question({ outcome: 'jobb3', model: { drop: ['age'] } }));
    // Either the answer takes the rows, and says so, or it is there and marked.
    expect(reply.whole === null ? noteTexts(reply.notes).join() : reply.approximation).toMatch(/rows|first-order/);
  });

  it('refuses what nobody has, in the engine’s words', () => {
    expect(() => desk.ask(question({ model: { drop: ['wages'] } }))).toThrow(/wages/);
  });

  it('from a bundle is that of the run, small cells left out', () => {
    const bundle = readBundle(writeBundle(bundleOf(source as Parameters<typeof bundleOf>[0], { engineVersion: '0' })));
    expect(bundle.withheld.cells).toBeGreaterThan(0);
    const fromBundle = openDesk(bundle, estimationMath(openKernels(kernels)));
    const model = { drop: ['hours_at_measurement'] };
    const [run, without] = [desk, fromBundle].map((one) => one.ask(question({ model })));
    expect(without!.models).toEqual(run!.models);
    // Few have a job in some months of so few rows: these are withheld too.
    const { after } = without!.whole!;
    // Months whose sums are kept together are not told one by one.
    const there = [...after.n.keys()].filter((k) => after.n[k]! > 0 && Number.isFinite(after.expected[k]));
    expect(there.length).toBeGreaterThan(40);
    closeTo(there.map((k) => without!.whole!.after.expected[k]!), there.map((k) => run!.whole!.after.expected[k]!));
    const shown = without!.groups.flatMap(({ group, after }) => {
      const other = run!.groups.find((one) => one.group === group)!.after;
      return [...after.n.keys()].filter((k) => after.n[k]! > 0 && Number.isFinite(after.expected[k])).map((k) => [after.n[k], after.expected[k]! - other.expected[k]!] as const);
    });
    expect(Math.min(...shown.map(([n]) => n!))).toBeGreaterThanOrEqual(4);
    expect(Math.max(...shown.map(([, off]) => Math.abs(off)))).toBeLessThan(1e-9);
  });
});

let kernels: WebAssembly.Module;
beforeAll(async () => {
  kernels = await loadKernelModule();
});
