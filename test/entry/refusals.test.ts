import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { exitCodes, type ErrorKind } from '../../src/errors.ts';
import { runCommand } from '../support/command-line.ts';

let home: string;

const spec = {
  name: 'small', person: 'id', month: 'month',
  outcomes: [{ name: 'hours', family: 'gaussian', horizon: 3 }, { name: 'late', family: 'gaussian', horizon: 12 }],
  covariates: [{ name: 'age', coding: 'values', min: 20, max: 24, reference: 20 }],
};

function small(last = '2018-06'): string {
  const rows = Array.from({ length: 300 }, (_, i) => {
    const month = i % 6 === 5 ? last : `2018-0${(i % 6) + 1}`;
    return [i, month, `county ${i % 3}`, 20 + (i % 5), (i * 7919) % 97, i % 6 === 5 ? '' : (i * 31) % 89].join(',');
  });
  return `id,month,county,age,hours,late\n${rows.join('\n')}\n`;
}

/** The code and its arguments, as `--json` tells them. */
interface Refused {
  readonly error: { readonly code: string; readonly kind: ErrorKind; readonly message: string; readonly args: object };
}

/** Runs a command that is to refuse; gives its error. Nothing may be written, and the exit code is that of the kind. */
async function refusal(...args: string[]): Promise<Refused['error']> {
  const before = readdirSync(home, { recursive: true }).sort();
  const { code, stdout, stderr } = await runCommand(home, [...args, '--json']);
  const { error } = JSON.parse(stdout) as Refused;
  expect(code).toBe(exitCodes[error.kind]);
  expect(error.kind).toBe(error.code.split('.')[0]);
  expect(stderr).toContain(error.message);
  expect(readdirSync(home, { recursive: true }).sort()).toEqual(before);
  return error;
}

beforeAll(async () => {
  home = mkdtempSync(join(tmpdir(), 'refusals-'));
  writeFileSync(join(home, 'small.csv'), small());
  writeFileSync(join(home, 'plain.txt'), '');
  writeFileSync(join(home, 'far.csv'), small('2039-05'));
  writeFileSync(join(home, 'farthest.csv'), small('2039-04'));
  writeFileSync(join(home, 'report.csv'), small().replace('id,month,county,age,hours,late', 'person_id,month,county,age,atid3,atid12'));
  writeFileSync(join(home, 'spec.json'), JSON.stringify(spec));
  const { code, stderr } = await runCommand(home, ['run', 'small.csv', '--model', 'spec.json', '--by', 'county', '--bundle', '--out', 'kept']);
  expect(code, stderr).toBe(0);
});
afterAll(() => rmSync(home, { recursive: true, force: true }));

const run = ['run', 'small.csv', '--model', 'spec.json', '--out', 'o'];
const compare = ['compare', 'spec.json', 'spec.json', '--data', 'small.csv', '--out', 'o'];

describe('names that are not there are refused', () => {
  it.each<[string, string[], string, object]>([
    ['a column of run --by', [...run, '--by', 'countty'], 'usage.no-column', { option: '--by', column: 'countty', nearest: 'county' }],
    ['one of several', [...run, '--by', 'county,county+office'], 'usage.no-column', { column: 'office', present: ['id', 'month', 'county', 'age', 'hours', 'late'] }],
    ['a column of compare --by', [...compare, '--by', 'office'], 'usage.no-column', { column: 'office' }],
    ['a column of describe --by', ['describe', 'report.csv', '--out', 'o', '--by', 'offce'], 'usage.no-column', { column: 'offce' }],
    ['a column of --where', [...run, '--where', 'nope > 1'], 'spec.condition-refused', { condition: 'nope > 1', file: 'small.csv' }],
    ['a month of --relative-to after the data', [...run, '--relative-to', '2019-01'], 'usage.relative-to-without-rows', { month: '2019-01', first: '2018-01', last: '2018-06' }],
    ['a month of --relative-to before them', [...run, '--relative-to', '1970-01'], 'usage.relative-to-without-rows', { month: '1970-01' }],
    ['a month of --relative-to that a condition leaves out', [...run, '--where', "month <> '2018-03'", '--relative-to', '2018-03'], 'usage.relative-to-without-rows', { month: '2018-03' }],
    ['a month of --relative-to between those that there are', ['run', 'farthest.csv', '--model', 'spec.json', '--out', 'o', '--relative-to', '2020-01'], 'usage.relative-to-without-rows', { last: '2039-04' }],
    ['a period of --compare', [...run, '--by', 'county', '--compare', '2050'], 'usage.compare-period', { period: '2050', first: '2018-01' }],
    ['a model', ['run', 'small.csv', '--model', 'mian', '--out', 'o'], 'usage.unknown-model', { nearest: 'main' }],
    ['an outcome of whatif', ['whatif', 'kept/bundle.arrow', '--drop', 'age', '--outcome', 'hour', '--out', 'o'], 'spec.what-if-outcome', { outcome: 'hour', nearest: 'hours' }],
    ['a covariate of whatif', ['whatif', 'kept/bundle.arrow', '--drop', 'agee', '--out', 'o'], 'spec.what-if-not-kept', { covariate: 'agee', nearest: 'age' }],
    ['a level of whatif', ['whatif', 'kept/bundle.arrow', '--set', 'age=30', '--out', 'o'], 'spec.what-if-no-level', { covariate: 'age', level: '30' }],
    ['a column of whatif --group', ['whatif', 'kept/bundle.arrow', '--set', 'age=21', '--group', 'office=1', '--out', 'o'], 'spec.what-if-no-breakdown', { columns: ['office'], kept: ['county'] }],
    ['a group of whatif --mix', ['whatif', 'kept/bundle.arrow', '--mix', 'Oslo=county 1', '--out', 'o'], 'spec.what-if-nobody', { group: 'county Oslo' }],
    ['a flag', [...run, '--buy', 'county'], 'usage.command-line', {}],
  ])('%s', async (_, args, code, details) => {
    const error = await refusal(...args);
    expect(error).toMatchObject({ code, args: details });
    expect(error.message).not.toMatch(/undefined|\[object/);
  });
});

describe('months', () => {
  it('that span more than one byte holds are bad data, and as many as it holds are not', async () => {
    expect(await refusal('run', 'far.csv', '--model', 'spec.json', '--out', 'o')).toMatchObject({
      code: 'data.too-many-months', args: { first: '2018-01', last: '2039-05', months: 257, most: 256 },
    });
    expect((await runCommand(home, ['run', 'farthest.csv', '--model', 'spec.json', '--out', 'span'])).code).toBe(0);
    rmSync(join(home, 'span'), { recursive: true });
  });

  it('in which an outcome is not observed are warned of: as a code in the manifest, in words on stderr', async () => {
    const { code, stdout, stderr } = await runCommand(home, [...run, '--relative-to', '2018-06', '--json']);
    const warning = { code: 'warning.relative-to-unobserved', args: { outcome: 'late', month: '2018-06' }, message: expect.stringContaining('late: no row of 2018-06') as string };
    expect(code).toBe(0);
    expect((JSON.parse(stdout) as { warnings: unknown }).warnings).toEqual([warning]);
    expect((JSON.parse(readFileSync(join(home, 'o', 'manifest.json'), 'utf8')) as { warnings: unknown }).warnings).toEqual([warning]);
    expect(stderr).toContain('warning: late: no row of 2018-06');
    rmSync(join(home, 'o'), { recursive: true });
  });
});

/** Below a file; and where a folder that is there takes no other, whoever asks. */
const places = ['plain.txt', 'plain.txt/o', 'plain.txt/deep/er/o', '/dev/null/o', ...(existsSync('/proc/self') ? ['/proc/nope/x', '/proc/nope'] : [])];

describe('an output folder that cannot be made', () => {
  it.each<[string, string[]]>([
    ['run', ['run', 'small.csv', '--model', 'spec.json']],
    ['compare', ['compare', 'spec.json', 'spec.json', '--data', 'small.csv']],
    ['describe', ['describe', 'report.csv']],
    ['whatif', ['whatif', 'kept/bundle.arrow', '--drop', 'age']],
    ['generate', ['generate', '--rows', '1000']],
  ])('is told of by %s, once', async (_, args) => {
    for (const out of places) {
      const error = await refusal(...args, '--out', out);
      expect([error.kind, error.message], out).toEqual(['output', expect.stringContaining(out)]);
    }
  });

  it('is refused where it would take the place of what is read', async () => {
    expect(await refusal('whatif', 'kept/bundle.arrow', '--drop', 'age', '--out', 'kept', '--force')).toMatchObject({ code: 'usage.input-in-output' });
    expect(existsSync(join(home, 'kept', 'bundle.arrow'))).toBe(true);
  });
});
