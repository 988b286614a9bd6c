import { describe, expect, test } from 'vitest';
import { BLOCK, type Kernels } from '../../src/kernels/kernels.ts';
import { codeColumn, firstDifference, lengths, open, randomNumbers, starts, zeroed, type Column } from './open.ts';

const designs: readonly (readonly [name: string, levels: readonly number[], widths: readonly (1 | 2)[]])[] = [
  ['one composite', [9], [1]],
  ['two', [3, 256], [1, 1]],
  ['two of the most levels a byte holds', [256, 256], [1, 1]],
  ['bytes and words', [7, 300, 4, 700], [1, 2, 1, 2]],
  ['seven', [50, 128, 35, 30, 88, 61, 20], [1, 1, 1, 1, 1, 1, 1]],
  ['ten', [5, 12, 2, 9, 30, 4, 7, 300, 3, 6], [1, 1, 1, 1, 1, 1, 1, 2, 1, 1]],
];

function build(kernels: Kernels, levels: readonly number[], widths: readonly (1 | 2)[], rows: number) {
  const random = randomNumbers(7 + levels.length);
  const columns = levels.map((count, a) => codeColumn(kernels, rows, count, widths[a]!, random));
  return { columns, set: kernels.composites(columns.map((column) => column.composite)), random };
}

/** The plain loops: every level and pair cell, one row after the other. Sums stay under 2^53. */
function plainJoint(columns: readonly Column[], start: number, weights: readonly number[]): Float64Array {
  const levelCells = columns.reduce((sum, column) => sum + column.composite.levels, 0);
  const pairCells = columns.flatMap((a, i) => columns.slice(i + 1).map((b) => a.composite.levels * b.composite.levels));
  const table = new Float64Array(levelCells + pairCells.reduce((sum, cells) => sum + cells, 0));
  weights.forEach((weight, i) => {
    let offset = 0;
    for (const { codes, composite } of columns) {
      table[offset + codes[start + i]!]! += weight;
      offset += composite.levels;
    }
    columns.forEach((a, first) => {
      for (const b of columns.slice(first + 1)) {
        table[offset + a.codes[start + i]! * b.composite.levels + b.codes[start + i]!]! += weight;
        offset += a.composite.levels * b.composite.levels;
      }
    });
  });
  return table;
}

describe.each(designs)('joint sums of %s', (_, levels, widths) => {
  const rows = Math.max(...lengths) + Math.max(...starts);

  test.each(lengths)('of %i rows', async (n) => {
    const kernels = await open();
    const { columns, set, random } = build(kernels, levels, widths, rows);
    const start = starts[n % starts.length]!;
    const weights = Array.from({ length: n }, () => (random() < 0.2 ? 0 : Math.floor((random() - 0.3) * 2 ** 39)));
    const counts = zeroed(kernels, 4 * set.cells);
    const sums = zeroed(kernels, 8 * set.cells);
    const w = kernels.arena.alloc(8 * Math.max(n, 1));
    kernels.arena.i64(w, n).set(weights.map(BigInt));
    kernels.countJoint(set, start, n, counts);
    kernels.weighJoint(set, start, n, w, sums);
    kernels.foldCounts(set, counts);
    kernels.foldWeights(set, sums);
    expect(firstDifference(kernels.arena.u32(counts, set.cells), plainJoint(columns, start, weights.map(() => 1)))).toBe(-1);
    expect(firstDifference(kernels.arena.i64(sums, set.cells), plainJoint(columns, start, weights))).toBe(-1);
  });

  test('do not depend on blocks', async () => {
    const kernels = await open();
    const { set } = build(kernels, levels, widths, rows);
    const whole = zeroed(kernels, 4 * set.cells);
    const pieces = zeroed(kernels, 4 * set.cells);
    kernels.countJoint(set, 0, rows, whole);
    for (let from = rows; from > 0; from -= 301) kernels.countJoint(set, Math.max(from - 301, 0), Math.min(301, from), pieces);
    for (const table of [whole, pieces]) kernels.foldCounts(set, table);
    expect(firstDifference(kernels.arena.u32(pieces, set.cells), kernels.arena.u32(whole, set.cells))).toBe(-1);
  });

  test('and sums by level', async () => {
    const kernels = await open();
    const { columns, set, random } = build(kernels, levels, widths, rows);
    for (const n of lengths) {
      const v = Array.from({ length: n }, () => Math.floor((random() - 0.5) * 2 ** 39));
      const at = kernels.arena.alloc(8 * Math.max(n, 1));
      kernels.arena.i64(at, n).set(v.map(BigInt));
      const table = zeroed(kernels, 8 * set.levelCells);
      kernels.sumLevels(set, 5, n, at, table);
      expect(firstDifference(kernels.arena.i64(table, set.levelCells), plainJoint(columns, 5, v).slice(0, set.levelCells))).toBe(-1);
    }
  });

  test('and the linear predictor, added in the order of composites', async () => {
    const kernels = await open();
    const { columns, set, random } = build(kernels, levels, widths, rows);
    const tables = kernels.arena.alloc(8 * set.levelCells);
    const coefficients = Array.from({ length: set.levelCells }, () => (random() < 0.01 ? NaN : random() - 0.5));
    kernels.arena.f64(tables, set.levelCells).set(coefficients);
    for (const n of lengths) {
      const eta = kernels.arena.alloc(8 * Math.max(n, 1));
      kernels.linearPredictor(set, 5, n, -0.25, tables, eta);
      const expected = Float64Array.from({ length: n }, (_unused, i) =>
        columns.reduce((sum, { codes }, a) => sum + coefficients[set.levelOffset[a]! + codes[5 + i]!]!, -0.25),
      );
      expect(firstDifference(kernels.arena.f64(eta, n), expected)).toBe(-1);
    }
  });
});

test('weights are added in 63 bits', async () => {
  const kernels = await open();
  const { arena } = kernels;
  const ptr = arena.alloc(4);
  arena.u8(ptr, 4).fill(0);
  const set = kernels.composites([2, 3].map((levels) => ({ ptr, levels, width: 1 as const })));
  const w = arena.alloc(32);
  arena.i64(w, 4).set([2n ** 61n, 2n ** 60n + 1n, -1n, -(2n ** 52n) - 1n]);
  const [table, levels] = [zeroed(kernels, 8 * set.cells), zeroed(kernels, 8 * set.levelCells)];
  kernels.weighJoint(set, 0, 4, w, table);
  kernels.foldWeights(set, table);
  kernels.sumLevels(set, 0, 4, w, levels);
  const sum = 2n ** 61n + 2n ** 60n - 2n ** 52n - 1n;
  expect(Array.from(arena.i64(table, set.cells))).toEqual([sum, 0n, sum, 0n, 0n, sum, 0n, 0n, 0n, 0n, 0n]);
  expect(Array.from(arena.i64(levels, set.levelCells))).toEqual([sum, 0n, sum, 0n, 0n]);
});

test('a set says where its cells are', async () => {
  const kernels = await open();
  const set = kernels.composites([3, 4, 5].map((levels) => ({ ptr: kernels.arena.alloc(8), levels, width: 1 as const })));
  expect(set).toMatchObject({ levelOffset: [0, 3, 7], levelCells: 12, cells: 12 + 12 + 15 + 20 });
  expect([set.pairOffset[0]![1], set.pairOffset[0]![2], set.pairOffset[1]![2]]).toEqual([12, 24, 39]);
});

test('shapes are checked once a call', async () => {
  const kernels = await open();
  const ptr = kernels.arena.alloc(64);
  const set = kernels.composites([{ ptr, levels: 4, width: 1 }]);
  expect(() => kernels.countJoint(set, 0, -1, ptr)).toThrow(/n must be an integer from 0/);
  expect(() => kernels.countJoint(set, 0, 8, ptr + 2)).toThrow(/table must be an address divisible by 4/);
  expect(() => kernels.countJoint(set, 0, 2 ** 30, ptr)).toThrow(/codes needs 1073741824 values/);
  expect(() => kernels.composites([{ ptr, levels: 257, width: 1 }])).toThrow(/257 levels/);
  expect(() => kernels.gaussianRows(ptr, ptr, 1, 1023, ptr)).toThrow(/shift must be an integer/);
  expect(BLOCK % 8).toBe(0);
});
