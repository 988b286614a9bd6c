import { spawn } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { tableFromIPC } from 'apache-arrow';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { bin, runCommand, type Ended } from '../support/command-line.ts';
import { analysisRows } from '../reference/descriptive.ts';
import { csvOf } from '../support/write-table.ts';

const rows = analysisRows(9, 40);
let home: string;

const cli = (...args: string[]): Promise<Ended> => runCommand(home, args);
const read = (path: string): string => readFileSync(join(home, path), 'utf8');

beforeAll(() => {
  home = mkdtempSync(join(tmpdir(), 'describe-'));
  writeFileSync(join(home, 'rows.csv'), csvOf(rows, Object.keys(rows[0]!)));
});
afterAll(() => rmSync(home, { recursive: true }));

describe('describe', () => {
  it('writes a table of each kind and breakdown, and says what it left out', async () => {
    const { code, stdout, stderr } = await cli('describe', 'rows.csv', '--out', 'all', '--workers', '2');
    expect([code, stdout]).toEqual([0, '']);
    expect(stderr).toMatch(/^Reading\nLeft out: jobb12 in outcomes, .*; the table has no column jobb12, .*\.\n\d+ rows, 40 persons, 12 months; 17 files in all\n$/);
    const kinds = ['covariates', 'observations', 'outcomes', 'persons'];
    const names = kinds.flatMap((kind) => ['', '_county', '_main_group', '_support_group'].map((by) => `${kind}${by}.csv`));
    expect(readdirSync(join(home, 'all')).sort()).toEqual([...names, 'manifest.json'].sort());
    expect(read('all/observations_county.csv')).toMatch(/^population,county,rows,share,persons,persons_per_month\nall,,\d+,/);
    expect(read('all/outcomes_county.csv')).toMatch(/^population,county,variable,n,mean,std_dev\nall,,in_work,\d+,0\.\d+,0\.\d+\n/);
    expect(read('all/persons_support_group.csv')).toMatch(/^population,support_group,month,persons\nall,Situasjonsbestemt innsats,2019-01,\d+\n/);
    expect(JSON.parse(read('all/manifest.json'))).toMatchObject({ command: 'describe', rows: rows.length, persons: 40, months: 12, firstMonth: '2019-01', options: { by: null, where: null, threshold: null } });
  });

  it('prints the same tables, and takes breakdowns, a condition and a threshold', async () => {
    const options = ['--by', 'county,main_group+support_group', '--where', "month < '2019-07'", '--threshold', '6'];
    const printed = await cli('describe', 'rows.csv', '--json', '--quiet', ...options);
    expect([printed.code, printed.stderr]).toEqual([0, '']);
    const { tables, months, digest } = JSON.parse(printed.stdout) as { tables: Record<string, Record<string, unknown[]>>; months: number; digest: string };
    expect([months, Object.keys(tables).filter((name) => name.startsWith('persons'))]).toEqual([6, ['persons', 'persons_county', 'persons_main_group+support_group']]);
    const written = await cli('describe', 'rows.csv', '--json', '--quiet', ...options, '--out', 'both', '--format', 'both');
    expect(JSON.parse(written.stdout)).toMatchObject({ out: 'both', digest, options: { threshold: 6 } });
    for (const [name, columns] of Object.entries(tables)) {
      const table = tableFromIPC(readFileSync(join(home, 'both', `${name}.arrow`)));
      expect(Object.fromEntries(table.schema.fields.map((field) => [field.name, [...table.getChild(field.name)!]]))).toEqual(columns);
      expect(read(`both/${name}.csv`).trim().split('\n').length).toBe(1 + Object.values(columns)[0]!.length);
    }
    expect(tables['observations_main_group+support_group']!['persons']).toContain(null);
  });

  it('ends with 130 when it is interrupted, and leaves nothing behind', async () => {
    expect((await cli('generate', '--out', 'population', '--rows', '400000', '--quiet')).code).toBe(0);
    const before = readdirSync(home).sort();
    const child = spawn(process.execPath, [bin, 'describe', 'population/data', '--out', 'o', '--workers', '1'], { cwd: home });
    child.stderr.once('data', () => child.kill('SIGINT'));
    expect(await new Promise((done) => child.once('exit', done))).toBe(130);
    expect(readdirSync(home).sort()).toEqual(before);
  });

  it.each<[string[], number, RegExp]>([
    [['describe', 'rows.csv'], 2, /Say where the answer is to go/],
    [['describe', 'rows.csv', '--out', 'o', '--by', 'county,month'], 2, /column "month" of its own/],
    [['describe', 'rows.csv', '--out', '.'], 2, /keep them apart/],
    [['describe', 'rows.csv', '--out', 'o', '--by', 'office'], 2, /--by names a column that the table does not have: office\. The table has: person_id, month, /],
    [['describe', 'rows.csv', '--out', 'o', '--where', 'ages > 3'], 2, /The condition "ages > 3" does not work/],
    [['describe', 'rows.csv', '--out', 'all'], 73, /--force/],
    [['describe', 'none.csv', '--out', 'o'], 3, /none\.csv/],
  ])('%j ends with %i, nothing written', async (args, code, message) => {
    const before = readdirSync(home).sort();
    const answer = await cli(...args);
    expect(answer.stderr).toMatch(message);
    expect([answer.code, answer.stdout]).toEqual([code, '']);
    expect(readdirSync(home).sort()).toEqual(before);
  });
});
