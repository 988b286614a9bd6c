/** Arrow IPC, file or stream format, to record batches of the columns that are wanted. */

import type { Data } from 'apache-arrow';
import { EngineError } from '../errors.ts';
import { bodyOf, createBatchLoader } from './arrow-batches.ts';
import type { ArrowField } from './arrow-layout.ts';
import {
  fileMessages,
  isFileFormat,
  messageAt,
  messageOf,
  streamMessages,
  type FileMessages,
  type PlacedMessage,
} from './arrow-messages.ts';
import type { ArrowSchema, BatchHeader } from './arrow-metadata.ts';
import { bytesInMemory, byteWindow, type ByteWindow } from './byte-window.ts';
import { foreignTable } from './foreign-file.ts';
import type { ByteSource } from './bytes.ts';
import { DamagedMetadata } from './flatbuffer.ts';
import { checkRowCount } from './row-limit.ts';
import type { FilePart, ReadingOptions } from './partition.ts';

export interface ArrowBatch {
  readonly rows: number;
  /** By name, those that were asked for. */
  readonly columns: ReadonlyMap<string, Data>;
}

export interface ArrowTable {
  readonly fields: readonly ArrowField[];
  /** Rows of the batches in order; with the columns of these names, or all that can be read. */
  batches(columns: readonly string[] | null): AsyncIterable<ArrowBatch>;
}

/** Files up to this size are read whole, so that their batches are views of one buffer. */
const wholeBytes = 32 << 20;

/** Throws EngineError 'data' for files that contradict themselves: here for their schema, later for their batches. */
export async function openArrow(file: string, source: ByteSource, options: ReadingOptions = {}, part?: FilePart): Promise<ArrowTable> {
  const bytes = source.size <= wholeBytes && part === undefined ? bytesInMemory(await source.slice(0, source.size)) : byteWindow(source);
  if (part === undefined) await refuseForeign(file, bytes);
  return open(file, bytes, options, part);
}

/** The same for bytes that are already in memory. */
export const openArrowBytes = async (file: string, bytes: Uint8Array): Promise<ArrowTable> => open(file, bytesInMemory(bytes), {});

/** Throws EngineError 'data' for a file of another kind, by what it is. */
async function refuseForeign(file: string, bytes: ByteWindow): Promise<void> {
  const kind = foreignTable(await bytes.read(0, Math.min(bytes.size, 4096)));
  if (kind !== null && kind !== 'arrow' && kind !== 'feather')
    throw new EngineError('data.foreign-table', { file, format: 'Arrow', kind });
}

async function open(file: string, bytes: ByteWindow, { allowUnfinished = false }: ReadingOptions, part?: FilePart): Promise<ArrowTable> {
  const messages = await told(file, async () => ((await isFileFormat(file, bytes)) ? fileMessages(file, bytes) : null));
  const { fields } = messages?.schema ?? (await told(file, () => streamSchema(bytes)));
  return {
    fields,
    batches: (columns) =>
      tellingAll(
        file,
        messages
          ? fileBatches(file, bytes, { messages, columns, part })
          : streamBatches(file, bytes, { columns, part, allowUnfinished }),
      ),
  };
}

async function streamSchema(bytes: ByteWindow): Promise<ArrowSchema> {
  const first = bytes.size === 0 ? null : await messageAt(bytes, 0);
  if (first?.message.kind !== 'schema') throw new DamagedMetadata('there is no schema');
  return first.message.schema;
}

/** Rows by the heads of the messages alone. */
export async function describeArrow(file: string, source: ByteSource): Promise<{ fields: readonly ArrowField[]; rows: number }> {
  const bytes = byteWindow(source);
  await refuseForeign(file, bytes);
  return told(file, async () => {
    if (!(await isFileFormat(file, bytes))) return describeStream(file, bytes);
    const { schema, batches } = await fileMessages(file, bytes);
    let rows = 0;
    for (const block of batches) rows += batchOf(await messageOf(bytes, block)).length;
    checkRowCount(file, rows, bytes.size);
    return { fields: schema.fields, rows };
  });
}

/** Rows of each record batch by the heads of the messages alone; null for a stream without its end mark. */
export async function batchesOfArrow(file: string, source: ByteSource): Promise<number[] | null> {
  const bytes = byteWindow(source);
  return told(file, async () => {
    if (!(await isFileFormat(file, bytes))) return batchesOfStream(file, bytes);
    const { batches } = await fileMessages(file, bytes);
    const rows: number[] = [];
    for (const block of batches) rows.push(batchOf(await messageOf(bytes, block)).length);
    checkRowCount(file, rows.reduce((sum, count) => sum + count, 0), bytes.size);
    return rows;
  });
}

async function batchesOfStream(file: string, bytes: ByteWindow): Promise<number[] | null> {
  const messages = streamMessages(file, bytes);
  const rows: number[] = [];
  for (;;) {
    const next = await messages.next();
    if (next.done) return next.value.isFinished ? rows : null;
    if (next.value.message.kind === 'batch') rows.push(next.value.message.batch.length);
  }
}

async function describeStream(file: string, bytes: ByteWindow): Promise<{ fields: readonly ArrowField[]; rows: number }> {
  const { fields } = await streamSchema(bytes);
  let rows = 0;
  for await (const { message } of streamMessages(file, bytes)) if (message.kind === 'batch') rows += message.batch.length;
  checkRowCount(file, rows, bytes.size);
  return { fields, rows };
}

function batchOf({ message }: PlacedMessage): BatchHeader {
  if (message.kind !== 'batch') throw new DamagedMetadata('the footer takes a message for a record batch that is none');
  return message.batch;
}

interface FileOptions {
  readonly messages: FileMessages;
  readonly columns: readonly string[] | null;
  readonly part: FilePart | undefined;
}

/** Dictionaries may lie anywhere in a file; all come first. */
async function* fileBatches(
  file: string,
  bytes: ByteWindow,
  { messages, columns, part }: FileOptions,
): AsyncGenerator<ArrowBatch> {
  const { schema, dictionaries, batches } = messages;
  const loader = createBatchLoader({ file, bytes: bytes.size, columns, beginsAt: part?.firstRow }, schema);
  for (const block of dictionaries) await loader.addDictionary(await messageOf(bytes, block), bytes);
  for (const block of batches.slice(part?.from, part?.to)) {
    const placed = await messageOf(bytes, block);
    yield loader.load(batchOf(placed), await bodyOf(placed, bytes));
  }
}

interface StreamOptions {
  readonly columns: readonly string[] | null;
  readonly part: FilePart | undefined;
  readonly allowUnfinished: boolean;
}

/** Of a part no more than its batches are read, and the dictionaries before them. */
async function* streamBatches(file: string, bytes: ByteWindow, { columns, part, allowUnfinished }: StreamOptions): AsyncGenerator<ArrowBatch> {
  const messages = streamMessages(file, bytes);
  const first = await messages.next();
  if (first.done || first.value.message.kind !== 'schema') throw new DamagedMetadata('there is no schema');
  const loader = createBatchLoader(
    { file, bytes: bytes.size, columns, beginsAt: part?.firstRow },
    first.value.message.schema,
  );
  const { from = 0, to = Infinity } = part ?? {};
  for (let batch = 0; batch < to; ) {
    const next = await messages.next();
    if (next.done) {
      if (!next.value.isFinished && !allowUnfinished) throw new EngineError('data.arrow-unfinished', { file, rows: loader.rows });
      return;
    }
    const { message } = next.value;
    if (message.kind === 'dictionary') await loader.addDictionary(next.value, bytes);
    else if (message.kind === 'batch') {
      if (batch++ >= from) yield loader.load(message.batch, await bodyOf(next.value, bytes));
    } else throw new DamagedMetadata('a second schema stands among its batches');
  }
}

/** Damage is told as an error of the file. */
async function told<T>(file: string, read: () => Promise<T>): Promise<T> {
  try {
    return await read();
  } catch (error) {
    throw asFault(file, error);
  }
}

async function* tellingAll<T>(file: string, items: AsyncGenerator<T>): AsyncGenerator<T> {
  try {
    yield* items;
  } catch (error) {
    throw asFault(file, error);
  }
}

const asFault = (file: string, error: unknown): unknown =>
  error instanceof DamagedMetadata
    ? new EngineError('data.arrow-metadata', { file, detail: error.message }, { cause: error })
    : error;
