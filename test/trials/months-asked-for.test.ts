import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { runCommand, type Ended } from '../support/command-line.ts';

// `months-asked-for-not-kept`: a month that the sample leaves out, under a condition.
const trial = fileURLToPath(new URL('../fixtures/trials/months-asked-for-not-kept/', import.meta.url));
let home: string;
const ask = (...args: string[]): Promise<Ended> => runCommand(home, ['whatif', 'o/bundle.arrow', ...args, '--json', '--workers', '1']);

beforeAll(async () => {
  home = mkdtempSync(join(tmpdir(), 'months-'));
  const { code } = await runCommand(home, ['run', join(trial, 'data.csv'), '--model', join(trial, 'model.json'), '--out', 'o', '--by', 'county', '--bundle', '--workers', '1']);
  expect(code).toBe(0);
});
afterAll(() => rmSync(home, { recursive: true }));

it.each([[[]], [['--data', join(trial, 'data.csv')]]])('is estimated on where it is asked for, %j', async (data) => {
  for (const [months, n] of [[['--months', '2018-02/2018-03'], 70], [['--add-months', '2018-03', '--drop-months', '2018-01/2018-02'], 140]] as const) {
    const { code, stdout } = await ask(...months, ...data);
    expect([code, (JSON.parse(stdout) as { fits: { n: number }[] }).fits.map(({ n }) => n)]).toEqual([0, [n]]);
  }
});
