import { expect, test } from 'vitest';
import { codeColumn, fixed, open, putF64, randomNumbers, zeroed } from './open.ts';

const people = 150;
const shifts = { sShift: 40, meatShift: 30 };

/** Persons of 0 to 8 rows over two composites and two numeric columns, in a design of 150 columns. */
async function design() {
  const kernels = await open();
  const { arena } = kernels;
  const random = randomNumbers(4);
  const starts = [3];
  for (let g = 0; g < people; g++) starts.push(starts[g]! + Math.floor(9 * random()));
  const rows = starts[people]!;
  const parts = [codeColumn(kernels, rows, 60, 1, random), codeColumn(kernels, rows, 300, 2, random)];
  const set = kernels.composites(parts.map((part) => part.composite));
  const dense = [0, 1].map(() => Float64Array.from({ length: rows }, () => 2 * random() - 1));
  const s = Float64Array.from({ length: rows }, () => (random() < 0.05 ? NaN : 4 * random() - 2));
  const p = 150;
  const columns = Array.from({ length: set.levelCells }, (_, cell) => (cell % 60 === 0 ? [] : [1 + (cell % 60), 61 + (cell % 87)].slice(cell % 2)));
  const levelColumnsStart = arena.alloc(4 * (set.levelCells + 1));
  columns.reduce((at, list, cell) => {
    arena.u32(levelColumnsStart, set.levelCells + 1)[cell + 1] = at + list.length;
    return at + list.length;
  }, (arena.u32(levelColumnsStart, 1)[0] = 0));
  const levelColumns = arena.alloc(2 * columns.flat().length);
  arena.u16(levelColumns, columns.flat().length).set(columns.flat());
  const denseColumns = [148, 149];
  const pointers = dense.map((values) => putF64(kernels, values));
  const densePtrs = arena.alloc(8);
  arena.u32(densePtrs, 2).set(pointers);
  const denseAt = arena.alloc(4);
  arena.u16(denseAt, 2).set(denseColumns);
  const personStart = arena.alloc(4 * (people + 1));
  arena.u32(personStart, people + 1).set(starts);
  const touched = (row: number) => [0, ...parts.flatMap((part, a) => columns[set.levelOffset[a]! + part.codes[row]!]!)];
  const longest = Math.max(...starts.map((start, g) => start - (starts[g - 1] ?? 0)));
  const options = {
    set, personStart, ...shifts, p, levelColumnsStart, levelColumns, dense: { count: 2, ptrs: densePtrs, columns: denseAt },
    scratch: zeroed(kernels, 24 * p + 16 + 8 * longest), longest,
  };
  return { kernels, options, starts, s, dense, denseColumns, touched, p };
}

test('the clustered meat is that of the plain loops', async () => {
  const { kernels, options, starts, s, dense, denseColumns, touched, p } = await design();
  const plain = new BigInt64Array(p * p);
  for (let g = 0; g < people; g++) {
    const sums = new BigInt64Array(p);
    for (let row = starts[g]!; row < starts[g + 1]!; row++) {
      if (Number.isNaN(s[row])) continue;
      for (const column of touched(row)) sums[column]! += fixed(s[row]!, shifts.sShift);
      dense.forEach((x, d) => (sums[denseColumns[d]!]! += fixed(s[row]! * x[row]!, shifts.sShift)));
    }
    const score = Array.from(sums, (sum) => Number(sum) / 2 ** shifts.sShift);
    for (let i = 0; i < p; i++) for (let j = 0; j <= i; j++) plain[i * p + j]! += fixed(score[i]! * score[j]!, shifts.meatShift);
  }
  const whole = zeroed(kernels, 8 * p * p);
  kernels.clusterMeat({ ...options, from: 0, to: people, s: putF64(kernels, s.slice(starts[0]!)), meat: whole });
  expect(plain.some((v) => v !== 0n)).toBe(true);
  expect(Array.from(kernels.arena.i64(whole, p * p)).findIndex((v, i) => v !== plain[i])).toBe(-1);

  const pieces = zeroed(kernels, 8 * p * p);
  for (let from = 0; from < people; from += 7) {
    const to = Math.min(from + 7, people);
    kernels.clusterMeat({ ...options, from, to, s: putF64(kernels, s.slice(starts[from]!, starts[to]!)), meat: pieces });
  }
  expect(Array.from(kernels.arena.i64(pieces, p * p)).findIndex((v, i) => v !== plain[i])).toBe(-1);
});

test('persons of one row each give the squared score residuals', async () => {
  const { kernels, options, starts, s, p } = await design();
  const rows = starts[people]!;
  const personStart = kernels.arena.alloc(4 * (rows + 1));
  kernels.arena.u32(personStart, rows + 1).set(Array.from({ length: rows + 1 }, (_, i) => i));
  const meat = zeroed(kernels, 8 * p * p);
  kernels.clusterMeat({ ...options, personStart, from: 0, to: rows, s: putF64(kernels, s), meat });
  const constant = Array.from(s, (v) => fixed((Number(fixed(v, shifts.sShift)) / 2 ** shifts.sShift) ** 2, shifts.meatShift));
  expect(kernels.arena.i64(meat, 1)[0]).toBe(constant.reduce((sum, v) => sum + v, 0n));
});
