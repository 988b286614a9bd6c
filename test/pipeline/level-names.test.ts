import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { statSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { compareCoefficients } from '../../src/compare-runs/compare-coefficients.ts';
import { coefficientColumns } from '../../src/results/columns.ts';
import { csvText } from '../../src/results/csv.ts';
import { csvTexts } from '../../src/register/csv-texts.ts';
import type { RunResult } from '../../src/run-result.ts';
import type { Covariate } from '../../src/spec/model-spec.ts';
import { levelName, plainName, splitNames } from '../../src/spec/level-names.ts';
import { parseModelSpec } from '../../src/spec/parse-spec.ts';
import type { Pool } from '../../src/workers/pool.ts';
import type { Row } from '../reference/table.ts';
import { defaultOptions, openBuiltPool, runBuiltModel } from '../support/built-engine.ts';
import { hostileNames } from '../support/hostile-names.ts';
import { draws } from '../support/table-file.ts';

let pool: Pool;
beforeAll(async () => {
  pool = await openBuiltPool(2);
});
afterAll(() => pool.close());

it('a separated cell of levels that would be joined to the same name is named as itself', async () => {
  const trial = new URL('../fixtures/trials/colon-in-level/', import.meta.url);
  const path = fileURLToPath(new URL('data.csv', trial));
  const spec = parseModelSpec(readFileSync(new URL('model.json', trial), 'utf8'));
  const { fits: [fit] } = await runBuiltModel({ spec, source: { files: [{ name: 'data.csv', format: 'csv', bytes: statSync(path).size, location: { path } }] }, options: defaultOptions, pool });
  const crossed = fit!.coefficients.filter(({ term }) => term === 'a:b');
  expect(crossed.map(({ level }) => level).sort()).toEqual([...new Set(crossed.map(({ level }) => level))].sort());
  const rows = readFileSync(path, 'utf8').trim().split('\n').slice(1).map((line) => line.split(','));
  const cell = rows.filter(([, , , a, b]) => a === 'x:y' && b === 'z');
  expect([cell.length, cell.every(([, , y]) => y === '1')]).toEqual([67, true]);
  expect(fit!.coefficients.find(({ level }) => level === 'x\\:y:z')).toMatchObject({ term: 'a:b', n: 67, status: 'separated', estimate: null });
  const other = rows.filter(([, , , a, b]) => a === 'x' && b === 'y:z').length;
  expect(fit!.coefficients.filter(({ level }) => level === 'x:y\\:z').map(({ n }) => n)).toEqual(other > 0 ? [other] : []);
  expect(fit!.coefficients.some(({ status }) => status === 'collinear')).toBe(false);
});

describe('levels of hostile names', () => {
  const names = hostileNames(9, 12);
  const others = hostileNames(10, 5);
  const draw = draws(21);
  const pick = <T>(values: readonly T[]): T => values[Math.floor(draw() * values.length)]!;
  const rows: Row[] = Array.from({ length: 900 }, (_, i) => ({
    person_id: i % 300, month: `2018-0${1 + Math.floor(i / 300)}`, name: draw() < 0.05 ? null : pick(names), other: pick(others), hours3: Math.round(draw() * 4000) / 100,
  }));
  const covariates: Covariate[] = [{ name: 'na\\me', column: 'name', coding: 'values', missing: 'level', reference: names[3]! }, { name: 'other', coding: 'values', reference: others[1]! }];
  const spec = parseModelSpec({
    name: 'hostile', person: 'person_id', month: 'month', outcomes: [{ name: 'hours3', family: 'gaussian', horizon: 3 }], covariates, interactions: [['na\\me', 'other']],
  });
  const n = (term: string, level: string, result: RunResult): number => result.fits[0]!.coefficients.find((c) => c.term === term && c.level === level)!.n;

  it('have one row each, with the rows that have them, through CSV and back', async () => {
    const result = await runAgainstReferenceRows();
    const { coefficients } = result.fits[0]!;
    const keys = coefficients.map(({ term, level }) => JSON.stringify([term, level]));
    expect(new Set(keys).size).toBe(keys.length);
    for (const name of names) expect(n('na\\\\me', levelName(name), result)).toBe(rows.filter((row) => row.name === name).length);
    expect(n('na\\\\me', 'missing', result)).toBe(rows.filter((row) => row.name === null).length);
    let crossed = 0;
    for (const { term, level, n: count } of coefficients) {
      if (splitNames(term).length < 2) continue;
      const [a, b] = splitNames(level);
      expect(count).toBe(rows.filter((row) => (a === 'missing' ? row.name === null : row.name === plainName(a!)) && row.other === plainName(b!)).length);
      crossed++;
    }
    expect(crossed).toBe(names.length * (others.length - 1));
    const read = csvTexts('coefficients.csv', new TextEncoder().encode(csvText(coefficientColumns(result.fits))));
    expect(read.get('term')).toEqual(coefficients.map(({ term }) => term));
    expect(read.get('level')).toEqual(coefficients.map(({ level }) => level));
    expect(coefficients.filter(({ status }) => status === 'reference').map(({ level }) => plainName(level))).toEqual([names[3], others[1]]);
  });

  it('are held against each other row by row, and a change of reference takes the crossed ones along', async () => {
    const result = await runAgainstReferenceRows();
    const again = await runBuiltModel({ spec: { ...spec, covariates: [covariates[0]!, { ...covariates[1]!, reference: others[2]! } as Covariate] }, source: await source(), options: defaultOptions, pool });
    const compared = compareCoefficients([{ a: result.fits[0]!, b: again.fits[0]! }] as unknown as Parameters<typeof compareCoefficients>[0]);
    expect(compared.referenceChanges.map(({ term }) => term)).toEqual(['other']);
    const differences = compared.coefficients.flatMap(({ difference }) => difference ?? []);
    expect(differences.length).toBeGreaterThan(names.length * (others.length - 1));
    for (const difference of differences) expect(Math.abs(difference)).toBeLessThan(1e-9);
    const same = compareCoefficients([{ a: result.fits[0]!, b: result.fits[0]! }] as unknown as Parameters<typeof compareCoefficients>[0]);
    expect(same.coefficients.length).toBe(result.fits[0]!.coefficients.length);
    expect(same.coefficients.every(({ a, b, difference }) => a === b && (a!.estimate === null ? difference === null : difference === 0))).toBe(true);
  });

  async function source() {
    const { writeTable } = await import('../support/write-table.ts');
    return { files: writeTable(rows, { format: 'arrow' }) };
  }
  async function runAgainstReferenceRows(): Promise<RunResult> {
    return runBuiltModel({ spec, source: await source(), options: defaultOptions, pool });
  }
});
