import { createHash } from 'node:crypto';
import { tableFromIPC } from 'apache-arrow';
import { describe, expect, it } from 'vitest';
import type { Coefficient, Fit } from '../../src/estimate/fit.ts';
import type { IndicatorTable } from '../../src/indicator/table.ts';
import { arrowBytes } from '../../src/results/arrow-bytes.ts';
import { indicatorColumns, ownIndicatorColumns } from '../../src/results/columns.ts';
import { csvField, csvText } from '../../src/results/csv.ts';
import { isSealed, type Checksums } from '../../src/results/checksums.ts';
import { manifestJson } from '../../src/results/manifest.ts';
import { formatNumber } from '../../src/results/numbers.ts';
import { indicatorTableName, resultDigest, resultFiles, resultTables } from '../../src/results/result-files.ts';
import type { RunResult } from '../../src/run-result.ts';
import { main } from '../../src/spec/built-in.ts';

const doubles = (...values: number[]): Float64Array => Float64Array.from(values);

const table = (by: readonly string[], groups: readonly (readonly string[])[], period: IndicatorTable['period'] = 'month'): IndicatorTable => ({
  by,
  period,
  outcome: ['atid3', 'atid3'],
  groups,
  periods: period === 'month' ? ['2018-01', '2018-02'] : ['2018-T1', '2018-T2'],
  n: doubles(10, 1),
  months: doubles(4, 4),
  actual: doubles(0.1 + 0.2, 5),
  expected: doubles(1e-7, 5),
  indicator: doubles(0.1, -0),
  standardError: doubles(0.5, NaN),
  confLow: doubles(-1, NaN),
  confHigh: doubles(1e21, Infinity),
  actualSeasonallyAdjusted: doubles(NaN, NaN),
  expectedSeasonallyAdjusted: doubles(NaN, NaN),
  indicatorSeasonallyAdjusted: doubles(NaN, NaN),
  relativePercent: doubles(2, 0),
  state: ['ok', 'too_few_persons'],
  freedom: doubles(8.5, NaN),
  stateSeasonallyAdjusted: ['not_applicable', 'ok'],
  freedomSeasonallyAdjusted: doubles(NaN, NaN),
  standardErrorSeasonallyAdjusted: doubles(NaN, 0.25),
  confLowSeasonallyAdjusted: doubles(NaN, -1),
  confHighSeasonallyAdjusted: doubles(NaN, 0.5),
});

const coefficient = (term: string, level: string, values: Partial<Coefficient> = {}): Coefficient => ({
  term, level, status: 'estimated', n: 11, estimate: 1.5, standardError: 0.25, statistic: 6, pValue: 1e-9, confLow: 1, confHigh: 2, ...values,
});
const nothing = { standardError: null, statistic: null, pValue: null, confLow: null, confHigh: null };

const fit: Fit = {
  outcome: 'atid3', population: '', family: 'gaussian', vcov: 'iid',
  coefficients: [
    coefficient('constant', ''),
    coefficient('wage', 'none', { status: 'reference', estimate: 0, ...nothing }),
    coefficient('wage', 'some, or "more"', { status: 'empty', n: 0, estimate: null, ...nothing }),
  ],
  n: 11, persons: 3, rank: 1, setAside: 0, separated: [], references: [], rSquared: 0.25, sigma: 2, logLikelihood: -20.5, pseudoRSquared: null, meanOutcome: 4,
  trace: [{ iteration: 1, pass: 'gram', logLikelihood: null, remainingStep: null, halvings: 0 }],
  largestScore: 1e-12, dropped: [{ reason: 'missing age', rows: 2 }], breaks: [{ covariate: 'wage', column: 'wage', breaks: [1, 2.5] }],
};

const result: RunResult = {
  spec: main,
  options: { by: [['county'], ['county', 'office']], period: 'month', vcov: 'iid', interval: 'outcome', level: 95, relativeTo: null, where: null, threshold: null },
  fits: [fit],
  tables: [table([], []), table(['county'], [['Oslo', '']]), table(['county', 'office'], [['Oslo', ''], ['1', 'a,b']])],
  rows: 11, persons: 3, months: ['2018-01', '2018-02'], specDigest: 's', dataDigest: 'd', warnings: [], comparisons: [], changes: [], effects: [], kept: [],
 timings: [{ phase: 'read', milliseconds: 3 }],
};

describe('formatNumber', () => {
  it('reads back to the same double, whatever its bits', () => {
    const view = new DataView(new ArrayBuffer(8));
    let state = 1;
    const word = (): number => (state = (Math.imul(state, 1664525) + 1013904223) >>> 0);
    for (let k = 0; k < 20000; k++) {
      view.setUint32(0, word());
      view.setUint32(4, word());
      const value = view.getFloat64(0);
      const text = formatNumber(value);
      if (Number.isFinite(value)) expect(Object.is(Number(text), value)).toBe(true);
      else expect(text).toBe('');
    }
  });

  it('writes no NaN, Infinity or -0', () => {
    expect([NaN, Infinity, -Infinity, null].map(formatNumber)).toEqual(['', '', '', '']);
    expect([-0, 0.1 + 0.2, 1e21, 5e-324].map(formatNumber)).toEqual(['0', '0.30000000000000004', '1e+21', '5e-324']);
  });
});

describe('csv', () => {
  it('quotes only where it must', () => {
    expect(['Oslo', 'a b', 'a,b', 'say "x"', 'two\nlines', 'cr\r', ';', ''].map((field) => csvField(field))).toEqual([
      'Oslo', 'a b', '"a,b"', '"say ""x"""', '"two\nlines"', '"cr\r"', ';', '',
    ]);
  });

  it('writes a header for a table without rows', () => {
    expect(csvText([{ name: 'a', kind: 'text', values: [] }, { name: 'b', kind: 'number', values: [] }])).toBe('a,b\n');
  });
});

describe('resultFiles', () => {
  const files = resultFiles(result);

  it('names the tables after their breakdown', () => {
    expect([...files.keys()].sort()).toEqual(['coefficients.csv', 'fit.json', 'indicator.csv', 'indicator_county+office.csv', 'indicator_county.csv', 'reading.csv', 'reading_cells.csv', 'reading_cells_county+office.csv', 'reading_cells_county.csv']);
    expect(indicatorTableName({ by: ['a/b', 'c%'] })).toBe('indicator_a%2Fb+c%25');
  });

  it('writes coefficients column by column', () => {
    expect(files.get('coefficients.csv')).toBe(
      [
        'outcome,population,term,level,estimate,std_error,statistic,p_value,conf_low,conf_high,n,status',
        'atid3,,constant,,1.5,0.25,6,1e-9,1,2,11,estimated',
        'atid3,,wage,none,0,,,,,,11,reference',
        'atid3,,wage,"some, or ""more""",,,,,,,0,empty',
        '',
      ].join('\n'),
    );
  });

  it('writes indicators with empty cells for what cannot be computed', () => {
    expect(files.get('indicator_county.csv')).toBe(
      [
        'outcome,county,month,n,actual,expected,indicator,std_error,conf_low,conf_high,state,df,' +
          'actual_seasonally_adjusted,expected_seasonally_adjusted,indicator_seasonally_adjusted,relative_percent,std_error_seasonally_adjusted,' +
          'conf_low_seasonally_adjusted,conf_high_seasonally_adjusted,state_seasonally_adjusted,df_seasonally_adjusted,std_error_relative_percent,relative_error',
        'atid3,Oslo,2018-01,10,0.30000000000000004,1e-7,0.1,0.5,-1,1e+21,ok,8.5,,,,2,,,,not_applicable,,10,divisor_fixed',
        'atid3,,2018-02,1,5,5,0,,,,too_few_persons,,,,,0,0.25,-1,0.5,ok,,,',
        '',
      ].join('\n'),
    );
    expect(files.get('indicator_county+office.csv')).toContain('\natid3,Oslo,1,2018-01,');
  });

  it('puts the period in the place of the month', () => {
    const columns = indicatorColumns(table([], [], 'tertial')).map((column) => column.name);
    expect(columns.slice(0, 3)).toEqual(['outcome', 'period', 'n']);
    for (const name of [...columns, 'month']) expect(ownIndicatorColumns).toContain(name);
  });

  it('writes the fit without its coefficients', () => {
    expect(JSON.parse(files.get('fit.json')!)).toEqual([
      expect.objectContaining({ outcome: 'atid3', n: 11, rSquared: 0.25, pseudoRSquared: null, iterations: 1, trace: fit.trace, dropped: fit.dropped, breaks: fit.breaks }),
    ]);
    expect(files.get('fit.json')).not.toContain('coefficients');
  });
});

describe('resultDigest', () => {
  it('is that of the bytes in name order, the manifest left out', async () => {
    const files = resultFiles(result);
    const hash = createHash('sha256');
    for (const name of [...files.keys()].sort()) hash.update(files.get(name)!);
    const digest = hash.digest('hex');
    expect(await resultDigest(files)).toBe(digest);
    expect(await resultDigest(new Map([...files, ['manifest.json', 'anything']].reverse() as [string, string][]))).toBe(digest);
    expect(await resultDigest(new Map([...files, ['x.csv', 'a']]))).not.toBe(digest);
  });
});

describe('arrowBytes', () => {
  it('holds what the CSV holds', () => {
    for (const columns of resultTables(result).values()) {
      const arrow = tableFromIPC(arrowBytes(columns));
      expect(arrow.schema.fields.map((field) => field.name)).toEqual(columns.map((column) => column.name));
      const back = columns.map((column) => {
        const values = [...arrow.getChild(column.name)!] as (string | number | null)[];
        return column.kind === 'text' ? { ...column, values: values as string[] } : { ...column, values: values as (number | null)[] };
      });
      expect(csvText(back)).toBe(csvText(columns));
    }
  });
});

describe('manifestJson', () => {
  it('tells what it takes to run again, and the checksum of each file', async () => {
    const context = { engineVersion: '1.2.3', runtime: 'node', workers: 2, files: ['a.csv'], seed: null, resultFiles: ['fit.json'], resultDigest: 'r' };
    const text = await manifestJson(result, context, new Map([['fit.json', 'abc']]));
    expect(JSON.parse(text)).toMatchObject({
      engine: { version: '1.2.3' }, resultDigest: 'r', specDigest: 's', spec: { name: 'main' }, seed: null,
      data: { digest: 'd', rows: 11, months: 2, firstMonth: '2018-01', lastMonth: '2018-02', files: ['a.csv'] },
      options: { by: [['county'], ['county', 'office']] },
      // FIPS 180-2, appendix B.1.
      checksums: { files: { 'fit.json': 'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad' } },
    });
    const manifest = JSON.parse(text) as { checksums: Checksums };
    expect(await isSealed(manifest)).toBe(true);
    expect(await isSealed({ ...manifest, seed: 1 } as typeof manifest)).toBe(false);
  });
});
