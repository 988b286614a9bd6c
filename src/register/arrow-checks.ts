/** Values that point somewhere, before anything follows them: offsets of text, views, indices of dictionaries. */

import { DamagedBuffer } from './arrow-buffers.ts';

/** A row that points outside; of an index with its dictionary's entries, null of text. */
export class OutOfRange extends Error {
  readonly row: number;
  readonly index: string;
  readonly entries: number | null;

  constructor(row: number, index = '', entries: number | null = null) {
    super();
    this.row = row;
    this.index = index;
    this.entries = entries;
  }
}

interface Rows {
  readonly length: number;
  /** Bits of the rows that are not null; undefined where none is. */
  readonly validity: Uint8Array | undefined;
}

const isValid = (validity: Uint8Array | undefined, row: number): boolean =>
  validity === undefined || (validity[row >> 3]! & (1 << (row & 7))) !== 0;

const bitsOfByte = Uint8Array.from({ length: 256 }, (_, byte) => byte.toString(2).replaceAll('0', '').length);

/** Bits set among the first `length`. */
export function countBits(bytes: Uint8Array, length: number): number {
  const whole = length >> 3;
  let bits = 0;
  for (let i = 0; i < whole; i++) bits += bitsOfByte[bytes[i]!]!;
  return (length & 7) === 0 ? bits : bits + bitsOfByte[bytes[whole]! & ((1 << (length & 7)) - 1)]!;
}

/** Where the last text ends. Offsets begin at 0 or later and never fall. */
export function checkOffsets(offsets: Int32Array): number {
  let last = 0;
  for (let i = 0; i < offsets.length; i++) {
    const offset = offsets[i]!;
    if (offset < last) throw new OutOfRange(Math.max(0, i - 1));
    last = offset;
  }
  return last;
}

/** The same of 64 bits, their halves looked at as numbers. */
export function checkLongOffsets(offsets: BigInt64Array): number {
  const words = new Int32Array(offsets.buffer, offsets.byteOffset, 2 * offsets.length);
  let last = 0;
  for (let i = 0; i < offsets.length; i++) {
    const offset = words[2 * i + 1]! * 4294967296 + (words[2 * i]! >>> 0);
    if (offset < last) throw new OutOfRange(Math.max(0, i - 1));
    last = offset;
  }
  return last;
}

export function checkIndices(indices: ArrayLike<number | bigint>, { length, validity }: Rows, entries: number): void {
  let highest: number | bigint = 0;
  let lowest: number | bigint = 0;
  for (let i = 0; i < length; i++) {
    const index = indices[i]!;
    if (index > highest) highest = index;
    else if (index < lowest) lowest = index;
  }
  // What stands in a null's place is of no account.
  if (lowest >= 0 && highest < entries) return;
  for (let i = 0; i < length; i++) {
    const index = indices[i]!;
    if ((index < 0 || index >= entries) && isValid(validity, i)) throw new OutOfRange(i, String(index), entries);
  }
}

const inlineBytes = 12;

/** Bytes that the views need of each further buffer. */
export function viewExtents(views: Uint8Array, { length, validity }: Rows, buffers: number): number[] {
  if (buffers < 0 || buffers > 1 << 20) throw new DamagedBuffer(`it is said to have ${buffers} further buffers`);
  const words = new DataView(views.buffer, views.byteOffset, views.byteLength);
  const extents = new Array<number>(buffers).fill(0);
  for (let row = 0; row < length; row++) {
    const bytes = words.getInt32(16 * row, true);
    if (!isValid(validity, row)) continue;
    if (bytes < 0) throw new OutOfRange(row);
    if (bytes <= inlineBytes) continue;
    const [buffer, from] = [words.getInt32(16 * row + 8, true), words.getInt32(16 * row + 12, true)];
    if (buffer < 0 || buffer >= buffers || from < 0) throw new OutOfRange(row);
    extents[buffer] = Math.max(extents[buffer]!, from + bytes);
  }
  return extents;
}

/** The first four bytes of a text stand in its view too. */
export function checkViews(views: Uint8Array, { length, validity }: Rows, buffers: readonly Uint8Array[]): void {
  const words = new DataView(views.buffer, views.byteOffset, views.byteLength);
  for (let row = 0; row < length; row++) {
    if (words.getInt32(16 * row, true) <= inlineBytes || !isValid(validity, row)) continue;
    const bytes = buffers[words.getInt32(16 * row + 8, true)]!;
    const from = words.getInt32(16 * row + 12, true);
    for (let i = 0; i < 4; i++) if (bytes[from + i] !== views[16 * row + 4 + i]) throw new OutOfRange(row);
  }
}
