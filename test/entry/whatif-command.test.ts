import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { runCommand, type Ended } from '../support/command-line.ts';
import { csvOf } from '../support/write-table.ts';
import { dyadicPanel } from '../whatif/panel.ts';

const spec = {
  name: 'small', person: 'person_id', month: 'month',
  outcomes: [{ name: 'hours3', family: 'gaussian', horizon: 3 }, { name: 'job3', family: 'probit', horizon: 3 }],
  covariates: [
    { name: 'kids', coding: 'values', min: 0, max: 4, reference: 0 },
    { name: 'flag', coding: 'values', min: 0, max: 1, reference: 0 },
    { name: 'cohort', coding: 'values', reference: 'a' },
  ],
};
let home: string;

const cli = (...args: string[]): Promise<Ended> => runCommand(home, args);
const read = (path: string): string => readFileSync(join(home, path), 'utf8');

beforeAll(async () => {
  home = mkdtempSync(join(tmpdir(), 'whatif-'));
  const rows = dyadicPanel(12, { persons: 200 });
  writeFileSync(join(home, 'rows.csv'), csvOf(rows, Object.keys(rows[0]!)));
  writeFileSync(join(home, 'model.json'), JSON.stringify(spec));
  writeFileSync(join(home, 'smaller.json'), JSON.stringify({ ...spec, outcomes: spec.outcomes.slice(0, 1), covariates: spec.covariates.slice(0, 2) }));
  writeFileSync(join(home, 'person.json'), JSON.stringify({ kids: 2, flag: 1, cohort: 'b' }));
  const { code, stderr } = await cli('run', 'rows.csv', '--model', 'model.json', '--out', 'full', '--by', 'county', '--workers', '1', '--bundle', '--threshold', '4');
  expect(stderr).toContain('hours3');
  expect(code).toBe(0);
});
afterAll(() => rmSync(home, { recursive: true }));

describe('whatif', () => {
  it('writes the tables of a run with the smaller model, without the rows', async () => {
    expect(readdirSync(join(home, 'full'))).toContain('bundle.arrow');
    rmSync(join(home, 'again'), { recursive: true, force: true });
    const run = await cli('run', 'rows.csv', '--model', 'smaller.json', '--out', 'again', '--by', 'county', '--workers', '1', '--threshold', '4');
    const whatIf = await cli('whatif', 'full/bundle.arrow', '--outcome', 'hours3', '--drop', 'cohort', '--out', 'answer');
    expect([run.code, whatIf.code]).toEqual([0, 0]);
    expect(readdirSync(join(home, 'answer')).sort()).toEqual(['coefficients.csv', 'indicator.csv', 'indicator_county.csv', 'whatif.json']);
    expect(read('answer/coefficients.csv')).toBe(read('again/coefficients.csv'));
    const numbers = (path: string): string[][] => read(path).trim().split('\n').map((line) => line.split(','));
    const [ours, theirs] = [numbers('answer/indicator_county.csv'), numbers('again/indicator_county.csv')];
    expect(ours.map(([, county, month, n]) => [county, month, n])).toEqual(theirs.map(([, county, month, n]) => [county, month, n]));
    ours.slice(1).forEach((line, row) => expect(Math.abs(Number(line[6]) - Number(theirs[row + 1]![6]))).toBeLessThan(1e-10));
    expect(JSON.parse(read('answer/whatif.json'))).toMatchObject({ command: 'whatif', breaks: 'frozen', request: { outcomes: ['hours3'], model: { drop: ['cohort'] } } });
  });

  it('changes people in the order given, and marks what of a probit is a preview', async () => {
    const { code, stdout, stderr } = await cli('whatif', 'full/bundle.arrow', '--shift', 'kids=1', '--set', 'kids=0', '--json');
    expect(code).toBe(0);
    expect(stderr).toContain('note: job3: a preview, of first order about the fit; exact values need the rows.');
    const answer = JSON.parse(stdout) as { request: { people: { kind: string }[] }; tables: { by: string[]; columns: Record<string, (number | null)[]> }[] };
    expect(answer.request.people.map(({ kind }) => kind)).toEqual(['shift', 'set']);
    const set = JSON.parse((await cli('whatif', 'full/bundle.arrow', '--set', 'kids=0', '--json')).stdout) as typeof answer;
    expect(answer.tables).toEqual(set.tables);
    expect(answer.tables[1]!.columns['expected']!.filter((value) => value !== null).length).toBeGreaterThan(20);
  });

  it('previews a probit, marked in every file', async () => {
    const { code, stderr } = await cli('whatif', 'full/bundle.arrow', '--drop', 'cohort', '--out', 'preview');
    expect(code).toBe(0);
    expect(stderr).toMatch(/job3: n \d+, rank 6, preview \(first-order\), breaks frozen/);
    for (const name of ['coefficients', 'indicator_county']) {
      const [header, ...lines] = read(`preview/${name}.csv`).trim().split('\n').map((line) => line.split(','));
      expect(header!.at(-1)).toBe('approximation');
      if (name !== 'coefficients') expect(header!.slice(-3)).toEqual(['approximation_error', 'approximation_trusted', 'approximation']);
      expect(lines.every((line) => line.at(-1) === (line[0] === 'job3' ? 'first-order' : ''))).toBe(true);
    }
    expect(JSON.parse(read('preview/whatif.json'))).toMatchObject({ firstOrder: ['job3'], fits: [{ outcome: 'hours3', approximation: null }, { outcome: 'job3', approximation: 'first-order' }] });
  });

  it('answers exactly where it is given the rows', async () => {
    writeFileSync(join(home, 'without.json'), JSON.stringify({ ...spec, covariates: spec.covariates.slice(0, 2) }));
    rmSync(join(home, 'rerun'), { recursive: true, force: true });
    const run = await cli('run', 'rows.csv', '--model', 'without.json', '--out', 'rerun', '--by', 'county', '--workers', '1');
    const whatIf = await cli('whatif', 'full/bundle.arrow', '--data', 'rows.csv', '--workers', '1', '--drop', 'cohort', '--json');
    expect([run.code, whatIf.code]).toEqual([0, 0]);
    expect(whatIf.stderr).toMatch(/job3: n \d+, rank 6, pseudo-R² 0\.\d+, breaks frozen/);
    const answer = JSON.parse(whatIf.stdout) as { firstOrder: string[]; coefficients: { outcome: string; term: string; level: string; estimate: number; approximation: null }[] };
    expect(answer.firstOrder).toEqual([]);
    const rerun = read('rerun/coefficients.csv').trim().split('\n').slice(1).map((line) => line.split(','));
    answer.coefficients.forEach(({ outcome, term, level, estimate }, k) => {
      expect([outcome, term, level]).toEqual([rerun[k]![0], rerun[k]![2], rerun[k]![3]]);
      expect(estimate).toBeCloseTo(Number(rerun[k]![4]), 8);
    });
  });

  it('refuses other rows than those of the bundle', async () => {
    writeFileSync(join(home, 'fewer.csv'), read('rows.csv').split('\n').slice(0, -2).join('\n'));
    const { code, stderr } = await cli('whatif', 'full/bundle.arrow', '--data', 'fewer.csv', '--workers', '1', '--drop', 'cohort', '--json');
    expect([code, /The rows of --data are not those of the bundle \(\d+ rows with digest/.test(stderr)]).toEqual([3, true]);
  });

  it('adds up one person, probit too', async () => {
    const { code, stdout } = await cli('whatif', 'full/bundle.arrow', '--person', 'person.json');
    expect(code).toBe(0);
    expect(stdout).toMatch(/^hours3\n +-?\d+\.\d{4}  constant\n.*kids 2\n.*flag 1\n.*cohort b\n.*sum\n.*expected\njob3\n/s);
  });

  it.each<[string[], number, RegExp]>([
    [['whatif', 'full/bundle.arrow', '--json'], 2, /Nothing is asked/],
    [['whatif', 'full/bundle.arrow', '--by', 'county', '--json'], 2, /county apart are not kept; run over the rows/],
    [['whatif', 'full/bundle.arrow', '--drop', 'kids'], 2, /Say where the answer is to go/],
    [['whatif', 'full/bundle.arrow', '--drop', 'kid', '--json'], 2, /kid is not kept; did you mean "kids"/],
    [['whatif', 'full/bundle.arrow', '--set', 'kids=7', '--json'], 2, /kids has no level 7, so nobody has it/],
    [['whatif', 'full/bundle.arrow', '--outcome', 'job3', '--drop-months', '2018-01/2018-12', '--json'], 2, /No month is left/],
    [['whatif', 'full/bundle.arrow', '--group', 'county=1', '--drop', 'kids', '--json'], 2, /--group says whose/],
    [['whatif', 'none.arrow', '--drop', 'kids', '--json'], 2, /none\.arrow cannot be read/],
    [['whatif', 'rows.csv', '--drop', 'kids', '--json'], 3, /This is no bundle/],
    [['whatif', 'full/bundle.arrow', '--person', 'rows.csv'], 2, /is not a file of JSON/],
  ])('%j ends with %i', async (args, code, message) => {
    const answer = await cli(...args);
    expect([answer.code, message.test(answer.stderr)]).toEqual([code, true]);
  });
});
