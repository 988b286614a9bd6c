import { describe, expect, test } from 'vitest';
import type { Kernels, LevelColumns } from '../../src/kernels/kernels.ts';
import { codeColumn, firstDifference, open, randomNumbers, zeroed } from './open.ts';

const designs: readonly (readonly [name: string, levels: readonly number[]])[] = [
  ['one composite', [9]],
  ['two', [3, 40]],
  ['bytes and words', [7, 300, 4]],
  ['seven', [60, 50, 80, 80, 88, 77, 40]],
];
const rows = 3000;
const columnCount = 70;

/** Any columns of a composite at any of its cells: ascending, none at some. The composites take turns in having a column. */
function someColumns(kernels: Kernels, levels: readonly number[], random: () => number): LevelColumns & { readonly lists: readonly (readonly number[])[] } {
  const lists = levels.flatMap((count, a) =>
    Array.from({ length: count }, () => Array.from({ length: columnCount - 1 }, (_, j) => j + 1).filter((j) => j % levels.length === a && random() < 0.2)));
  const cells = lists.length;
  const start = kernels.arena.alloc(4 * (cells + 1));
  const columns = kernels.arena.alloc(2 * Math.max(lists.flat().length, 1));
  let at = 0;
  const starts = kernels.arena.u32(start, cells + 1);
  lists.forEach((list, cell) => (starts[cell + 1] = at += list.length));
  starts[0] = 0;
  kernels.arena.u16(columns, at).set(lists.flat());
  return { count: columnCount, start, columns, lists };
}

/** Whether an entry of a lower triangle, row by row, stands on the diagonal. */
const isDiagonal = (at: number): boolean => Number.isInteger((Math.sqrt(8 * at + 9) - 3) / 2);

describe.each(designs)('columns over %s', (_, levels) => {
  test('make the Gram matrix, its weighted form and the sums that the dense columns make row by row', async () => {
    const kernels = await open();
    const { arena } = kernels;
    const random = randomNumbers(11);
    const codes = levels.map((count) => codeColumn(kernels, rows, count, count > 256 ? 2 : 1, random));
    const set = kernels.composites(codes.map(({ composite }) => composite));
    const columns = someColumns(kernels, levels, random);
    const weights = Array.from({ length: rows }, () => Math.floor((random() - 0.3) * 2 ** 39));
    const w = arena.alloc(8 * rows);
    arena.i64(w, rows).set(weights.map(BigInt));

    const size = (columnCount * (columnCount + 1)) / 2;
    const [counts, sums, levelSums] = [zeroed(kernels, 4 * set.cells), zeroed(kernels, 8 * set.cells), zeroed(kernels, 8 * set.levelCells)];
    const [gram, weighted, totals] = [zeroed(kernels, 8 * size), zeroed(kernels, 8 * size), zeroed(kernels, 8 * columnCount)];
    kernels.countJoint(set, 0, rows, counts);
    kernels.foldCounts(set, counts);
    kernels.weighJoint(set, 0, rows, w, sums);
    kernels.foldWeights(set, sums);
    kernels.sumLevels(set, 0, rows, w, levelSums);
    kernels.gramOfCounts(set, columns, counts, gram);
    kernels.gramOfWeights(set, columns, sums, weighted);
    kernels.sumColumns(set, columns, levelSums, totals);
    const columnCounts = zeroed(kernels, 4 * columnCount);
    kernels.countColumns(set, columns, counts, columnCounts);

    const plain = { gram: new Float64Array(size), weighted: new Float64Array(size), totals: new Float64Array(columnCount) };
    for (let i = 0; i < rows; i++) {
      const x = new Float64Array(columnCount);
      x[0] = 1;
      codes.forEach((column, a) => columns.lists[set.levelOffset[a]! + column.codes[i]!]!.forEach((j) => (x[j] = 1)));
      for (let r = 0, at = 0; r < columnCount; r++) {
        plain.totals[r]! += weights[i]! * x[r]!;
        for (let c = 0; c <= r; c++, at++) {
          plain.gram[at]! += x[r]! * x[c]!;
          plain.weighted[at]! += weights[i]! * x[r]! * x[c]!;
        }
      }
    }
    expect(firstDifference(arena.i64(totals, columnCount), plain.totals)).toBe(-1);
    expect(firstDifference(arena.i64(gram, size), plain.gram)).toBe(-1);
    expect(firstDifference(arena.u32(columnCounts, columnCount), plain.gram.filter((_, at) => isDiagonal(at)))).toBe(-1);
    expect(firstDifference(arena.i64(weighted, size), plain.weighted)).toBe(-1);
  });
});
