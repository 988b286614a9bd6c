/** Damage and attacks: each input of the trials, and what is right for it. */

import { spawnSync } from 'node:child_process';
import { copyFileSync, existsSync, mkdirSync, mkdtempSync, openSync, readFileSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { columnData } from '../../src/register/condition-table.ts';
import { nodeAssets } from '../../src/register/assets-node.ts';
import { configureRegister } from '../../src/register/assets.ts';
import { prepareRowQuery } from '../../src/register/row-query.ts';
import type { Pool } from '../../src/workers/pool.ts';
import { defaultOptions, openBuiltPool, runBuiltModel } from '../support/built-engine.ts';
import { bin, runCommand } from '../support/command-line.ts';
import { readTrial, trialModel, trialPath, type ReadTrial } from '../support/read-trial.ts';

const model = trialPath('knocks-base/model.json');
const base = trialPath('knocks-base/base.csv');
const spec = trialModel('knocks-base/model.json');
let pool: Pool;
let home: string;
const read = (path: string): Promise<ReadTrial> => readTrial(pool, spec, [trialPath(path)]);
const run = (...args: string[]) => runCommand(home, ['run', ...args, '--workers', '1']);

beforeAll(async () => {
  home = mkdtempSync(join(tmpdir(), 'knocks-'));
  pool = await openBuiltPool(1);
});
afterAll(async () => {
  await pool.close();
  rmSync(home, { recursive: true, force: true });
});

/** Files of `knocks-arrow` by the trial that they are of. */
const arrow: Readonly<Record<string, readonly (readonly [file: string, code: string, words: RegExp])[]>> = {
  'dictionary-index': [
    ['dict2_di_atid3_479_120_0.arrow', 'data.arrow-index', /column atid3, row \d+: the dictionary index \d+ is out of range/],
    ['dict2_di_person_id_67_120_0.arrow', 'data.arrow-index', /column person_id, row \d+/],
    ['dict_di_county_15_120_0.arrow', 'data.arrow-index', /column county, row \d+/],
    ['dict_di_month_179_1_600.arrow', 'data.arrow-index', /column month, row \d+/],
  ],
  'batch-length': [
    ['plain_arrow_ln0_0_499.arrow', 'data.arrow-lengths', /a record batch of 499 rows has 500 in this column/],
    ['plain_arrow_ln0_0_0.arrow', 'data.arrow-lengths', /a record batch of 0 rows has 500 in this column/],
  ],
  'compressed-length': [
    ['lz4_arrow_ul4.arrow', 'data.arrow-buffer', /is said to have \d+/],
    ['zstd_arrow_ul0.arrow', 'data.arrow-buffer', /is said to have \d+/],
  ],
  'footer-bit-hang': [['plain_arrow_ff8.arrow', 'data.arrow-metadata', /cannot be read as Arrow/]],
  'lz4-body': [['lz4_arrow_bf0.arrow', 'data.arrow-buffer', /compressed by lz4/], ['lz4_arrow_bf6.arrow', 'data.arrow-text', /column county, row \d+/]],
  'stream-cut': [['plain_arrows_cm1.arrows', 'data.arrow-unfinished', /without its end mark, after 500 rows/]],
  'text-offsets': [
    ['plain_of_county_beyond.arrow', 'data.arrow-buffer', /column county/],
    ['plain_of_county_huge.arrow', 'data.arrow-text', /column county, row \d+/],
    ['plain_of_county_swap.arrow', 'data.arrow-text', /column county, row \d+/],
  ],
};

describe('Arrow that contradicts itself is bad data, told by column and row', () => {
  it('of every file of the trials', () => {
    const listed = Object.values(arrow).flat().map(([file]) => file);
    expect([...listed, 'dict.arrow'].sort()).toEqual(readdirSync(trialPath('knocks-arrow')).sort());
  });

  for (const [trial, files] of Object.entries(arrow)) {
    it.each(files)(`${trial}: %s`, async (file, code, words) => {
      expect(await read(`knocks-arrow/${file}`)).toMatchObject({ code, kind: 'data', message: expect.stringMatching(words) });
    });
  }
});

describe('Parquet that is damaged is bad data, and the worker lives on', () => {
  it.each([
    ['knocks-parquet-crc/zstd_parquet_pf1.parquet', 'data.parquet-page', /checksum of a page does not hold/],
    ['knocks-parquet-crc/zstd_parquet_pf5.parquet', 'data.parquet-page', /checksum of a page does not hold/],
    ['knocks-parquet-panic/dict_parquet_fl4294967295.parquet', 'data.parquet-damaged', /cannot be read as Parquet/],
    ['knocks-parquet-panic/dict_parquet_pf2.parquet', 'data.parquet-page', /a page reaches beyond its column/],
  ])('%s', async (path, code, words) => {
    expect(await read(path)).toMatchObject({ code, kind: 'data', message: expect.stringMatching(words) });
    expect(pool.isOver).toBe(false);
    expect((await readTrial(pool, spec, [base])).rows).toBe(1200);
  });

  it('and the sound file with page checksums has the digest of the CSV', async () => {
    expect((await read('knocks-parquet-crc/zstd.parquet')).digest).toBe((await readTrial(pool, spec, [base])).digest);
  });
});

it('gzip-two-members: the digest of the text in one piece', async () => {
  const { digest } = await readTrial(pool, spec, [base]);
  expect(await read('knocks-gzip-two-members/gzmulti.csv.gz')).toMatchObject({ digest, rows: 1200 });
});

describe('values that would spoil sums', () => {
  const estimated = async (path: string, by = spec) => {
    const { listRegisterFiles } = (await import(/* @vite-ignore */ new URL('../../dist/engine/register/files-node.js', import.meta.url).href)) as typeof import('../../src/register/files-node.ts');
    const files = await listRegisterFiles([trialPath(path)]);
    return runBuiltModel({ spec: by, source: { files }, options: { ...defaultOptions, by: [['county']], period: 'all' }, pool });
  };

  it('sentinel: refused with column, value and row', async () => {
    await expect(estimated('knocks-sentinel/data.csv', trialModel('knocks-sentinel/sentinel.json'))).rejects.toMatchObject({
      code: 'data.spoils-sums', kind: 'data', args: { column: 'atid3', first: [{ row: 601, value: 9999999999 }] },
    });
  });

  it('huge-outcome: one of 1e300 is refused with its column and value; tiny scales give the sound answer, scaled', async () => {
    await expect(estimated('knocks-huge-outcome/out_1e300.csv')).rejects.toMatchObject({ kind: 'data', message: expect.stringMatching(/atid3.*1e\+?300/) });
    const plain = await estimated('knocks-base/base.csv');
    for (const [file, scale] of [['scale_e-70.csv', 1e-70], ['scale_e-150.csv', 1e-150]] as const) {
      const tiny = await estimated(`knocks-huge-outcome/${file}`);
      const [a, b] = [plain, tiny].map(({ fits }) => fits.find(({ outcome }) => outcome === 'atid3')!);
      expect(b!.rSquared).toBeCloseTo(a!.rSquared!, 9);
      a!.coefficients.forEach((coefficient, k) => {
        const own = b!.coefficients[k]!;
        for (const key of ['estimate', 'standardError'] as const) {
          const [wanted, found] = [coefficient[key], own[key]];
          if (wanted === null) expect(found).toBe(null);
          else expect(found! / scale, `${file} ${coefficient.term} ${coefficient.level} ${key}`).toBeCloseTo(wanted, 8);
        }
      });
    }
  });
});

it('sql-persists: what a refused condition defines is not there for the next', async () => {
  configureRegister(nodeAssets);
  const rows = 200;
  const age = Float64Array.from({ length: rows }, (_, i) => 20 + (i % 40));
  const codes = Uint32Array.from({ length: rows }, (_, i) => i % 3);
  const columns = { age: columnData({ kind: 'number', values: age, isComplete: true }, false), county: columnData({ kind: 'label', codes, labels: ['Oslo', 'Agder', 'Troms'] }, false) };
  const holding = async (where: string): Promise<number | string> => {
    try {
      const query = await prepareRowQuery({ file: 'f', columns: new Map([['age', 'DOUBLE'], ['county', 'VARCHAR']]), derived: new Map(), filter: null, where, within: null }, []);
      const { condition } = await query.answer(new Map(query.columns.map((name) => [name, columns[name as keyof typeof columns]])), rows);
      return condition!.reduce((sum, bit) => sum + bit, 0);
    } catch (error) {
      return (error as { kind: string }).kind;
    }
  };
  const asked = ["lower(county) = 'oslo'", "true); CREATE OR REPLACE MACRO lower(x) AS 'oslo'; SELECT (true", "lower(county) = 'oslo'", 'true); CREATE TABLE read_rows AS SELECT 1; SELECT (true', 'age > 30'];
  const found: (number | string)[] = [];
  for (const where of asked) found.push(await holding(where));
  expect(found).toEqual([67, 'spec', 67, 'spec', age.filter((value) => value > 30).length]);
});

describe('the command line', () => {
  it('random-where: a condition that is another every time is refused', async () => {
    expect(await run(base, '--model', model, '--where', 'random() < 0.8', '--out', 'o')).toMatchObject({ code: 2, stderr: expect.stringContaining('random') });
  });

  it('model-in-out: --force does not take the model away', async () => {
    mkdirSync(join(home, 'mo'));
    copyFileSync(model, join(home, 'mo', 'model.json'));
    expect(await run(base, '--model', 'mo/model.json', '--out', 'mo', '--force')).toMatchObject({ code: 2, stderr: expect.stringContaining('mo') });
    expect(readFileSync(join(home, 'mo', 'model.json'), 'utf8')).toBe(readFileSync(model, 'utf8'));
  });

  it('terminal-escape: control signs of a header are shown', async () => {
    const { code, stderr } = await run(trialPath('knocks-terminal-escape/esc.csv'), '--model', model, '--out', 'p');
    expect([code, stderr.includes('at\\x1b[31mid3\\x07'), /[\u001b\u0007]/.test(stderr)]).toEqual([3, true, false]);
  });

  it('spec-bom: a model that begins with a byte order mark is read', async () => {
    expect(await run(base, '--model', trialPath('knocks-spec-bom/bom.json'), '--out', 'q', '--quiet')).toMatchObject({ code: 0, stderr: '' });
  });

  it.runIf(existsSync('/dev/full'))('dev-full: standard output that is full ends the run with 73 and one line', () => {
    const args = [bin, 'run', base, '--model', model, '--out', 'r', '--json', '--quiet', '--workers', '1'];
    const { status, stderr } = spawnSync(process.execPath, args, { cwd: home, stdio: ['ignore', openSync('/dev/full', 'w'), 'pipe'], encoding: 'utf8' });
    expect([status, stderr.trim().split('\n').length]).toEqual([73, 1]);
  });
});
