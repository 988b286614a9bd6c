/** Arrow IPC bytes, file or stream format, to record batches. */

import { CompressionType, Message, RecordBatchReader, compressionRegistry } from 'apache-arrow';
import type { FileHandle } from 'node:fs/promises';
import type { AsyncRecordBatchFileReader, AsyncRecordBatchStreamReader, RecordBatch, Schema } from 'apache-arrow';
import { decompress as decompressZstd } from 'fzstd';
import { decompress as decompressLz4 } from 'lz4js';
import { pieces } from './bytes.ts';
import type { ByteSource } from './bytes.ts';

/** Columns are views of the bytes, and the widest value has eight of them. */
const aligned = (bytes: Uint8Array): Uint8Array => (bytes.byteOffset % 8 === 0 ? bytes : bytes.slice());

compressionRegistry.set(CompressionType.LZ4_FRAME, { decode: (bytes) => aligned(decompressLz4(bytes)) });
compressionRegistry.set(CompressionType.ZSTD, { decode: (bytes) => aligned(decompressZstd(bytes)) });

export interface ArrowBatches {
  readonly schema: Schema;
  readonly batches: AsyncIterable<RecordBatch> | Iterable<RecordBatch>;
}

const magic = 'ARROW1';

async function isFileFormat(source: ByteSource): Promise<boolean> {
  const wordAt = async (at: number): Promise<string> => String.fromCharCode(...(await source.slice(at, at + magic.length)));
  if (source.size < 8 || (await wordAt(0)) !== magic) return false;
  if (source.size < 20 || (await wordAt(source.size - magic.length)) !== magic) throw new Error('the file is cut off, its footer is missing');
  return true;
}

/** Files up to this size are read whole, so that their batches are views of one buffer. */
const wholeBytes = 32 << 20;

export async function openArrow(source: ByteSource): Promise<ArrowBatches> {
  if (source.size <= wholeBytes && (await isFileFormat(source))) return openArrowBytes(await source.slice(0, source.size));
  const from = (await isFileFormat(source)) ? RecordBatchReader.from(handleOf(source)) : RecordBatchReader.from(pieces(source, 0, source.size));
  return opened(await from);
}

/** What the decoder uses of a file handle; by it, it reads a file from its footer on, as its dictionaries may lie anywhere. */
function handleOf(source: ByteSource): FileHandle {
  const handle = {
    fd: 0,
    stat: async () => ({ size: source.size }),
    read: async (buffer: Uint8Array, offset: number, length: number, position: number) => {
      const bytes = await source.slice(position, position + length);
      buffer.set(bytes, offset);
      return { bytesRead: bytes.length, buffer };
    },
    close: async () => {},
  };
  return handle as unknown as FileHandle;
}

/** The same for bytes that are already in memory. */
export const openArrowBytes = async (bytes: Uint8Array): Promise<ArrowBatches> => opened(RecordBatchReader.from(bytes));

async function opened(reader: RecordBatchReader | AsyncRecordBatchFileReader | AsyncRecordBatchStreamReader): Promise<ArrowBatches> {
  await reader.open();
  if (reader.schema === undefined || reader.schema === null) throw new Error('there is no schema');
  return { schema: reader.schema, batches: reader };
}

/** Schema and number of rows, from the heads of the messages alone. */
export async function describeArrow(source: ByteSource): Promise<{ schema: Schema; rows: number }> {
  const isFile = await isFileFormat(source);
  let schema = isFile ? (await openArrow(source)).schema : null;
  let rows = 0;
  let at = isFile ? 8 : 0;
  while (at + 8 <= source.size) {
    const prefix = await source.slice(at, at + 8);
    const lengths = new DataView(prefix.buffer, prefix.byteOffset);
    // Files from before 2019 have no continuation mark before the length.
    const isMarked = lengths.getInt32(0, true) === -1;
    const length = lengths.getInt32(isMarked ? 4 : 0, true);
    if (length <= 0) break;
    at += isMarked ? 8 : 4;
    const message = Message.decode(await source.slice(at, at + length));
    if (message.isSchema()) schema = message.header();
    else if (message.isRecordBatch()) rows += message.header().length;
    at += length + Number(message.bodyLength);
  }
  if (schema === null) throw new Error('there is no schema');
  if (at > source.size) throw new Error('the file is cut off');
  return { schema, rows };
}
