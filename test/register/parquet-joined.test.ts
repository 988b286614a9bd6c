/**
 * Many small Parquet files, decoded together: the rows that each has by itself, and faults told of their own file and
 * row.
 */

import { describe, expect, it } from 'vitest';
import { Dictionary, Float64, Int32, Int8, Table, Utf8, vectorFromArray } from 'apache-arrow';
import type { FileFormat, Partition, RegisterFile } from '../../src/register/partition.ts';
import { joinable, readJoined } from '../../src/register/read-joined.ts';
import type { ReadRequest } from '../../src/register/read-sql.ts';
import { FilesTogether, placeOf } from '../../src/register/read-together.ts';
import { parquetOf } from '../support/write-table.ts';
import { inMemory, label, month, number, person } from './sample.ts';

interface OneRow {
  readonly id: string;
  readonly month: string;
  readonly office: string | null;
  readonly age: number | null;
  readonly hours: number | null;
}

const rowOf = (file: number, row: number): OneRow => ({
  id: String(1000 + 7 * file + row),
  month: `2019-${String(1 + (file % 12)).padStart(2, '0')}`,
  office: (file + row) % 5 === 0 ? null : `kontor ${file} Ø${row % 2}`,
  age: (file * row) % 11 === 3 ? null : (file + row) % 100,
  hours: row % 4 === 0 ? null : (file * 31 + row) / 8,
});

const bytesOf = (rows: readonly OneRow[]): Uint8Array => {
  const values = <K extends keyof OneRow>(name: K): OneRow[K][] => rows.map((row) => row[name]);
  return parquetOf(
    new Table({
      id: vectorFromArray(values('id'), new Utf8()),
      month: vectorFromArray(values('month'), new Utf8()),
      office: vectorFromArray(values('office'), new Dictionary(new Utf8(), new Int32())),
      age: vectorFromArray(values('age'), new Int8()),
      hours: vectorFromArray(values('hours'), new Float64()),
    }),
  );
};

const rowsIn = (file: number): OneRow[] => Array.from({ length: 1 + (file % 9) }, (_, row) => rowOf(file, row));
const named = (file: number, bytes: Uint8Array): RegisterFile =>
  inMemory(`part-${file}.parquet`, 'parquet' satisfies FileFormat, new Uint8Array(bytes));
const files = Array.from({ length: 150 }, (_, file) => named(file, bytesOf(rowsIn(file))));
const instead = (file: number, bytes: Uint8Array): RegisterFile[] =>
  files.map((one, k) => (k === file ? named(k, bytes) : one));

const request: ReadRequest = {
  columns: [person('id'), month('month'), label('office'), number('age'), number('hours')],
  where: null,
};

/** What each row has, by its file and its number there. */
async function read(table: readonly RegisterFile[], asked = request): Promise<string[]> {
  const together = new FilesTogether(table);
  const partitions: Partition[] = [];
  for await (const partition of together.partitions(asked, async () => {})) partitions.push(partition);
  together.finish();
  return partitions.flatMap((partition) => Array.from({ length: partition.rows }, (_, i) => {
    const place = placeOf(together.offsets, partition.rowNumbers?.[i] ?? partition.firstRow + i);
    const values = [...partition.columns.values()].map((column) =>
      column.kind === 'person'
        ? column.words.slice(4 * i, 4 * i + 4).join()
        : column.kind === 'label'
          ? column.labels[column.codes[i]!]
          : column.values[i],
    );
    return JSON.stringify([table[place.file]!.name, place.row, values, partition.condition?.[i] ?? null]);
  }));
}

/** One file after the other. */
const apart = async (table: readonly RegisterFile[], asked = request): Promise<string[]> =>
  (await Promise.all(table.map((file) => read([file], asked)))).flat();

describe('files of one schema', () => {
  it('have the rows that they have apart, in order, and some were decoded together', async () => {
    expect(joinable(files, 0)).toBe(64);
    expect((await readJoined(files.slice(0, 64), request))?.rows).toEqual(
      Array.from({ length: 64 }, (_, file) => rowsIn(file).length),
    );
    const all = await read(files);
    expect(all).toHaveLength(files.reduce((sum, _, file) => sum + rowsIn(file).length, 0));
    expect(all).toEqual(await apart(files));
  });

  it.each(['age > 40 OR office IS NULL', 'age + 0 > 40 OR office IS NULL'])(
    'and the same answers: %s',
    async (where) => {
      const asked = { ...request, where };
      expect(await read(files, asked)).toEqual(await apart(files, asked));
      const filtered = { ...request, filter: where };
      expect(await read(files, filtered)).toEqual(await apart(files, filtered));
    },
  );

  it('are asked about apart where the database may find fault with one', async () => {
    expect(await readJoined(files.slice(0, 9), { ...request, where: 'age + 0 > 40' })).toBeNull();
    const table = instead(77, bytesOf([{ ...rowOf(77, 0), office: 'x' }]));
    await expect(
      read(table, { ...request, where: "CASE WHEN office = 'x' THEN CAST(office AS INTEGER) = 1 ELSE true END" }),
    ).rejects.toMatchObject({
      code: 'data.condition-not-computed',
      args: { file: 'part-77.parquet' },
    });
  });
});

describe('what is odd with one', () => {
  it('another schema, no rows, several row groups: all rows are there', async () => {
    const other = parquetOf(
      new Table({
        hours: vectorFromArray([1, null], new Float64()),
        id: vectorFromArray(['1', '2'], new Utf8()),
        month: vectorFromArray(['2018-01', '2018-02'], new Utf8()),
        office: vectorFromArray(['a', 'b'], new Utf8()),
        age: vectorFromArray([1, 2], new Int32()),
      }),
    );
    for (const bytes of [other, bytesOf([])]) {
      const table = instead(20, bytes);
      expect(await readJoined(table.slice(0, 64), request)).toBeNull();
      expect(await read(table)).toEqual(await apart(table));
    }
  });

  it('a value that cannot be used is told with its own file and row', async () => {
    const table = instead(101, bytesOf([rowOf(101, 0), { ...rowOf(101, 1), month: 'soon' }]));
    await expect(read(table)).rejects.toMatchObject({
      code: 'data.faulty-rows',
      args: {
        file: 'part-101.parquet',
        faults: [{ code: 'fault.not-a-month', args: { count: 1, first: [{ row: 2, value: 'soon' }] } }],
      },
    });
  });

  it('ids in scientific notation are noted with their own file', async () => {
    const table = instead(3, bytesOf([rowOf(3, 0), { ...rowOf(3, 1), id: '1.2e+11' }]));
    const together = new FilesTogether(table);
    for await (const _ of together.partitions(request, async () => {}));
    expect(together.notes).toMatchObject([{ code: 'warning.scientific-ids', file: 'part-3.parquet', row: 2 }]);
  });

  it('damage anywhere is told of its own file, or the rows are as they were', async () => {
    const sound = new Uint8Array(bytesOf(rowsIn(44)));
    const [before, after] = [await apart(files.slice(40, 44)), await apart(files.slice(45, 50))];
    for (let at = 0; at < sound.length; at += 37) {
      const bytes = sound.slice();
      bytes[at]! ^= 1 << (at % 8);
      const table = instead(44, bytes).slice(40, 50);
      const alone = await read([table[4]!]).catch((error: unknown) => error as { code: string; args: unknown });
      const all = await read(table).catch((error: unknown) => error as { code: string; args: unknown });
      if (!Array.isArray(alone)) expect(all, `byte ${at}`).toMatchObject({ code: alone.code, args: alone.args });
      else expect(all, `byte ${at}`).toEqual([...before, ...alone, ...after]);
    }
  });
});
