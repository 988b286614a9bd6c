import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { isWithin, realPath } from '../../src/entry/real-path.ts';
import { openStagedFolder } from '../../src/entry/staged-folder.ts';
import { recordText } from '../../src/entry/written-files.ts';

let home: string;
beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), 'staged-'));
});
afterEach(() => rmSync(home, { recursive: true }));

const outputError = expect.objectContaining({ kind: 'output' });

describe('openStagedFolder', () => {
  it('shows nothing at the target until all is written, and nothing beside it after', async () => {
    const out = join(home, 'deep', 'er', 'out');
    const folder = await openStagedFolder(out);
    await folder.write('a.csv', 'a\n');
    expect(existsSync(out)).toBe(false);
    await folder.commit();
    await folder.discard();
    expect(readFileSync(join(out, 'a.csv'), 'utf8')).toBe('a\n');
    expect(readdirSync(join(home, 'deep', 'er'))).toEqual(['out']);
  });

  it('leaves nothing behind when discarded, the folders on the way included', async () => {
    const folder = await openStagedFolder(join(home, 'deep', 'er', 'out'));
    await folder.write('a.csv', 'a\n');
    await folder.discard();
    expect(readdirSync(home)).toEqual([]);
  });

  it('takes an empty folder, and one that holds something only when forced', async () => {
    const out = join(home, 'out');
    mkdirSync(out);
    const first = await openStagedFolder(out);
    await first.write('old.csv', '');
    await first.write('manifest.json', recordText({}, ['old.csv']));
    await first.commit();
    await expect(openStagedFolder(out)).rejects.toEqual(outputError);
    const second = await openStagedFolder(out, { force: true });
    await second.write('new.csv', '');
    expect(readdirSync(out)).toEqual(['manifest.json', 'old.csv']);
    await second.commit();
    expect(readdirSync(out)).toEqual(['new.csv']);
    expect(readdirSync(home)).toEqual(['out']);
  });

  it('refuses a file, a folder under a file, and the working directory', async () => {
    const file = join(home, 'file');
    writeFileSync(file, '');
    for (const out of [file, join(file, 'out'), process.cwd(), '/']) {
      await expect(openStagedFolder(out, { force: true })).rejects.toEqual(outputError);
    }
    expect(readdirSync(home)).toEqual(['file']);
  });

  it('refuses links that lead round, and the top of a disk', async () => {
    symlinkSync('b', join(home, 'a'));
    symlinkSync('a', join(home, 'b'));
    for (const out of [join(home, 'a'), join(home, 'a', 'x')]) {
      await expect(openStagedFolder(out)).rejects.toMatchObject({ code: 'output.cannot-write', args: { out, reason: 'ELOOP' } });
    }
    if (existsSync('/proc/self')) await expect(openStagedFolder('/proc', { force: true })).rejects.toMatchObject({ code: 'output.mount-point' });
    expect(readdirSync(home)).toEqual(['a', 'b']);
  });

  it('replaces nothing that no command of ours wrote, forced or not, nor what came meanwhile', async () => {
    const out = join(home, 'out');
    mkdirSync(join(out, 'sub'), { recursive: true });
    writeFileSync(join(out, 'mine.csv'), 'mine');
    writeFileSync(join(out, 'manifest.json'), recordText({}, ['a.csv']));
    const refused = { code: 'output.holds-others', args: { out, others: 2, first: ['mine.csv', 'sub'] } };
    await expect(openStagedFolder(out, { force: true })).rejects.toMatchObject(refused);
    const late = join(home, 'late');
    for (const force of [false, true]) {
      const folder = await openStagedFolder(late, { force });
      await folder.write('a.csv', '');
      mkdirSync(late);
      writeFileSync(join(late, 'mine.csv'), 'mine');
      await expect(folder.commit()).rejects.toMatchObject({ code: force ? 'output.holds-others' : 'output.not-empty' });
      await folder.discard();
      expect(readdirSync(late)).toEqual(['mine.csv']);
      rmSync(late, { recursive: true });
    }
    expect(readdirSync(home)).toEqual(['out']);
  });

  it('knows the folders of a synthetic population, and what is not of it', async () => {
    const out = join(home, 'out');
    for (const folder of ['data', 'truth']) mkdirSync(join(out, folder), { recursive: true });
    for (const name of ['data/part-0000.arrow', 'truth/settings.json', 'truth/expected.csv']) writeFileSync(join(out, name), '');
    writeFileSync(join(out, 'data', 'mine.arrow'), '');
    await expect(openStagedFolder(out, { force: true })).rejects.toMatchObject({ args: { first: ['data/mine.arrow'] } });
    rmSync(join(out, 'data', 'mine.arrow'));
    const folder = await openStagedFolder(out, { force: true });
    await folder.commit();
    expect(readdirSync(out)).toEqual([]);
  });

  it('takes names as long as the system does', async () => {
    const out = join(home, 'å'.repeat(127));
    const folder = await openStagedFolder(out);
    await folder.commit();
    expect(existsSync(out)).toBe(true);
    await expect(openStagedFolder(join(home, 'a'.repeat(300)))).rejects.toEqual(outputError);
  });

  it('follows a link to the folder', async () => {
    mkdirSync(join(home, 'real'));
    symlinkSync(join(home, 'real'), join(home, 'link'));
    const folder = await openStagedFolder(join(home, 'link'));
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
