/** Bytes asked for in small pieces, one after the other, read from the source in larger ones. */

import type { ByteSource } from './bytes.ts';
import { DamagedMetadata } from './flatbuffer.ts';

const lookahead = 128 << 10;

export interface ByteWindow {
  readonly size: number;
  /** The bytes `[begin, end)`, a view that stays as it is. Throws DamagedMetadata beyond the end. */
  read(begin: number, end: number): Promise<Uint8Array>;
}

export function byteWindow(source: ByteSource): ByteWindow {
  let from = 0;
  let held: Uint8Array = new Uint8Array(0);
  return {
    size: source.size,
    async read(begin, end) {
      checkWithin(begin, end, source.size);
      if (begin < from || end > from + held.length) {
        held = await source.slice(begin, Math.min(source.size, end + lookahead));
        from = begin;
      }
      return held.subarray(begin - from, end - from);
    },
  };
}

export const bytesInMemory = (bytes: Uint8Array): ByteWindow => ({
  size: bytes.length,
  async read(begin, end) {
    checkWithin(begin, end, bytes.length);
    return bytes.subarray(begin, end);
  },
});

function checkWithin(begin: number, end: number, size: number): void {
  if (begin < 0 || end < begin || end > size) throw new DamagedMetadata(`it tells of bytes ${begin} to ${end}, and has ${size}`);
}
