import { describe, expect, test } from 'vitest';
import { codeColumn, firstDifference, lengths, open, randomNumbers, starts, zeroed } from './open.ts';

describe.each([[[5]], [[60, 300, 7]], [[9, 20, 33, 4, 5, 6, 7, 80, 3]]])('sums by level within groups over %j', (levels) => {
  test.each([1, 2, 4] as const)('are those of loops over rows, group codes of %i bytes', async (width) => {
    const kernels = await open();
    const { arena } = kernels;
    const random = randomNumbers(3);
    const rows = Math.max(...lengths) + Math.max(...starts);
    const codes = levels.map((count) => codeColumn(kernels, rows, count, count > 256 ? 2 : 1, random));
    const set = kernels.composites(codes.map(({ composite }) => composite));
    const groups = 11;
    const group = Array.from({ length: rows }, () => Math.floor(groups * random()));
    const ptr = arena.alloc(width * rows);
    (width === 1 ? arena.u8(ptr, rows) : width === 2 ? arena.u16(ptr, rows) : arena.u32(ptr, rows)).set(group);
    const values = Array.from({ length: rows }, () => Math.floor((random() - 0.5) * 2 ** 50));
    const v = arena.alloc(8 * rows);
    arena.i64(v, rows).set(values.map(BigInt));
    for (const n of lengths) {
      for (const start of starts) {
        const [counts, sums] = [zeroed(kernels, 4 * groups * set.levelCells), zeroed(kernels, 8 * groups * set.levelCells)];
        kernels.countGroupLevels(set, { ptr, width }, start, n, groups, counts);
        kernels.sumGroupLevels(set, { ptr, width }, start, n, groups, v, sums);
        const [expectedCounts, expectedSums] = [new Float64Array(groups * set.levelCells), new Float64Array(groups * set.levelCells)];
        for (let i = 0; i < n; i++) {
          codes.forEach((column, a) => {
            const cell = group[start + i]! * set.levelCells + set.levelOffset[a]! + column.codes[start + i]!;
            expectedCounts[cell]!++;
            expectedSums[cell]! += values[i]!;
          });
        }
        expect(firstDifference(arena.u32(counts, expectedCounts.length), expectedCounts)).toBe(-1);
        expect(firstDifference(arena.i64(sums, expectedSums.length), expectedSums)).toBe(-1);
      }
    }
  });
});
