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
