import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { sourcePieces } from '../../src/workers/read-pieces.ts';
import type { Pool } from '../../src/workers/pool.ts';
import type { FileFormat, RegisterFile } from '../../src/register/partition.ts';
import type { Row } from '../reference/table.ts';
import { openBuiltPool } from '../support/built-engine.ts';
import { outcomes, panelSpec, runRows } from '../support/run-rows.ts';

const pools = new Map<number, Pool>();
beforeAll(async () => {
  for (const workers of [1, 2]) pools.set(workers, await openBuiltPool(workers));
});
afterAll(() => pools.forEach((pool) => pool.close()));

const spec = panelSpec(
  [{ name: 'age', coding: 'values', reference: 20 }, { name: 'office', coding: 'values', reference: 'b', missing: 'level' }],
  { outcomes: [outcomes.hours3, outcomes.job3] },
);

/** Labels come in another order in every file, numbers need other widths, some values are missing. */
const rows: Row[] = Array.from({ length: 900 }, (_, i) => ({
  person_id: `${1000 + (i >> 1)}`,
  month: `2019-${String(1 + (i % 2) + 2 * ((i >> 3) % 5)).padStart(2, '0')}`,
  county: ['Oslo', 'Agder', 'Troms'][(i * 7 + (i >> 4)) % 3]!,
  office: i % 11 === 0 ? null : ['a', 'b', 'c', 'd'][(i * 5 + (i >> 3)) % 4]!,
  age: 20 + ((i * 37) % 6),
  hours3: i % 29 === 0 ? null : ((i * 7919) % 1000) / (i % 3 === 0 ? 8 : 10),
  job3: (i * 31) % 97 < 40 ? 1 : 0,
}));

const read = (
  parts: number,
  options: { workers?: number; format?: FileFormat; rows?: readonly Row[]; where?: string } = {},
) =>
  runRows({
    pool: pools.get(options.workers ?? 2)!,
    spec,
    rows: options.rows ?? rows,
    parts,
    format: options.format ?? 'csv',
    options: { by: [['county']], where: options.where ?? null },
  });

describe('many small files', () => {
  for (const format of ['csv', 'arrow', 'parquet'] as const) {
    it(`of ${format} give what one file gives, with one worker or two`, async () => {
      const whole = await read(1, { workers: 1, format });
      for (const workers of [1, 2]) {
        const parts = await read(300, { workers, format });
        expect(parts.dataDigest).toBe(whole.dataDigest);
        expect({ rows: parts.rows, persons: parts.persons, fits: parts.fits, tables: parts.tables }).toEqual({ rows: whole.rows, persons: whole.persons, fits: whole.fits, tables: whole.tables });
      }
    });
  }

  it.each(["age <> 22 AND county <> 'Troms'", "abs(age) <> 22 AND county <> 'Troms'"])(
    'are filtered as one file is: %s',
    async (where) => {
      const [whole, parts] = [await read(1, { where }), await read(60, { where })];
      expect({ digest: parts.dataDigest, rows: parts.rows }).toEqual({
        digest: whole.dataDigest,
        rows: rows.filter((row) => row['age'] !== 22 && row['county'] !== 'Troms').length,
      });
    },
  );

  it('a bad value is told with its own file and row, whether reading or coding finds it', async () => {
    const spoilt = (column: string, value: string | number): Row[] => rows.map((row, i) => (i === 3 * 137 + 1 ? { ...row, [column]: value } : row));
    await expect(read(300, { rows: spoilt('hours3', 'many') })).rejects.toMatchObject({ code: 'data.faulty-rows', args: { file: 'part-137.csv', faults: [{ code: 'fault.not-a-number', column: 'hours3', args: { count: 1, first: [{ row: 2, value: 'many' }] } }] } });
    await expect(read(300, { rows: spoilt('job3', 7) })).rejects.toMatchObject({ code: 'data.faulty-rows', args: { file: 'part-137.csv', faults: [{ code: 'fault.not-zero-one', column: 'job3', args: { count: 1, first: [{ row: 2, value: '7' }] } }] } });
  });

  it('a month that is there twice is told with the file and row of the second', async () => {
    const repeated = rows.map((row, i) => (i === 3 * 211 + 2 ? { ...row, person_id: rows[4]!['person_id']!, month: rows[4]!['month']! } : row));
    await expect(read(300, { rows: repeated })).rejects.toMatchObject({ code: 'data.repeated-months', args: { repeats: 1, first: [{ file: 'part-211.csv', row: 3, month: rows[4]!['month'] }] } });
  });
});

describe('pieces of a source', () => {
  const files = (sizes: readonly number[]): RegisterFile[] => sizes.map((bytes, k) => ({ name: `${k}.csv`, format: 'csv', bytes, location: { path: `${k}.csv` } }));
  const sizesOf = (sizes: readonly number[], workers: number): number[][] => sourcePieces({ files: files(sizes) }, workers).map((piece) => ('files' in piece ? piece.files.map(({ bytes }) => bytes) : []));

  it('hold all files in order, large ones alone', () => {
    const sizes = Array.from({ length: 500 }, (_, k) => (k % 50 === 7 ? 3_000_000 : 600 + k));
    const pieces = sizesOf(sizes, 2);
    expect(pieces.flat()).toEqual(sizes);
    expect(pieces.filter((piece) => piece.includes(3_000_000)).every((piece) => piece.length === 1)).toBe(true);
  });

  it('are enough to share, and few for tens of thousands of files', () => {
    expect(sizesOf(Array.from({ length: 16 }, () => 600), 2)).toHaveLength(8);
    expect(sizesOf(Array.from({ length: 3 }, () => 600), 2)).toHaveLength(3);
    expect(sizesOf(Array.from({ length: 40_000 }, () => 600), 2).length).toBeLessThanOrEqual(40);
  });
});
