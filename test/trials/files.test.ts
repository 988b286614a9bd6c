/** Files as registers and people write them: each input of the trials, and what is right for it. */

import { copyFileSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Pool } from '../../src/workers/pool.ts';
import { openBuiltPool } from '../support/built-engine.ts';
import { runCommand } from '../support/command-line.ts';
import { readTrial, trialModel, trialPath, type ReadTrial } from '../support/read-trial.ts';

const spec = trialModel('files-reference/model.json');
const sound = trialPath('files-reference/reference.csv');
let pool: Pool;
let home: string;
let reference: ReadTrial;
/** Four decimals, ties to the even one. The values are 1024ths, so that the product is exact. */
const toEven = (value: number): string => {
  const [scaled, down] = [value * 1e4, Math.floor(value * 1e4)];
  return String((scaled - down === 0.5 ? down + (down % 2) : Math.round(scaled)) / 1e4);
};
const read = (path: string): Promise<ReadTrial> => readTrial(pool, spec, [trialPath(path)]);

beforeAll(async () => {
  home = mkdtempSync(join(tmpdir(), 'trials-'));
  pool = await openBuiltPool(1);
  reference = await readTrial(pool, spec, [sound]);
});
afterAll(async () => {
  await pool.close();
  rmSync(home, { recursive: true, force: true });
});

describe('the sound table in another dress has its digest', () => {
  it.each([
    'files-reference/reference/data.parquet', 'files-cr-only/data.csv', 'files-gzip-two-members/data.csv.gz',
    'files-polars-lz4/data.arrow', 'files-tab/data.csv', 'files-timestamp-oslo/data.parquet', 'files-timestamp-oslo/data-arrow.arrow',
  ])('%s', async (path) => {
    expect(reference.rows).toBe(1000);
    expect(await read(path)).toMatchObject({ digest: reference.digest, rows: 1000 });
  });

  const [header, ...lines] = readFileSync(sound, 'utf8').trim().split('\n') as [string, ...string[]];
  const written = (name: string, rows: readonly string[]): string => {
    const path = join(home, name);
    writeFileSync(path, `${header}\n${rows.join('\n')}\n`);
    return path;
  };

  it('files-decimal: so has the table with hours of four decimals', async () => {
    const at = header.split(',').indexOf('atid3');
    const rounded = lines.map((line) => line.split(',').map((field, k) => (k === at && field !== '' ? toEven(Number(field)) : field)).join(','));
    const { digest } = await readTrial(pool, spec, [written('rounded.csv', rounded)]);
    expect(await read('files-decimal/data.parquet')).toMatchObject({ digest, rows: 1000 });
  });

  it('files-hive-partitions: so have its first ten rows, the month in the names of folders alone', async () => {
    const { digest } = await readTrial(pool, spec, [written('ten.csv', lines.slice(0, 10))]);
    expect(await read('files-hive-partitions')).toMatchObject({ digest, rows: 10 });
  });
});

describe('what cannot be read is bad data, and the words say what it is', () => {
  it.each([
    ['files-feather-v1/data.feather', 'data.arrow-feather', /Feather version 1.*version 2, which is Arrow IPC/],
    ['files-parquet-encrypted-columns/data.parquet', 'data.parquet-encrypted', /encrypted.*without encryption/],
    ['files-title-above-header/data.csv', 'data.title-above-header', /line 1 .*line 3/],
    ['files-two-stray-quotes/data.csv', 'data.faulty-rows', /spans 501 lines.*rows: 100\b/],
    ['files-xlsx-named-csv/data.csv', 'data.foreign-file', /Excel workbook.*CSV/],
  ])('%s', async (path, code, words) => {
    expect(await read(path)).toMatchObject({ code, kind: 'data', message: expect.stringMatching(words) });
  });

  it('files-broken-symlink: a link that leads nowhere is named, and the run ends with 3', async () => {
    const folder = join(home, 'broken');
    mkdirSync(folder);
    copyFileSync(sound, join(folder, 'a.csv'));
    symlinkSync('/nonexistent', join(folder, 'b.csv'));
    const { code, stderr } = await runCommand(home, ['run', folder, '--model', trialPath('files-reference/model.json'), '--out', 'o', '--workers', '1']);
    expect([code, stderr.trim().split('\n').length]).toEqual([3, 1]);
    expect(stderr).toContain(join(folder, 'b.csv'));
  });
});

it('files-label-padding: labels that differ by blanks alone are warned of', async () => {
  expect((await read('files-label-padding/data.csv')).warnings).toMatchObject([{ code: 'warning.look-alike-labels', args: { column: 'county' } }]);
});

describe('labels that a spreadsheet would compute', () => {
  it.each([
    ['files-label-formula/data.csv', 'files-reference/model.json', '=HYPERLINK("http://x.invalid","klikk")'],
    ['knocks-formula/csv-county-2.csv', 'knocks-base/model.json', '=1+1'],
  ])('%s: exact for programs, text in what is made for people', async (path, model, label) => {
    const run = (out: string, ...more: string[]) => runCommand(home, ['run', trialPath(path), '--model', trialPath(model), '--by', 'county', '--out', out, '--force', '--workers', '1', '--quiet', ...more]);
    const quoted = (text: string): string => (/[",;]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);
    expect(await run('people', '--csv', 'nb')).toMatchObject({ code: 0 });
    const people = readFileSync(join(home, 'people', 'indicator_county.csv'), 'utf8');
    expect(people).toContain(`;${quoted(`'${label}`)};`);
    expect(people).not.toMatch(/[;\n]"?[=+@]/);
    expect(await run('plain')).toMatchObject({ code: 0 });
    expect(readFileSync(join(home, 'plain', 'indicator_county.csv'), 'utf8')).toContain(`,${quoted(label)},`);
  });
});
