import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { RunResult } from '../../src/run-result.ts';
import type { Pool } from '../../src/workers/pool.ts';
import { defaultOptions, openBuiltPool, runBuiltModel } from '../support/built-engine.ts';
import { csvRows } from '../support/csv-rows.ts';
import { referenceCase } from '../support/reference-case.ts';

const { file, spec } = referenceCase('panel');
const rows = 'path' in file.location ? csvRows(file.location.path) : [];

/** Position of a level among the columns of a frame. */
const column = (result: RunResult, sample: number, term: string, level: string): number =>
  result.kept[sample]!.frame.columns.findIndex((c) => c.term === term && c.level === level);

const entry = (gram: Uint32Array, i: number, j: number): number => gram[(Math.max(i, j) * (Math.max(i, j) + 1)) / 2 + Math.min(i, j)]!;

describe('kept sums', () => {
  let pool: Pool;
  let result: RunResult;
  beforeAll(async () => {
    pool = await openBuiltPool(2);
    result = await runBuiltModel({ spec, source: { files: [file] }, options: { ...defaultOptions, by: [['county']] }, pool, keep: true });
  });
  afterAll(() => pool.close());

  it('count pairs of levels, references too, and sum outcomes month by month as plain loops do', () => {
    const kept = result.kept[0]!;
    const wanted: (readonly [string, string])[] = [['age', '40'], ['female', '1'], ['country_group', '0'], ['residence', '5'], ['country_group:residence', '3:5']];
    const has = (row: Record<string, string>, [term, level]: readonly [string, string]): boolean => {
      const residence = [12, 24, 36, 48, 120].filter((limit) => Number(row.residence_months) > limit).length;
      if (term === 'country_group:residence') return `${row.country_group}:${residence}` === level;
      return (term === 'residence' ? String(residence) : row[term]) === level;
    };
    for (const { month, gram, outcomeSums, inSample } of kept.months) {
      expect(inSample).toBe(true);
      const label = `${Math.floor(month / 12)}-${String((month % 12) + 1).padStart(2, '0')}`;
      const here = rows.filter((row) => row.month === label && row.atid3 !== '');
      expect(entry(gram, 0, 0)).toBe(here.length);
      for (const a of wanted) {
        const i = column(result, 0, ...a);
        for (const b of wanted) expect(entry(gram, i, column(result, 0, ...b))).toBe(here.filter((row) => has(row, a) && has(row, b)).length);
        const sum = here.filter((row) => has(row, a)).reduce((total, row) => total + Number(row.atid3), 0);
        expect(Number(outcomeSums[0]![i]!) / 2 ** kept.outcomes[0]!.yShift).toBeCloseTo(sum, 6);
      }
    }
    expect(kept.months.reduce((n, { gram }) => n + gram[0]!, 0)).toBe(9309);
  });

  it('count levels by group and month', () => {
    const kept = result.kept[0]!;
    const { groups, firstMonth, n, x } = kept.groupings[1]!;
    const L = kept.frame.columns.length;
    const [female, county] = [column(result, 0, 'female', '1'), '3'];
    const cell = (2018 * 12 + 4 - firstMonth) * groups.length + groups.findIndex(([label]) => label === county);
    const here = rows.filter((row) => row.month === '2018-05' && row.county === county && row.atid3 !== '');
    expect([n[cell], x[cell * L], x[cell * L + female]]).toEqual([here.length, here.length, here.filter((row) => row.female === '1').length]);
  });

  it('are the same for any number of workers', async () => {
    const one = await openBuiltPool(1);
    const other = await runBuiltModel({ spec, source: { files: [file] }, options: { ...defaultOptions, by: [['county']] }, pool: one, keep: true });
    one.close();
    expect(other.kept).toEqual(result.kept);
  });
});
