import type { DesignMatrix } from '../coding/design-matrix.ts';
import { BLOCK } from '../kernels/kernels.ts';
import type { RowBlocks } from './row-blocks.ts';

/** Sums of one month's rows, as integers. */
export interface MonthTables {
  readonly rows: number;
  /** Lower triangle of X′X, L(L + 1)/2 counts. */
  readonly gram: Uint32Array;
  /** By outcome: Σ y·x by column, and Σ y², in fixed point. */
  readonly outcomeSums: readonly BigInt64Array[];
  readonly squares: BigInt64Array;
}

/** Counts by cell of one breakdown: rows, and Σ x by cell and column. */
export interface GroupTables {
  readonly n: Uint32Array;
  readonly x: Uint32Array;
}

/** Sums by month over the estimation rows, or over all rows: rows are gathered month by month and counted there. */
export function keepMonths(
  resident: RowBlocks,
  { shifts, allRows }: { shifts: readonly { y: number; y2: number }[]; allRows: boolean },
): Promise<MonthTables[]> {
  const { kernels, sample, control, columns } = resident;
  const { arena } = kernels;
  const n = allRows ? sample.rows : sample.estimationRows;
  const { order, start } = byMonth(arena.u8(sample.months, n), sample.plan.months);
  const longest = start.reduce((most, at, m) => Math.max(most, m === 0 ? 0 : at - start[m - 1]!), 0);
  return resident.scratch(async (alloc) => {
    const codes = sample.composites.map(({ width, levels }) => ({ ptr: alloc(Math.max(longest, 1) * width), levels, width }));
    const y = alloc(8 * longest);
    const v = alloc(8 * BLOCK);
    const set = kernels.composites(codes);
    const counts = alloc(4 * set.cells);
    const levelSums = alloc(8 * set.levelCells);
    const gram = alloc(4 * columns.count * (columns.count + 1));
    const sums = alloc(8 * columns.count);
    const months: MonthTables[] = [];
    for (let m = 0; m < sample.plan.months; m++) {
      const rows = order.subarray(start[m]!, start[m + 1]!);
      arena.u32(counts, set.cells).fill(0);
      arena.i64(gram, (columns.count * (columns.count + 1)) / 2).fill(0n);
      sample.composites.forEach(({ ptr, width }, a) => {
        if (width === 1) pickBytes(arena.u8(ptr, sample.rows), rows, arena.u8(codes[a]!.ptr, rows.length));
        else pickWords(arena.u16(ptr, sample.rows), rows, arena.u16(codes[a]!.ptr, rows.length));
      });
      for (let at = 0; at < rows.length; at += BLOCK) kernels.countJoint(set, at, Math.min(BLOCK, rows.length - at), counts);
      kernels.foldCounts(set, counts);
      kernels.gramOfCounts(set, columns, counts, gram);
      const squares = new BigInt64Array(sample.outcomes.length);
      const outcomeSums = sample.outcomes.map(({ ptr, width }, o) => {
        arena.i64(levelSums, set.levelCells).fill(0n);
        arena.i64(sums, columns.count).fill(0n);
        const values = arena.f64(y, rows.length);
        if (width === 1) pickDoubles(arena.u8(ptr, sample.rows), rows, values);
        else if (width === 4) pickDoubles(arena.f32(ptr, sample.rows), rows, values);
        else pickDoubles(arena.f64(ptr, sample.rows), rows, values);
        for (let at = 0; at < rows.length; at += BLOCK) {
          const here = Math.min(BLOCK, rows.length - at);
          kernels.fixedProduct(0, y, y, at, here, shifts[o]!.y2, v);
          squares[o]! += kernels.sumFixed(v, here);
          kernels.fixedProduct(0, y, 0, at, here, shifts[o]!.y, v);
          kernels.sumLevels(set, at, here, v, levelSums);
        }
        kernels.sumColumns(set, columns, levelSums, sums);
        return arena.i64(sums, columns.count).slice();
      });
      months.push({ rows: rows.length, gram: lowWords(arena.i64(gram, (columns.count * (columns.count + 1)) / 2)), outcomeSums, squares });
      await control.breathe();
    }
    return months;
  });
}

/** Entries of a table of composite levels by cell; a breakdown with more is counted by columns at once. */
const largestLevelTable = 16 * 1024 * 1024;

/** Σ x by cell of one breakdown, over all rows. */
export async function keepGroups({ kernels, sample, control, frame }: RowBlocks, grouping: number): Promise<GroupTables> {
  const { arena } = kernels;
  const { groups } = sample.plan.groupings[grouping]!;
  const n = new Uint32Array(sample.plan.months * groups.length);
  // Composite levels are a few per row, columns many: where their table has room they are counted first and spread at the end.
  const levels = n.length * frame.levelCells <= largestLevelTable ? new Uint32Array(n.length * frame.levelCells) : null;
  const x = new Uint32Array(n.length * frame.columns.length);
  const mark = arena.mark();
  try {
    const cells = arena.alloc(4 * BLOCK);
    for (let start = 0; start < sample.rows; start += BLOCK) {
      const rows = Math.min(BLOCK, sample.rows - start);
      kernels.cellIndex(sample.groups[grouping]!, sample.months, start, rows, groups.length, cells);
      const at = arena.u32(cells, rows);
      for (let i = 0; i < rows; i++) n[at[i]!]!++;
      frame.composites.forEach(({ offset }, a) => {
        const { ptr, width } = sample.composites[a]!;
        const codes = width === 1 ? arena.u8(ptr + start, rows) : arena.u16(ptr + 2 * start, rows);
        if (levels) countLevels(codes, at, { width: frame.levelCells, offset, levels });
        else countColumns(codes, at, { frame, offset, x });
      });
      await control.breathe();
    }
    if (levels) spreadLevels(levels, frame, x);
    for (let cell = 0; cell < n.length; cell++) x[cell * frame.columns.length] = n[cell]!;
    return { n, x };
  } finally {
    arena.release(mark);
  }
}

function countLevels(codes: Uint8Array | Uint16Array, cells: Uint32Array, { width, offset, levels }: { width: number; offset: number; levels: Uint32Array }): void {
  for (let i = 0; i < codes.length; i++) levels[cells[i]! * width + offset + codes[i]!]!++;
}

function spreadLevels(levels: Uint32Array, { levelCells, columns, levelColumnsStart: start, levelColumns }: DesignMatrix, x: Uint32Array): void {
  for (let at = 0; at < levels.length; at++) {
    const count = levels[at]!;
    if (count === 0) continue;
    const level = at % levelCells;
    const row = ((at - level) / levelCells) * columns.length;
    for (let k = start[level]!; k < start[level + 1]!; k++) x[row + levelColumns[k]!]! += count;
  }
}

function countColumns(codes: Uint8Array | Uint16Array, cells: Uint32Array, { frame, offset, x }: { frame: DesignMatrix; offset: number; x: Uint32Array }): void {
  const { levelColumnsStart: start, levelColumns: columns } = frame;
  const L = frame.columns.length;
  for (let i = 0; i < codes.length; i++) {
    const level = offset + codes[i]!;
    const row = cells[i]! * L;
    for (let k = start[level]!; k < start[level + 1]!; k++) x[row + columns[k]!]!++;
  }
}

function byMonth(months: Uint8Array, count: number): { order: Uint32Array; start: Uint32Array } {
  const start = new Uint32Array(count + 1);
  for (let i = 0; i < months.length; i++) start[months[i]! + 1]!++;
  for (let m = 0; m < count; m++) start[m + 1]! += start[m]!;
  const next = start.slice();
  const order = new Uint32Array(months.length);
  for (let i = 0; i < months.length; i++) order[next[months[i]!]!++] = i;
  return { order, start };
}

function pickBytes(from: Uint8Array, rows: Uint32Array, to: Uint8Array): void {
  for (let i = 0; i < rows.length; i++) to[i] = from[rows[i]!]!;
}
function pickWords(from: Uint16Array, rows: Uint32Array, to: Uint16Array): void {
  for (let i = 0; i < rows.length; i++) to[i] = from[rows[i]!]!;
}
function pickDoubles(from: Uint8Array | Float32Array | Float64Array, rows: Uint32Array, to: Float64Array): void {
  for (let i = 0; i < rows.length; i++) to[i] = from[rows[i]!]!;
}

/** Counts below 2³², of which the high words are 0. */
function lowWords(counts: BigInt64Array): Uint32Array {
  const words = new Uint32Array(counts.buffer, counts.byteOffset, 2 * counts.length);
  return Uint32Array.from({ length: counts.length }, (_, i) => words[2 * i]!);
}
