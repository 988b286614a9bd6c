import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { csv, number, readAll } from './sample.ts';
import { readPartitions } from '../../src/register/read.ts';

const text = `id,x\n${Array.from({ length: 300_000 }, (_, i) => `${i},1`).join('\n')}\n`;

it('a reader that stops early closes the file', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'register-'));
  const path = join(folder, 't.csv');
  writeFileSync(path, text);
  for (let k = 0; k < 20; k++) {
    for await (const { rows } of readPartitions({ name: 't.csv', format: 'csv', bytes: text.length, location: { path } }, { columns: [number('x')], where: null })) {
      expect(rows).toBe(131_072);
      break;
    }
  }
  rmSync(folder, { recursive: true });
  await expect(readAll({ name: 't.csv', format: 'csv', bytes: 0, location: { path } }, [number('x')])).rejects.toMatchObject({
    kind: 'data',
    message: expect.stringMatching(/^t\.csv cannot be opened: ENOENT/),
  });
});

it('two files are read side by side, each with a condition', async () => {
  const read = (where: string) => readAll(csv(text), [number('x')], where);
  const [first, second] = await Promise.all([read('id < 10'), read('id >= 10')]);
  expect(first.condition.reduce((a, b) => a + b)).toBe(10);
  expect(second.condition.reduce((a, b) => a + b)).toBe(299_990);
});

it('a column asked for twice in one role is read once', async () => {
  await expect(readAll(csv('x\na\n'), [number('x'), number('x')])).rejects.toMatchObject({ args: { faults: [{ args: { count: 1 } }] } });
});
