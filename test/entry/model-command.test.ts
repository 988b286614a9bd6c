import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { builtInSpecs } from '../../src/spec/built-in.ts';
import { specDigest } from '../../src/spec/digest.ts';
import { parseModelSpec } from '../../src/spec/parse-spec.ts';
import { runCommand, type Ended } from '../support/command-line.ts';

let home: string;
const cli = (...args: string[]): Promise<Ended> => runCommand(home, args);

beforeAll(() => {
  home = mkdtempSync(join(tmpdir(), 'model-'));
});
afterAll(() => rmSync(home, { recursive: true, force: true }));

describe('model', () => {
  it.each(['main', 'table4'])('prints %s, which gives the same results from a file', async (name) => {
    const { code, stdout, stderr } = await cli('model', name);
    expect([code, stderr]).toEqual([0, '']);
    const file = `${name}.json`;
    writeFileSync(join(home, file), stdout);
    expect(await specDigest(parseModelSpec(stdout))).toBe(await specDigest(builtInSpecs.get(name)!));

    await cli('generate', '--out', 'people', '--rows', '60000', '--seed', '3', '--force');
    const digests = [];
    for (const [model, out] of [[name, 'by-name'], [file, 'by-file']]) {
      const run = await cli('run', 'people/data', '--model', model!, '--out', out!, '--force', '--json', '--quiet');
      expect([run.code, run.stderr]).toEqual([0, '']);
      const { digest, specDigest } = JSON.parse(run.stdout) as { digest: string; specDigest: string };
      digests.push({ digest, specDigest });
    }
    expect(digests[1]).toEqual(digests[0]);
  });

  it.each([
    ['mian', 'No model "mian" is built in. Did you mean "main"?'],
    ['Table4', 'No model "Table4" is built in. Did you mean "table4"?'],
    ['appendix-d', 'No model "appendix-d" is built in. There are main and table4.'],
  ])('exits 2 on %s', async (name, words) => {
    const { code, stdout, stderr } = await cli('model', name);
    expect([code, stdout, stderr]).toEqual([2, '', `arbeidsindikator: ${words}\n`]);
  });

  it('exits 2 without a name', async () => {
    expect(await cli('model')).toMatchObject({ code: 2, stdout: '', stderr: expect.stringContaining("missing required argument 'name'") });
  });
});
