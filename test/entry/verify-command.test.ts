import { execFile, spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { reseal } from '../../src/results/checksums.ts';
import { runCommand, type Ended } from '../support/command-line.ts';


/** R is not among what the tests need: where it is lacking, the scripts are written and read, and not run. */
const hasR = spawnSync('Rscript', ['--version']).status === 0;

let home: string;
const cli = (...args: string[]): Promise<Ended> => runCommand(home, args);
const read = (name: string): string => readFileSync(join(home, name), 'utf8');

function runR(script: string): Promise<Ended> {
  return new Promise((done) => {
    execFile('Rscript', [join(home, script)], (error, stdout, stderr) => done({ code: typeof error?.code === 'number' ? error.code : error === null ? 0 : -1, stdout, stderr }));
  });
}

/** 300 persons in up to 12 months; every kind of column, with missing values in some. */
function table(separator = ','): string {
  let state = 7;
  const draw = (): number => (state = (state * 48271) % 2147483647) / 2147483647;
  const number = (value: number): string => (separator === ';' ? String(value).replace('.', ',') : String(value));
  const lines = [['id', 'month', 'office', 'kind', 'group', 'age', 'wage', 'inflow_3', 'inflow_12', 'income', 'hours', 'job', 'late'].join(separator)];
  for (let person = 1; person <= 300; person++) {
    const [level, age, kind] = [draw() - 0.5, 18 + Math.floor(draw() * 12), ['a', 'b', 'c:d'][Math.floor(draw() * 3)]!];
    for (let m = 0; m < 12; m++) {
      if (draw() < 0.5) continue;
      const wage = draw() < 0.3 ? 0 : Math.round(draw() * 5000) / 10;
      const latent = level + (age - 24) / 20 + wage / 800 + (kind === 'b' ? 0.3 : 0) + draw() - 0.7;
      const outcome = latent + draw() - 0.5;
      lines.push([
        `p${person}`, `2019-${String(m + 1).padStart(2, '0')}`, `0${person % 4}`, kind, person % 2 === 0 ? 'x' : 'y', age, number(wage),
        number(Math.round(draw() * 1000) / 10000), number(Math.round(draw() * 2000) / 10000), draw() < 0.2 ? '' : number(Math.round(draw() * 300)),
        number(Math.max(0, Math.round(outcome * 120) / 10)), outcome > 0.4 ? 1 : 0, m < 9 ? number(Math.round(latent * 100) / 10) : '',
      ].join(separator));
    }
  }
  return `${lines.join('\n')}\n`;
}

const common = { person: 'id', month: 'month', seasonal: { reference: { 3: ['2019-01/2019-06'] } } };
const [hours, job, late] = [
  { name: 'hours', family: 'gaussian', horizon: 3 }, { name: 'job', family: 'probit', horizon: 3 }, { name: 'late', family: 'gaussian', horizon: 12 },
];
const specs: Readonly<Record<string, object>> = {
  codings: {
    name: 'codings', ...common, outcomes: [hours, job, late, { name: 'linear', column: 'job', family: 'gaussian', horizon: 3 }],
    covariates: [
      { name: 'age', coding: 'values', min: 19, max: 27, reference: 24 },
      { name: 'kind', coding: 'values' },
      { name: 'wage', coding: 'quantiles', groups: 4, zero: 'separate', labels: ['none', 'q1', 'q2', 'q3', 'q4'], reference: 'none' },
      { name: 'inflow', column: 'inflow_{horizon}', coding: 'equal-width', groups: 5, scale: 'common', reference: 1 },
      { name: 'income', coding: 'present', labels: ['no', 'yes'], reference: 'no' },
      { name: 'income_level', column: 'income', coding: 'intervals', breaks: [100, 200], missing: 'level', reference: 1 },
      { name: 'inflow_3', coding: 'numeric' },
    ],
    interactions: [['kind', 'age']],
  },
  outside: {
    name: 'outside', ...common, outcomes: [hours, job],
    covariates: [
      { name: 'age', coding: 'quantiles', groups: 3, reference: 2 },
      { name: 'kind', coding: 'values', reference: 'b' },
      { name: 'income', coding: 'equal-width', groups: 3, missing: 'reference' },
      { name: 'wage', coding: 'numeric' },
    ],
    sample: { months: ['2019-02/2019-11'], excludeMonths: ['2019-06/2019-07'] },
  },
  apart: {
    name: 'apart', ...common, outcomes: [hours, job],
    covariates: [{ name: 'kind', coding: 'values', reference: 'a' }, { name: 'income', coding: 'quantiles', groups: 3, missing: 'drop', reference: 1 }],
    separateBy: { column: 'group', groups: [{ label: 'x' }, { label: 'y', covariates: [{ name: 'age', coding: 'intervals', breaks: [21, 25], reference: 0 }, { name: 'month', coding: 'values', reference: '2019-05' }] }] },
  },
};

const runs: readonly (readonly [spec: string, data: string, ...options: string[]])[] = [
  ['codings', 'people.csv', '--vcov', 'cluster', '--by', 'office,kind+group'],
  ['outside', 'norwegian.csv', '--vcov', 'hc0', '--by', 'office', '--period', 'quarter'],
  ['apart', 'people.csv', '--by', 'group', '--period', 'all', '--pooled'],
];

beforeAll(async () => {
  home = mkdtempSync(join(tmpdir(), 'verify-'));
  writeFileSync(join(home, 'people.csv'), table());
  writeFileSync(join(home, 'norwegian.csv'), table(';'));
  for (const [name, spec] of Object.entries(specs)) writeFileSync(join(home, `${name}.json`), JSON.stringify(spec));
  for (const [spec, data, ...options] of runs) {
    const { code, stderr } = await cli('run', data, '--model', `${spec}.json`, '--out', spec, '--quiet', ...options);
    if (code !== 0) throw new Error(stderr);
  }
});
afterAll(() => rmSync(home, { recursive: true, force: true }));

describe('verify', () => {
  it('finds a run again to the bit, with any number of workers', async () => {
    for (const workers of ['1', '3']) {
      const { code, stdout, stderr } = await cli('verify', 'codings', 'people.csv', '--workers', workers, '--json');
      expect([code, stderr.trim().split('\n').at(-1)]).toEqual([0, expect.stringContaining('is the same to the bit')]);
      expect(JSON.parse(stdout)).toMatchObject({ command: 'verify', digest: (JSON.parse(read('codings/manifest.json')) as { resultDigest: string }).resultDigest });
    }
  });

  it('finds draws and comparisons again, by their seed and options', async () => {
    const run = await cli('run', 'people.csv', '--model', 'outside.json', '--out', 'drawn', '--by', 'office', '--ci', 'score', '--replicates', '20', '--seed', '9', '--compare', 'all', '--cluster', 'person', '--quiet');
    expect([run.code, run.stderr]).toEqual([0, '']);
    expect(await cli('verify', 'drawn', 'people.csv', '--quiet')).toEqual({ code: 0, stdout: '', stderr: '' });
  });

  it('reads the files as the run did: in its encoding, which R is not told', async () => {
    writeFileSync(join(home, 'windows.csv'), Buffer.from(table().replaceAll(',a,', ',å,'), 'latin1'));
    expect(
      (
        await cli(
          'run',
          'windows.csv',
          '--model',
          'outside.json',
          '--out',
          'windows',
          '--encoding',
          'windows-1252',
          '--quiet',
        )
      ).code,
    ).toBe(0);
    expect(await cli('verify', 'windows', 'windows.csv', '--quiet')).toEqual({ code: 0, stdout: '', stderr: '' });
    expect(await cli('verify', 'windows', 'windows.csv', '--r')).toMatchObject({
      code: 2,
      stdout: '',
      stderr: expect.stringContaining('--encoding'),
    });
  });

  it('exits 3 on other data, and says how many rows it was', async () => {
    writeFileSync(join(home, 'fewer.csv'), table().split('\n').slice(0, -2).join('\n'));
    const { code, stderr } = await cli('verify', 'codings', 'fewer.csv', '--quiet');
    const rows = table().trim().split('\n').length - 1;
    expect([code, stderr]).toEqual([3, expect.stringMatching(new RegExp(`have ${rows - 1} rows of \\d+ persons and another digest, the run had ${rows} rows`))]);
    writeFileSync(join(home, 'changed.csv'), table().replace(',a,', ',b,'));
    expect((await cli('verify', 'codings', 'changed.csv', '--quiet')).code).toBe(3);
  });

  it('exits 5 on other results, and names the tables that differ', async () => {
    const [manifest, coefficients] = [read('apart/manifest.json'), read('apart/coefficients.csv')];
    writeFileSync(join(home, 'apart/coefficients.csv'), coefficients.replace(/0\.(\d)/, '0.9$1'));
    const changed = await cli('verify', 'apart', 'people.csv', '--quiet');
    expect([changed.code, changed.stderr]).toEqual([5, expect.stringContaining('is found again, but coefficients.csv in it is no longer')]);
    expect(await cli('verify', '--r', 'apart', 'people.csv')).toMatchObject({
      code: 3,
      stdout: '',
      stderr: expect.stringContaining('not as the run wrote it: coefficients.csv'),
    });
    const resealed = (text: string): Promise<string> => reseal(JSON.parse(text) as Parameters<typeof reseal>[0]);
    writeFileSync(join(home, 'apart/manifest.json'), await resealed(manifest.replace(/"resultDigest": "../, '"resultDigest": "zz').replace(/"coefficients.csv": "../, '"coefficients.csv": "zz')));
    const other = await cli('verify', 'apart', 'people.csv', '--quiet');
    expect([other.code, other.stderr]).toEqual([5, expect.stringContaining('is not found again from the same data: coefficients.csv came out otherwise')]);
    writeFileSync(join(home, 'apart/manifest.json'), await resealed(manifest.replace('"groups": 3', '"groups": 4')));
    expect(await cli('verify', 'apart', 'people.csv', '--quiet')).toMatchObject({ code: 3, stderr: expect.stringContaining('The spec in the manifest') });
    writeFileSync(join(home, 'apart/manifest.json'), manifest.replace('"seed": null', '"seed": 7'));
    expect(await cli('verify', 'apart', 'people.csv', '--quiet')).toMatchObject({ code: 3, stderr: expect.stringContaining('its own checksum does not hold') });
    writeFileSync(join(home, 'apart/manifest.json'), manifest);
    writeFileSync(join(home, 'apart/coefficients.csv'), coefficients);
    expect((await cli('verify', 'apart', 'people.csv', '--quiet')).code).toBe(0);
  });

  it('exits 2 where there is no run', async () => {
    expect((await cli('verify', '.', 'people.csv')).code).toBe(2);
    expect((await cli('verify', 'codings', 'people.csv', '--out', 'script.R')).stderr).toContain('give --r with it');
  });
});

describe('verify --r', () => {
  it.each(runs)('writes a script for %s that R agrees with', async (spec, data) => {
    const { code, stdout, stderr } = await cli('verify', '--r', spec, data);
    expect([code, stderr]).toEqual([0, '']);
    expect(stdout).toContain(`run <- "${join(home, spec)}"`);
    expect(stdout).toContain(`files <- c("${join(home, data)}")`);
    expect(stdout).toContain('"family" = "gaussian"');
    for (const { name } of (specs[spec] as { covariates: { name: string }[] }).covariates) expect(stdout).toContain(`"name" = "${name}"`);
    expect((await cli('verify', '--r', spec, data, '--out', `${spec}.R`)).stdout).toBe('');
    expect(read(`${spec}.R`)).toBe(stdout);
    if (!hasR) return console.log('R is not here: the script was not run.');
    const ended = await runR(`${spec}.R`);
    expect([ended.code, ended.stderr.replace(/Registered S3[^]*sandwich\n/, '')]).toEqual([0, '']);
    expect(ended.stdout).toMatch(/^The run is confirmed: \d+ rows/);
    expect(ended.stdout).toMatch(/coefficients: [\d.e-]+\n {2}\w+ standard errors: [\d.e-]+\n {2}n: 0\n {2}indicator tables: [\d.e-]+\n/);
    console.log(ended.stdout);
  });

  it.each([
    ['coefficients.csv', 4, /coefficients differ/],
    ['coefficients.csv', 5, /cluster standard errors differ/],
    ['indicator_office.csv', 3, /indicator_office\.csv n differ/],
    ['indicator_office.csv', 5, /indicator_office\.csv expected differ/],
  ])('writes a script that stops where %s was changed in column %i', async (file, column, words) => {
    await cli('verify', '--r', 'codings', 'people.csv', '--out', 'changed.R');
    const text = read(`codings/${file}`);
    const lines = text.split('\n');
    const at = lines.findIndex((line, i) => i > 3 && line.split(',')[column] !== '');
    const fields = lines[at]!.split(',');
    fields[column] = column === 3 && file.startsWith('indicator') ? String(Number(fields[column]) + 1) : String(Number(fields[column]) + 1e-6);
    lines[at] = fields.join(',');
    if (!hasR) return console.log('R is not here: the script was not run.');
    writeFileSync(join(home, 'codings', file), lines.join('\n'));
    const { code, stderr } = await runR('changed.R');
    writeFileSync(join(home, 'codings', file), text);
    expect([code, stderr]).toEqual([1, expect.stringMatching(words)]);
  });

  it('refuses by name what the script cannot do', async () => {
    for (const [spec, options, words] of [
      [{ ...specs['apart'], derived: { old: 'age > 20' }, sample: { where: 'wage > 0' } }, [], 'sample.where, derived'],
      [specs['apart'], ['--where', 'age > 20'], '--where'],
      [specs['apart'], ['--threshold', '4'], '--threshold'],
    ] as const) {
      writeFileSync(join(home, 'refused.json'), JSON.stringify(spec));
      expect((await cli('run', 'people.csv', '--model', 'refused.json', '--out', 'refused', '--force', '--quiet', ...options)).code).toBe(0);
      const { code, stdout, stderr } = await cli('verify', '--r', 'refused', 'people.csv');
      expect([code, stdout, stderr]).toEqual([2, '', expect.stringContaining(`No R script is written for a run with ${words}: `)]);
    }
  });
});
