/** What files do not say of themselves is said on the command line. */

import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { runCommand } from '../support/command-line.ts';

const model = {
  name: 'm', person: 'id', month: 'month', outcomes: [{ name: 'hours', family: 'gaussian', horizon: 3 }],
  covariates: [{ name: 'age', coding: 'intervals', breaks: [30], reference: 0 }],
};
const lines = Array.from({ length: 40 }, (_, i) => `${i},2018-0${1 + (i % 3)},Ørsta ${i % 2},${20 + i},${i % 7}`);
const text = `id,month,county,age,hours\n${lines.join('\n')}\n`;

let home = '';
const cli = (args: readonly string[], input?: Uint8Array | string) => runCommand(home, args, input);
const digestOf = async (data: string, options: readonly string[] = [], input?: Uint8Array | string): Promise<string> => {
  const { stdout, stderr } = await cli(['run', data, '--model', 'model.json', '--by', 'county', '--out', 'o', '--force', '--json', '--workers', '1', ...options], input);
  if (stdout === '') throw new Error(stderr);
  return JSON.parse(stdout).dataDigest ?? JSON.parse(stdout).error.code;
};

beforeAll(() => {
  home = mkdtempSync(join(tmpdir(), 'reading-'));
  writeFileSync(join(home, 'model.json'), JSON.stringify(model));
  writeFileSync(join(home, 'a.csv'), text);
  writeFileSync(join(home, 'latin.csv'), Buffer.from(text, 'latin1'));
});
afterAll(() => rmSync(home, { recursive: true, force: true }));

describe('run', () => {
  it('reads standard input, and files in another encoding when it is named; the manifest has it', async () => {
    const digest = await digestOf('a.csv');
    expect(await digestOf('-', [], text)).toBe(digest);
    expect(await digestOf('latin.csv')).toBe('data.faulty-rows');
    expect(await digestOf('latin.csv', ['--encoding', 'windows-1252'])).toBe(digest);
    expect(JSON.parse(readFileSync(join(home, 'o', 'manifest.json'), 'utf8')).data.reading).toEqual({ encoding: 'windows-1252' });
  });

  it('refuses options that are none', async () => {
    expect(await cli(['run', 'a.csv', '--model', 'model.json', '--out', 'p', '--encoding', 'klingon'])).toMatchObject({ code: 2 });
    expect(await cli(['run', 'a.csv', '--model', 'model.json', '--out', 'p', '--time-zone', 'Mars/Olympus'])).toMatchObject({ code: 2 });
  });

  it('does not replace a folder that its model lies in', async () => {
    mkdirSync(join(home, 'mo'));
    writeFileSync(join(home, 'mo', 'model.json'), JSON.stringify(model));
    expect(await cli(['run', 'a.csv', '--model', 'mo/model.json', '--out', 'mo', '--force'])).toMatchObject({ code: 2, stderr: expect.stringContaining('mo') });
    expect(JSON.parse(readFileSync(join(home, 'mo', 'model.json'), 'utf8'))).toEqual(model);
  });
});
