/** Bytes of a register file, read in pieces. */

import { registerAssets } from './assets.ts';
import type { RegisterFile } from './partition.ts';

export interface ByteSource {
  readonly size: number;
  /** The bytes `[begin, end)`, in a buffer that nobody else holds. */
  slice(begin: number, end: number): Promise<Uint8Array<ArrayBuffer>>;
  /** Writes the bytes from `begin` on over all of `target`. */
  fill(target: Uint8Array, begin: number): Promise<void>;
  close(): Promise<void>;
}

export async function openBytes(file: RegisterFile): Promise<ByteSource> {
  return 'blob' in file.location ? blobBytes(file.location.blob) : registerAssets().openPath(file.location.path);
}

const blobBytes = (blob: Blob): ByteSource => ({
  size: blob.size,
  slice: async (begin, end) => new Uint8Array(await blob.slice(begin, end).arrayBuffer()),
  fill: async (target, begin) => target.set(new Uint8Array(await blob.slice(begin, begin + target.length).arrayBuffer())),
  close: async () => {},
});

/** Of bytes that are in memory. */
export const bytesSource = (bytes: Uint8Array<ArrayBuffer>): ByteSource => ({
  size: bytes.length,
  slice: async (begin, end) => bytes.slice(begin, end),
  fill: async (target, begin) => target.set(bytes.subarray(begin, begin + target.length)),
  close: async () => {},
});

/** The parts one after the other. */
export function joined(parts: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    bytes.set(part, at);
    at += part.length;
  }
  return bytes;
}

const pieceBytes = 8 << 20;

/** The bytes `[begin, end)` in order; the next piece is on its way while one is being worked on. */
export async function* pieces(source: ByteSource, begin: number, end: number): AsyncGenerator<Uint8Array<ArrayBuffer>> {
  const read = (at: number): Promise<Uint8Array<ArrayBuffer>> | null =>
    at < end ? source.slice(at, Math.min(at + pieceBytes, end)) : null;
  let at = begin;
  let next = read(at);
  while (next !== null) {
    const piece = await next;
    at += pieceBytes;
    next = read(at);
    // A reader that stops early leaves this promise alone; its failure must not end the process.
    next?.catch(() => {});
    yield piece;
  }
}
