import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Covariate, ModelSpec } from '../../src/spec/model-spec.ts';
import type { Pool } from '../../src/workers/pool.ts';
import { expectReference } from '../reference/compare.ts';
import { defaultOptions, openBuiltPool, runBuiltModel } from '../support/built-engine.ts';
import { normalQuantile } from '../reference/distributions.ts';
import { runTrial } from '../support/trial.ts';
import { draws, tableFile } from '../support/table-file.ts';

const spec = (names: string[], interactions: [string, string][] = []): ModelSpec => ({
  name: 'separation', person: 'person_id', month: 'month',
  outcomes: [{ name: 'work', family: 'probit', horizon: 3 }],
  covariates: names.map((name): Covariate => ({ name, coding: 'values', min: 0, max: name === 'c' ? 2 : 1, reference: 0 })),
  interactions,
});

/** 600 rows of two dummies and one of three levels, with an outcome of one's own. */
function rows(work: (a: number, b: number, c: number, u: number) => number) {
  const next = draws(7);
  return Array.from({ length: 600 }, (_, i) => {
    const [a, b, c] = [Math.floor(2 * next()), Math.floor(2 * next()), Math.floor(3 * next())];
    return { person_id: 1000 + i, month: '2020-01', a, b, c, work: work(a, b, c, next()) };
  });
}

describe('separation', () => {
  let pool: Pool;
  beforeAll(async () => {
    pool = await openBuiltPool(2);
  });
  afterAll(() => pool.close());
  const run = (model: ModelSpec, table: ReturnType<typeof rows>) =>
    runBuiltModel({ spec: model, source: { files: [tableFile(table)] }, options: { ...defaultOptions, by: [['c']] }, pool });

  it('by two levels together is an error that names them', async () => {
    // Those with a alone all work, those with b alone never; with both or neither half do. Each level by itself is mixed.
    const table = rows((a, b, _, u) => (a === b ? Number(u < 0.5) : a));
    const failure = run(spec(['a', 'b', 'c']), table);
    await expect(failure).rejects.toMatchObject({ kind: 'not-estimable', args: { outcome: 'work', levels: ['a 1', 'b 1'] } });
    await expect(failure).rejects.toThrow(/separated by a combination of levels.*a 1, b 1/);
  });

  it('by one level sets its rows aside with their limit, and the rest is what it is without them', async () => {
    const table = rows((a, _, c, u) => (c === 2 ? 0 : Number(u < 0.3 + 0.3 * a)));
    const { fits, tables } = await run(spec(['a', 'b', 'c']), table);
    const without = await run(spec(['a', 'b', 'c']), table.filter(({ c }) => c !== 2));
    expect(fits[0]!.setAside).toBe(table.filter(({ c }) => c === 2).length);
    expect(fits[0]!.n).toBe(600);
    const status = (fit: typeof fits[0]) => fit.coefficients.map(({ term, level, status: s }) => `${term} ${level} ${s}`);
    expect(status(fits[0]!)).toContain('c 2 separated');
    for (const [j, ours] of fits[0]!.coefficients.entries()) {
      const theirs = without.fits[0]!.coefficients[j]!;
      if (ours.status === 'estimated') expect(ours.estimate).toBeCloseTo(theirs.estimate!, 8);
    }
    const inLevel = tables[1]!.groups[0]!.indexOf('2');
    expect([tables[1]!.actual[inLevel], tables[1]!.expected[inLevel], tables[1]!.indicator[inLevel]]).toEqual([0, 0, 0]);
  });

  it('by the reference level leaves its rows at the limit too, and the next most common level takes its place', async () => {
    const table = rows((a, b, c, u) => (c === 0 ? 1 : Number(u < 0.3 + 0.2 * a + 0.1 * b)));
    const { fits, tables } = await run(spec(['a', 'b', 'c']), table);
    const level = (label: string) => fits[0]!.coefficients.find(({ term, level: l }) => term === 'c' && l === label)!;
    expect([level('0').status, level('1').status, level('2').status]).toEqual(['separated', 'reference', 'estimated']);
    expect(tables[1]!.expected[tables[1]!.groups[0]!.indexOf('0')]).toBe(1);
  });

  it('is looked for again among the rows that are left', async () => {
    // c = 2 never works. Of the others, b = 1 always works: seen only once c = 2 is set aside.
    const table = rows((a, b, c, u) => (c === 2 ? 0 : b === 1 ? 1 : Number(u < 0.3 + 0.3 * a)));
    const { fits, tables } = await run(spec(['a', 'b', 'c']), table);
    const status = Object.fromEntries(fits[0]!.coefficients.map(({ term, level, status: s }) => [`${term} ${level}`, s]));
    expect([status['c 2'], status['b 1'], status['a 1']]).toEqual(['separated', 'separated', 'estimated']);
    expect(tables[1]!.expected[tables[1]!.groups[0]!.indexOf('2')]).toBe(0);
  });

  it('gives a row outside the sample its limit, and none to one drawn to both', async () => {
    // In the sample b = 1 always works and c = 2 never does, and nobody has both.
    const inside = rows((_, b, c, u) => (b === 1 ? 1 : c === 2 ? 0 : Number(u < 0.5))).filter(({ b, c }) => b === 0 || c !== 2);
    const outside = rows((_, __, ___, u) => Number(u < 0.5)).map((row) => ({ ...row, person_id: row.person_id + 5000, month: '2020-02' }));
    const model = { ...spec(['a', 'b', 'c']), sample: { months: ['2020-01'] } };
    const result = await run(model, [...inside, ...outside]);
    expect(result.warnings).toMatchObject([{ code: 'warning.without-expected', args: { rows: outside.filter(({ b, c }) => b === 1 && c === 2).length } }]);
    expectReference(result, { spec: model, rows: [...inside, ...outside], options: { ...defaultOptions, by: [['c']] } });
  });

  it('of a crossed cell sets that cell aside', async () => {
    const table = rows((a, b, _, u) => (a === 1 && b === 1 ? 1 : Number(u < 0.5)));
    const { fits } = await run(spec(['a', 'b', 'c'], [['a', 'b']]), table);
    const cell = fits[0]!.coefficients.find(({ term }) => term === 'a:b')!;
    expect([cell.level, cell.status, cell.estimate]).toEqual(['1:1', 'separated', null]);
    expect(fits[0]!.setAside).toBe(table.filter(({ a, b }) => a === 1 && b === 1).length);
  });

  it('of a crossed cell of a reference is named, with the rows found there', async () => {
    const result = await runTrial({ pool, name: 'separated-cell-at-reference' });
    const [fit] = result.fits;
    expect([fit!.setAside, fit!.separated]).toEqual([2, [{ term: 'a:b', level: 'r:p', limit: 1, rows: 2, round: 1 }]]);
    expect(fit!.coefficients.filter(({ status }) => status === 'separated').map(({ term, level, n, estimate }) => [term, level, n, estimate])).toEqual([['a:b', 'r:p', 2, null]]);
    // Among the rows left p goes with s alone, so that b p tells s:p already: the rank rule.
    const fitted = (a: string, b: string) => result.fits[0]!.coefficients.filter(({ term, level }) => term === 'constant' || (term === 'a' && level === a) || (term === 'b' && level === b)).reduce((sum, { estimate }) => sum + (estimate ?? 0), 0);
    expect(fit!.rank).toBe(3);
    expect([['r', 'q'], ['s', 'q'], ['s', 'p']].map(([a, b]) => fitted(a!, b!))).toEqual([9 / 20, 12 / 20, 7 / 15].map((share) => expect.closeTo(normalQuantile(share), 7)));
  });

  it.each([[40, 1], [160, 2], [300, 5]])('in a chain of %i rounds ends with each row at the limit of the first, by %i factors', async (rounds, others) => {
    // Round r finds level ⌊r/2⌋ of f, or of g: everybody there but those of the level before has one outcome.
    const names = ['f', 'g', ...Array.from({ length: others - 1 }, (_, k) => `h${k}`)];
    const table: Record<string, number | string>[] = [];
    const add = (f: number, g: number, work: number): void => {
      table.push({ person_id: table.length, month: '2020-01', f, g, ...Object.fromEntries(names.slice(2).map((name) => [name, table.length % 3])), work });
    };
    const rest = 2 + Math.ceil(rounds / 2);
    for (let r = 0; r < rounds; r++) {
      const [level, limit] = [Math.floor(r / 2), r % 2];
      // Alone, and with the level that the next round finds.
      if (r % 2 === 0) [add(level, rest, limit), add(level, level, limit)];
      else [add(rest, level, limit), add(level + 1, level, limit)];
    }
    for (let i = 0; i < 24; i++) add(rest, rest, Number(i % 4 === 0));
    const model: ModelSpec = { ...spec([]), covariates: names.map((name) => ({ name, coding: 'values' })) };
    const { fits, tables } = await runBuiltModel({ spec: model, source: { files: [tableFile(table)] }, options: { ...defaultOptions, by: [['person_id']] }, pool });
    expect(Math.max(...fits[0]!.separated.map(({ round }) => round))).toBeGreaterThanOrEqual(rounds - 2);
    const shown = new Map(tables[1]!.groups[0]!.map((label, k) => [Number(label), k]));
    for (const [id, { work }] of table.entries()) {
      if (id < table.length - 24) expect([id, tables[1]!.expected[shown.get(id)!]]).toEqual([id, work]);
    }
    expect(fits[0]!.setAside).toBe(table.length - 24);
    expect(fits[0]!.coefficients[0]!.estimate).not.toBeNull();
  });

  it('of all months but one leaves that month, and of all is an error that says what was set aside', async () => {
    const table = rows((a, _, __, u) => Number(u < 0.3 + 0.3 * a)).map((row, i) => ({ ...row, month: `2020-0${1 + (i % 4)}` }));
    const model: ModelSpec = { ...spec(['a']), covariates: [...spec(['a']).covariates, { name: 'when', column: 'month', coding: 'values', reference: '2020-01' }] };
    const oneLeft = await run(model, table.map((row, i) => ({ ...row, work: i % 4 === 3 ? row.work : i % 2 })));
    expect(oneLeft.fits[0]!.references).toEqual([{ term: 'when', named: '2020-01', effective: '2020-04', why: 'separated' }]);
    expect(oneLeft.fits[0]!.setAside).toBe(450);
    const none = run(model, table.map((row, i) => ({ ...row, work: i % 2 })));
    await expect(none).rejects.toMatchObject({ code: 'not-estimable.one-outcome-left', args: { setAside: 600, rows: 0 } });
  });

  it('of everybody is an error of its own', async () => {
    await expect(run(spec(['a']), rows(() => 1))).rejects.toThrow(/everybody has the outcome 1 \(600 rows\)/);
  });
});
