/** The messages of Arrow IPC (format/Message.fbs, File.fbs), as far as rows need them. */

import { arrowField, type ArrowField, type FieldBudget } from './arrow-layout.ts';
import { DamagedMetadata, FlatTable } from './flatbuffer.ts';
import { KnownBytes } from './known-bytes.ts';

export interface ArrowSchema {
  readonly fields: readonly ArrowField[];
  readonly version: number;
}

/** Rows and nulls of a column or of one of its children. */
export interface FieldNode {
  readonly length: number;
  readonly nullCount: number;
}

/** Bytes of a message's body. */
export interface BufferRange {
  readonly offset: number;
  readonly length: number;
}

export type Codec = 'lz4' | 'zstd';

export interface BatchHeader {
  readonly length: number;
  readonly nodes: readonly FieldNode[];
  readonly buffers: readonly BufferRange[];
  readonly codec: Codec | null;
  /** Further buffers of each column of views. */
  readonly variadic: readonly number[];
}

export type ArrowMessage =
  | { readonly kind: 'schema'; readonly schema: ArrowSchema }
  | { readonly kind: 'batch'; readonly batch: BatchHeader }
  | { readonly kind: 'dictionary'; readonly id: number; readonly isDelta: boolean; readonly batch: BatchHeader }
  | { readonly kind: 'other' };

/** Version 4 of the metadata is from 2017; earlier ones lay out their batches in another way. */
const oldestVersion = 3;

/** A message as it was read: files of one table begin with the same schema. */
interface ReadMessage {
  readonly message: ArrowMessage;
  readonly bodyLength: number;
}

const schemaMessages = new KnownBytes<ReadMessage>();

/** The same object for the same schema. */
export function readMessage(bytes: Uint8Array): ReadMessage {
  const known = schemaMessages.find(bytes);
  if (known !== null) return known;
  const read = readNewMessage(bytes);
  if (read.message.kind === 'schema') schemaMessages.keep(bytes, read);
  return read;
}

function readNewMessage(bytes: Uint8Array): ReadMessage {
  const root = FlatTable.root(bytes);
  const version = checkedVersion(root.int16(0));
  const bodyLength = root.int64(3);
  if (bodyLength < 0) throw new DamagedMetadata(`a message has a body of ${bodyLength} bytes`);
  const header = root.table(2);
  if (header === null) throw new DamagedMetadata('a message has no header');
  return { message: messageOf(root.uint8(1), header, { version, bytes: bytes.length }), bodyLength };
}

function messageOf(kind: number, header: FlatTable, { version, bytes }: { version: number; bytes: number }): ArrowMessage {
  if (kind === 1) return { kind: 'schema', schema: readSchema(header, version, bytes) };
  if (kind === 3) return { kind: 'batch', batch: readBatch(header) };
  if (kind !== 2) return { kind: 'other' };
  const data = header.table(1);
  if (data === null) throw new DamagedMetadata('a dictionary has no data');
  return { kind: 'dictionary', id: header.int64(0), isDelta: header.uint8(2) !== 0, batch: readBatch(data) };
}

function checkedVersion(version: number): number {
  if (version < oldestVersion || version > 4) throw new DamagedMetadata(`it is of version ${version + 1} of the format; 4 and 5 are read`);
  return version;
}

/** A field takes at least this many bytes of the metadata. */
const fieldBytes = 8;

function readSchema(schema: FlatTable, version: number, bytes: number): ArrowSchema {
  if (schema.int16(0) !== 0) throw new DamagedMetadata('its numbers are big-endian');
  // Other readers follow the texts that writers add; none may lie beyond the bytes.
  schema.tables(2);
  const budget: FieldBudget = { left: Math.ceil(bytes / fieldBytes) };
  return { version, fields: schema.tables(1).map((field) => arrowField(field, version, budget)) };
}

function readBatch(batch: FlatTable): BatchHeader {
  const compression = batch.table(3);
  const length = batch.int64(0);
  if (length < 0) throw new DamagedMetadata(`a record batch has ${length} rows`);
  return {
    length,
    nodes: batch.structs(1, 16, (int64) => ({ length: int64(0), nullCount: int64(8) })),
    buffers: batch.structs(2, 16, (int64) => ({ offset: int64(0), length: int64(8) })),
    codec: compression && codecOf(compression),
    variadic: batch.structs(4, 8, (int64) => int64(0)),
  };
}

function codecOf(compression: FlatTable): Codec {
  const codec = (['lz4', 'zstd'] as const)[compression.uint8(0)];
  if (codec === undefined || compression.uint8(1) !== 0) throw new DamagedMetadata('its compression is none of the format');
  return codec;
}

/** Where a message of the file format lies: its metadata with their prefix, then its body. */
export interface Block {
  readonly offset: number;
  readonly metadataLength: number;
  readonly bodyLength: number;
}

export interface Footer {
  readonly schema: ArrowSchema;
  readonly dictionaries: readonly Block[];
  readonly batches: readonly Block[];
}

export function readFooter(bytes: Uint8Array): Footer {
  const root = FlatTable.root(bytes);
  const blocks = (field: number): Block[] =>
    root.structs(field, blockBytes, (int64, int32) => ({
      offset: int64(0),
      metadataLength: int32(8),
      bodyLength: int64(16),
    }));
  const version = checkedVersion(root.int16(0));
  const places = footerBlocks.map((field) => root.vectorPlace(field, blockBytes));
  return {
    schema: footerSchema(bytes, version, places),
    dictionaries: blocks(footerBlocks[0]),
    batches: blocks(footerBlocks[1]),
  };
}

const blockBytes = 24;
/** Fields of the blocks of dictionaries and of record batches. */
const footerBlocks = [2, 3] as const;
const footerSchemas = new KnownBytes<ArrowSchema>();

/**
 * From the footer without its blocks, which are all that differs between the files of a table: the same object for the
 * same schema.
 */
function footerSchema(
  bytes: Uint8Array,
  version: number,
  blocks: readonly { readonly at: number; readonly end: number }[],
): ArrowSchema {
  // Of a Node buffer, `slice` would be a view.
  const other = new Uint8Array(bytes);
  for (const { at, end } of blocks) other.fill(0, at, end);
  const known = footerSchemas.find(other);
  if (known !== null) return known;
  const table = FlatTable.root(other).table(1);
  if (table === null) throw new DamagedMetadata('its footer has no schema');
  const schema = readSchema(table, version, other.length);
  footerSchemas.keep(other, schema);
  return schema;
}
