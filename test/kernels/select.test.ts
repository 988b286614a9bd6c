import { expect, test } from 'vitest';
import { lengths, open, randomNumbers, starts } from './open.ts';

const nowhere = 0xffffffff;

test.each([1, 2, 4, 8] as const)('selected rows of %i bytes stand in the order of their key, as they came within it', async (width) => {
  const kernels = await open();
  const { arena } = kernels;
  const random = randomNumbers(width);
  const rows = Math.max(...lengths) + Math.max(...starts);
  const keys = Array.from({ length: rows }, () => Math.floor(9 * random()));
  const values = Array.from({ length: rows }, () => Math.floor(256 ** Math.min(width, 4) * random()));
  const [key, from, to] = [arena.alloc(rows), arena.alloc(width * rows), arena.alloc(width * rows)];
  const [next, row, place] = [arena.alloc(4 * 256), arena.alloc(4 * rows), arena.alloc(4 * rows)];
  const view = (ptr: number) => (width === 1 ? arena.u8(ptr, rows) : width === 2 ? arena.u16(ptr, rows) : width === 4 ? arena.u32(ptr, rows) : arena.f64(ptr, rows));
  arena.u8(key, rows).set(keys);
  view(from).set(values);
  for (const n of lengths) {
    for (const start of starts) {
      const expected = [2, 3, 7].flatMap((wanted) => values.slice(start, start + n).filter((_, i) => keys[start + i] === wanted));
      const counts = [2, 3, 7].map((wanted) => keys.slice(start, start + n).filter((found) => found === wanted).length);
      arena.u32(next, 256).fill(nowhere);
      [2, 3, 7].forEach((wanted, k) => (arena.u32(next, 256)[wanted] = counts.slice(0, k).reduce((sum, count) => sum + count, 0)));
      const found = kernels.selectRows(key, start, n, next, row, place);
      kernels.moveRows({ ptr: from, width }, row, place, found, to);
      expect(found).toBe(expected.length);
      expect(Array.from(view(to).subarray(0, found))).toEqual(expected);
    }
  }
});
