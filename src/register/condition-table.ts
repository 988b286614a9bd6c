/** The columns that SQL needs, as one Arrow stream for DuckDB. */

import {
  Bool, Data, DataType, Dictionary, Field, Float64, Int32, RecordBatch, Schema, Struct, Table, Timestamp, Utf8, makeData, tableToIPC, vectorFromArray,
} from 'apache-arrow';
import type { Vector } from 'apache-arrow';
import { toLabels } from './arrow-columns.ts';
import { isText } from './arrow-types.ts';
import { eachNull, fillNumbers } from './arrow-values.ts';
import type { Chunk } from './arrow-values.ts';
import type { CodeArray, Column } from './partition.ts';

/** What a column is in SQL; null where SQL cannot use it. */
export function sqlType(type: DataType): string | null {
  if (DataType.isDictionary(type)) {
    const values = type.dictionary as DataType;
    return DataType.isInt(values) || DataType.isFloat(values) ? 'DOUBLE' : isText(values) || DataType.isBool(values) ? sqlType(values) : null;
  }
  if (isText(type)) return 'VARCHAR';
  if (DataType.isBool(type)) return 'BOOLEAN';
  if (DataType.isInt(type)) return `${type.isSigned ? '' : 'U'}${{ 8: 'TINYINT', 16: 'SMALLINT', 32: 'INTEGER', 64: 'BIGINT' }[type.bitWidth]}`;
  if (DataType.isFloat(type) || DataType.isNull(type)) return 'DOUBLE';
  if (DataType.isDate(type)) return 'DATE';
  return DataType.isTimestamp(type) ? ['TIMESTAMP_S', 'TIMESTAMP_MS', 'TIMESTAMP', 'TIMESTAMP_NS'][type.unit]! : null;
}

/** `rows` rows of these columns as an Arrow stream of one batch. */
export function sqlStream(columns: ReadonlyMap<string, Data>, rows: number): Uint8Array {
  const fields = [...columns].map(([name, { type }]) => new Field(name, type, true));
  const data = makeData({ type: new Struct(fields), length: rows, nullCount: 0, children: [...columns.values()] });
  const schema = new Schema(fields);
  return tableToIPC(new Table(schema, [new RecordBatch(schema, data)]), 'stream');
}

/** A column that reading has made already: numbers and labels, NaN and '' as null. */
export function columnData(column: Column, isBoolean: boolean): Data {
  if (column.kind === 'label') return dictionaryData(column.codes, column.labels);
  if (column.kind !== 'number') throw new TypeError(`a ${column.kind} column has no SQL form`);
  const values = Float64Array.from(column.values);
  const missing = (i: number): boolean => values[i] !== values[i];
  if (!isBoolean) return fixedData(new Float64(), values, validity(values.length, missing));
  return fixedData(new Bool(), bits(values.length, (i) => values[i] === 1), validity(values.length, missing), values.length);
}

/** The chunks of an Arrow column in one piece, text as a dictionary, timestamps without their time zone. */
export function chunksData(chunks: readonly Chunk[], rows: number): Data {
  const { type } = chunks[0]!.data;
  const values = DataType.isDictionary(type) ? (type.dictionary as DataType) : type;
  if (isText(values)) {
    const { codes, labels } = toLabels({ chunks, count: rows, firstRow: 0 });
    return dictionaryData(codes, labels);
  }
  if (DataType.isDictionary(type) || DataType.isFloat(type) || DataType.isNull(type) || DataType.isBool(type)) {
    const numbers = new Float64Array(rows);
    each(chunks, (chunk, at) => fillNumbers(chunk, numbers, at));
    return columnData({ kind: 'number', values: numbers, isComplete: false }, DataType.isBool(values));
  }
  const width = chunks[0]!.data.values as Int32Array;
  const joined = new (width.constructor as Int32ArrayConstructor)(rows);
  const valid = new Uint8Array((rows + 7) >> 3).fill(255);
  each(chunks, (chunk, at) => {
    joined.set((chunk.data.values as Int32Array).subarray(chunk.start, chunk.start + chunk.count), at);
    eachNull(chunk, (i) => (valid[(at + i) >> 3]! &= ~(1 << ((at + i) & 7))));
  });
  return fixedData(DataType.isTimestamp(type) ? new Timestamp(type.unit, null) : type, joined, valid);
}

function each(chunks: readonly Chunk[], use: (chunk: Chunk, at: number) => void): void {
  let at = 0;
  for (const chunk of chunks) {
    use(chunk, at);
    at += chunk.count;
  }
}

function bits(rows: number, isSet: (i: number) => boolean): Uint8Array {
  const set = new Uint8Array((rows + 7) >> 3);
  for (let i = 0; i < rows; i++) if (isSet(i)) set[i >> 3]! |= 1 << (i & 7);
  return set;
}

const validity = (rows: number, isMissing: (i: number) => boolean): Uint8Array => bits(rows, (i) => !isMissing(i));

const fixedData = (type: DataType, values: Float64Array | Int32Array | Uint8Array, nullBitmap: Uint8Array, rows = values.length): Data =>
  new Data(type, 0, rows, -1, [undefined, values, nullBitmap] as never);

function dictionaryData(codes: CodeArray, labels: readonly string[]): Data {
  const dictionary = vectorFromArray([...labels], new Utf8()) as Vector<Utf8>;
  const missing = labels.indexOf('');
  return makeData({
    type: new Dictionary(new Utf8(), new Int32()),
    length: codes.length,
    nullCount: -1,
    nullBitmap: validity(codes.length, (i) => codes[i] === missing),
    data: Int32Array.from(codes),
    dictionary,
  });
}
