import { appendFileSync, cpSync, mkdtempSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { runCommand, type Ended } from '../support/command-line.ts';
import { csvRows } from '../support/csv-rows.ts';
import { csvOf } from '../support/write-table.ts';
import { dyadicPanel } from '../whatif/panel.ts';

const spec = {
  name: 'full', person: 'person_id', month: 'month',
  outcomes: [{ name: 'hours3', family: 'gaussian', horizon: 3 }, { name: 'job3', family: 'probit', horizon: 3 }],
  covariates: [
    { name: 'kids', coding: 'values', min: 0, max: 4, reference: 0 },
    { name: 'flag', coding: 'values', min: 0, max: 1, reference: 0 },
    { name: 'cohort', coding: 'values', reference: 'a' },
  ],
};
let home: string;

const cli = (...args: string[]): Promise<Ended> => runCommand(home, args);
const at = (path: string): string => join(home, path);
const rowsOf = (path: string): Record<string, string>[] => csvRows(at(path));

beforeAll(async () => {
  home = mkdtempSync(join(tmpdir(), 'compare-'));
  const rows = dyadicPanel(12, { persons: 200 });
  // As labels these are '', 1, 1, and themselves.
  const odd = ['NA', 'true', 'TRUE', 'a, "b"', '007'];
  const table = rows.map((row, i) => ({ ...row, place: odd[i % odd.length]! }));
  writeFileSync(at('rows.csv'), csvOf(table, Object.keys(table[0]!)));
  writeFileSync(at('fewer.csv'), csvOf(table.slice(0, -40), Object.keys(table[0]!)));
  writeFileSync(at('full.json'), JSON.stringify(spec));
  writeFileSync(at('smaller.json'), JSON.stringify({ ...spec, name: 'smaller', covariates: spec.covariates.slice(0, 2) }));
  writeFileSync(at('renamed.json'), JSON.stringify({ ...spec, name: 'renamed', covariates: [{ ...spec.covariates[0], reference: 2 }, ...spec.covariates.slice(1)] }));
  const run = (data: string, model: string, out: string, ...more: string[]) => cli('run', data, '--model', `${model}.json`, '--out', out, '--by', 'county,place', '--workers', '1', '--quiet', ...more);
  const codes = [
    await run('rows.csv', 'full', 'full'), await run('rows.csv', 'smaller', 'smaller'), await run('rows.csv', 'full', 'arrow', '--format', 'arrow'),
    await run('fewer.csv', 'smaller', 'fewer'), await run('rows.csv', 'renamed', 'renamed'), await run('rows.csv', 'full', 'years', '--period', 'all'),
  ].map(({ code, stderr }) => [code, stderr]);
  expect(codes).toEqual(codes.map(() => [0, '']));
});
afterAll(() => rmSync(home, { recursive: true }));

describe('compare', () => {
  it('writes coefficients, fit and every point of two finished runs, as their own tables have them', async () => {
    const { code, stderr } = await cli('compare', 'full', 'smaller', '--out', 'both');
    expect(code).toBe(0);
    expect(readdirSync(at('both')).sort()).toEqual([
      'compare.json', 'compare_coefficients.csv', 'compare_fit.csv', 'compare_indicator.csv', 'compare_indicator_county.csv', 'compare_indicator_place.csv',
      'compare_summary.csv', 'compare_units_county.csv', 'compare_units_place.csv',
    ]);
    expect(stderr).toMatch(/^note: the digests of the data differ, as they do between models/);
    const [a, b, shifts] = [rowsOf('full/indicator_county.csv'), rowsOf('smaller/indicator_county.csv'), rowsOf('both/compare_indicator_county.csv')];
    expect(shifts.map(({ outcome, county, month, in: inBoth, indicator_a, indicator_b }) => [outcome, county, month, inBoth, indicator_a, indicator_b])).toEqual(
      a.map((row, i) => [row.outcome, row.county, row.month, 'both', row.indicator, b[i]!.indicator]),
    );
    shifts.forEach(({ shift, indicator_a, indicator_b }) => expect(Number(shift)).toBe(Number(indicator_b) - Number(indicator_a)));
    const coefficients = rowsOf('both/compare_coefficients.csv');
    expect(coefficients.filter(({ term }) => term === 'cohort').every((row) => row.in === 'a' && row.estimate_b === '')).toBe(true);
    expect(coefficients.filter(({ in: inBoth }) => inBoth === 'both').map(({ estimate_b, std_error_b }) => [estimate_b, std_error_b])).toEqual(rowsOf('smaller/coefficients.csv').map(({ estimate, std_error }) => [estimate, std_error]));
    expect(rowsOf('both/compare_fit.csv').find(({ outcome, measure }) => outcome === 'hours3' && measure === 'rank')).toMatchObject({ a: '8', b: '6', difference: '-2' });
  });

  it('of two models on the same rows is that of their runs', async () => {
    const { code, stderr } = await cli('compare', '--data', 'rows.csv', 'full.json', 'smaller.json', '--by', 'county,place', '--workers', '1', '--out', 'models');
    expect([code, stderr.includes('A full.json (full), B smaller.json (smaller)'), stderr.includes('digest')]).toEqual([0, true, false]);
    for (const name of readdirSync(at('models')).filter((file) => file.endsWith('.csv'))) expect(readFileSync(at(`models/${name}`), 'utf8'), name).toBe(readFileSync(at(`both/${name}`), 'utf8'));
  });

  it('reads Arrow back to the bit, odd labels too', async () => {
    const { code, stdout } = await cli('compare', 'full', 'arrow', '--json', '--quiet');
    expect(code).toBe(0);
    const { data, notes, tables } = JSON.parse(stdout) as { data: string; notes: string[]; tables: Record<string, Record<string, (string | number | null)[]>> };
    expect([data, notes]).toEqual(['same', []]);
    expect(new Set(tables['compare_indicator_place']!['place'])).toEqual(new Set(['', 'true', 'TRUE', 'a, "b"', '007']));
    for (const table of ['compare_indicator', 'compare_indicator_county', 'compare_indicator_place']) expect(new Set(tables[table]!['shift']), table).toEqual(new Set([0]));
    expect(new Set(tables['compare_coefficients']!['in'])).toEqual(new Set(['both']));
  });

  it('says first that the data differ, and names a reference that does', async () => {
    const other = await cli('compare', 'full', 'fewer', '--out', 'other');
    expect(other.stderr).toMatch(/^warning: THE DATA DIFFER \(rows \d+ in A, \d+ in B/);
    expect(JSON.parse(readFileSync(at('other/compare.json'), 'utf8'))).toMatchObject({ command: 'compare', data: 'different', a: { name: 'full' }, b: { name: 'fewer' } });
    const { stderr } = await cli('compare', 'full', 'renamed', '--out', 'reference');
    expect(stderr).toContain('note: hours3: the reference of kids is 0 in A, 2 in B');
    expect(rowsOf('reference/compare_indicator.csv').every(({ shift }) => Math.abs(Number(shift)) < 1e-8)).toBe(true);
  });

  it('refuses tables that have changed since the run', async () => {
    cpSync(at('full'), at('touched'), { recursive: true });
    appendFileSync(at('touched/indicator.csv'), readFileSync(at('full/indicator.csv'), 'utf8').split('\n')[1]!);
    expect(await cli('compare', 'touched', 'full', '--out', 'never')).toMatchObject({ code: 3, stderr: expect.stringMatching(/not as the run wrote it: indicator\.csv/) });
    renameSync(at('touched/indicator_county.csv'), at('touched/elsewhere.csv'));
    expect(await cli('compare', 'touched', 'full', '--out', 'never')).toMatchObject({ code: 3, stderr: expect.stringMatching(/missing: indicator_county\.csv/) });
    expect(readdirSync(home)).not.toContain('never');
  });

  it.each<[string[], number, RegExp]>([
    [['full', 'smaller'], 2, /Say where the answer is to go/],
    [['full', 'years', '--json'], 2, /A \(full\) is by month, B \(years\) by all/],
    [['full', 'rows.csv', '--json'], 2, /rows\.csv is no finished run: manifest\.json in it cannot be read/],
    [['main', 'table4', '--json'], 2, /main is no finished run.*or two models with --data/],
    [['full', 'smaller', '--by', 'county', '--json'], 2, /--by goes with --data/],
    [['full', 'smaller', '--out', 'full', '--force'], 2, /--out full and full, which is read, lie one within the other/],
    [['mian', 'table4', '--data', 'rows.csv', '--json'], 2, /the model mian is neither built in nor a file.*main/],
    [['full.json', 'smaller.json', '--data', 'none.csv', '--json'], 3, /none\.csv cannot be read/],
  ])('%j ends with %i', async (args, code, message) => {
    const answer = await cli('compare', ...args);
    expect([answer.code, message.test(answer.stderr), answer.stderr]).toEqual([code, true, expect.any(String)]);
  });
});
