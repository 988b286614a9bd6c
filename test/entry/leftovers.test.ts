import { spawn, type ChildProcess } from 'node:child_process';
import { chownSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, renameSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { oldOf, stagingName } from '../../src/entry/leftovers.ts';
import { openStagedFolder, writeWhole } from '../../src/entry/staged-folder.ts';

let home: string;
let out: string;
const writers: ChildProcess[] = [];

beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), 'leftovers-'));
  out = join(home, 'out');
});
afterEach(() => {
  for (const writer of writers.splice(0)) writer.kill('SIGKILL');
  rmSync(home, { recursive: true });
});

const built = new URL('../../dist/engine/entry/staged-folder.js', import.meta.url).href;

/** A process of its own that writes half of what it has to write and waits; its staging folder. */
async function writing(target: string): Promise<{ writer: ChildProcess; staging: string }> {
  const script = `
    const { openStagedFolder } = await import(${JSON.stringify(built)});
    const folder = await openStagedFolder(${JSON.stringify(target)});
    await folder.write('a.csv', 'half');
    process.stdout.write(folder.path);
    setInterval(() => {}, 1000);`;
  const writer = spawn(process.execPath, ['--input-type=module', '--eval', script], { stdio: ['ignore', 'pipe', 'inherit'] });
  writers.push(writer);
  const [staging] = (await new Promise<Buffer[]>((done) => writer.stdout!.once('data', (text: Buffer) => done([text])))).map(String);
  return { writer, staging: staging! };
}

async function killed(target: string): Promise<string> {
  const { writer, staging } = await writing(target);
  const gone = new Promise((done) => writer.once('exit', done));
  writer.kill('SIGKILL');
  await gone;
  return staging;
}

/** Opens and commits a folder with one file. */
async function run(options: { force?: boolean; inputs?: string[] } = {}): Promise<void> {
  const folder = await openStagedFolder(out, options);
  await folder.write('a.csv', 'whole');
  await folder.commit();
}

const held = (): string[] => readdirSync(home).sort();

describe('leftovers', () => {
  it('of a killed process are swept by the next one to the same folder; those of a living one stay', async () => {
    await killed(out);
    const { staging } = await writing(out);
    const elsewhere = await killed(join(home, 'out2'));
    await run();
    expect(held()).toEqual([elsewhere, out, staging].map((path) => path.slice(home.length + 1)).sort());
    expect(readFileSync(join(out, 'a.csv'), 'utf8')).toBe('whole');
  });

  it('that are links, of another machine or another user stay, and so does one that holds an input', async () => {
    const staging = await killed(out);
    const name = staging.slice(home.length + 1);
    const like = (k: number): string => join(home, `${name.slice(0, -4)}000${k}`);
    mkdirSync(join(home, 'theirs'));
    symlinkSync(join(home, 'theirs'), like(1));
    const [, of, place] = /-([0-9a-f]{8})-([0-9a-f]{8})-\d+-/.exec(name)!;
    mkdirSync(join(home, name.replace(`${of}-${place}`, `${of}-00000000`)));
    if (process.getuid?.() === 0) {
      mkdirSync(like(3));
      chownSync(like(3), 1, 1);
    }
    const before = held();
    await run({ inputs: [join(staging, 'a.csv')] });
    expect(held()).toEqual([...before, 'out'].sort());
    rmSync(out, { recursive: true });
    await run();
    expect(held()).toEqual([...before.filter((path) => path !== name), 'out'].sort());
  });

  it('of a process killed between its two last moves are put in place: the new folder is whole', async () => {
    const staging = await killed(out);
    mkdirSync(oldOf(staging));
    writeFileSync(join(oldOf(staging), 'old.csv'), '');
    await expect(openStagedFolder(out)).rejects.toMatchObject({ code: 'output.not-empty' });
    expect(readdirSync(out)).toEqual(['a.csv']);
    expect(held()).toEqual(['out']);
  });

  it('of one killed before it was done with the old folder give way to what is there', async () => {
    const staging = await killed(out);
    renameSync(staging, oldOf(staging));
    await run();
    expect(held()).toEqual(['out']);
    expect(readFileSync(join(out, 'a.csv'), 'utf8')).toBe('whole');
  });
});

it('a file is written whole, and what a killed writer left of it is swept', async () => {
  writeFileSync(out, 'old');
  const staging = await killed(join(home, 'elsewhere', 'out'));
  const left = join(home, staging.slice(staging.lastIndexOf('/') + 1));
  writeFileSync(left, 'half');
  await writeWhole(out, 'new');
  expect(readFileSync(out, 'utf8')).toBe('new');
  expect(held()).toEqual(['elsewhere', 'out']);
  await expect(writeWhole(join(home, 'nowhere', 'out'), '')).rejects.toMatchObject({ code: 'ENOENT' });
});

it('a staging folder has a name that no other has', () => {
  expect(stagingName(out)).not.toBe(stagingName(out));
  expect(stagingName(out).startsWith('.out.partial-')).toBe(true);
});
