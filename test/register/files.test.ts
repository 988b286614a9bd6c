import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { listRegisterFiles as listBrowserFiles } from '../../src/register/files.ts';
import { describeFile } from '../../src/register/describe.ts';
import { listRegisterFiles } from '../../src/register/files-node.ts';
import { fixture, label, month, number, person, readAll } from './sample.ts';

let folder = '';
const at = (...parts: string[]): string => join(folder, ...parts);

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), '.register-'));
  for (const path of ['data/2018', 'data/_old', 'data/.git', 'mixed', 'odd', 'empty', 'hidden']) mkdirSync(at(path), { recursive: true });
  for (const path of ['data/b.arrow', 'data/2018/a.arrows', 'data/C.FEATHER', 'data/_x.arrow', 'data/_old/y.arrow', 'data/.git/z.txt', 'data/.hidden']) {
    writeFileSync(at(path), 'xyz');
  }
  for (const path of ['mixed/a.csv', 'mixed/b.parquet', 'odd/a.csv', 'odd/notes.txt', 'hidden/_a.csv', 'one.csv.gz']) writeFileSync(at(path), '');
});
afterAll(() => rmSync(folder, { recursive: true }));

describe('files on a disk', () => {
  it('a folder is read with its folders, by name, without what begins with . or _', async () => {
    const files = await listRegisterFiles([at('data')]);
    expect(files.map(({ name }) => name)).toEqual([at('data/2018/a.arrows'), at('data/C.FEATHER'), at('data/b.arrow')]);
    expect(files[0]).toMatchObject({ format: 'arrow', bytes: 3, location: { path: at('data/2018/a.arrows') } });
  });

  it('a file named twice is read once, and a hidden one that is named is read', async () => {
    const files = await listRegisterFiles([at('data/b.arrow'), at('data/2018/../b.arrow'), at('data/_x.arrow')]);
    expect(files.map(({ location }) => location)).toEqual([{ path: at('data/_x.arrow') }, { path: at('data/b.arrow') }]);
    expect((await listRegisterFiles([at('one.csv.gz')]))[0]!.format).toBe('csv');
  });

  it.each([
    ['mixed', /Mixed formats: .*a\.csv is csv and .*b\.parquet is parquet/],
    ['odd', /notes\.txt does not end like a table: the endings read are \.csv \.csv\.gz \.parquet/],
    ['empty', /No files to read in .*empty/],
    ['hidden', /No files to read in .*hidden/],
    ['nowhere', /nowhere cannot be read: there is no such file or folder/],
  ])('%s is an error', async (path, message) => {
    await expect(listRegisterFiles([at(path)])).rejects.toMatchObject({ kind: 'data', message: expect.stringMatching(message) });
  });
});

describe('what is no file', () => {
  it('a link that leads nowhere, or to a folder, and a pipe are named', async () => {
    mkdirSync(at('links'));
    writeFileSync(at('links/a.csv'), 'x\n1\n');
    symlinkSync(at('nonexistent'), at('links/b.csv'));
    await expect(listRegisterFiles([at('links')])).rejects.toMatchObject({ code: 'data.path-unreadable', args: { path: at('links/b.csv') } });
    rmSync(at('links/b.csv'));
    symlinkSync(at('data'), at('links/c'));
    await expect(listRegisterFiles([at('links')])).rejects.toMatchObject({ code: 'data.linked-folder', args: { path: at('links/c') } });
    rmSync(at('links/c'));
    symlinkSync(at('links/a.csv'), at('links/d.csv'));
    expect((await listRegisterFiles([at('links')])).map(({ bytes }) => bytes)).toEqual([4, 4]);
    if (process.platform === 'win32') return;
    execFileSync('mkfifo', [at('links/e.csv')]);
    await expect(listRegisterFiles([at('links')])).rejects.toMatchObject({ code: 'data.no-plain-file', args: { path: at('links/e.csv') } });
    await expect(listRegisterFiles([at('links/e.csv')])).rejects.toMatchObject({ code: 'data.no-plain-file' });
  });
});

describe('folders that name a value', () => {
  it('give files the columns they lack', async () => {
    for (const path of ['hive/month=2018-03/county=M%C3%B8re/part.csv', 'hive/month=2018-04/county=__HIVE_DEFAULT_PARTITION__/part.csv']) {
      mkdirSync(at(path, '..'), { recursive: true });
      writeFileSync(at(path), 'person_id,hours\n1,2\n2,3\n');
    }
    const [a, b] = await listRegisterFiles([at('hive')]);
    expect([a!.partition, b!.partition]).toEqual([{ month: '2018-03', county: 'Møre' }, { month: '2018-04', county: '' }]);
    const asked = [person('person_id'), month('month'), label('county'), number('hours')];
    const read = await readAll(a!, asked, "month = '2018-03' AND hours > 2");
    expect(read.values).toEqual({
      'person:person_id': ['1,0,0,0', '2,0,0,0'], 'month:month': Array(2).fill(12 * 2018 + 2), 'label:county': ['Møre', 'Møre'], 'number:hours': [2, 3],
    });
    expect(read.condition).toEqual([0, 1]);
    expect((await readAll(b!, asked)).values['label:county']).toEqual(['', '']);
    expect((await describeFile(a!)).columns.map(({ name }) => name)).toEqual(['person_id', 'hours', 'month', 'county']);
  });

  it('as Parquet written by month', async () => {
    const files = await listRegisterFiles([fixture('trials/files-hive-partitions')]);
    expect(files.length).toBe(10);
    const { values } = await readAll(files[3]!, [month('month'), person('person_id')]);
    expect(new Set(values['month:month'])).toEqual(new Set([12 * 2018 + 5]));
  });
});

describe('files in a browser', () => {
  const file = (name: string): File => new File(['xyz'], name);

  it('come by name, with their format', () => {
    const files = listBrowserFiles([file('b.parquet'), file('a.parquet'), file('_c.csv')]);
    expect(files.map(({ name, format, bytes }) => [name, format, bytes])).toEqual([['a.parquet', 'parquet', 3], ['b.parquet', 'parquet', 3]]);
  });

  it('of two formats are an error', () => {
    expect(() => listBrowserFiles([file('b.parquet'), file('a.csv')])).toThrow(/Mixed formats/);
    expect(() => listBrowserFiles([])).toThrow(/No files to read/);
  });
});
