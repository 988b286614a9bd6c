import { describe, expect, it } from 'vitest';
import { DamagedFrame, decompressLz4, xxHash32 } from '../../src/register/lz4.ts';
import { readJson } from '../support/source-files.ts';

interface Vector {
  readonly name: string;
  readonly options: readonly string[];
  readonly bytes: number;
  readonly hash: number;
  readonly frame: string;
}

const { vectors } = readJson('test/fixtures/lz4/vectors.json') as { vectors: readonly Vector[] };
const frameOf = ({ frame }: Vector): Uint8Array => new Uint8Array(Buffer.from(frame, 'base64'));

function hashOrDamage(frame: Uint8Array, bytes: number): number | 'damaged' {
  try {
    return xxHash32(decompressLz4(frame, bytes));
  } catch (error) {
    if (error instanceof DamagedFrame) return 'damaged';
    throw error;
  }
}

describe('LZ4 frames of the reference library', () => {
  it.each(vectors.map((vector) => [`${vector.name}, ${vector.options.join(' ') || 'plain'}`, vector] as const))('%s', (_, vector) => {
    const out = decompressLz4(frameOf(vector), vector.bytes);
    expect([out.length, xxHash32(out)]).toEqual([vector.bytes, vector.hash]);
  });

  it('one after the other, with what is to be skipped between them', () => {
    const [a, b] = [vectors[5]!, vectors[10]!];
    const skipped = Uint8Array.of(0x53, 0x2a, 0x4d, 0x18, 3, 0, 0, 0, 7, 7, 7);
    const joined = Buffer.concat([frameOf(a), skipped, frameOf(b)]);
    const out = decompressLz4(new Uint8Array(joined), a.bytes + b.bytes);
    expect([xxHash32(out.subarray(0, a.bytes)), xxHash32(out.subarray(a.bytes))]).toEqual([a.hash, b.hash]);
  });

  it('of another size than was said are refused', () => {
    for (const vector of vectors) {
      for (const size of [vector.bytes - 1, vector.bytes + 1]) {
        if (size >= 0) expect(() => decompressLz4(frameOf(vector), size)).toThrow(DamagedFrame);
      }
    }
  });

  it('with checksums: any byte changed or left out is found, or is of no account', () => {
    const checked = vectors.filter(({ options, bytes }) => options.includes('content_checksum') && bytes > 0 && bytes < 30_000);
    for (const vector of checked) {
      const frame = frameOf(vector);
      for (let at = 0; at < frame.length; at += Math.ceil(frame.length / 200)) {
        const damaged = frame.slice();
        damaged[at]! ^= 1 << (at % 8);
        expect([vector.hash, 'damaged'], `${vector.name}, byte ${at}`).toContain(hashOrDamage(damaged, vector.bytes));
        expect(() => decompressLz4(frame.slice(0, at), vector.bytes)).toThrow(DamagedFrame);
      }
    }
  });
});
