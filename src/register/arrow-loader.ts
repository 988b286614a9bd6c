/** A record batch to the columns that are wanted. Nothing of the bytes is believed before it has been held against the rest. */

import { Data, DataType, Vector, type Dictionary, type Int } from 'apache-arrow';
import { EngineError } from '../errors.ts';
import { bufferBytes, checkBuffers, DamagedBuffer, valuesOf, type DecompressionBudget } from './arrow-buffers.ts';
import type { ArrowField } from './arrow-layout.ts';
import type { BatchHeader, FieldNode } from './arrow-metadata.ts';
import { checkIndices, checkLongOffsets, checkOffsets, checkViews, countBits, viewExtents, OutOfRange } from './arrow-checks.ts';

export interface LoadRequest {
  readonly file: string;
  readonly fields: readonly ArrowField[];
  readonly isWanted: (name: string) => boolean;
  readonly dictionaries: ReadonlyMap<number, Vector>;
  /** Number in the file of the batch's first row. */
  readonly firstRow: number;
  readonly budget: DecompressionBudget;
}

/** By name. Throws EngineError 'data' where header, body and dictionaries contradict each other. */
export function loadColumns(header: BatchHeader, body: Uint8Array, request: LoadRequest): Map<string, Data> {
  checkedBuffers(request.file, header, body);
  const cursor = new Cursor(header, body, request.budget);
  const columns = new Map<string, Data>();
  for (const field of request.fields) {
    const rows = cursor.rowsAhead();
    if (rows !== header.length) throw lengthsFault(request.file, field.name, rows, header.length);
    if (field.type !== null && request.isWanted(field.name)) columns.set(field.name, columnOf(field, cursor, request));
    else cursor.skip(field);
  }
  if (!cursor.isAtEnd) throw new EngineError('data.arrow-metadata', { file: request.file, detail: 'a record batch has buffers of no column' });
  return columns;
}

function checkedBuffers(file: string, { buffers }: BatchHeader, body: Uint8Array): void {
  try {
    checkBuffers(buffers, body.length);
  } catch (error) {
    throw error instanceof DamagedBuffer ? new EngineError('data.arrow-metadata', { file, detail: error.message }) : error;
  }
}

const lengthsFault = (file: string, column: string, rows: number, batch: number): EngineError =>
  new EngineError('data.arrow-lengths', { file, column, rows, batch });

function columnOf(field: ArrowField, cursor: Cursor, { file, dictionaries, firstRow }: LoadRequest): Data {
  const column = field.name;
  try {
    return dataOf(field, cursor, dictionaries);
  } catch (error) {
    if (error instanceof DamagedBuffer) throw new EngineError('data.arrow-buffer', { file, column, detail: error.message });
    if (error instanceof MissingDictionary) throw new EngineError('data.arrow-dictionary', { file, column });
    if (!(error instanceof OutOfRange)) throw error;
    const { row, index, entries } = error;
    if (entries === null) throw new EngineError('data.arrow-text', { file, column, row: firstRow + row });
    throw new EngineError('data.arrow-index', { file, column, row: firstRow + row, index, entries });
  }
}

class MissingDictionary extends Error {}

/** Goes through the nodes and buffers of a batch, column by column. */
class Cursor {
  #node = 0;
  #buffer = 0;
  #variadic = 0;
  readonly header: BatchHeader;
  readonly body: Uint8Array;
  readonly budget: DecompressionBudget;

  constructor(header: BatchHeader, body: Uint8Array, budget: DecompressionBudget) {
    this.header = header;
    this.body = body;
    this.budget = budget;
  }

  rowsAhead(): number {
    return this.header.nodes[this.#node]?.length ?? 0;
  }

  get isAtEnd(): boolean {
    const { nodes, buffers } = this.header;
    return this.#node === nodes.length && this.#buffer === buffers.length;
  }

  node(): FieldNode {
    const node = this.header.nodes[this.#node++];
    if (node === undefined || node.length < 0 || node.nullCount < 0 || node.nullCount > node.length) {
      throw new DamagedBuffer('the record batch has not this column');
    }
    return node;
  }

  buffer(needed: number): Uint8Array {
    const range = this.header.buffers[this.#buffer++];
    if (range === undefined) throw new DamagedBuffer('a buffer of the column is missing');
    return bufferBytes(this.body, range, { codec: this.header.codec, budget: this.budget }, needed);
  }

  variadicCount(): number {
    return this.header.variadic[this.#variadic++] ?? 0;
  }

  skip(field: ArrowField): void {
    this.#node++;
    this.#buffer += field.buffers;
    if (field.isView) this.#buffer += this.variadicCount();
    for (const child of field.children) this.skip(child);
  }
}

interface Own {
  readonly length: number;
  readonly nullCount: number;
  readonly validity: Uint8Array | undefined;
}

function dataOf(field: ArrowField, cursor: Cursor, dictionaries: ReadonlyMap<number, Vector>): Data {
  const type = field.type!;
  const { length, nullCount } = cursor.node();
  if (DataType.isNull(type)) return new Data(type, 0, length, length);
  const own: Own = { length, nullCount, validity: validityOf(cursor.buffer(nullCount > 0 ? bitBytes(length) : 0), length, nullCount) };
  if (DataType.isUtf8(type) || DataType.isLargeUtf8(type)) return textOf(type, own, cursor);
  if (DataType.isUtf8View(type)) return viewsOf(type, own, cursor);
  if (DataType.isDictionary(type)) return indicesOf(type, own, cursor, dictionaries.get(field.dictionary!.id));
  const bytes = cursor.buffer(DataType.isBool(type) ? bitBytes(length) : length * widthOf(type));
  return built(type, own, { values: fixedValues(type, bytes, length) });
}

const bitBytes = (bits: number): number => Math.ceil(bits / 8);

/** Undefined where no row is null. */
function validityOf(bytes: Uint8Array, length: number, nullCount: number): Uint8Array | undefined {
  if (bytes.length >= bitBytes(length) && length > 0) {
    const nulls = length - countBits(bytes, length);
    if (nulls !== nullCount) throw new DamagedBuffer(`${nulls} values are null, not ${nullCount}`);
  }
  return nullCount > 0 ? bytes : undefined;
}

/** Bytes a value; decimals and fixed binaries by their own width. */
function widthOf(type: DataType): number {
  if (DataType.isDecimal(type)) return type.bitWidth / 8;
  if (DataType.isFixedSizeBinary(type)) return type.byteWidth;
  return (type.ArrayType as Uint8ArrayConstructor).BYTES_PER_ELEMENT;
}

function fixedValues(type: DataType, bytes: Uint8Array, length: number): ArrayBufferView {
  if (DataType.isBool(type)) return bytes;
  if (DataType.isFixedSizeBinary(type)) return bytes.subarray(0, length * type.byteWidth);
  if (DataType.isDecimal(type)) return valuesOf(bytes, BigUint64Array, (length * type.bitWidth) / 64);
  return valuesOf(bytes, type.ArrayType as Uint8ArrayConstructor, length);
}

interface Parts {
  readonly values: ArrayBufferView;
  readonly offsets?: ArrayBufferView;
  readonly dictionary?: Vector;
  readonly variadic?: readonly Uint8Array[];
}

function built(type: DataType, { length, nullCount, validity }: Own, { values, offsets, dictionary, variadic = [] }: Parts): Data {
  return new Data(type, 0, length, nullCount, [offsets, values, validity] as never, [], dictionary, variadic as never);
}

function textOf(type: DataType, own: Own, cursor: Cursor): Data {
  const { length } = own;
  const isLong = DataType.isLargeUtf8(type);
  const bytes = cursor.buffer(length === 0 ? 0 : (length + 1) * (isLong ? 8 : 4));
  // A column without rows may leave its one offset out.
  const entries = bytes.length === 0 ? 0 : length + 1;
  const offsets = isLong ? valuesOf(bytes, BigInt64Array, entries) : valuesOf(bytes, Int32Array, entries);
  const end = offsets instanceof Int32Array ? checkOffsets(offsets) : checkLongOffsets(offsets);
  return built(type, own, { offsets, values: cursor.buffer(end) });
}

function viewsOf(type: DataType, own: Own, cursor: Cursor): Data {
  const views = cursor.buffer(16 * own.length).subarray(0, 16 * own.length);
  const count = cursor.variadicCount();
  const extents = viewExtents(views, own, count);
  const variadic = extents.map((extent) => cursor.buffer(extent));
  checkViews(views, own, variadic);
  return built(type, own, { values: views, variadic });
}

function indicesOf(type: Dictionary, own: Own, cursor: Cursor, dictionary: Vector | undefined): Data {
  const Indices = (type.indices as Int).ArrayType as Uint8ArrayConstructor;
  const indices = valuesOf(cursor.buffer(own.length * Indices.BYTES_PER_ELEMENT), Indices, own.length);
  if (dictionary === undefined) {
    if (own.nullCount < own.length) throw new MissingDictionary();
    return built(type, own, { values: indices, dictionary: new Vector([new Data(type.dictionary, 0, 0, 0)]) });
  }
  checkIndices(indices, own, dictionary.length);
  return built(type, own, { values: indices, dictionary });
}
