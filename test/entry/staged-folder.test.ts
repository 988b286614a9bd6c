import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { isWithin, openStagedFolder, realPath } from '../../src/entry/staged-folder.ts';

let home: string;
beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), 'staged-'));
});
afterEach(() => rmSync(home, { recursive: true }));

const outputError = expect.objectContaining({ kind: 'output' });

describe('openStagedFolder', () => {
  it('shows nothing at the target until all is written, and nothing beside it after', async () => {
    const out = join(home, 'deep', 'er', 'out');
    const folder = await openStagedFolder(out, false);
    await folder.write('a.csv', 'a\n');
    expect(existsSync(out)).toBe(false);
    await folder.commit();
    await folder.discard();
    expect(readFileSync(join(out, 'a.csv'), 'utf8')).toBe('a\n');
    expect(readdirSync(join(home, 'deep', 'er'))).toEqual(['out']);
  });

  it('leaves nothing behind when discarded, the folders on the way included', async () => {
    const folder = await openStagedFolder(join(home, 'deep', 'er', 'out'), false);
    await folder.write('a.csv', 'a\n');
    await folder.discard();
    expect(readdirSync(home)).toEqual([]);
  });

  it('takes an empty folder, and one that holds something only when forced', async () => {
    const out = join(home, 'out');
    mkdirSync(out);
    const first = await openStagedFolder(out, false);
    await first.write('old.csv', '');
    await first.commit();
    await expect(openStagedFolder(out, false)).rejects.toEqual(outputError);
    const second = await openStagedFolder(out, true);
    await second.write('new.csv', '');
    expect(readdirSync(out)).toEqual(['old.csv']);
    await second.commit();
    expect(readdirSync(out)).toEqual(['new.csv']);
    expect(readdirSync(home)).toEqual(['out']);
  });

  it('refuses a file, a folder under a file, and the working directory', async () => {
    const file = join(home, 'file');
    writeFileSync(file, '');
    for (const out of [file, join(file, 'out'), process.cwd(), '/']) {
      await expect(openStagedFolder(out, true)).rejects.toEqual(outputError);
    }
    expect(readdirSync(home)).toEqual(['file']);
  });

  it('follows a link to the folder', async () => {
    mkdirSync(join(home, 'real'));
    symlinkSync(join(home, 'real'), join(home, 'link'));
    const folder = await openStagedFolder(join(home, 'link'), false);
    await folder.write('a.csv', '');
    await folder.commit();
    expect(readdirSync(join(home, 'real'))).toEqual(['a.csv']);
    expect(readdirSync(home).sort()).toEqual(['link', 'real']);
  });
});

describe('paths', () => {
  it('lie within one another or not', () => {
    expect([isWithin('/a/b', '/a'), isWithin('/a', '/a'), isWithin('/a/..b', '/a')]).toEqual([true, true, true]);
    expect([isWithin('/a', '/a/b'), isWithin('/ab', '/a')]).toEqual([false, false]);
  });

  it('are resolved as far as they exist', async () => {
    expect(await realPath(join(home, 'x', 'y'))).toBe(join(await realPath(home), 'x', 'y'));
  });
});
