import { expect, test } from 'vitest';
import { Arena } from '../../src/kernels/arena.ts';
import { open } from './open.ts';

test('allocations are aligned, apart and given back in order', async () => {
  const { arena } = await open();
  const mark = arena.mark();
  const first = arena.alloc(3);
  const second = arena.alloc(8);
  const third = arena.alloc(1, 4096);
  expect([first % 16, second % 16, third % 4096]).toEqual([0, 0, 0]);
  expect(second).toBeGreaterThanOrEqual(first + 3);
  arena.release(mark);
  expect(arena.alloc(3)).toBe(first);
  expect(() => arena.release(2 ** 40)).toThrow(/mark/);
  expect(() => arena.alloc(-1)).toThrow(/no number of bytes/);
});

test('memory grows and keeps what is in it', async () => {
  const { arena } = await open();
  const ptr = arena.alloc(16);
  arena.f64(ptr, 2).set([1.5, 2.5]);
  const large = arena.alloc(64 * 2 ** 20);
  arena.u8(large, 64 * 2 ** 20).fill(7);
  expect(Array.from(arena.f64(ptr, 2))).toEqual([1.5, 2.5]);
  for (const view of [arena.u8(ptr, 16), arena.u16(ptr, 8), arena.u32(ptr, 4), arena.i32(ptr, 4), arena.i64(ptr, 2)]) {
    expect(view.byteLength).toBe(16);
  }
});

test('memory that cannot grow is an error that says how much was asked', () => {
  const pages = { buffer: new ArrayBuffer(65536), grow: (): number => { throw new RangeError('no'); } };
  const arena = new Arena(pages, 1024);
  expect(arena.alloc(60_000)).toBe(1024);
  expect(() => arena.alloc(100 * 2 ** 20)).toThrow(expect.objectContaining({ kind: 'memory', message: expect.stringMatching(/by 100 MiB/) }));
  expect(arena.alloc(16)).toBeLessThan(65536);
});

test('pages are asked for with room, and without where that is too much', () => {
  const asked: number[] = [];
  const pages = {
    buffer: new ArrayBuffer(65536),
    grow(count: number): number {
      asked.push(count);
      if (count > 2) throw new RangeError('no');
      this.buffer = new ArrayBuffer(this.buffer.byteLength + 65536 * count);
      return 1;
    },
  };
  const arena = new Arena(pages, 16);
  arena.alloc(2 * 65536);
  expect(asked).toEqual([16, 2]);
});
