import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Covariate, ModelSpec } from '../../src/spec/model-spec.ts';
import type { Pool } from '../../src/workers/pool.ts';
import { expectReference } from '../reference/compare.ts';
import { defaultOptions, openBuiltPool, runBuiltModel } from '../support/built-engine.ts';
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
    expect(result.warnings).toHaveLength(1);
    expect(result.warnings[0]).toContain(`${outside.filter(({ b, c }) => b === 1 && c === 2).length} rows outside`);
    expectReference(result, { spec: model, rows: [...inside, ...outside], options: { ...defaultOptions, by: [['c']] } });
  });

  it('of a crossed cell sets that cell aside', async () => {
    const table = rows((a, b, _, u) => (a === 1 && b === 1 ? 1 : Number(u < 0.5)));
    const { fits } = await run(spec(['a', 'b', 'c'], [['a', 'b']]), table);
    const cell = fits[0]!.coefficients.find(({ term }) => term === 'a:b')!;
    expect([cell.level, cell.status, cell.estimate]).toEqual(['1:1', 'separated', null]);
    expect(fits[0]!.setAside).toBe(table.filter(({ a, b }) => a === 1 && b === 1).length);
  });

  it('of everybody is an error of its own', async () => {
    await expect(run(spec(['a']), rows(() => 1))).rejects.toThrow(/everybody has the outcome 1 \(600 rows\)/);
  });
});
