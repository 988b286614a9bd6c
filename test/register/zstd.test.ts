import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { DamagedFrame } from '../../src/register/lz4.ts';
import { decompressZstd } from '../../src/register/zstd.ts';

/** 20,000 ids of 64 bits, each 25 times, in one frame of two blocks, as pyarrow's `compress` writes it. */
const frame = new Uint8Array(readFileSync(new URL('../fixtures/register/ids.zst', import.meta.url)));
const size = 160_000;

/** Frame header of one segment and eight bytes of size, then blocks that repeat a byte. */
function runs(lengths: readonly number[], said = lengths.reduce((sum, length) => sum + length, 0)): Uint8Array {
  const head = new Uint8Array(13);
  const view = new DataView(head.buffer);
  view.setUint32(0, 0xfd2fb528, true);
  view.setUint8(4, 0xe0);
  view.setBigUint64(5, BigInt(said), true);
  const blocks = lengths.flatMap((length, k) => {
    const word = (length << 3) | (1 << 1) | Number(k === lengths.length - 1);
    return [word & 255, (word >> 8) & 255, word >> 16, 7];
  });
  return Uint8Array.from([...head, ...blocks]);
}

describe('a Zstandard frame', () => {
  it('of several blocks comes out whole', () => {
    const ids = new BigInt64Array(decompressZstd(frame, size).buffer);
    expect(ids.every((id, i) => id === BigInt(100_000 + 7919 * Math.floor(i / 25)))).toBe(true);
  });

  it.each([1, 100, 131_072])('of blocks that repeat a byte, the last of %d', (last) => {
    const out = decompressZstd(runs([131_072, last]), 131_072 + last);
    expect([out.length, out.every((byte) => byte === 7)]).toEqual([131_072 + last, true]);
  });

  it.each([-1, 1, -8, 4096])('of another size than is said is refused, by %d bytes', (more) => {
    expect(() => decompressZstd(frame, size + more)).toThrow(DamagedFrame);
    expect(() => decompressZstd(runs([500, 20], 520 + more), 520 + more)).toThrow(DamagedFrame);
  });

  it('that is cut, or that bytes stand after, is refused', () => {
    for (let length = 0; length < frame.length; length += 1 + (frame.length >> 6)) expect(() => decompressZstd(frame.subarray(0, length), size), String(length)).toThrow(DamagedFrame);
    expect(() => decompressZstd(Uint8Array.from([...frame, 0]), size)).toThrow('1 bytes stand after its frame');
    expect(() => decompressZstd(Uint8Array.from([...frame, ...frame]), size)).toThrow(DamagedFrame);
  });

  it('of a block larger than any is refused', () => {
    expect(() => decompressZstd(runs([131_073]), 131_073)).toThrow('a block has 131073 bytes');
  });
});
