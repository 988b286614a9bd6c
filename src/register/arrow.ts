/** Arrow IPC bytes, file or stream format, to record batches. */

import { CompressionType, RecordBatchReader, compressionRegistry } from 'apache-arrow';
import type { AsyncRecordBatchFileReader, AsyncRecordBatchStreamReader, RecordBatch, Schema } from 'apache-arrow';
import { decompress as decompressZstd } from 'fzstd';
import { decompress as decompressLz4 } from 'lz4js';
import { EngineError } from '../errors.ts';
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

/** Where the messages lie: a file format frames a stream with a magic word, and a footer that we have no need of. */
export async function messageRange(source: ByteSource): Promise<{ begin: number; end: number }> {
  const isMagic = (bytes: Uint8Array): boolean => String.fromCharCode(...bytes) === 'ARROW1';
  if (source.size < 8 || !isMagic(await source.slice(0, 6))) return { begin: 0, end: source.size };
  const tail = await source.slice(source.size - 10, source.size);
  const footer = new DataView(tail.buffer, tail.byteOffset).getInt32(0, true);
  if (source.size < 18 || !isMagic(tail.subarray(4)) || footer < 0 || footer > source.size - 18) {
    throw new Error('the file is cut off, its footer is missing');
  }
  return { begin: 8, end: source.size - 10 - footer };
}

export async function openArrow(source: ByteSource): Promise<ArrowBatches> {
  const { begin, end } = await messageRange(source);
  return opened(await RecordBatchReader.from(pieces(source, begin, end)));
}

/** The same for a stream that is already in memory. */
export const openArrowBytes = async (bytes: Uint8Array): Promise<ArrowBatches> => opened(RecordBatchReader.from(bytes));

async function opened(reader: RecordBatchReader | AsyncRecordBatchFileReader | AsyncRecordBatchStreamReader): Promise<ArrowBatches> {
  await reader.open();
  if (reader.schema === undefined || reader.schema === null) throw new Error('there is no schema');
  return { schema: reader.schema, batches: reader as AsyncIterable<RecordBatch> | Iterable<RecordBatch> };
}

/** What a decoder threw, as bad data; our own errors pass. */
export function unreadable(file: string, format: string, error: unknown): EngineError {
  if (error instanceof EngineError) return error;
  const reason = error instanceof Error ? error.message : String(error);
  return new EngineError('data', `${file} cannot be read as ${format}: ${reason}. Write the file again.`, { file, reason }, { cause: error });
}
