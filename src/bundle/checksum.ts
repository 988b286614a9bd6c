/** The checksum of a whole bundle, which stands in the footer of the Arrow file, in the metadata of its schema. */

import { crc32 } from '../register/crc32.ts';

export const checksumKey = 'arbeidsindikator.checksum';

const mark = 'crc32:';
const digits = 8;
/** What stands in its place while it is computed. */
export const noChecksum = `${mark}${'0'.repeat(digits)}`;

const endBytes = 10;

/** Where its digits stand; −1 in files without one. Labels and names may say anything, but not in the footer. */
function place(bytes: Uint8Array): number {
  if (bytes.length < endBytes) return -1;
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const at = indexOf(bytes, Math.max(0, bytes.length - endBytes - view.getUint32(bytes.length - endBytes, true)));
  return at < 0 ? at : at + mark.length;
}

function indexOf(bytes: Uint8Array, from: number): number {
  const text = new TextEncoder().encode(mark);
  for (let at = bytes.indexOf(text[0]!, from); at >= 0 && at + text.length + digits <= bytes.length; at = bytes.indexOf(text[0]!, at + 1)) {
    if (text.every((byte, k) => bytes[at + k] === byte)) return at;
  }
  return -1;
}

function checksumOf(bytes: Uint8Array, at: number): Uint8Array {
  // Of a Node buffer, `slice` would be a view.
  const copy = new Uint8Array(bytes);
  copy.fill(48, at, at + digits);
  return new TextEncoder().encode(crc32(copy).toString(16).padStart(digits, '0'));
}

/** Puts the checksum into a file that has its place. */
export function seal(bytes: Uint8Array): void {
  const at = place(bytes);
  bytes.set(checksumOf(bytes, at), at);
}

/** Whether the checksum holds; null where there is none. */
export function isSealed(bytes: Uint8Array): boolean | null {
  const at = place(bytes);
  return at < 0 ? null : checksumOf(bytes, at).every((byte, k) => bytes[at + k] === byte);
}
