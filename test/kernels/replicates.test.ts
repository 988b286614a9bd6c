import { expect, test } from 'vitest';
import { LANES } from '../../src/kernels/replicate-kernels.ts';
import type { Kernels } from '../../src/kernels/kernels.ts';
import { codeColumn, firstDifference, fixed, lengths, open, putF64, randomNumbers, zeroed } from './open.ts';

/** Poisson-like weights of n rows, and the same in memory. */
function putWeights({ arena }: Kernels, n: number, random: () => number) {
  const weights = Uint16Array.from({ length: LANES * n }, () => Math.floor(13 * random() ** 4));
  const ptr = arena.alloc(2 * weights.length + 16);
  arena.u16(ptr, weights.length).set(weights);
  return { ptr, weights };
}

/** Rows of three or four composites, one of them in two bytes, with weights, numbers and cells. */
async function situation(n: number, columns = 4) {
  const kernels = await open();
  const { arena } = kernels;
  const random = randomNumbers(n + 3);
  const start = 5;
  const parts = ([[7, 1], [3, 1], [300, 2], [11, 1], [2, 1]] as const).slice(0, columns).map(([levels, width]) => codeColumn(kernels, n + start, levels, width, random));
  const set = kernels.composites(parts.map(({ composite }) => composite));
  const v = BigInt64Array.from({ length: n }, () => BigInt(Math.floor((random() - 0.5) * 2 ** 31)));
  const vPtr = arena.alloc(8 * n);
  arena.i64(vPtr, n).set(v);
  const cells = Uint32Array.from({ length: n }, () => Math.floor(9 * random()));
  const cellPtr = arena.alloc(4 * n);
  arena.u32(cellPtr, n).set(cells);
  return { kernels, random, start, parts, set, v, vPtr, cells, cellPtr, code: (a: number, row: number) => parts[a]!.codes[start + row]!, ...putWeights(kernels, n, random) };
}

test('weights of clusters go to their rows, with the largest total', async () => {
  const kernels = await open();
  const { arena } = kernels;
  const random = randomNumbers(4);
  const counts = Array.from({ length: 60 }, () => Math.floor(7 * random()));
  const starts = [9, ...counts.map((_, c) => 9 + counts.slice(0, c + 1).reduce((sum, n) => sum + n, 0))];
  const [from, to] = [10, 57];
  const drawn = Int32Array.from({ length: LANES * (to - from) }, () => Math.floor(13 * random()));
  const [startPtr, drawnPtr] = [arena.alloc(4 * starts.length), arena.alloc(4 * drawn.length)];
  arena.u32(startPtr, starts.length).set(starts);
  arena.i32(drawnPtr, drawn.length).set(drawn);
  const rows = starts[to]! - starts[from]!;
  const out = arena.alloc(2 * LANES * rows);
  const largest = kernels.spreadWeights({ starts: startPtr, from, to, rows, weights: drawnPtr }, out);
  const plain = counts.slice(from, to).flatMap((n, c) => Array.from({ length: n }, () => [...drawn.subarray(LANES * c, LANES * (c + 1))]).flat());
  expect(firstDifference(arena.u16(out, LANES * rows), plain)).toBe(-1);
  const totals = Array.from({ length: LANES }, (_, b) => plain.reduce((sum, w, at) => sum + (at % LANES === b ? w : 0), 0));
  expect(largest).toBe(Math.max(...totals));
  expect(kernels.spreadWeights({ starts: 0, from: 0, to: to - from, rows: to - from, weights: drawnPtr }, arena.alloc(2 * LANES * (to - from)))).toBeGreaterThan(0);

  const keys = Uint32Array.from({ length: 2 * counts.length }, () => 2 ** 32 * random());
  const months = Uint8Array.from({ length: starts.at(-1)! }, () => 90 * random());
  const [keyPtr, monthPtr, ids, monthOut] = [arena.alloc(8 * counts.length), arena.alloc(months.length), arena.alloc(8 * rows), arena.alloc(rows)];
  arena.u32(keyPtr, keys.length).set(keys);
  arena.u8(monthPtr, months.length).set(months);
  expect(kernels.rowKeys({ starts: startPtr, keys: keyPtr, months: monthPtr, from, to }, ids, monthOut)).toBe(rows);
  expect(firstDifference(arena.u32(ids, 2 * rows), counts.slice(from, to).flatMap((n, c) => Array.from({ length: n }, () => [...keys.subarray(2 * (from + c), 2 * (from + c + 1))]).flat()))).toBe(-1);
  expect(arena.u8(monthOut, rows)).toEqual(months.slice(starts[from], starts[to]));
});

test.each(lengths.slice(0, 5))('weights of %i rows are counted by pair of codes', async (n) => {
  for (const columns of [2, 3, 5]) {
    const { kernels, start, parts, set, code, ptr, weights } = await situation(n, columns);
    const cells = set.cells - set.levelCells;
    const [table, wide] = [zeroed(kernels, 2 * LANES * cells), zeroed(kernels, 4 * LANES * cells)];
    const plain = new Uint32Array(LANES * cells);
    for (let twice = 0; twice < 2; twice++) {
      kernels.countReplicates(set, start, n, ptr, table);
      kernels.widenCounts(table, cells, wide);
      for (let row = 0; row < n; row++) {
        for (let a = 0; a < columns; a++) {
          for (let b = a + 1; b < columns; b++) {
            const cell = set.pairOffset[a]![b]! - set.levelCells + code(a, row) * parts[b]!.composite.levels + code(b, row);
            for (let lane = 0; lane < LANES; lane++) plain[LANES * cell + lane]! += weights[LANES * row + lane]!;
          }
        }
      }
    }
    expect(firstDifference(kernels.arena.u32(wide, LANES * cells), plain)).toBe(-1);
    expect(kernels.arena.u16(table, LANES * cells).every((count) => count === 0)).toBe(true);
  }
});

test.each(lengths)('weighted sums of %i rows are those of the plain loops', async (n) => {
  const { kernels, random, start, set, code, v, vPtr, cells, cellPtr, ptr, weights } = await situation(n);
  const { arena } = kernels;
  const w = (row: number, lane: number): bigint => BigInt(weights[LANES * row + lane]!);
  const composites = set.composites.length;
  const change = Int32Array.from({ length: LANES * set.levelCells }, () => (random() - 0.5) * 2 ** 27);
  const changePtr = arena.alloc(4 * change.length);
  arena.i32(changePtr, change.length).set(change);
  const [table, left, counts, sums] = [zeroed(kernels, 8 * LANES * set.levelCells), zeroed(kernels, 4 * LANES * n), zeroed(kernels, 4 * LANES * 9), zeroed(kernels, 8 * LANES * 9)];
  const [oneLane, weighed] = [zeroed(kernels, 8 * n), zeroed(kernels, 16 * 9)];
  const f64 = Float64Array.from({ length: n }, () => (random() < 0.1 ? NaN : random() - 0.5));
  kernels.sumReplicates(set, start, n, vPtr, ptr, table);
  kernels.changeReplicates(set, start, n, vPtr, changePtr, left);
  kernels.sumReplicateCells(cellPtr, n, left, ptr, counts, sums);
  kernels.weighFixed(vPtr, n, ptr, 6, oneLane);
  kernels.weighedCells(cellPtr, n, putF64(kernels, f64), ptr, { lane: 6, shift: 40 }, weighed);

  const plain = {
    table: new BigInt64Array(LANES * set.levelCells), left: new Int32Array(LANES * n), counts: new Uint32Array(LANES * 9), sums: new BigInt64Array(LANES * 9),
    weighed: new BigInt64Array(18),
  };
  for (let row = 0; row < n; row++) {
    const levels = Array.from({ length: composites }, (_, a) => set.levelOffset[a]! + code(a, row));
    const cell = cells[row]!;
    for (let lane = 0; lane < LANES; lane++) {
      for (const level of levels) plain.table[LANES * level + lane]! += w(row, lane) * v[row]!;
      const rest = levels.reduce((sum, level) => sum - change[LANES * level + lane]!, Number(v[row]));
      plain.left[LANES * row + lane] = rest;
      plain.counts[LANES * cell + lane]! += weights[LANES * row + lane]!;
      plain.sums[LANES * cell + lane]! += w(row, lane) * BigInt(rest);
    }
    if (Number.isNaN(f64[row])) continue;
    plain.weighed[2 * cell]! += w(row, 6);
    plain.weighed[2 * cell + 1]! += w(row, 6) * fixed(f64[row]!, 40);
  }
  expect(firstDifference(arena.i64(table, plain.table.length), plain.table)).toBe(-1);
  expect(firstDifference(arena.i32(left, plain.left.length), plain.left)).toBe(-1);
  expect(firstDifference(arena.u32(counts, plain.counts.length), plain.counts)).toBe(-1);
  expect(firstDifference(arena.i64(sums, plain.sums.length), plain.sums)).toBe(-1);
  expect(firstDifference(arena.i64(oneLane, n), Array.from({ length: n }, (_, row) => w(row, 6) * v[row]!))).toBe(-1);
  expect(firstDifference(arena.i64(weighed, 18), plain.weighed)).toBe(-1);
});
