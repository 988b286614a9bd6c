import { expect, test } from 'vitest';
import { codeColumn, firstDifference, fixed, open, putF64, randomNumbers, zeroed } from './open.ts';

const people = 120;
const shifts = { sShift: 40, eShift: 36, dShift: 30, pairShift: 24, crossShift: 22, meatShift: 26 };
const p = 40;
const cells = 24;
const functionals = 9;
const blocks = 3;
const members = functionals / blocks;
const layers = 2;

/** Persons of 0 to 6 estimation rows and 0 to 2 others over two composites and a numeric column. */
async function situation() {
  const kernels = await open();
  const { arena } = kernels;
  const random = randomNumbers(21);
  const starts = [4];
  for (let g = 0; g < people; g++) starts.push(starts[g]! + Math.floor(7 * random()));
  const otherStarts = [starts[people]!];
  for (let g = 0; g < people; g++) otherStarts.push(otherStarts[g]! + Math.floor(3 * random()));
  const rows = otherStarts[people]!;
  const parts = [codeColumn(kernels, rows, 30, 1, random), codeColumn(kernels, rows, 300, 2, random)];
  const set = kernels.composites(parts.map((part) => part.composite));
  const lists = Array.from({ length: set.levelCells }, (_, cell) => (cell < 30 ? (cell % 4 === 0 ? [] : [1 + (cell % 15)]) : [16 + (cell % 20)]));
  const put32 = (values: readonly number[]): number => {
    const ptr = arena.alloc(4 * Math.max(values.length, 1));
    arena.u32(ptr, values.length).set(values);
    return ptr;
  };
  const put16 = (values: readonly number[]): number => {
    const ptr = arena.alloc(2 * Math.max(values.length, 1));
    arena.u16(ptr, values.length).set(values);
    return ptr;
  };
  const listStarts = lists.reduce<number[]>((all, list) => [...all, all.at(-1)! + list.length], [0]);
  const x = Float64Array.from({ length: rows }, () => 2 * random() - 1);
  const s = Float64Array.from({ length: rows }, () => (random() < 0.05 ? NaN : 4 * random() - 2));
  const r = Float64Array.from({ length: rows }, () => (random() < 0.05 ? NaN : 4 * random() - 2));
  const density = Float64Array.from({ length: rows }, () => random());
  // Cells of persons often follow each other, and their codes stay.
  const cell = [0];
  for (let row = 1; row < rows; row++) cell.push(random() < 0.6 ? (cell[row - 1]! + 1) % cells : Math.floor(cells * random()));
  const centre = Float64Array.from({ length: layers * cells }, () => random() - 0.5);
  const weight = Float64Array.from({ length: layers * cells }, () => random());
  // In the second layer every cell is of the last functional, or of none.
  const functional = Array.from({ length: layers * cells }, (_, c) => (c % 7 === 0 ? 0xffffffff : c < cells ? c % functionals : functionals - 1));
  const block = Array.from({ length: functionals }, (_, f) => Math.floor(f / members));
  const place = Array.from({ length: functionals }, (_, f) => f % members);
  const size = (members * (members + 1)) / 2;
  const first = starts[0]!;
  const otherFirst = otherStarts[0]!;
  const plan = kernels.influencePlan({
    set, columns: { count: p, start: put32(listStarts), columns: put16(lists.flat()) },
    dense: { count: 1, ptrs: put32([putF64(kernels, x)]), columns: put16([39]) },
    s: putF64(kernels, s.slice(first)),
    rows: { r: putF64(kernels, r.slice(first)), density: putF64(kernels, density.slice(first)) },
    others: { r: putF64(kernels, r.slice(otherFirst)), density: putF64(kernels, density.slice(otherFirst)) },
    layers: Array.from({ length: layers }, (_, l) => {
      const of = <T>(values: ArrayLike<T>): T[] => Array.from(values).slice(l * cells, (l + 1) * cells);
      return {
        functional: put32(of(functional)), weight: putF64(kernels, Float64Array.from(of(weight))), centre: putF64(kernels, Float64Array.from(of(centre))),
        own: put32(cell.slice(first)), others: put32(cell.slice(otherFirst)), joint: l > 0, slopes: true,
      };
    }),
    functionals, blocks: put32(block.flatMap((b, f) => [b * size, place[f]!, members, 0])), longest: 8,
    factors: putF64(kernels, new Float64Array(functionals).fill(1)), shares: 0,
  });
  const range = { plan, personStart: put32(starts), otherStart: put32(otherStarts), from: 0, to: people, sShift: shifts.sShift, eShift: shifts.eShift, wShift: 30 };
  const columnsOf = (row: number): number[] => [0, ...parts.flatMap((part, a) => lists[set.levelOffset[a]! + part.codes[row]!]!)];

  /** g and e of one cluster, as exact sums turned into doubles, by plain loops. */
  const cluster = (own: readonly number[], others: readonly number[]) => {
    const g = new BigInt64Array(p);
    for (const row of own) {
      if (Number.isNaN(s[row])) continue;
      for (const column of columnsOf(row)) g[column]! += fixed(s[row]!, shifts.sShift);
      g[39]! += fixed(s[row]! * x[row]!, shifts.sShift);
    }
    const e = new Map<number, bigint>();
    for (const row of [...own, ...others]) {
      for (let c = cell[row]!; c < layers * cells; c += cells) {
        const f = functional[c]!;
        if (Number.isNaN(r[row]) || f === 0xffffffff) continue;
        e.set(f, (e.get(f) ?? 0n) + fixed(weight[c]! * (r[row]! - centre[c]!), shifts.eShift));
      }
    }
    return { g: Array.from(g, (v) => Number(v) / 2 ** shifts.sShift), e: new Map([...e].map(([f, v]) => [f, Number(v) / 2 ** shifts.eShift])) };
  };
  const range32 = (from: number, to: number): number[] => Array.from({ length: to - from }, (_, k) => from + k);
  const rowsOf = (g: number) => ({ own: range32(starts[g]!, starts[g + 1]!), others: range32(otherStarts[g]!, otherStarts[g + 1]!) });
  return { kernels, range, base: block.map((b) => b * size), place, size, put32, cluster, rowsOf, weight, density, functional, cell, r, columnsOf, x, rows, starts };
}

test.each([false, true])('sums for covariances of functionals are those of the plain loops (a row by itself: %s)', async (byRow) => {
  const at = await situation();
  const { kernels, base, place, size } = at;
  // Block by block, column by column, place by place.
  const inTable = (f: number, column: number): number => (f - place[f]!) * p + column * members + place[f]!;
  const plain = { pairs: new BigInt64Array(blocks * size), cross: new BigInt64Array(functionals * p), slopes: new BigInt64Array(functionals * p), meat: new BigInt64Array(p * p) };
  for (let g = 0; g < people; g++) {
    const { own, others } = at.rowsOf(g);
    for (const part of byRow ? [...own.map((row) => ({ own: [row], others: [] })), ...others.map((row) => ({ own: [], others: [row] }))] : [{ own, others }]) {
      const { g: score, e } = at.cluster(part.own, part.others);
      score.forEach((v, i) => score.forEach((w, j) => (plain.meat[i * p + j]! += j <= i && !byRow ? fixed(v * 2 ** shifts.meatShift * w, 0) : 0n)));
      for (const [f, v] of e) {
        score.forEach((value, j) => (plain.cross[inTable(f, j)]! += fixed(value * (v * 2 ** shifts.crossShift), 0)));
        for (const [other, w] of e) {
          if (base[other] !== base[f] || place[other]! > place[f]!) continue;
          plain.pairs[base[f]! + (place[f]! * (place[f]! + 1)) / 2 + place[other]!]! += fixed(v * 2 ** shifts.pairShift * w, 0);
        }
      }
      for (const row of [...part.own, ...part.others]) {
        for (let c = at.cell[row]!; c < layers * cells; c += cells) {
          const f = at.functional[c]!;
          if (Number.isNaN(at.r[row]) || f === 0xffffffff) continue;
          const value = at.weight[c]! * at.density[row]!;
          for (const column of at.columnsOf(row)) plain.slopes[inTable(f, column)]! += fixed(value, shifts.dShift);
          plain.slopes[inTable(f, 39)]! += fixed(value * at.x[row]!, shifts.dShift);
        }
      }
    }
  }
  const [pairs, cross, slopes, meat] = [zeroed(kernels, 8 * blocks * size), zeroed(kernels, 8 * functionals * p), zeroed(kernels, 8 * functionals * p), zeroed(kernels, 8 * p * p)];
  kernels.influenceSums({ ...at.range, ...shifts, byRow, pairs, cross, slopes, meat: byRow ? 0 : meat });
  expect(plain.pairs.some((v) => v !== 0n)).toBe(true);
  // The product of two sums may be rounded from either side where it lies between two units.
  const near = (got: BigInt64Array, want: BigInt64Array): boolean => got.every((v, i) => v - want[i]! <= 2n && want[i]! - v <= 2n);
  expect(near(kernels.arena.i64(pairs, blocks * size), plain.pairs)).toBe(true);
  expect(near(kernels.arena.i64(cross, functionals * p), plain.cross)).toBe(true);
  expect(near(kernels.arena.i64(meat, p * p), plain.meat)).toBe(true);
  expect(firstDifference(kernels.arena.i64(slopes, functionals * p), plain.slopes)).toBe(-1);
});

test('replicates are weighted sums of e and g', async () => {
  const at = await situation();
  const { kernels } = at;
  const replicates = 12;
  const options = { ...at.range, byRow: false, dShift: shifts.dShift, slopes: 0, localShift: 20, scoreShift: 18 };
  const random = randomNumbers(5);
  const weights = Int32Array.from({ length: people * replicates }, () => Math.floor(5 * random()) - 1);
  const w = kernels.arena.alloc(4 * weights.length);
  new Int32Array(kernels.arena.u32(w, weights.length).buffer, w, weights.length).set(weights);
  const plain = { local: new BigInt64Array(functionals * replicates), score: new BigInt64Array(p * replicates) };
  for (let g = 0; g < people; g++) {
    const { own, others } = at.rowsOf(g);
    const { g: score, e } = at.cluster(own, others);
    for (let b = 0; b < replicates; b++) {
      const weight = BigInt(weights[g * replicates + b]!);
      for (const [f, v] of e) plain.local[f * replicates + b]! += weight * fixed(v, 20);
      score.forEach((v, j) => (plain.score[j * replicates + b]! += weight * fixed(v, 18)));
    }
  }
  const [local, score] = [zeroed(kernels, 8 * functionals * replicates), zeroed(kernels, 8 * p * replicates)];
  kernels.scoreReplicates({ ...options, weights: w, replicates, local, score });
  expect(plain.score.some((v) => v !== 0n)).toBe(true);
  expect(firstDifference(kernels.arena.i64(local, functionals * replicates), plain.local)).toBe(-1);
  expect(firstDifference(kernels.arena.i64(score, p * replicates), plain.score)).toBe(-1);
});

test('blocks add up cell by cell', async () => {
  const kernels = await open();
  const [blocks, cells] = [5, 7];
  const from = zeroed(kernels, 8 * blocks * cells);
  const to = zeroed(kernels, 8 * cells);
  kernels.arena.i64(from, blocks * cells).set(BigInt64Array.from({ length: blocks * cells }, (_, i) => BigInt(i * i) - 300n));
  kernels.arena.i64(to, cells).fill(1n);
  kernels.sumBlocks(from, blocks, cells, to);
  const plain = BigInt64Array.from({ length: cells }, (_, i) => Array.from({ length: blocks }, (_, b) => BigInt((b * cells + i) ** 2) - 300n).reduce((sum, v) => sum + v, 1n));
  expect(kernels.arena.i64(to, cells)).toEqual(plain);
});
