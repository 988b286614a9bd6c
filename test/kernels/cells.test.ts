import { expect, test } from 'vitest';
import { fixed, lengths, open, putF64, randomNumbers, zeroed } from './open.ts';

test.each(lengths)('sums by cell of %i rows', async (n) => {
  const kernels = await open();
  const { arena } = kernels;
  const random = randomNumbers(n + 2);
  const [start, groups, months] = [3, 15, 4];
  const month = arena.alloc(n + start);
  const monthOf = Uint8Array.from({ length: n + start }, () => months * random());
  arena.u8(month, n + start).set(monthOf);
  const cells = arena.alloc(4 * n + 4);
  const expectedCells = new Uint32Array(n);
  for (const width of [1, 2, 4] as const) {
    const ptr = arena.alloc(width * (n + start));
    const view = width === 1 ? arena.u8(ptr, n + start) : width === 2 ? arena.u16(ptr, n + start) : arena.u32(ptr, n + start);
    for (let i = 0; i < n + start; i++) view[i] = groups * random();
    for (let i = 0; i < n; i++) expectedCells[i] = monthOf[start + i]! * groups + view[start + i]!;
    kernels.cellIndex({ ptr, width }, month, start, n, groups, cells);
    expect(arena.u32(cells, n)).toEqual(expectedCells);
  }

  const size = months * groups;
  const counts = zeroed(kernels, 4 * size);
  kernels.countCells(cells, n, counts);
  const v = arena.alloc(8 * n + 8);
  const values = BigInt64Array.from({ length: n }, () => BigInt(Math.floor((random() - 0.5) * 2 ** 50)));
  arena.i64(v, n).set(values);
  const sums = zeroed(kernels, 8 * size);
  kernels.sumCells(cells, n, v, sums);
  const plainCounts = new Uint32Array(size);
  const plainSums = new BigInt64Array(size);
  expectedCells.forEach((cell, i) => {
    plainCounts[cell]! += 1;
    plainSums[cell]! += values[i]!;
  });
  expect(arena.u32(counts, size)).toEqual(plainCounts);
  expect(arena.i64(sums, size)).toEqual(plainSums);

  const mu = Float64Array.from({ length: n }, () => (random() < 0.1 ? NaN : random()));
  const muAt = putF64(kernels, mu);
  const shifts = { y: 40, y2: 36, mu: 44, r2: 38 };
  for (const width of [1, 4, 8] as const) {
    const y = Float64Array.from({ length: n }, () => (width === 1 ? Number(random() < 0.4) : random() < 0.1 ? NaN : Math.fround(60 * random())));
    const ptr = width === 8 ? putF64(kernels, y) : arena.alloc(width * n);
    if (width === 1) arena.u8(ptr, n).set(y);
    if (width === 4) arena.f32(ptr, n).set(y);
    const wide = arena.alloc(8 * n);
    kernels.widenNumbers({ ptr, width }, n, wide);
    expect(arena.f64(wide, n)).toEqual(y);
    const table = zeroed(kernels, 48 * size);
    const plain = new BigInt64Array(6 * size);
    let rows = 0;
    expectedCells.forEach((cell, i) => {
      const [actual, expected] = [y[i]!, mu[i]!];
      if (Number.isNaN(actual - expected)) return;
      rows++;
      [1n, fixed(actual, shifts.y), fixed(actual ** 2, shifts.y2), fixed(expected, shifts.mu), fixed((actual - expected) * (actual - expected), shifts.r2)]
        .forEach((value, k) => (plain[6 * cell + k]! += value));
    });
    const fields = arena.alloc(48 * n);
    expect(kernels.residualFields({ ptr, width }, muAt, n, shifts, fields)).toBe(rows);
    kernels.sumFields(cells, n, fields, table);
    expect(arena.i64(table, 6 * size)).toEqual(plain);
  }
});
