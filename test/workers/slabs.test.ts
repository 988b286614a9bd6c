import { describe, expect, it } from 'vitest';
import { Slabs } from '../../src/workers/slabs.ts';

const mib = 2 ** 20;

describe('columns in slabs', () => {
  it('are copies of their kind, side by side in one buffer', () => {
    const slabs = new Slabs();
    const columns = [Uint8Array.of(1, 2, 3), Float64Array.of(0.5, NaN), Uint16Array.of(65535), Float32Array.of(-1.5), Uint32Array.of(4e9), new Uint8Array(0)];
    const kept = columns.map((column) => slabs.keep(column));
    expect(kept).toEqual(columns);
    expect(new Set(kept.map(({ buffer }) => buffer)).size).toBe(1);
    columns[0]![0] = 9;
    expect(kept[0]![0]).toBe(1);
  });

  it('go with the last of their slab, and not before', () => {
    const slabs = new Slabs();
    const [first, second] = [slabs.keep(Uint8Array.of(1)), slabs.keep(Uint8Array.of(2))];
    slabs.release([first]);
    expect(second[0]).toBe(2);
    slabs.release([second]);
    expect(second.buffer.byteLength).toBe(0);
    expect(slabs.keep(Uint8Array.of(3))).toEqual(Uint8Array.of(3));
  });

  it('take a further slab where one is full, and one of its own where a column is larger', () => {
    const slabs = new Slabs();
    const [first, second] = [slabs.keep(new Uint8Array(30 * mib)), slabs.keep(new Uint8Array(30 * mib).fill(7))];
    expect(first.buffer).not.toBe(second.buffer);
    slabs.release([first]);
    expect([first.buffer.byteLength, second[30 * mib - 1]]).toEqual([0, 7]);
    const large = slabs.keep(new Uint8Array(50 * mib).fill(1));
    expect(large.length).toBe(50 * mib);
    expect(second.buffer).not.toBe(large.buffer);
  });
});
