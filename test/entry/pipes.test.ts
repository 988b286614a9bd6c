import { execFileSync, spawn } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { rScript, type CheckedRun } from '../../src/verify/r-script.ts';
import { main } from '../../src/spec/built-in.ts';
import { bin, runCommand } from '../support/command-line.ts';

let home: string;
beforeAll(() => {
  home = mkdtempSync(join(tmpdir(), 'pipes-'));
  execFileSync('mkfifo', [join(home, 'pipe')]);
});
afterAll(() => rmSync(home, { recursive: true, force: true }));

describe('a pipe into which nobody writes', () => {
  it.each<[string, string[], number]>([
    ['data', ['run', 'pipe', '--out', 'o'], 3],
    ['a model', ['run', '-', '--model', 'pipe', '--out', 'o'], 2],
    ['a bundle', ['whatif', 'pipe', '--drop', 'age', '--out', 'o'], 2],
  ])('is refused as %s', async (_, args, status) => {
    expect(await runCommand(home, args)).toEqual({ code: status, stdout: '', stderr: expect.stringMatching(/pipe.* pipe, socket or device/) });
    expect(readdirSync(home)).toEqual(['pipe']);
  });
});

it('standard input that never ends is left at once when interrupted', async () => {
  const child = spawn(process.execPath, [bin, 'run', '-', '--out', 'o'], { cwd: home, stdio: ['pipe', 'ignore', 'pipe'] });
  let said = '';
  child.stderr.on('data', (text: Buffer) => (said += text.toString()));
  child.stdin.on('error', () => {});
  const ended = new Promise<number | null>((done) => child.once('close', done));
  // More than a pipe holds: once it is taken, the command is reading.
  await new Promise((done) => child.stdin.write('id,month\n'.repeat(100_000), done));
  child.kill('SIGINT');
  expect(await ended).toBe(130);
  expect(said).toBe('arbeidsindikator: Interrupted; nothing was written.\n');
});

describe('control signs', () => {
  it('in what was typed are shown, also in messages about flags', async () => {
    const evil = 'x\u001b[31m\u202ey';
    const { code, stdout, stderr } = await runCommand(home, ['run', '-', '--out', 'o', '--ci', evil, '--json']);
    expect([code, stderr]).toEqual([2, expect.stringContaining('x\\x1b[31m\\u202ey')]);
    expect(`${stdout}${stderr}`).not.toMatch(/[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u202e]/);
    expect((JSON.parse(stdout) as { error: { message: string } }).error.message).toContain(evil);
  });

  it('of a manifest that somebody else wrote end no comment of an R script', () => {
    const options = { by: [], period: 'month', vcov: 'iid', interval: 'outcome', level: 95, relativeTo: null, where: null, threshold: null };
    const evil = '1"\nquit()\n#';
    const script = rScript({
      spec: main,
      options,
      reading: {},
      folder: 'o',
      files: ['a.csv'],
      engineVersion: evil,
      dataDigest: evil,
      resultDigest: evil,
    } as CheckedRun);
    expect(script).not.toMatch(/^quit\(\)/m);
  });
});
