import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { bin, runCommand, type Ended } from '../support/command-line.ts';

let home: string;

const cli = (...args: string[]): Promise<Ended> => runCommand(home, args);

/** Starts the command, sends SIGINT once `stream` has said something, and gives the exit code. */
function interrupted(args: readonly string[], stream: 'stdout' | 'stderr', meanwhile: (text: string) => Promise<void>): Promise<number | null> {
  const child = spawn(process.execPath, [bin, ...args], { cwd: home });
  return new Promise((done, fail) => {
    child.once('exit', (code) => done(code));
    child[stream].once('data', (text: Buffer) => {
      meanwhile(text.toString()).then(() => child.kill('SIGINT'), (error: unknown) => {
        child.kill('SIGKILL');
        fail(error);
      });
    });
  });
}

const spec = {
  name: 'small', person: 'id', month: 'month',
  outcomes: [{ name: 'hours', family: 'gaussian', horizon: 3 }, { name: 'job', family: 'probit', horizon: 3 }],
  covariates: [
    { name: 'age', coding: 'values', min: 20, max: 24, reference: 20 },
    { name: 'wage', coding: 'quantiles', groups: 4, zero: 'separate', reference: 0 },
  ],
};

/** 200 persons in 6 months, with every combination of level and outcome among them. */
function smallRegister(): string {
  const lines = ['id,month,county,age,wage,hours,job'];
  for (let person = 1; person <= 200; person++) {
    for (let month = 1; month <= 6; month++) {
      const draw = (person * 7919 + month * 104729) % 97;
      lines.push([person, `2018-0${month}`, `county ${person % 3}`, 20 + (person % 5), (person % 9) * 10, draw / 4, draw % 2].join(','));
    }
  }
  return `${lines.join('\n')}\n`;
}

beforeAll(() => {
  if (!existsSync(new URL('../../dist/engine/entry/cli.js', import.meta.url))) throw new Error('these tests run the build: npm run build first');
  home = mkdtempSync(join(tmpdir(), 'cli-'));
  writeFileSync(join(home, 'small.csv'), smallRegister());
  writeFileSync(join(home, 'spec.json'), JSON.stringify(spec));
});
afterAll(() => rmSync(home, { recursive: true, force: true }));

/** What stands in the folder of the test, staging folders too. */
const held = (): string[] => readdirSync(home).sort();

const small = ['run', 'small.csv', '--model', 'spec.json'];

describe('arbeidsindikator', () => {
  it('tells its version and its use on stdout', async () => {
    const { version } = JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8')) as { version: string };
    expect(await cli('--version')).toEqual({ code: 0, stdout: `${version}\n`, stderr: '' });
    for (const args of [['--help'], ['generate', '--help'], ['run', '--help'], ['serve', '--help']]) {
      const { code, stdout, stderr } = await cli(...args);
      expect([code, stderr]).toEqual([0, '']);
      expect(stdout).toMatch(/^Usage: arbeidsindikator/);
    }
  });

  it.each([
    ['no command', [], /Usage/],
    ['an unknown command', ['runn'], /unknown command 'runn'[^]*Did you mean run/],
    ['an unknown flag', ['run', 'small.csv', '--out', 'o', '--buy', 'x'], /unknown option '--buy'/],
    ['no --out', ['run', 'small.csv'], /required option '--out <dir>'/],
    ['no data', ['run', '--out', 'o'], /missing required argument 'data'/],
    ['a method that is not there', [...small, '--out', 'o', '--ci', 'jackknife'], /Allowed choices are outcome, residual/],
    ['two units that are not the same', [...small, '--out', 'o', '--ci', 'bootstrap', '--cluster', 'person', '--resample', 'row'], /contradict each other/],
    ['percentiles of nothing drawn', [...small, '--out', 'o', '--ci', 'residual', '--ends', 'percentile'], /residual draw none/],
    ['percentiles of too few draws', [...small, '--out', 'o', '--ci', 'score', '--ends', 'percentile', '--level', '99.9'], /2000 replicates at least/],
    ['a refit of nothing', [...small, '--out', 'o', '--ci', 'score', '--refit', 'full'], /score estimate nothing again/],
    ['draws of nothing', [...small, '--out', 'o', '--ci', 'analytic', '--draw', 'multinomial'], /analytic draw nothing/],
    ['a level of 100', [...small, '--out', 'o', '--level', '100'], /between 0 and 100/],
    ['a breakdown by month', [...small, '--out', 'o', '--by', 'county,month'], /column "month" of its own/],
    ['an unknown model', ['run', 'small.csv', '--out', 'o', '--model', 'tabel4'], /did you mean "table4"/],
    ['results among the data', [...small, '--out', '.'], /keep them apart/],
    ['a comparison over no period', ['run', 'small.csv', '--out', 'o', '--by', 'county', '--compare', '2018-13'], /--compare.*2024-T1/],
    ['a comparison of no groups', ['run', 'small.csv', '--out', 'o', '--compare', 'all'], /give --by/],
    ['a comparison’s flag without one', ['run', 'small.csv', '--out', 'o', '--by', 'county', '--discovery', 'by'], /--discovery .*give --compare/],
    ['a comparison by a column of its tables', ['run', 'small.csv', '--out', 'o', '--by', 'rank', '--compare', 'all'], /column "rank" of their own/],
    ['too few rows', ['generate', '--out', 'o', '--rows', '10'], /from 1000 to 23901114/],
    ['a structure that is no seed', ['generate', '--out', 'o', '--structure-seed', 'x'], /whole number from 0/],
    ['the limit of an unknown model', ['generate', '--out', 'o', '--limit', 'mian'], /--limit mian[^]*did you mean "main"/],
  ])('exits 2 on %s', async (_, args, words) => {
    const { code, stdout, stderr } = await cli(...(args as string[]));
    expect(stderr).toMatch(words as RegExp);
    expect([code, stdout]).toEqual([2, '']);
    expect(held()).toEqual(['small.csv', 'spec.json']);
  });

  it('exits 2 on a faulty spec and names every fault', async () => {
    const path = join(home, 'faulty.json');
    writeFileSync(path, JSON.stringify({ ...spec, covariates: [{ name: 'age', coding: 'intervals', breaks: [2, 1] }], interaction: [] }));
    const first = await cli('run', 'small.csv', '--out', 'o', '--model', 'faulty.json');
    expect([first.code, first.stdout]).toEqual([2, '']);
    expect(first.stderr).toMatch(/faulty\.json: .*1 fault:\n {2}interaction: .*did you mean "interactions"/);
    rmSync(path);
  });
});

describe('run', () => {
  it('exits 3 on bad data and leaves nothing behind', async () => {
    writeFileSync(join(home, 'bad.csv'), smallRegister().replace('\n3,2018-02,county 0,23,', '\n3,2018-02,county 0,young,'));
    const { code, stdout, stderr } = await cli('run', 'bad.csv', '--model', 'spec.json', '--out', 'o', '--json');
    expect(stderr).toMatch(/bad\.csv/);
    expect(stderr).toMatch(/age/);
    expect(code).toBe(3);
    expect(JSON.parse(stdout)).toEqual({ error: expect.objectContaining({ kind: 'data' }) });
    expect((await cli('run', 'none.csv', '--model', 'spec.json', '--out', 'o')).code).toBe(3);
    rmSync(join(home, 'bad.csv'));
    expect(held()).toEqual(['small.csv', 'spec.json']);
  });

  it('exits 73 before the work where the output cannot be written', async () => {
    writeFileSync(join(home, 'plain.txt'), '');
    for (const out of ['plain.txt', 'plain.txt/o']) {
      const { code, stdout, stderr } = await cli(...small, '--out', out);
      expect([code, stdout]).toEqual([73, '']);
      expect(stderr).toContain(out);
    }
    rmSync(join(home, 'plain.txt'));
  });

  it('writes the tables, the same to the byte whatever the number of workers', async () => {
    const args = [...small, '--by', 'county', '--json', '--period', 'quarter'];
    const first = await cli(...args, '--out', 'one', '--workers', '1');
    const second = await cli(...args, '--out', 'deep/two', '--workers', '2', '--quiet');
    expect([first.code, second.code]).toEqual([0, 0]);
    expect(second.stderr).toBe('');
    expect(first.stderr).not.toMatch(/\u001b|\r/);

    const names = ['coefficients.csv', 'fit.json', 'indicator.csv', 'indicator_county.csv', 'manifest.json', 'reading.csv', 'reading_cells.csv', 'reading_cells_county.csv'];
    const summary = JSON.parse(first.stdout) as { files: string[]; digest: string; rows: number };
    expect(summary).toMatchObject({ command: 'run', model: 'small', rows: 1200, persons: 200, months: 6, files: names });
    expect(readdirSync(join(home, 'one')).sort()).toEqual(names);

    const hash = createHash('sha256');
    for (const name of names.filter((name) => name !== 'manifest.json')) {
      const bytes = readFileSync(join(home, 'one', name));
      expect(readFileSync(join(home, 'deep', 'two', name)).equals(bytes)).toBe(true);
      hash.update(bytes);
    }
    expect(hash.digest('hex')).toBe(summary.digest);
    expect(JSON.parse(readFileSync(join(home, 'one', 'manifest.json'), 'utf8'))).toMatchObject({ resultDigest: summary.digest, spec });
    expect(readFileSync(join(home, 'one', 'indicator_county.csv'), 'utf8')).toMatch(/^outcome,county,period,n,.*\nhours,county 0,2018-Q1,198,/);
  });

  it('with --compare also writes how the groups compare, the same to the byte whatever the number of workers', async () => {
    const args = [...small, '--by', 'county', '--json', '--compare', 'all', '--cluster', 'person', '--ci', 'analytic', '--overdispersion', '--discovery', 'by', '--seed', '5'];
    const first = await cli(...args, '--out', 'compared', '--workers', '1', '--format', 'both');
    const second = await cli(...args, '--out', 'again', '--workers', '2');
    expect([first.code, second.code]).toEqual([0, 0]);
    const own = ['bands_county', 'differences_county', 'differences_periods', 'differences_periods_county', 'funnel_chance_county', 'funnel_county', 'ranks_county', 'shrinkage_county'];
    expect(readdirSync(join(home, 'compared'))).toEqual(expect.arrayContaining(['comparison.json', ...own.flatMap((name) => [`${name}.csv`, `${name}.arrow`])]));
    const [one, two] = [first, second].map(({ stdout }) => (JSON.parse(stdout) as { digest: string }).digest);
    expect(one).toBe(two);
    const table = (name: string): string[] => readFileSync(join(home, 'again', `${name}.csv`), 'utf8').trim().split('\n');
    expect(table('ranks_county').map((line) => line.split(',').slice(0, 2).join())).toEqual(['outcome,county', ...['hours', 'job'].flatMap((outcome) => [0, 1, 2].map((k) => `${outcome},county ${k}`))]);
    expect(table('differences_county')[0]).toMatch(/,p_value_by,discovery,months,of_months$/);
    expect(table('funnel_county')[1]).toContain('Spiegelhalter');
    expect(table('differences_periods_county')[1]).toMatch(/^hours,county 0,2018-02,2018-01,period before,66,66,/);
    const read = (name: string): object => JSON.parse(readFileSync(join(home, 'again', name), 'utf8')) as object;
    expect(read('comparison.json')).toMatchObject({ period: 'all', cluster: 'person', seed: 5, xmr: { charts: 0, refused: expect.arrayContaining([expect.objectContaining({ by: ['county'], reason: expect.stringContaining('limits need 6') })]) } });
    expect(read('manifest.json')).toMatchObject({ seed: 5, options: { compare: 'all', cluster: 'person' }, comparison: { overdispersion: true, discovery: 'BY' } });
    expect(second.stderr).toMatch(/hours by county, all: 3 units, \d outside ±1\.96 \(0\.1 by chance\)/);
    const late = await cli(...small, '--out', 'o', '--by', 'county', '--compare', '2018');
    expect([late.code, late.stderr]).toEqual([2, expect.stringContaining('compare: 2018 is no period that the data have whole')]);
  });

  it('with --where knows only the rows where it holds', async () => {
    writeFileSync(join(home, 'derived.json'), JSON.stringify({ ...spec, derived: { old: 'age >= 22' }, sample: { where: 'wage > 0' } }));
    const { code, stdout } = await cli('run', 'small.csv', '--model', 'derived.json', '--out', 'some', '--by', 'county,old', '--where', "county <> 'county 1' AND month < '2018-04'", '--json');
    const lines = smallRegister().trim().split('\n').slice(1).map((line) => line.split(','));
    const held = lines.filter(([, month, county]) => county !== 'county 1' && month! < '2018-04');
    expect([code, JSON.parse(stdout)]).toMatchObject([0, { rows: held.length, months: 3, fits: [{ n: held.filter((line) => line[4] !== '0').length }, {}] }]);
    const table = (name: string): string[][] => readFileSync(join(home, 'some', name), 'utf8').trim().split('\n').slice(1).map((line) => line.split(','));
    const counties = table('indicator_county.csv').filter(([outcome]) => outcome === 'hours');
    // Nobody without wages is in the sample, so that nothing is to be expected of them.
    const shown = held.filter((line) => line[4] !== '0');
    const cell = (county: string, month: string): string[] =>
      ['hours', county, month, String(shown.filter((line) => line[1] === month && line[2] === county).length)];
    const months = ['2018-01', '2018-02', '2018-03'];
    expect(counties.map((line) => line.slice(0, 4))).toEqual(['county 0', 'county 2'].flatMap((county) => months.map((month) => cell(county, month))));
    expect([...new Set(table('indicator_old.csv').map((line) => line[1]))]).toEqual(['0', '1']);
    expect(JSON.parse(readFileSync(join(home, 'some', 'manifest.json'), 'utf8'))).toMatchObject({ spec: { derived: { old: 'age >= 22' } }, options: { where: "county <> 'county 1' AND month < '2018-04'" } });

    const none = await cli(...small, '--out', 'o', '--where', 'age > 99');
    expect([none.code, none.stderr]).toEqual([3, expect.stringContaining('The condition "age > 99" holds for no row of the table.')]);
    const wrong = await cli(...small, '--out', 'o', '--where', 'ages > 9');
    expect([wrong.code, wrong.stderr]).toEqual([2, expect.stringMatching(/The condition "ages > 9" does not work on small\.csv: /)]);
    rmSync(join(home, 'derived.json'));
  });

  it('replaces results only when forced, and what no run wrote never', async () => {
    mkdirSync(join(home, 'kept'));
    writeFileSync(join(home, 'kept', 'mine.txt'), 'mine');
    const refused = await cli(...small, '--out', 'kept');
    expect([refused.code, refused.stdout]).toEqual([73, '']);
    expect(refused.stderr).toContain('--force');
    expect(readdirSync(join(home, 'kept'))).toEqual(['mine.txt']);
    const others = await cli(...small, '--out', 'kept', '--force');
    expect([others.code, others.stderr]).toEqual([73, expect.stringContaining('mine.txt')]);
    expect(readFileSync(join(home, 'kept', 'mine.txt'), 'utf8')).toBe('mine');
    rmSync(join(home, 'kept', 'mine.txt'));
    expect((await cli(...small, '--out', 'kept', '--format', 'csv,parquet,xlsx', '--bundle')).code).toBe(0);
    expect((await cli(...small, '--out', 'kept', '--force', '--format', 'both')).code).toBe(0);
    expect(readdirSync(join(home, 'kept')).sort()).toEqual([
      'coefficients.arrow', 'coefficients.csv', 'fit.json', 'indicator.arrow', 'indicator.csv', 'manifest.json',
      'reading.arrow', 'reading.csv', 'reading_cells.arrow', 'reading_cells.csv',
    ]);
  });
});

describe('the tables of run for people', () => {
  it('are a workbook, and CSV with semicolons and decimal commas; other commands say that they do not give numbers back', async () => {
    const { code, stdout } = await cli(...small, '--out', 'people', '--format', 'csv,xlsx', '--csv', 'nb', '--json');
    expect(code).toBe(0);
    const plain = JSON.parse((await cli(...small, '--out', 'programs', '--json')).stdout);
    expect(JSON.parse(stdout).digest).toBe(plain.digest);
    expect(readdirSync(join(home, 'people'))).toContain('tables.xlsx');
    expect(readFileSync(join(home, 'people', 'indicator.csv'), 'utf8')).toMatch(/^\ufeffoutcome;month;.*\n.*;\d+,\d+/);
    expect(await cli('compare', 'people', 'programs', '--json')).toMatchObject({ code: 3, stderr: expect.stringMatching(/written for people/) });
  });

  it('are some of the formats there are', async () => {
    expect(await cli(...small, '--out', 'never', '--format', 'csv,xls')).toMatchObject({ code: 2, stderr: expect.stringMatching(/"xls" is not among/) });
  });
});

describe('generate', () => {
  it('writes data and truth', async () => {
    const { code, stdout } = await cli('generate', '--out', 'population', '--rows', '1000', '--seed', '7', '--format', 'csv', '--json');
    expect(code).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({ command: 'generate', rows: 1000, seed: 7 });
    expect(readdirSync(join(home, 'population')).sort()).toEqual(['data', 'truth']);
  });

  it('tells the limit of a model as a run on as many rows of the same structure does, with the breaks held', async () => {
    const register = {
      name: 'wages', person: 'person_id', month: 'month',
      outcomes: [{ name: 'atid3', family: 'gaussian', horizon: 3 }, { name: 'jobb12', family: 'probit', horizon: 12 }],
      covariates: [
        { name: 'wage', column: 'wage_income_before', coding: 'quantiles', groups: 4, zero: 'separate', reference: 0 },
        { name: 'inflow', column: 'unemployment_inflow_{horizon}', coding: 'equal-width', groups: 5, reference: 1 },
      ],
    };
    writeFileSync(join(home, 'wages.json'), JSON.stringify(register));
    const structure = ['--structure-seed', '5', '--rows'];
    const { code, stderr } = await cli('generate', '--out', 'limited', ...structure, '1000', '--limit', 'wages.json', '--limit-rows', '20000');
    expect([code, stderr.split('\n').slice(0, -2)]).toEqual([0, ['Generating', 'Reading', 'Coding', 'Estimating', 'Computing the indicator']]);
    expect(readdirSync(join(home, 'limited', 'truth')).sort()).toEqual(['coefficients.csv', 'effects.csv', 'expected.csv', 'limit-model.json', 'limit.csv', 'settings.json']);

    await cli('generate', '--out', 'many', ...structure, '20000', '--seed', String(2 ** 52));
    const run = await cli('run', 'many/data', '--out', 'limit', '--model', 'limited/truth/limit-model.json', '--vcov', 'cluster');
    expect(run.code).toBe(0);
    const text = (path: string): string => readFileSync(join(home, path), 'utf8');
    expect(text('limited/truth/limit.csv')).toBe(text('limit/coefficients.csv'));
    const held = (JSON.parse(text('limited/truth/limit-model.json')) as typeof spec).covariates as { breaks?: number[] }[];
    expect(held.map(({ breaks }) => breaks?.length)).toEqual([3, 4]);

    writeFileSync(join(home, 'apart.json'), JSON.stringify({ ...register, separateBy: 'main_group' }));
    const apart = await cli('generate', '--out', 'o', '--limit', 'apart.json');
    expect([apart.code, apart.stderr]).toEqual([2, expect.stringContaining('separateBy')]);
    for (const name of ['wages.json', 'apart.json']) rmSync(join(home, name));
  });

  it('exits 130 when interrupted and leaves nothing behind', async () => {
    const before = held();
    const code = await interrupted(['generate', '--out', 'large', '--rows', '5000000'], 'stderr', async () => {});
    expect(code).toBe(130);
    expect(held()).toEqual(before);
  });
});

describe('serve', () => {
  it('prints its address first, answers, and ends with 130 on SIGINT', async () => {
    let status = 0;
    const code = await interrupted(['serve', '--port', '0', '--no-open'], 'stdout', async (text) => {
      expect(text).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/\n$/);
      status = (await fetch(text.trim())).status;
    });
    expect([code, status]).toEqual([130, 200]);
  });
});
