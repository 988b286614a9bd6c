import { Float64, Int32, Table, Utf8, tableToIPC, vectorFromArray } from 'apache-arrow';
import { expect, it } from 'vitest';
import { browserAssets } from '../../src/register/assets-browser.ts';
import { configureRegister } from '../../src/register/assets.ts';
import { listRegisterFiles } from '../../src/register/files.ts';
import type { LabelColumn, NumberColumn } from '../../src/register/partition.ts';
import { readPartitions } from '../../src/register/read.ts';
import zstdUrl from '../fixtures/register/zstd.parquet?url';

configureRegister(browserAssets);

const table = new Table({
  id: vectorFromArray([1, 2, 3], new Int32()),
  office: vectorFromArray(['Ørsta', null, 'b'], new Utf8()),
  x: vectorFromArray([0.5, null, 2], new Float64()),
});

const gzipped = async (text: string): Promise<Blob> => new Response(new Blob([text]).stream().pipeThrough(new CompressionStream('gzip'))).blob();

const files = {
  arrow: async () => new File([tableToIPC(table, 'file') as Uint8Array<ArrayBuffer>], 'a.arrow'),
  csv: async () => new File(['id;office;x\n1;Ørsta;0,5\n2;NA;\n3;b;2\n'], 'a.csv'),
  'csv.gz': async () => new File([await gzipped('id,office,x\n1,Ørsta,0.5\n2,,NA\n3,b,2\n')], 'a.csv.gz'),
  'csv.gz of two members': async () => new File([await gzipped('id,office,x\n1,Ørsta,0.5\n2'), await gzipped(',,NA\n3,b,2\n')], 'a.csv.gz'),
};

it.each(Object.entries(files))('reads %s with a condition', async (_, make) => {
  const [file] = listRegisterFiles([await make()]);
  const columns = [{ column: 'x', as: 'number' }, { column: 'office', as: 'label' }] as const;
  for await (const partition of readPartitions(file!, { columns, where: "office = 'b' OR x < 1" })) {
    const office = partition.columns.get('label:office') as LabelColumn;
    expect([...(partition.columns.get('number:x') as NumberColumn).values]).toEqual([0.5, NaN, 2]);
    expect(Array.from(office.codes, (code) => office.labels[code])).toEqual(['Ørsta', '', 'b']);
    expect([...partition.condition!]).toEqual([1, 0, 1]);
  }
});

it.each(Object.entries(files))('derives a column of %s and filters by it', async (_, make) => {
  const [file] = listRegisterFiles([await make()]);
  const columns = [{ column: 'small', as: 'label' }, { column: 'double', as: 'number' }, { column: 'office', as: 'label' }] as const;
  const derived = { small: "CASE WHEN x < 1 THEN 'ja' ELSE 'nei' END", double: 'x * 2' };
  for await (const partition of readPartitions(file!, { columns, where: 'double > 1', filter: "small = 'nei' OR id = 1", derived })) {
    const labels = (column: LabelColumn): unknown[] => Array.from(column.codes, (code) => column.labels[code]);
    expect([...(partition.columns.get('number:double') as NumberColumn).values]).toEqual([1, NaN, 4]);
    expect(labels(partition.columns.get('label:small') as LabelColumn)).toEqual(['ja', 'nei', 'nei']);
    expect(labels(partition.columns.get('label:office') as LabelColumn)).toEqual(['Ørsta', '', 'b']);
    expect([...partition.condition!]).toEqual([0, 0, 1]);
  }
  for await (const partition of readPartitions(file!, { columns, where: null, filter: "small = 'ja'", derived })) {
    expect([...(partition.columns.get('number:double') as NumberColumn).values]).toEqual([1]);
    expect([...partition.rowNumbers!]).toEqual([1]);
  }
});

it('reads Parquet with a condition', async () => {
  const blob = await (await fetch(zstdUrl)).blob();
  const [file] = listRegisterFiles([new File([blob], 'a.parquet')]);
  let rows = 0;
  let holds = 0;
  for await (const partition of readPartitions(file!, { columns: [{ column: 'hours', as: 'number' }], where: 'person_id < 100010' })) {
    rows += partition.rows;
    holds += partition.condition!.reduce((sum, bit) => sum + bit, 0);
  }
  expect([rows, holds]).toEqual([10_000, 160]);
});
