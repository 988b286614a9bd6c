/** The messages of an Arrow file or stream, in order, each with its place. */

import { EngineError } from '../errors.ts';
import {
  readFooter,
  readMessage,
  type ArrowMessage,
  type ArrowSchema,
  type Block,
  type Footer,
} from './arrow-metadata.ts';
import type { ByteWindow } from './byte-window.ts';
import { DamagedMetadata } from './flatbuffer.ts';

export interface PlacedMessage {
  readonly message: ArrowMessage;
  readonly bodyAt: number;
  readonly bodyLength: number;
  /** Where the next message begins. */
  readonly end: number;
}

const magic = 'ARROW1';
const featherMagic = 'FEA1';
/** Magic and padding at the beginning of a file. */
const fileStart = 8;
const alignment = 64;

export async function isFileFormat(file: string, bytes: ByteWindow): Promise<boolean> {
  const wordAt = async (at: number, length: number): Promise<string> => String.fromCharCode(...(await bytes.read(at, at + length)));
  if (bytes.size >= 8 && (await wordAt(0, 4)) === featherMagic) throw new EngineError('data.arrow-feather', { file });
  if (bytes.size < fileStart || (await wordAt(0, magic.length)) !== magic) return false;
  if (bytes.size < 20 || (await wordAt(bytes.size - magic.length, magic.length)) !== magic) {
    throw new DamagedMetadata('the file is cut off, its footer is missing');
  }
  return true;
}

/** The message that begins at a place; null at an end mark. */
export async function messageAt(bytes: ByteWindow, at: number): Promise<PlacedMessage | null> {
  const { length, start } = await lengthAt(bytes, at);
  if (length === 0) return null;
  if (length < 0 || start + length > bytes.size) throw new DamagedMetadata('it is cut off within a message');
  const { message, bodyLength } = readMessage(await bytes.read(start, start + length));
  const bodyAt = start + length;
  if (bodyAt + bodyLength > bytes.size) throw new DamagedMetadata('it is cut off within a record batch');
  return { message, bodyAt, bodyLength, end: bodyAt + bodyLength };
}

/** Files from before 2019 have no continuation mark before the length. */
async function lengthAt(bytes: ByteWindow, at: number): Promise<{ length: number; start: number }> {
  const wordAt = async (place: number): Promise<number> => {
    if (place + 4 > bytes.size) throw new DamagedMetadata('it is cut off within a message');
    const word = await bytes.read(place, place + 4);
    return new DataView(word.buffer, word.byteOffset, 4).getInt32(0, true);
  };
  const first = await wordAt(at);
  return first === -1 ? { length: await wordAt(at + 4), start: at + 8 } : { length: first, start: at + 4 };
}

/** Messages of a stream and whether an end mark came. Throws EngineError 'data' for bytes after the mark. */
export async function* streamMessages(file: string, bytes: ByteWindow): AsyncGenerator<PlacedMessage, { readonly isFinished: boolean }> {
  let at = 0;
  while (at < bytes.size) {
    const placed = await messageAt(bytes, at);
    if (placed === null) {
      await checkTrailing(file, bytes, at);
      return { isFinished: true };
    }
    yield placed;
    at = placed.end;
  }
  return { isFinished: false };
}

/** After the mark there is nothing but padding. */
async function checkTrailing(file: string, bytes: ByteWindow, at: number): Promise<void> {
  const { start } = await lengthAt(bytes, at);
  const after = bytes.size - start;
  if (after === 0) return;
  const padding = after < alignment && (await bytes.read(start, bytes.size)).every((byte) => byte === 0);
  if (!padding) throw new EngineError('data.arrow-trailing', { file, bytes: after });
}

export interface FileMessages extends Pick<Footer, 'schema'> {
  readonly dictionaries: readonly Block[];
  readonly batches: readonly Block[];
}

/** What the footer tells of, held against the whole of the file: its blocks lie one after the other and leave no room for more. */
export async function fileMessages(file: string, bytes: ByteWindow): Promise<FileMessages> {
  const end = bytes.size - magic.length - 4;
  const word = await bytes.read(end, end + 4);
  const length = new DataView(word.buffer, word.byteOffset, 4).getInt32(0, true);
  const footerAt = end - length;
  if (length <= 0 || footerAt < fileStart) throw new DamagedMetadata(`its footer is said to have ${length} bytes`);
  const footer = readFooter(await bytes.read(footerAt, end));
  const blocks = [...footer.dictionaries, ...footer.batches];
  checkTiles(file, blocks, { from: await firstBlockAt(bytes, footer, blocks, footerAt), to: footerAt });
  return footer;
}

/** Where the first block must begin: after the schema, which some writers leave out and some write without its length. */
async function firstBlockAt(bytes: ByteWindow, footer: Footer, blocks: readonly Block[], footerAt: number): Promise<number> {
  const least = blocks.reduce((least, { offset }) => Math.min(least, offset), footerAt);
  if (least < fileStart) throw new DamagedMetadata('a block begins before the file does');
  const head = await bytes.read(fileStart, least);
  if (head.every((byte) => byte === 0)) return least;
  const first = await messageAt(bytes, fileStart).catch(() => ({ ...readMessage(head), end: least }));
  if (first?.message.kind !== 'schema') throw new DamagedMetadata('there is no schema at its beginning');
  if (!areAlike(first.message.schema, footer.schema)) throw new DamagedMetadata('its footer has another schema');
  return first.end;
}

/** For each schema the last one that was found to be like it: of the files of a table both are met again. */
const alike = new WeakMap<ArrowSchema, ArrowSchema>();

function areAlike(a: ArrowSchema, b: ArrowSchema): boolean {
  if (alike.get(a) === b) return true;
  if (JSON.stringify(a) !== JSON.stringify(b)) return false;
  alike.set(a, b);
  return true;
}

function checkTiles(file: string, blocks: readonly Block[], { from, to }: { from: number; to: number }): void {
  let at = from;
  for (const { offset, metadataLength, bodyLength } of [...blocks].sort((a, b) => a.offset - b.offset)) {
    const isTile = offset >= at && offset - at < alignment && metadataLength > 0 && bodyLength >= 0;
    if (!isTile) throw new EngineError('data.arrow-footer', { file, from: at, to: Math.max(at, Math.min(offset, to)) });
    at = offset + metadataLength + bodyLength;
  }
  // An end mark and padding may stand before the footer.
  if (at > to || to - at >= alignment + 8) throw new EngineError('data.arrow-footer', { file, from: at, to });
}

/** The message of a block, which must be as long as the footer says. */
export async function messageOf(bytes: ByteWindow, { offset, metadataLength, bodyLength }: Block): Promise<PlacedMessage> {
  const placed = await messageAt(bytes, offset);
  if (placed === null || placed.bodyAt !== offset + metadataLength || placed.bodyLength !== bodyLength) {
    throw new DamagedMetadata('a message is not as long as the footer says');
  }
  return placed;
}
