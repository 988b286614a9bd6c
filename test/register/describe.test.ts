import { Float64, Int32, Int64, Table, Utf8, tableToIPC, vectorFromArray } from 'apache-arrow';
import { describe, expect, it } from 'vitest';
import { checkSameColumns, describeFile } from '../../src/register/describe.ts';
import { csv, fixture, inMemory, onDisk, sampleRows } from './sample.ts';

const types = { person_id: 'int64', month: 'text', hours: 'float64', female: 'boolean', office: 'text', children: 'int16' };

describe('describing a file', () => {
  it.each(['lz4.arrow', 'zstd.arrows', 'large-zstd.arrow', 'view-lz4.arrows', 'dictionary-lz4.arrow', 'snappy.parquet', 'gzip.parquet'])('%s', async (name) => {
    const { columns, rows } = await describeFile(onDisk(fixture(`register/${name}`), name.endsWith('parquet') ? 'parquet' : 'arrow'));
    expect(Object.fromEntries(columns.map(({ name, type }) => [name, type]))).toEqual(types);
    expect(rows).toBe(sampleRows);
  });

  it('a text file, by its first rows', async () => {
    const { columns, rows } = await describeFile(csv('id,month,x,flag,none\n1,2017-12,1.5,TRUE,\n2,2018-01,NA,false,\n'));
    expect(columns.map(({ type }) => type)).toEqual(['number', 'text', 'number', 'boolean', 'text']);
    expect(rows).toBeNull();
  });
});

const arrow = (name: string, columns: Record<string, Utf8 | Int32 | Int64 | Float64>, form: 'file' | 'stream' = 'file') => {
  const vectors = Object.entries(columns).map(([column, type]) => [column, vectorFromArray([null] as never[], type)]);
  return inMemory(name, 'arrow', tableToIPC(new Table(Object.fromEntries(vectors)), form));
};

describe('partitions of one table', () => {
  const first = arrow('a.arrow', { id: new Int32(), x: new Float64() });

  it('may have their columns in another order and form', async () => {
    const { columns, rows } = await checkSameColumns([first, arrow('b.arrows', { x: new Float64(), id: new Int32() }, 'stream')]);
    expect(columns).toEqual([{ name: 'id', type: 'int32' }, { name: 'x', type: 'float64' }]);
    expect(rows).toBe(2);
  });

  it('must not differ in names or types', async () => {
    await expect(checkSameColumns([first, first, arrow('b.arrow', { id: new Int64(), y: new Float64() })])).rejects.toMatchObject({
      kind: 'data',
      message: 'b.arrow and a.arrow are not parts of one table: it lacks x; it has y besides; its column id has the type int64, not int32. Give all files the same columns and types.',
    });
  });

  it('text files must have the same names', async () => {
    expect((await checkSameColumns([csv('a,b\n1,2\n'), csv('b,a\nx,y\n')])).rows).toBeNull();
    await expect(checkSameColumns([csv('a,b\n1,2\n'), csv('a\n1\n')])).rejects.toThrow(/it lacks b/);
  });
});
