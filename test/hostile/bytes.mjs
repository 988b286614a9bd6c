// Blows that fall on any bytes.

/** @param {readonly (Uint8Array | string)[]} parts */
export function joined(parts) {
  const all = parts.map((part) => (typeof part === 'string' ? new TextEncoder().encode(part) : part));
  const bytes = new Uint8Array(all.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of all) {
    bytes.set(part, at);
    at += part.length;
  }
  return bytes;
}

/** @param {Uint8Array} bytes @param {number} at @param {number} bit */
export function flipped(bytes, at, bit) {
  const out = bytes.slice();
  out[at] ^= 1 << bit;
  return out;
}

/** A little-endian integer of `width` bytes. @param {Uint8Array} bytes @param {number} at @param {number} width */
export function integerAt(bytes, at, width) {
  const view = new DataView(bytes.buffer, bytes.byteOffset);
  if (width === 8) return Number(view.getBigInt64(at, true));
  return width === 4 ? view.getInt32(at, true) : width === 2 ? view.getInt16(at, true) : view.getUint8(at);
}

/** @param {Uint8Array} bytes @param {number} at @param {number} width @param {number} value */
export function withInteger(bytes, at, width, value) {
  const out = bytes.slice();
  const view = new DataView(out.buffer);
  if (width === 8) view.setBigInt64(at, BigInt.asIntN(64, BigInt(value)), true);
  else if (width === 4) view.setInt32(at, value | 0, true);
  else if (width === 2) view.setInt16(at, value, true);
  else view.setUint8(at, value & 255);
  return out;
}

/** What is put in the place of a length, an offset or a count. @param {import('./random.mjs').Random} draw @param {number} now */
export function wrongNumber(draw, now) {
  const tried = [0, -1, now - 1, now + 1, now + 8, now - 8, 2 * now, now >> 1, 2 ** 31 - 1, -(2 ** 31), 2 ** 40, 2 ** 53, 65536, 255, now ^ (1 << draw.below(31))];
  return draw.pick(tried.filter((value) => value !== now));
}

/** A Zstandard frame of blocks that repeat a byte: gigabytes in a few kilobytes. @param {number} size @param {number} byte */
export function zstdRun(size, byte) {
  const most = 1 << 17;
  const count = Math.max(1, Math.ceil(size / most));
  const out = new Uint8Array(13 + 4 * count);
  const view = new DataView(out.buffer);
  view.setUint32(0, 0xfd2fb528, true);
  view.setUint8(4, 0xe0);
  view.setBigUint64(5, BigInt(size), true);
  for (let k = 0; k < count; k++) {
    const length = Math.min(most, size - k * most);
    view.setUint32(13 + 4 * k, ((length << 3) | 2 | Number(k === count - 1)) | (byte << 24), true);
  }
  return out;
}
