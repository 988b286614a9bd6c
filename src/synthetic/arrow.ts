import {
  Dictionary, Field, Float32, Int16, Int32, Int8, RecordBatch, RecordBatchFileWriter, RecordBatchStreamWriter, RecordBatchWriter, Schema, Struct, Uint16, Uint8, Utf8, makeData,
  Vector, type Data, type DataType,
} from 'apache-arrow';
import type { TableColumn } from './table.ts';

/** Rows of a record batch. */
export const batchRows = 65536;

const dictionaries = new Map<readonly string[], { type: Dictionary<Utf8>; values: Vector<Utf8> }>();

/** Made of its parts: the library's own builder compiles a function at run time, which a page's security policy forbids. */
const textVector = (texts: readonly string[]): Vector<Utf8> => {
  const encoder = new TextEncoder();
  const valueOffsets = new Int32Array(texts.length + 1);
  const pieces = texts.map((text) => encoder.encode(text));
  pieces.forEach((piece, k) => (valueOffsets[k + 1] = valueOffsets[k]! + piece.length));
  const data = new Uint8Array(valueOffsets[texts.length]!);
  pieces.forEach((piece, k) => data.set(piece, valueOffsets[k]));
  return new Vector([makeData({ type: new Utf8(), length: texts.length, nullCount: 0, valueOffsets, data })]);
};

/** One dictionary a list of labels, so that all batches and parts share its number. */
const dictionaryOf = (labels: readonly string[]) => {
  let found = dictionaries.get(labels);
  if (!found) {
    const values = textVector(labels);
    found = { type: new Dictionary(new Utf8(), labels.length > 127 ? new Int16() : new Int8(), dictionaries.size), values };
    dictionaries.set(labels, found);
  }
  return found;
};

const typeOf = (column: TableColumn): DataType => {
  if (column.kind === 'label') return dictionaryOf(column.labels).type;
  if (column.kind === 'number') return new Float32();
  if (column.values instanceof Int8Array) return new Int8();
  if (column.values instanceof Uint8Array) return new Uint8();
  return column.values instanceof Uint16Array ? new Uint16() : new Int32();
};

const bitmapOf = (missing: Uint8Array): { nullBitmap: Uint8Array; nullCount: number } => {
  const nullBitmap = new Uint8Array(Math.ceil(missing.length / 64) * 8);
  let nullCount = 0;
  for (let row = 0; row < missing.length; row++) {
    if (missing[row]) nullCount++;
    else nullBitmap[row >> 3]! |= 1 << (row & 7);
  }
  return { nullBitmap, nullCount };
};

const dataOf = (column: TableColumn, type: DataType, from: number, to: number): Data => {
  const length = to - from;
  if (column.kind === 'label') {
    const codes = column.values.subarray(from, to);
    const indices = (type as Dictionary).indices instanceof Int16 ? new Int16Array(codes) : new Int8Array(codes);
    return makeData({ type: type as Dictionary<Utf8>, length, nullCount: 0, data: indices, dictionary: dictionaryOf(column.labels).values });
  }
  const validity = column.missing ? bitmapOf(column.missing.subarray(from, to)) : { nullCount: 0 };
  return makeData({ type: type as Float32, length, data: column.values.subarray(from, to) as Float32Array, ...validity });
};

/** An Arrow IPC stream of the table, uncompressed, in record batches of 65,536 rows; one empty batch where there are no rows. */
export const arrowStream = (table: ReadonlyMap<string, TableColumn>, rows: number): Uint8Array => written(new RecordBatchStreamWriter(), table, rows);

/** The same as an Arrow IPC file. */
export const arrowFile = (table: ReadonlyMap<string, TableColumn>, rows: number): Uint8Array => written(new RecordBatchFileWriter(), table, rows);

const written = (writer: RecordBatchWriter, table: ReadonlyMap<string, TableColumn>, rows: number): Uint8Array => {
  const names = [...table.keys()];
  const columns = [...table.values()];
  const types = columns.map(typeOf);
  const schema = new Schema(names.map((name, k) => {
    const column = columns[k]!;
    return new Field(name, types[k]!, column.kind !== 'label' && column.missing !== null);
  }));
  for (let batch = 0; batch < Math.max(Math.ceil(rows / batchRows), 1); batch++) {
    const from = batch * batchRows;
    const to = Math.min(from + batchRows, rows);
    const children = columns.map((column, k) => dataOf(column, types[k]!, from, to));
    writer.write(new RecordBatch(schema, makeData({ type: new Struct(schema.fields), length: to - from, nullCount: 0, children })));
  }
  writer.finish();
  return writer.toUint8Array(true);
};
