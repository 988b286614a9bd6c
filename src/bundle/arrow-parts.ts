import {
  Field, Float32, Float64, Int64, List, makeData, RecordBatch, RecordBatchFileWriter, Schema, Struct, Uint16, Uint32, Uint8, Utf8,
  type Data, type DataType,
} from 'apache-arrow';
import { EngineError } from '../errors.ts';
import { checksumKey, noChecksum, seal } from './checksum.ts';
import { versionKey } from './ends-as-bundle.ts';

export type PartValues = string | Uint8Array | Uint16Array | Uint32Array | BigInt64Array | Float32Array | Float64Array;

/** Named texts and arrays of numbers: one row a part, its values in the column of their type. */
export type Parts = ReadonlyMap<string, PartValues>;

export const numberColumns = [
  { name: 'u8', type: new Uint8(), array: Uint8Array },
  { name: 'u16', type: new Uint16(), array: Uint16Array },
  { name: 'u32', type: new Uint32(), array: Uint32Array },
  { name: 'i64', type: new Int64(), array: BigInt64Array },
  { name: 'f32', type: new Float32(), array: Float32Array },
  { name: 'f64', type: new Float64(), array: Float64Array },
] as const;

/** An Arrow IPC file. Made of its buffers: the library's builders compile a function at run time, which a page's security policy forbids. */
export function writeParts(parts: Parts, version: number): Uint8Array {
  const values = [...parts.values()];
  const texts = [[...parts.keys()], values.map((value) => (typeof value === 'string' ? value : ''))];
  const children: Data[] = texts.map(textData);
  for (const { type, array } of numberColumns) children.push(listData(values, type, array));
  const fields = [
    ...['name', 'text'].map((name) => new Field(name, new Utf8(), false)),
    ...numberColumns.map(({ name, type }) => new Field(name, new List(new Field('item', type as DataType, false)), false)),
  ];
  const schema = new Schema(fields, new Map([[versionKey, String(version)], [checksumKey, noChecksum]]));
  const writer = new RecordBatchFileWriter();
  writer.write(new RecordBatch(schema, makeData({ type: new Struct(schema.fields), length: values.length, nullCount: 0, children })));
  writer.finish();
  const bytes = writer.toUint8Array(true);
  seal(bytes);
  return bytes;
}

function textData(texts: readonly string[]): Data<Utf8> {
  const encoder = new TextEncoder();
  const pieces = texts.map((text) => encoder.encode(text));
  const valueOffsets = offsets(pieces.map((piece) => piece.length));
  const data = new Uint8Array(valueOffsets[pieces.length]!);
  pieces.forEach((piece, k) => data.set(piece, valueOffsets[k]));
  return makeData({ type: new Utf8(), length: texts.length, nullCount: 0, valueOffsets, data });
}

function listData(values: readonly PartValues[], type: DataType, array: (typeof numberColumns)[number]['array']): Data<List> {
  const mine = values.map((value) => (value instanceof array ? value : new array(0)));
  const valueOffsets = offsets(mine.map((value) => value.length));
  const all = new array(valueOffsets[mine.length]!);
  mine.forEach((value, k) => all.set(value as never, valueOffsets[k]));
  const child = makeData({ type: type as Float64, length: all.length, nullCount: 0, data: all as Float64Array });
  return makeData({ type: new List(new Field('item', type, false)), length: values.length, nullCount: 0, valueOffsets, child: child as Data });
}

function offsets(lengths: readonly number[]): Int32Array {
  const out = new Int32Array(lengths.length + 1);
  let at = 0;
  lengths.forEach((length, k) => (out[k + 1] = at += length));
  if (at > 0x7fffffff) throw new EngineError('memory.bundle', { values: at, most: 0x7fffffff });
  return out;
}
