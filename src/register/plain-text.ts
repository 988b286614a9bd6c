/** Text that is the bytes of its file, through two buffers that are filled in turn. */

import type { ByteSource } from './bytes.ts';
import type { TextReader, TextWindow } from './text-window.ts';

const pieceBytes = 1 << 20;
/** Room before each piece for what is left of the window before it: more is copied. */
const leftBytes = 256 << 10;

/** Buffers that nobody uses: a table of many files or ranges does with a few. */
const spare: Uint8Array[] = [];
const mostSpare = 8;

interface Piece {
  readonly buffer: Uint8Array;
  readonly length: number;
}

/** The bytes `[begin, end)`; `head` are those before them, where they have been read. The next piece is on its way while one is worked on. */
export function openPlainText(source: ByteSource, begin: number, end: number, head: Uint8Array | null = null): TextReader {
  const buffers: (Uint8Array | null)[] = [null, null];
  let window: TextWindow | null = null;
  let coming: Promise<Piece> | null = null;
  let at = begin;
  let turn = 0;
  const read = (): Promise<Piece> | null => {
    if (at >= end) return null;
    const length = Math.min(pieceBytes, end - at);
    const buffer = (buffers[turn] ??= spare.pop() ?? new Uint8Array(leftBytes + pieceBytes));
    const filled = source.fill(buffer.subarray(leftBytes, leftBytes + length), at).then(() => ({ buffer, length }));
    // A reader that stops early leaves this promise alone; its failure must not end the process.
    filled.catch(() => {});
    at += length;
    turn = 1 - turn;
    return filled;
  };
  return {
    async advance(from) {
      if (window === null && head !== null) {
        window = { bytes: head, isLast: at >= end };
        coming = read();
        return window;
      }
      const left: Uint8Array = window?.bytes.subarray(from) ?? new Uint8Array(0);
      const piece: Piece | null = await (coming ?? read());
      window = { bytes: piece === null ? left : after(left, piece), isLast: at >= end };
      coming = read();
      return window;
    },
    async close() {
      await coming?.catch(() => {});
      for (const buffer of buffers) if (buffer !== null && spare.length < mostSpare) spare.push(buffer);
      buffers.fill(null);
    },
    altered: null,
  };
}

function after(left: Uint8Array, { buffer, length }: Piece): Uint8Array {
  const begin = leftBytes - left.length;
  if (begin >= 0) {
    buffer.set(left, begin);
    return buffer.subarray(begin, leftBytes + length);
  }
  const bytes = new Uint8Array(left.length + length);
  bytes.set(left);
  bytes.set(buffer.subarray(leftBytes, leftBytes + length), left.length);
  return bytes;
}
