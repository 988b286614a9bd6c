import { openSync } from 'node:fs';
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { visible } from '../../src/entry/console.ts';
import { bin, runCommand } from '../support/command-line.ts';

let home = '';
const spec = { name: 'm', person: 'id', month: 'month', outcomes: [{ name: 'hours', family: 'gaussian', horizon: 3 }], covariates: [{ name: 'age', coding: 'values', reference: 1 }] };

beforeAll(() => {
  home = mkdtempSync(join(tmpdir(), 'console-'));
  writeFileSync(join(home, 'spec.json'), `\ufeff${JSON.stringify(spec)}`);
  writeFileSync(join(home, 'a.csv'), 'id,month,age,hours\n1,2018-01,1,2\n2,2018-01,2,4\n3,2018-01,1,3\n4,2018-01,2,5\n');
  writeFileSync(join(home, 'esc.csv'), 'id,month,age,ho\u001b[31murs\u0007\n1,2018-01,1,2\n');
});
afterAll(() => rmSync(home, { recursive: true, force: true }));

it('shows control signs, turned lines among them, and leaves letters alone', () => {
  expect(visible('Ørsta\n\u001b[31mred\u0007\u009b\u202etxt\u007f\t.')).toBe('Ørsta\n\\x1b[31mred\\x07\\x9b\\u202etxt\\x7f\t.');
});

describe('run', () => {
  it('reads a spec that begins with a byte order mark', async () => {
    expect((await runCommand(home, ['run', 'a.csv', '--model', 'spec.json', '--out', 'o', '--quiet', '--workers', '1'])).code).toBe(0);
  });

  it('sends no sign of a file to the terminal that moves or colours it', async () => {
    const { code, stderr } = await runCommand(home, ['run', 'esc.csv', '--model', 'spec.json', '--out', 'p', '--workers', '1']);
    expect(code).toBe(3);
    expect(stderr).toContain('ho\\x1b[31murs\\x07');
    expect(stderr).not.toMatch(/[\u001b\u0007]/);
  });

  it.runIf(process.platform === 'linux')('ends with 73 and one line where standard output is full', () => {
    const full = openSync('/dev/full', 'w');
    const { status, stderr } = spawnSync(process.execPath, [bin, 'run', 'a.csv', '--model', 'spec.json', '--out', 'q', '--json', '--quiet', '--workers', '1'], {
      cwd: home, stdio: ['ignore', full, 'pipe'], encoding: 'utf8',
    });
    expect([status, stderr.trim().split('\n').length]).toEqual([73, 1]);
    expect(stderr).toMatch(/Standard output cannot be written/);
  });
});
