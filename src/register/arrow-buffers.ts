/** The buffers of a record batch: within its body, decompressed to the size that is said and needed, aligned for their type. */

import type { BufferRange, Codec } from './arrow-metadata.ts';
import { decompressLz4, DamagedFrame } from './lz4.ts';
import { decompressZstd } from './zstd.ts';

/** Bytes that a record batch says it has, and has not. */
export class DamagedBuffer extends Error {}

/** LZ4 makes at most this many bytes of one; Zstandard makes any number of bytes that are all alike. */
const lz4Times = 256;

/** Bytes that may still come out of the buffers of a file. Writers keep texts that no row uses, so that rows alone do not tell how many. */
export interface DecompressionBudget {
  left: number;
}

const always = 256 << 20;
const fileTimes = 128;

export const decompressionBudget = (fileBytes: number): DecompressionBudget => ({ left: Math.max(always, fileTimes * fileBytes) });

/** Writers pad every buffer to a multiple of one of these. */
const alignments: readonly number[] = [8, 16, 32, 64];

/** Buffers lie one after the other from the beginning of the body to its end: no place among them is free or taken twice. */
export function checkBuffers(buffers: readonly BufferRange[], bodyLength: number): void {
  let end = 0;
  const isNext = (at: number): boolean => alignments.some((alignment) => Math.ceil(end / alignment) * alignment === at);
  for (const { offset, length } of buffers) {
    if (length < 0) throw new DamagedBuffer(`a buffer is said to have ${length} bytes`);
    if (length === 0) continue;
    if (!isNext(offset)) throw new DamagedBuffer('the buffers of a record batch do not lie one after the other');
    end = offset + length;
  }
  if (end > bodyLength || bodyLength - end >= 64) throw new DamagedBuffer(`the buffers of a record batch end at ${end} of its ${bodyLength} bytes`);
}

const prefixBytes = 8;

interface Decompression {
  readonly codec: Codec | null;
  readonly budget: DecompressionBudget;
}

/** The bytes of a buffer, at least the `needed` ones. Nothing is allocated for sizes beyond what the file can come to. */
export function bufferBytes(body: Uint8Array, { offset, length }: BufferRange, { codec, budget }: Decompression, needed: number): Uint8Array {
  if (offset < 0 || length < 0 || offset + length > body.length) throw new DamagedBuffer('a buffer lies beyond the body');
  const stored = body.subarray(offset, offset + length);
  const bytes = codec === null || length === 0 ? stored : decompressed(stored, { codec, budget }, needed);
  if (bytes.length < needed) throw new DamagedBuffer(`a buffer has ${bytes.length} of ${needed} bytes`);
  return bytes;
}

/** The size before the bytes is −1 where they are stored as they are. */
function decompressed(stored: Uint8Array, { codec, budget }: Decompression, needed: number): Uint8Array {
  if (stored.length < prefixBytes) throw new DamagedBuffer('a compressed buffer has no size');
  const size = Number(new DataView(stored.buffer, stored.byteOffset).getBigInt64(0, true));
  const packed = stored.subarray(prefixBytes);
  if (size === -1) {
    if (packed.length > needed && startsFrame(packed, codec!)) throw new DamagedBuffer(`a buffer is said to be stored as it is, and is compressed by ${codec}`);
    return packed;
  }
  if (size < needed || size > budget.left || (codec === 'lz4' && size > lz4Times * packed.length)) {
    throw new DamagedBuffer(`a compressed buffer of ${packed.length} bytes is said to have ${size}, where ${needed} are needed`);
  }
  budget.left -= size;
  try {
    return codec === 'lz4' ? decompressLz4(packed, size) : decompressZstd(packed, size);
  } catch (error) {
    if (error instanceof DamagedFrame) throw new DamagedBuffer(`compressed by ${codec}: ${error.message}`);
    throw error;
  }
}

const magic: Readonly<Record<Codec, readonly number[]>> = { lz4: [0x04, 0x22, 0x4d, 0x18], zstd: [0x28, 0xb5, 0x2f, 0xfd] };

const startsFrame = (bytes: Uint8Array, codec: Codec): boolean => magic[codec].every((byte, k) => bytes[k] === byte);

type ArrayType<T> = {
  readonly BYTES_PER_ELEMENT: number;
  new (buffer: ArrayBufferLike, byteOffset: number, length: number): T;
};

/** `count` values as a view of the bytes, or of a copy where they are not aligned. */
export function valuesOf<T>(bytes: Uint8Array, Values: ArrayType<T>, count: number): T {
  const width = Values.BYTES_PER_ELEMENT;
  const aligned = bytes.byteOffset % width === 0 ? bytes : new Uint8Array(bytes.subarray(0, count * width));
  return new Values(aligned.buffer, aligned.byteOffset, count);
}
