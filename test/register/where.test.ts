import { gzipSync } from 'node:zlib';
import {
  Bool, DateDay, DateMillisecond, Decimal, Dictionary, Float16, Float32, Int8, Int64, Null, Table, TimestampMillisecond, TimestampNanosecond, Uint64, Utf8, tableToIPC,
  vectorFromArray,
} from 'apache-arrow';
import type { DataType } from 'apache-arrow';
import { describe, expect, it } from 'vitest';
import { csv, fixture, inMemory, label, number, onDisk, person, readAll, sample, sampleRows } from './sample.ts';

const names = Object.keys(sample) as (keyof typeof sample)[];
const lines = Array.from({ length: sampleRows }, (_, i) => names.map((name) => sample[name][i] ?? 'NA').join(','));
const text = `${names.join(',')}\n${lines.join('\n')}\n`;

const files = {
  'table.csv': csv(text),
  'table.csv.gz': csv(gzipSync(text), 'table.csv.gz'),
  'view-lz4.arrows': onDisk(fixture('register/view-lz4.arrows'), 'arrow'),
  'dictionary-lz4.arrow': onDisk(fixture('register/dictionary-lz4.arrow'), 'arrow'),
  'zstd.parquet': onDisk(fixture('register/zstd.parquet'), 'parquet'),
};

const rowsWhere = (holds: (i: number) => boolean): number[] => Array.from({ length: sampleRows }, (_, i) => (holds(i) ? 1 : 0));

const conditions: [string, (i: number) => boolean][] = [
  ['children >= 2', (i) => sample.children[i] !== null && sample.children[i]! >= 2],
  ["female AND office = 'kontor 5 i Ørsta'", (i) => sample.female[i] === true && sample.office[i] === 'kontor 5 i Ørsta'],
  ["month BETWEEN '2019-01' AND '2019-12' -- one year", (i) => sample.month[i]!.startsWith('2019')],
  ['hours IS NULL OR hours * 2 > 200', (i) => sample.hours[i] === null || sample.hours[i]! * 2 > 200],
  ['person_id % 2 = 1', (i) => sample.person_id[i]! % 2 === 1],
  ['office IS NULL', (i) => sample.office[i] === null],
  ['1 = 1', () => true],
];

describe.each(Object.entries(files))('%s', (_, file) => {
  it.each(conditions)('%s', async (where, holds) => {
    const { condition, values } = await readAll(file, [person('person_id')], where);
    expect(condition).toEqual(rowsWhere(holds));
    expect(values['person:person_id']).toHaveLength(sampleRows);
  });
});

describe('what is no condition', () => {
  it.each([
    ['offices = 1', /Referenced column "offices" not found/],
    ['children >', /syntax error/],
    ['avg(children) > 1', /calls avg,/],
    ['row_number() OVER () < 10', /calls row_number,/],
    ['children = 1; DROP TABLE x', /semicolon outside text/],
    ["children IN (SELECT 1 FROM read_csv('/etc/hosts'))", /./],
    ['json_valid(office)', /./],
  ])('%s', async (where, reason) => {
    for (const file of [files['table.csv'], files['zstd.parquet']]) {
      await expect(readAll(file, [person('person_id')], where)).rejects.toMatchObject({ kind: 'spec', message: expect.stringMatching(reason) });
    }
  });

  it('names the file and the columns', async () => {
    await expect(readAll(csv('a,b\n1,2\n'), [number('a')], 'c = 1')).rejects.toMatchObject({
      message: expect.stringMatching(/^The condition "c = 1" does not work on table\.csv: .* The columns are: a, b\.$/s),
    });
  });

  it('a condition that fails on a value is bad data', async () => {
    await expect(readAll(csv('a,b\n1,x\n2,3\n'), [number('a')], 'CAST(b AS INTEGER) = 3')).rejects.toMatchObject({
      kind: 'data',
      message: expect.stringMatching(/cannot be computed: .*Could not convert string 'x' to INT32/),
    });
  });
});

it('types in text files: codes with leading zeros and long ids are text, true and false booleans', async () => {
  const file = csv('id,code,flag,n\n12345678901234567,0301,TRUE,1\n12345678901234568,0302,false,2\nNA,NA,NA,NA\n');
  const holds = async (where: string): Promise<number[]> => (await readAll(file, [label('code')], where)).condition;
  expect(await holds("code = '0301'")).toEqual([1, 0, 0]);
  expect(await holds("id = '12345678901234568'")).toEqual([0, 1, 0]);
  expect(await holds('flag')).toEqual([1, 0, 0]);
  expect(await holds('NOT flag OR n IS NULL')).toEqual([0, 1, 1]);
  expect(await holds('n = 1')).toEqual([1, 0, 0]);
});

it.each<[DataType, readonly unknown[], string]>([
  [new Bool(), [true, false, null], 'x'],
  [new Int8(), [3, -3, null], 'x > 0'],
  [new Int64(), [2n ** 60n + 1n, 2n ** 60n, null], 'x > 1152921504606846976'],
  [new Uint64(), [2n ** 64n - 1n, 0n, null], 'x = 18446744073709551615'],
  [new Float16(), [0.5, -2, null], 'x = 0.5'],
  [new Float32(), [0.5, -2, null], 'x + 1 = 1.5'],
  [new Utf8(), ['Ørsta', 'b', null], "x LIKE 'Ø%'"],
  [new Dictionary(new Utf8(), new Int8()), ['Ørsta', 'b', null], "upper(x) = 'ØRSTA'"],
  [new Dictionary(new Float32(), new Int8()), [0.5, -2, null], 'x > 0'],
  [new DateDay(), [Date.UTC(2018, 0, 1), Date.UTC(2017, 11, 31), null], "x >= DATE '2018-01-01'"],
  [new DateMillisecond(), [Date.UTC(2018, 0, 1), Date.UTC(2017, 11, 31), null], 'year(x) = 2018'],
  [new TimestampNanosecond(), [Date.UTC(2018, 0, 1), Date.UTC(2017, 11, 31, 23), null], 'year(x) = 2018'],
  [new TimestampMillisecond('Europe/Oslo'), [Date.UTC(2018, 0, 1), Date.UTC(2017, 11, 31, 23, 30), null], "x >= '2018-01-01 00:00'"],
])('the Arrow type %s', async (type, values, where) => {
  const table = new Table({ x: vectorFromArray(values as never[], type), id: vectorFromArray([1, 2, 3], new Int8()) });
  const file = inMemory('t.arrows', 'arrow', tableToIPC(table, 'stream'));
  expect((await readAll(file, [person('id')], where)).condition).toEqual([1, 0, 0]);
});

it('a column may be called as a table in SQL is', async () => {
  const file = csv('t,read_rows,kept_rows\n1,5,6\n2,7,8\n');
  expect((await readAll(file, [number('t')], 'read_rows + kept_rows = 15')).condition).toEqual([0, 1]);
  expect((await readAll(file, [number('read_rows')], 't = 1', { filter: 'kept_rows = 6' })).condition).toEqual([1]);
});

it('a type that SQL does not get is no column of the condition, and one of nothing is null', async () => {
  const table = new Table({ x: vectorFromArray([null, null], new Null()), d: vectorFromArray([null, null], new Decimal(2, 10)), id: vectorFromArray([1, 2], new Int8()) });
  const file = inMemory('t.arrows', 'arrow', tableToIPC(table, 'stream'));
  expect((await readAll(file, [person('id')], 'id = 2')).condition).toEqual([0, 1]);
  expect((await readAll(file, [person('id')], 'x IS NULL')).condition).toEqual([1, 1]);
  await expect(readAll(file, [person('id')], 'd > 1')).rejects.toMatchObject({ kind: 'spec' });
});
