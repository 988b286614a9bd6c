import { DamagedBuffer, checkBuffers, valuesOf } from '../register/arrow-buffers.ts';
import { checkOffsets, OutOfRange } from '../register/arrow-checks.ts';
import type { ArrowField } from '../register/arrow-layout.ts';
import { readFooter, readMessage, type BatchHeader } from '../register/arrow-metadata.ts';
import { DamagedMetadata, FlatTable } from '../register/flatbuffer.ts';
import { EngineError } from '../errors.ts';
import { numberColumns, type Parts } from './arrow-parts.ts';
import { isSealed } from './checksum.ts';
import { versionKey } from './ends-as-bundle.ts';

/** Reads what `writeParts` wrote. Throws `EngineError('data')` for anything else, and for another version. */
export function readParts(bytes: Uint8Array, version: number): Parts {
  const magic = (from: number): string => String.fromCharCode(...bytes.subarray(from, from + 6));
  if (magic(0) !== 'ARROW1') throw new EngineError('data.no-bundle', { reason: 'not-arrow' });
  if (magic(bytes.length - 6) !== 'ARROW1') throw new EngineError('data.bundle-cut-off', { bytes: bytes.length });
  const sealed = isSealed(bytes);
  if (sealed === false) throw damaged('its checksum does not hold');
  return telling(() => {
    const footer = footerBytes(bytes);
    const found = versionOf(footer);
    if (found === null) throw new EngineError('data.no-bundle', { reason: 'no-version' });
    if (found !== String(version)) throw new EngineError('data.bundle-version', { found, version });
    if (sealed === null) throw damaged('it has no checksum');
    return partsOf(bytes, footer);
  });
}

const damaged = (detail: string, cause?: unknown): EngineError => new EngineError('data.bundle-damaged', { detail }, { cause });

function telling<T>(read: () => T): T {
  try {
    return read();
  } catch (error) {
    const isDamage = error instanceof DamagedMetadata || error instanceof DamagedBuffer || error instanceof OutOfRange || error instanceof RangeError;
    throw isDamage ? damaged('it cannot be read as an Arrow file', error) : error;
  }
}

/** Length and magic at the end of an Arrow file. */
const endBytes = 10;

function footerBytes(bytes: Uint8Array): Uint8Array {
  const end = bytes.length - endBytes;
  const length = end < 0 ? 0 : new DataView(bytes.buffer, bytes.byteOffset + end, 4).getInt32(0, true);
  if (length <= 0 || length > end) throw new DamagedMetadata('its footer has no length');
  return bytes.subarray(end - length, end);
}

/** Of the metadata of the schema in the footer. */
function versionOf(footer: Uint8Array): string | null {
  const entries = FlatTable.root(footer).table(1)?.tables(2) ?? [];
  return entries.find((entry) => entry.text(0) === versionKey)?.text(1) ?? null;
}

const typesOf = (field: ArrowField): string => `${field.name} ${field.typeName || String(field.type)} ${field.children.map(typesOf).join()}`;

const expected = [
  'name Utf8 ', 'text Utf8 ', ...numberColumns.map(({ name, type }) => `${name} list item ${String(type)} `),
];

function partsOf(bytes: Uint8Array, footer: Uint8Array): Parts {
  const { schema, batches } = readFooter(footer);
  const [block] = batches;
  if (block === undefined || batches.length > 1 || schema.fields.map(typesOf).join() !== expected.join()) {
    throw damaged(`it has not the one batch of columns name, text, ${numberColumns.map(({ name }) => name).join(', ')}`);
  }
  const { offset, metadataLength, bodyLength } = block;
  const bodyAt = offset + metadataLength;
  if (offset < 0 || metadataLength < prefixBytes || bodyLength < 0 || bodyAt + bodyLength > bytes.length) throw new DamagedMetadata('its batch lies beyond its end');
  const { message } = readMessage(bytes.subarray(offset + prefixBytes, bodyAt));
  if (message.kind !== 'batch' || message.batch.codec !== null) throw new DamagedMetadata('its batch is none');
  return batchParts(message.batch, bytes.subarray(bodyAt, bodyAt + bodyLength));
}

/** Mark and length of a message. */
const prefixBytes = 8;

function batchParts(batch: BatchHeader, body: Uint8Array): Parts {
  checkBuffers(batch.buffers, body.length);
  const reader = new BatchReader(batch, body);
  const rows = batch.length;
  const [nameAt, textAt] = [reader.texts(rows), reader.texts(rows)];
  const lists = numberColumns.map(({ array }) => reader.lists(rows, array as Uint8ArrayConstructor));
  const parts = new Map();
  for (let row = 0; row < rows; row++) {
    const [name, text] = [nameAt(row), textAt(row)];
    const held = lists.filter(({ offsets }) => offsets[row + 1]! > offsets[row]!);
    if (parts.has(name)) throw damaged(`${name} is there twice`);
    if (held.length > 1 || (held.length === 1 && text !== '')) throw damaged(`${name} has values of two kinds`);
    parts.set(name, held[0] ? held[0].values.subarray(held[0].offsets[row], held[0].offsets[row + 1]) : text);
  }
  return parts;
}

/** The columns of the batch, one after the other; none has nulls. */
class BatchReader {
  readonly batch: BatchHeader;
  readonly body: Uint8Array;
  #node = 0;
  #buffer = 0;

  constructor(batch: BatchHeader, body: Uint8Array) {
    this.batch = batch;
    this.body = body;
  }

  /** Text of each row; throws where it is no UTF-8. */
  texts(rows: number): (row: number) => string {
    this.node(rows);
    const offsets = this.offsets(rows);
    const values = this.buffer(offsets[rows]!);
    const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });
    return (row) => {
      try {
        return decoder.decode(values.subarray(offsets[row], offsets[row + 1]));
      } catch {
        throw new DamagedBuffer('a text is no UTF-8');
      }
    };
  }

  lists(rows: number, array: Uint8ArrayConstructor): { readonly offsets: Int32Array; readonly values: Uint8Array } {
    this.node(rows);
    const offsets = this.offsets(rows);
    const length = this.node(null);
    if (offsets[rows]! > length) throw new DamagedBuffer('a list reaches beyond its values');
    this.buffer(0);
    return { offsets, values: valuesOf(this.buffer(length * array.BYTES_PER_ELEMENT), array, length) };
  }

  private node(rows: number | null): number {
    const node = this.batch.nodes[this.#node++];
    if (node === undefined || node.length < 0 || node.nullCount !== 0 || node.length !== (rows ?? node.length)) throw new DamagedBuffer('a column has another length');
    return node.length;
  }

  /** Validity, which nothing needs, then offsets that rise from 0. */
  private offsets(rows: number): Int32Array {
    this.buffer(0);
    const offsets = valuesOf(this.buffer(4 * (rows + 1)), Int32Array, rows + 1);
    checkOffsets(offsets);
    return offsets;
  }

  private buffer(needed: number): Uint8Array {
    const { offset, length } = this.batch.buffers[this.#buffer++] ?? { offset: 0, length: -1 };
    if (length < needed || offset < 0 || offset + length > this.body.length) throw new DamagedBuffer(`a buffer has ${length} of ${needed} bytes`);
    return this.body.subarray(offset, offset + length);
  }
}
