import { describe, expect, it } from 'vitest';
import { compareResult } from '../../src/comparison/compare-result.ts';
import { ownIndicatorColumns } from '../../src/results/columns.ts';
import { csvText } from '../../src/results/csv.ts';
import { resultDigest, resultFiles, resultTables } from '../../src/results/result-files.ts';
import { ownComparisonColumns, unitTables } from '../../src/results/unit-tables.ts';
import type { RunResult } from '../../src/run-result.ts';
import { main } from '../../src/spec/built-in.ts';
import { joint, openMath } from '../comparison/fixtures.ts';
import { exampleResult } from '../support/run-result.ts';

const by = ['county', 'support_group'];
const groups = [['Oslo', 'a'], ['Oslo', 'b'], ['Troms', ''], ['Troms', 'b']];
const change = { estimate: 1, standardError: 0.5, confLow: NaN, confHigh: 2, state: 'ok' } as const;

/** Four groups and the whole; atid12 is not observed over the period. */
function compared(): RunResult {
  const more = { persons: new Float64Array(5).fill(20), modelError: new Float64Array(5).fill(1), state: Array.from({ length: 5 }, () => 'ok' as const), freedom: new Float64Array(5).fill(Infinity) };
  const { labels: _, ...means } = joint([1, 2, NaN, 8, 3], (i, j) => (i === j ? 1 : 0.25));
  const n = Float64Array.of(10, 20, 30, 40, 100);
  const none = new Float64Array(5).fill(NaN);
  const pairs = [0, 1, 2, 3].map((of) => ({ of, from: null, sets: [of, 4] as const, months: of === 3 ? 9 : 12 }));
  const held = { months: Float64Array.of(12, 12, 12, 9, 12), pairs, leftOut: 0 };
  const result = exampleResult();
  const row = { outcome: 'atid3', group: ['Oslo', 'a'], period: '2018-02', from: '2018-01', earlier: 'period before', n: 3, nFrom: 4, difference: change, adjusted: change, relative: change, percentChange: change } as const;
  return {
    ...result,
    options: { ...result.options, by: [by], compare: '2018', cluster: 'person' },
    tables: [result.tables[0]!, { ...result.tables[1]!, by: ['county'] }],
    comparisons: [
      { outcome: 'atid3', by, groups, period: '2018', n, ...more, ...held, ...means, covariance: means.covariance!, freedom: more.freedom, sets: { ...means, covariance: means.covariance!, freedom: more.freedom } },
      { outcome: 'atid12', by, groups, period: '2018', n, ...more, ...held, estimate: none, standardError: none, covariance: new Float64Array(25).fill(NaN), sets: { estimate: none, standardError: none, covariance: new Float64Array(25).fill(NaN), freedom: none } },
      { outcome: 'jobb3', by, groups, period: '2018', n, ...more, ...held, ...means, covariance: means.covariance!, freedom: more.freedom, sets: { ...means, covariance: means.covariance!, freedom: more.freedom } },
    ],
    changes: [{ by: [], rows: [] }, { by, rows: [row] }],
  };
}

const options = { level: 95, seed: 1, overdispersion: true, discovery: 'BY', threshold: null } as const;

describe('tables of a comparison', () => {
  it('have the breakdown’s columns in front, one outcome under the other', async () => {
    const result = compared();
    const tables = new Map(unitTables(compareResult(result, options, await openMath()), result.changes).map(([name, columns]) => [name, csvText(columns).trimEnd().split('\n')]));
    expect([...tables].map(([name, [header, ...lines]]) => [name, header!.split(',').slice(0, 4).join(), lines.length])).toEqual([
      ['funnel_county+support_group', 'outcome,county,support_group,n', 6],
      ['ranks_county+support_group', 'outcome,county,support_group,estimate', 6],
      ['shrinkage_county+support_group', 'outcome,county,support_group,estimate', 6],
      ['bands_county+support_group', 'outcome,county,support_group,estimate', 6],
      ['differences_county+support_group', 'outcome,county,support_group,from', 6],
      ['funnel_chance_county+support_group', 'outcome,limit,observed,expected', 4],
      ['xmr', 'outcome,month,value,segment', 66],
      ['xmr_county', 'outcome,county,month,value', 15 * 66],
      ['differences_periods_county+support_group', 'outcome,county,support_group,period', 1],
    ]);
    expect(tables.get('funnel_county+support_group')!.map((line) => line.split(',').slice(0, 5).join())).toEqual([
      'outcome,county,support_group,n,estimate', 'atid3,Oslo,a,10,1', 'atid3,Oslo,b,20,2', 'atid3,Troms,b,40,8', 'jobb3,Oslo,a,10,1', 'jobb3,Oslo,b,20,2', 'jobb3,Troms,b,40,8',
    ]);
    expect(tables.get('differences_county+support_group')![1]).toMatch(/^atid3,Oslo,a,whole,-2,1\.224/);
    expect(tables.get('differences_periods_county+support_group')![1]).toMatch(/^atid3,Oslo,a,2018-02,2018-01,period before,3,4,1,0\.5,,2,ok,1,0\.5,,2,ok,/);
    expect([...tables.values()].flat().filter((line) => /NaN|Infinity|undefined|null/.test(line))).toEqual([]);
  });

  it('have no column that a breakdown may be named after', async () => {
    const result = compared();
    const names = new Set(unitTables(compareResult(result, options, await openMath()), result.changes).flatMap(([, columns]) => columns.map(({ name }) => name)));
    const taken = [...ownIndicatorColumns, ...ownComparisonColumns, ...by];
    expect([...names].filter((name) => !taken.includes(name))).toEqual([]);
    expect(ownComparisonColumns.filter((name) => !names.has(name) && name !== 'p_value_bh')).toEqual([]);
  });

  it('count in the digest, with comparison.json, and are absent without a comparison', async () => {
    const result = compared();
    const found = compareResult(result, options, await openMath());
    const [plain, files] = [resultFiles(result), resultFiles(result, found)];
    expect([...files.keys()].filter((name) => !plain.has(name))).toEqual(['comparison.json', ...unitTables(found, result.changes).map(([name]) => `${name}.csv`)]);
    expect([...plain].every(([name, text]) => files.get(name) === text)).toBe(true);
    expect(await resultDigest(files)).not.toBe(await resultDigest(plain));
    const note = JSON.parse(files.get('comparison.json')!) as { breakdowns: object[]; xmr: object };
    expect(note).toMatchObject({ period: '2018', cluster: 'person', seed: 1, overdispersion: true, discovery: { method: 'BY', rate: 5 } });
    expect(note.breakdowns).toMatchObject([
      { outcome: 'atid3', compared: 3, leftOut: [{ group: ['Troms', ''], reason: 'no estimate or standard error over the period' }], centre: 3, overdispersion: { winsorised: 0.1 }, outside: [{ z: 1.96 }, { z: 3.09 }], shrinkage: { method: 'normal-normal, REML' }, reading: 'comparable' },
      { outcome: 'atid12', compared: 0, reason: 'the outcome is not observed, or not in enough rows, in every month of 2018' },
      { outcome: 'jobb3', compared: 3 },
    ]);
    expect(note.xmr).toEqual({ charts: 64, refused: [] });
  });

  it('say so where two would have one name', async () => {
    const result = compared();
    const math = await openMath();
    const named = (columns: readonly string[]) => ({ ...result.comparisons[0]!, by: columns, groups: groups.map(([first]) => [first!]) });
    const clash = { ...result, comparisons: [named(['county']), named(['chance_county'])] };
    expect(() => resultTables(clash, compareResult(clash, options, math))).toThrow(/Two tables would have the name funnel_chance_county/);
  });

  it('of quarters have no XmR limits, and the note says why', async () => {
    const result = { ...compared(), spec: main };
    const quarterly = { ...result, tables: result.tables.map((table) => ({ ...table, period: 'quarter' as const })) };
    const files = resultFiles(quarterly, compareResult(quarterly, options, await openMath()));
    expect(files.has('xmr.csv')).toBe(false);
    expect(JSON.parse(files.get('comparison.json')!)).toMatchObject({ xmr: { charts: 0, reason: 'XmR limits are of months: run with --period month' } });
  });
});
