import {
  Bool, Data, DateDay, DateMillisecond, Dictionary, Field, Float16, Float32, Float64, Int8, Int16, Int32, Int64, LargeUtf8, Null, RecordBatch, Schema,
  Struct, Table, TimestampMicrosecond, TimestampMillisecond, TimestampNanosecond, TimestampSecond, Uint8, Uint16, Uint32, Uint64, Utf8, Vector, makeData,
  tableToIPC, vectorFromArray,
} from 'apache-arrow';
import type { DataType } from 'apache-arrow';
import { describe, expect, it } from 'vitest';
import { inMemory, label, month, number, person, readAll } from './sample.ts';
import { readPartitions } from '../../src/register/read.ts';

const december2017 = 12 * 2017 + 11;
const arrow = (columns: Record<string, Vector>) => inMemory('t.arrow', 'arrow', tableToIPC(new Table(columns), 'file'));
const column = (values: readonly unknown[], type: DataType) => arrow({ x: vectorFromArray(values as never[], type) });

/** A column whose null slots hold values that must not be seen. */
function withGarbage(type: DataType, values: Float64Array | Int32Array | Uint8Array | Uint32Array | BigInt64Array, valid: number, length = values.length) {
  const data = new Data(type, 0, length, -1, [undefined, values, Uint8Array.of(valid)] as never);
  const schema = new Schema([new Field('x', type, true)]);
  const batch = new RecordBatch(schema, makeData({ type: new Struct(schema.fields), length, nullCount: 0, children: [data] }));
  return inMemory('t.arrows', 'arrow', tableToIPC(new Table(schema, [batch]), 'stream'));
}

describe('numbers', () => {
  it.each([new Int8(), new Int16(), new Int32(), new Float16(), new Float32(), new Float64()])('%s with missing values', async (type) => {
    const { values } = await readAll(column([1, null, -3], type), [number('x'), label('x')]);
    expect(values).toEqual({ 'number:x': [1, NaN, -3], 'label:x': ['1', '', '-3'] });
  });

  it.each([
    [new Uint8(), 255],
    [new Uint16(), 65535],
    [new Uint32(), 4294967295],
  ])('%s to its largest', async (type, largest) => {
    expect((await readAll(column([largest, null], type), [number('x')])).values['number:x']).toEqual([largest, NaN]);
  });

  it('64-bit integers: the nearest double as a number, all digits as a label', async () => {
    const values = [-1n, 4294967296n, 9007199254740993n, -(2n ** 63n)];
    const signed = await readAll(column(values, new Int64()), [number('x'), label('x')]);
    expect(signed.values['number:x']).toEqual(values.map(Number));
    expect(signed.values['label:x']).toEqual(values.map(String));
    const unsigned = await readAll(column([2n ** 64n - 1n, 7n], new Uint64()), [number('x'), label('x')]);
    expect(unsigned.values).toEqual({ 'number:x': [2 ** 64, 7], 'label:x': ['18446744073709551615', '7'] });
  });

  it('half floats: normal, subnormal and zero', async () => {
    const halves = [0x3c00, 0xc000, 0x7bff, 0x0001, 0x8400, 0x3555, 0x0000];
    const file = withGarbage(new Float16(), Uint16Array.from(halves) as never, 0xff, halves.length);
    expect((await readAll(file, [number('x')])).values['number:x']).toEqual([1, -2, 65504, 2 ** -24, -(2 ** -14), 1365 * 2 ** -12, 0]);
  });

  it('null slots hold garbage that is not read', async () => {
    expect((await readAll(withGarbage(new Float64(), Float64Array.of(1, Infinity, 3), 0b101), [number('x')])).values['number:x']).toEqual([1, NaN, 3]);
    expect((await readAll(withGarbage(new Int32(), Int32Array.of(1, 77, 3), 0b101), [label('x')])).values['label:x']).toEqual(['1', '', '3']);
    expect((await readAll(withGarbage(new Bool(), Uint8Array.of(0b111), 0b101, 3), [number('x')])).values['number:x']).toEqual([1, NaN, 1]);
  });

  it('NaN is missing, a column of nothing is missing throughout', async () => {
    expect((await readAll(column([NaN, 2], new Float64()), [number('x'), label('x')])).values).toEqual({ 'number:x': [NaN, 2], 'label:x': ['', '2'] });
    expect((await readAll(column([null, null], new Null()), [number('x'), label('x')])).values).toEqual({ 'number:x': [NaN, NaN], 'label:x': ['', ''] });
  });

  it('dictionaries of numbers', async () => {
    const file = column([5, null, 7, 5], new Dictionary(new Int32(), new Int8()));
    expect((await readAll(file, [number('x'), label('x'), person('x')]).catch((error) => error.message))).toMatch(/person id is missing in 1 row/);
    expect((await readAll(file, [number('x'), label('x')])).values).toEqual({ 'number:x': [5, NaN, 7, 5], 'label:x': ['5', '', '7', '5'] });
  });
});

describe('text', () => {
  it.each([new Utf8(), new LargeUtf8(), new Dictionary(new Utf8(), new Int8())])('%s as a label and as a person', async (type) => {
    const { values } = await readAll(column(['Østfold', 'b', '17', 'Østfold'], type), [label('x'), person('x')]);
    expect(values['label:x']).toEqual(['Østfold', 'b', '17', 'Østfold']);
    const [a, b, c, d] = values['person:x']!;
    expect([a === d, a === b, c]).toEqual([true, false, '17,0,0,0']);
    expect((await readAll(column(['Østfold', 'b', '17', 'Østfold'], new Utf8()), [person('x')])).values['person:x']).toEqual(values['person:x']);
  });

  it('many distinct texts, more than the first table holds', async () => {
    const texts = Array.from({ length: 5000 }, (_, i) => `tekst ${(i * 7919) % 3001}`);
    expect((await readAll(column(texts, new Utf8()), [label('x')])).values['label:x']).toEqual(texts);
  });
});

describe('persons', () => {
  it('integers of every width, negative too; from 2⁶³ on as their text', async () => {
    for (const type of [new Int8(), new Int16(), new Int32()]) {
      expect((await readAll(column([5, -1], type), [person('x')])).values['person:x']).toEqual(['5,0,0,0', '4294967295,4294967295,0,0']);
    }
    expect((await readAll(column([-1n, 2n ** 40n], new Int64()), [person('x')])).values['person:x']).toEqual(['4294967295,4294967295,0,0', '0,256,0,0']);
    const large = await readAll(column([2n ** 64n - 1n], new Uint64()), [person('x')]);
    expect(large.values).toEqual((await readAll(column(['18446744073709551615'], new Utf8()), [person('x')])).values);
  });
});

describe('months', () => {
  const lastSecond = Date.UTC(2017, 11, 31, 23, 59, 59);

  it.each([
    ['text', column(['2017-12', '2018-01-01'], new Utf8())],
    ['dictionary', column(['2017-12', '2018-01-01'], new Dictionary(new Utf8(), new Int32()))],
    ['integer', column([201712, 201801], new Int32())],
    ['long', column([201712n, 201801n], new Int64())],
    ['float', column([201712, 201801], new Float64())],
    ['date in days', column([lastSecond, lastSecond + 1000], new DateDay())],
    ['date in milliseconds', column([lastSecond - 86_399_000, lastSecond + 1000], new DateMillisecond())],
    ['seconds', column([lastSecond, lastSecond + 1000], new TimestampSecond())],
    ['milliseconds', column([lastSecond, lastSecond + 1000], new TimestampMillisecond())],
    ['microseconds', column([lastSecond, lastSecond + 1000], new TimestampMicrosecond())],
    ['nanoseconds', column([lastSecond, lastSecond + 1000], new TimestampNanosecond())],
    ['in a time zone', column([lastSecond - 3600_000, lastSecond - 3599_000], new TimestampMillisecond('Europe/Oslo'))],
    ['in a zone behind UTC', column([lastSecond + 5 * 3600_000, lastSecond + 5 * 3600_000 + 1000], new TimestampSecond('America/New_York'))],
    ['at a fixed offset', column([lastSecond - 5400_000, lastSecond - 5399_000], new TimestampMicrosecond('+01:30'))],
    ['a nanosecond before midnight', withGarbage(new TimestampNanosecond(), BigInt64Array.of(1514764799999999999n, 1514764800000000000n), 0b11)],
  ])('%s', async (_, file) => {
    expect((await readAll(file, [month('x')])).values['month:x']).toEqual([december2017, december2017 + 1]);
  });

  it('a date has its day as a label', async () => {
    expect((await readAll(column([lastSecond, null], new DateDay()), [label('x')])).values['label:x']).toEqual(['2017-12-31', '']);
  });
});

describe('partitions', () => {
  const batches = (sizes: readonly number[]): Uint8Array => {
    const schema = new Schema([new Field('x', new Int32()), new Field('o', new Utf8())]);
    let next = 0;
    const made = sizes.map((size) => {
      const numbers = Int32Array.from({ length: size }, () => next++);
      const texts = vectorFromArray(Array.from(numbers, (n) => `o${n % 300}`), new Utf8());
      const children = [makeData({ type: new Int32(), length: size, data: numbers }), texts.data[0]!];
      return new RecordBatch(schema, makeData({ type: new Struct(schema.fields), length: size, nullCount: 0, children }));
    });
    return tableToIPC(new Table(schema, made), 'stream');
  };

  it.each([
    ['small batches are gathered', Array.from({ length: 70 }, () => 2048)],
    ['a large batch is cut', [270_001]],
    ['sizes and empty batches mix', [1, 0, 65_534, 1, 270_000, 0, 7]],
    ['no rows', [0]],
  ])('%s', async (_, sizes) => {
    const count = sizes.reduce((a, b) => a + b, 0);
    const counts: number[] = [];
    let row = 0;
    for await (const { columns, rows, firstRow } of readPartitions(inMemory('t.arrows', 'arrow', batches(sizes)), { columns: [number('x'), label('o')], where: null })) {
      expect(firstRow).toBe(row + 1);
      const x = columns.get('number:x')!;
      const o = columns.get('label:o')!;
      if (x.kind !== 'number' || o.kind !== 'label') throw new Error('kinds');
      for (let i = 0; i < rows; i++) {
        if (x.values[i] !== row + i || o.labels[o.codes[i]!] !== `o${(row + i) % 300}`) throw new Error(`row ${row + i}`);
      }
      row += rows;
      counts.push(rows);
    }
    expect(row).toBe(count);
    expect(Math.max(0, ...counts)).toBeLessThanOrEqual(262_144);
    expect(counts.slice(0, -1).every((rows) => rows >= 65_536)).toBe(true);
  });
});

describe('files that are not whole', () => {
  const table = new Table({ x: vectorFromArray(Array.from({ length: 100 }, (_, i) => i), new Int32()) });

  it.each([
    ['a file without its end', tableToIPC(table, 'file').slice(0, -30)],
    ['a stream cut in a batch', tableToIPC(table, 'stream').slice(0, -60)],
    ['a number', Uint8Array.of(7)],
  ])('%s', async (_, bytes) => {
    await expect(readAll(inMemory('broken.arrow', 'arrow', bytes), [number('x')])).rejects.toMatchObject({
      kind: 'data',
      message: expect.stringMatching(/^broken\.arrow cannot be read as Arrow: /),
    });
  });
});
