import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { listRegisterFiles as listBrowserFiles } from '../../src/register/files.ts';
import { listRegisterFiles } from '../../src/register/files-node.ts';

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
