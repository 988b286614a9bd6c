import { createHash } from 'node:crypto';
import { mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { tableFromIPC } from 'apache-arrow';
import { readParquet } from 'parquet-wasm/node';
import { afterAll, describe, expect, test } from 'vitest';
import { csvPieces } from '../../src/synthetic/csv.ts';
import { openDraws } from '../../src/synthetic/draws.ts';
import { generateArrow } from '../../src/synthetic/generate-arrow.ts';
import { generateToFolder } from '../../src/synthetic/write-node.ts';
import { writePart } from '../../src/synthetic/write-part.ts';
import { kernels, tableOf } from './draw.ts';

const population = { rows: 20_001, seed: 9, effects: 'on' } as const;
const table = tableOf(population);
const names = [...table.keys()];

/** A column as text, missing as ''. */
const texts = (name: string): string[] => {
  const column = table.get(name)!;
  return Array.from(column.values, (value, row) => (column.kind === 'label' ? column.labels[value]! : column.missing?.[row] ? '' : String(value)));
};
const digest = (values: Iterable<string>): string => {
  const hash = createHash('sha256');
  for (const value of values) hash.update(`${value}\n`);
  return hash.digest('hex');
};
const wanted = new Map(names.map((name) => [name, digest(texts(name))]));

function* arrowTexts(parts: readonly Uint8Array[], name: string): Generator<string> {
  for (const part of parts) for (const value of tableFromIPC(part).getChild(name)!) yield value === null ? '' : String(value);
}

const folder = mkdtempSync(join(tmpdir(), 'synthetic-'));
afterAll(() => rmSync(folder, { recursive: true }));

test('the table has the columns of the contract', () => {
  expect(names).toEqual([
    'person_id', 'month', 'county', 'office', 'ba_region', 'main_group', 'support_group', 'measure', 'contract', 'age', 'children', 'married',
    'female', 'recent_higher_education', 'laid_off', 'health_benefit', 'work_benefit', 'disability_pension', 'hours_at_measurement',
    'wage_income_before', 'pension_income_before', 'country_group', 'residence_months', 'history_months', 'duration_months',
    'unemployment_inflow_3', 'unemployment_inflow_12', 'expected_employment', 'atid3', 'atid12', 'jobb3', 'jobb12',
  ]);
});

test.each([1, 2, 5])('Arrow in %d parts holds the table', (parts) => {
  const bytes = Array.from({ length: parts }, (_, part) => generateArrow(kernels, { ...population, part, parts }));
  for (const name of names) expect(digest(arrowTexts(bytes, name)), name).toBe(wanted.get(name));
});

test('a part without rows is still a readable stream', () => {
  const empty = tableFromIPC(generateArrow(kernels, { rows: 1000, seed: 1, effects: 'off', part: 0, parts: 2 }));
  expect(empty.numRows).toBe(0);
  expect(empty.schema.fields.map((field) => field.name)).toEqual(names);
});

test('Parquet holds the table', () => {
  const draws = openDraws(kernels, population.seed);
  writePart({ ...population, folder, format: 'parquet' }, draws, 0);
  const bytes = readParquet(readFileSync(join(folder, 'part-0000.parquet'))).intoIPCStream();
  for (const name of names) expect(digest(arrowTexts([bytes], name)), name).toBe(wanted.get(name));
});

test('CSV holds the table, to the last digit', () => {
  const text = new TextDecoder();
  let csv = '';
  for (const piece of csvPieces(table, population.rows)) csv += text.decode(piece, { stream: true });
  const lines = csv.split('\n');
  expect(lines.length).toBe(population.rows + 2);
  expect(lines[0]).toBe(names.join(','));
  const cells = lines.slice(1, -1).map((line) => line.split(','));
  names.forEach((name, k) => expect(digest(cells.map((row) => row[k]!)), name).toBe(wanted.get(name)));
});

describe('a folder', () => {
  const write = async (name: string, options: Partial<Parameters<typeof generateToFolder>[0]>): Promise<string> => {
    const out = join(folder, name);
    await generateToFolder({ rows: 300_000, seed: 4, effects: 'on', format: 'arrow', workers: 1, out, ...options });
    return out;
  };
  const filesOf = (out: string): string[] =>
    ['data', 'truth'].flatMap((part) => readdirSync(join(out, part)).sort().map((name) => `${part}/${name} ${digest([readFileSync(join(out, part, name), 'latin1')])}`));

  test('has the same files to the byte with one worker and with three, and tells how far it is', async () => {
    const steps: number[] = [];
    const one = filesOf(await write('one', {}));
    const three = filesOf(await write('three', { workers: 3, onProgress: ({ done }) => steps.push(done) }));
    expect(three).toEqual(one);
    expect(one.map((line) => line.split(' ')[0])).toEqual([
      'data/part-0000.arrow', 'data/part-0001.arrow', 'data/part-0002.arrow', 'truth/coefficients.csv', 'truth/effects.csv',
      'truth/expected.csv', 'truth/settings.json',
    ]);
    expect(steps).toEqual([...steps].sort((a, b) => a - b));
    expect(steps.at(-1)).toBe(300_000);
  });

  test('stops when told to: of 153 parts no more than the next is begun', async () => {
    const controller = new AbortController();
    const reason = new Error('enough');
    const onProgress = ({ done }: { done: number }): void => {
      if (done > 0) controller.abort(reason);
    };
    await expect(write('stopped', { rows: 20_000_000, signal: controller.signal, onProgress })).rejects.toBe(reason);
    expect(readdirSync(join(folder, 'stopped', 'data')).length).toBeLessThanOrEqual(2);
  });

  test('that cannot be written is an output error', async () => {
    writeFileSync(join(folder, 'file'), '');
    await expect(write('file', {})).rejects.toMatchObject({ kind: 'output' });
  });

  test('whose data cannot be written is an output error too', async () => {
    const out = join(folder, 'taken');
    await write('taken', { rows: 1000 });
    rmSync(join(out, 'data/part-0000.arrow'));
    mkdirSync(join(out, 'data/part-0000.arrow'));
    await expect(write('taken', { rows: 1000 })).rejects.toMatchObject({ kind: 'output', message: expect.stringContaining('part-0000.arrow') });
  });
});
