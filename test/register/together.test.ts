import { tableToIPC, tableFromArrays } from 'apache-arrow';
import { describe, expect, it } from 'vitest';
import { rowNumbersOf } from '../../src/register/kept-rows.ts';
import type { NumberColumn, RegisterFile } from '../../src/register/partition.ts';
import type { ReadRequest } from '../../src/register/read-sql.ts';
import { FilesTogether, placeOf } from '../../src/register/read-together.ts';
import { readPartitions } from '../../src/register/read.ts';
import { csv, inMemory, label, number } from './sample.ts';

const tables = [[1, 2, 3], [4, 0, 6], [7, 8], [9, 10, 11, 12], [13]];
const textOf = (a: number): string => (a % 2 ? `n${a}` : '');
const csvs = (lines: (a: number, file: number) => string = (a) => `${a},${textOf(a)}`): RegisterFile[] =>
  tables.map((values, k) => csv(`a,b\n${values.map((a) => `${lines(a, k)}\n`).join('')}`, `${k}.csv`));
const arrows = (): RegisterFile[] => tables.map((values, k) => inMemory(`${k}.arrow`, 'arrow', tableToIPC(tableFromArrays({ a: Float64Array.from(values), b: values.map(textOf) }), 'file')));

interface Found {
  readonly partitions: number;
  readonly rows: readonly string[];
}

async function together(files: readonly RegisterFile[], request: ReadRequest): Promise<Found> {
  const read = new FilesTogether(files);
  const rows: string[] = [];
  let partitions = 0;
  for await (const partition of read.partitions(request, async () => {})) {
    partitions++;
    const values = partition.columns.get('number:a') as NumberColumn;
    rowNumbersOf(partition).forEach((row, i) => {
      const place = placeOf(read.offsets, row);
      rows.push(`${place.file}:${place.row} ${values.values[i]} ${partition.condition?.[i]} ${partition.shown?.[i]}`);
    });
  }
  read.finish();
  return { partitions, rows };
}

async function apart(files: readonly RegisterFile[], request: ReadRequest): Promise<string[]> {
  const rows: string[] = [];
  for (const [k, file] of files.entries()) {
    for await (const partition of readPartitions(file, request)) {
      const values = partition.columns.get('number:a') as NumberColumn;
      rowNumbersOf(partition).forEach((row, i) => rows.push(`${k}:${row} ${values.values[i]} ${partition.condition?.[i]} ${partition.shown?.[i]}`));
    }
  }
  return rows;
}

describe('SQL about several files at once', () => {
  const requests: ReadRequest[] = [
    { columns: [number('a')], where: 'a > 5' },
    { columns: [number('a'), label('b')], where: 'a > 5', filter: "b IS NULL OR b <> 'n7'" },
    { columns: [number('a'), number('d'), label('d')], where: 'd < 20', filter: 'a <> 2', derived: { d: 'a * 2 + length(coalesce(b, \'\'))' }, within: { condition: 'a < 12', notFrom: [] } },
    { columns: [number('a')], where: null, filter: 'a > 100' },
  ];

  it.each([['csv', csvs()], ['arrow', arrows()]] as const)('says of %s files what it says of each', async (_, files) => {
    for (const request of requests) {
      const all = await together(files, request);
      expect(all.rows).toEqual(await apart(files, request));
      expect(all.partitions).toBeLessThanOrEqual(1);
    }
    expect((await together(files, requests[2]!)).rows).toHaveLength(12);
  });

  it('asks files apart whose columns have other types', async () => {
    const files = csvs((a, k) => `${a},${k === 2 ? a : `n${a}`}`);
    const request = { columns: [number('a')], where: "CAST(b AS VARCHAR) IN ('n9', '7.0')" };
    const all = await together(files, request);
    expect(all.rows).toEqual(await apart(files, request));
    expect(all.rows.filter((row) => / 1 undefined$/.test(row))).toEqual(['2:1 7 1 undefined', '3:1 9 1 undefined']);
    expect(all.partitions).toBe(3);
  });

  it('tells of the file that it cannot be computed in', async () => {
    await expect(together(csvs(), { columns: [number('a')], where: 'ln(a) > 0' })).rejects.toMatchObject({ args: { file: '1.csv' }, message: expect.stringMatching(/^1\.csv: .*logarithm of zero/) });
  });

  it('tells of values of derived columns with their file and row', async () => {
    const derived = { d: 'CASE WHEN a = 11 THEN 1e300 * 1e10 * a ELSE a END' };
    await expect(together(csvs(), { columns: [number('a'), number('d')], where: null, derived })).rejects.toMatchObject({
      code: 'data.faulty-rows', args: { file: '3.csv', faults: [{ code: 'fault.not-finite', column: 'd', args: { count: 1, first: [{ row: 3, value: 'Infinity' }] } }] },
    });
  });
});
