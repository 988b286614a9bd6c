/** Zstandard frames (RFC 8878) by a library that does not say how many bytes came out: an empty block of our own, put last, tells. */

import { decompress } from 'fzstd';
import { DamagedFrame } from './lz4.ts';

const frameMagic = 0xfd2fb528;
/** Blocks have at most this many bytes, packed or not. */
const mostBlock = 1 << 17;
const blockHead = 3;
const runBlock = 1;

/** Decompresses one frame into exactly `size` bytes. Throws DamagedFrame. */
export function decompressZstd(bytes: Uint8Array, size: number): Uint8Array {
  const { patched, contentSize } = withEmptyBlock(bytes);
  if (contentSize !== null && contentSize !== size) throw new DamagedFrame(`a frame of ${contentSize} bytes is said to have ${size}`);
  const room = new Room(new ArrayBuffer(size));
  try {
    decompress(patched, room);
  } catch {
    throw new DamagedFrame(`it is no whole Zstandard frame of ${size} bytes`);
  }
  if (room.written !== size) throw new DamagedFrame(`${room.written} bytes come out, not ${size}`);
  return new Uint8Array(room.buffer);
}

/** Sees where blocks that are not compressed are put, the empty one among them. What it is cut into are plain arrays. */
class Room extends Uint8Array<ArrayBuffer> {
  written = 0;

  static get [Symbol.species](): Uint8ArrayConstructor {
    return Uint8Array;
  }

  override set(source: ArrayLike<number>, offset = 0): void {
    super.set(source, offset);
    this.written = offset + source.length;
  }
}

/** The frame with an empty block for its last, and the size of its content where it says so. Nothing may stand after it. */
function withEmptyBlock(bytes: Uint8Array): { readonly patched: Uint8Array; readonly contentSize: number | null } {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const byte = (at: number): number => {
    if (at >= bytes.length) throw new DamagedFrame('it is cut off');
    return bytes[at]!;
  };
  if (bytes.length < 6 || view.getUint32(0, true) !== frameMagic) throw new DamagedFrame('it is no Zstandard frame');
  const flags = byte(4);
  const isSingle = (flags & 32) !== 0;
  const dictionaryBytes = [0, 1, 2, 4][flags & 3]!;
  const sizeBytes = flags >> 6 === 0 ? Number(isSingle) : 1 << (flags >> 6);
  const sizeAt = 6 - Number(isSingle) + dictionaryBytes;
  let at = sizeAt + sizeBytes;
  byte(at + 2);
  const contentSize = sizeBytes === 0 ? null : sizeOf(view, sizeAt, sizeBytes);
  for (;;) {
    const head = byte(at) | (byte(at + 1) << 8) | (byte(at + 2) << 16);
    const [isLast, type, length] = [(head & 1) !== 0, (head >> 1) & 3, head >> 3];
    if (length > mostBlock) throw new DamagedFrame(`a block has ${length} bytes`);
    const end = at + blockHead + (type === runBlock ? 1 : length);
    if (end > bytes.length) throw new DamagedFrame('it is cut off');
    if (isLast) return { patched: patchedAt(bytes, { at, end, checksum: (flags & 4) === 0 ? 0 : 4 }), contentSize };
    at = end;
  }
}

function sizeOf(view: DataView, at: number, bytes: number): number {
  if (bytes === 1) return view.getUint8(at);
  if (bytes === 2) return view.getUint16(at, true) + 256;
  return bytes === 4 ? view.getUint32(at, true) : Number(view.getBigUint64(at, true));
}

function patchedAt(bytes: Uint8Array, { at, end, checksum }: { at: number; end: number; checksum: number }): Uint8Array {
  if (bytes.length !== end + checksum) throw new DamagedFrame(`${bytes.length - end - checksum} bytes stand after its frame`);
  const patched = new Uint8Array(bytes.length + blockHead);
  patched.set(bytes.subarray(0, end));
  patched[at]! &= ~1;
  patched[end] = 1;
  patched.set(bytes.subarray(end), end + blockHead);
  return patched;
}
