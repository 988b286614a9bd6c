import type { DesignMatrix } from '../coding/design-matrix.ts';
import { gramMatrix } from '../estimate/gram-matrix.ts';
import { BLOCK, type Kernels } from '../kernels/kernels.ts';
import type { ResidentSample } from './code-sample.ts';
import type { Control } from './control.ts';

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

export interface KeepPass {
  readonly kernels: Kernels;
  readonly sample: ResidentSample;
  readonly probit: readonly boolean[];
  readonly control: Control;
  /** The design without references: every level has a column. */
  readonly frame: DesignMatrix;
}

/** Sums by month over the estimation rows, or over all rows: rows are gathered month by month and counted there. */
export async function keepMonths(
  pass: KeepPass,
  { shifts, allRows }: { shifts: readonly { y: number; y2: number }[]; allRows: boolean },
): Promise<MonthTables[]> {
  const { kernels, sample, control } = pass;
  const { arena } = kernels;
  const n = allRows ? sample.rows : sample.estimationRows;
  const { order, start } = byMonth(arena.u8(sample.months, n), sample.plan.months);
  const longest = start.reduce((most, at, m) => Math.max(most, m === 0 ? 0 : at - start[m - 1]!), 0);
  const mark = arena.mark();
  try {
    const columns = sample.composites.map(({ width, levels }) => ({ ptr: arena.alloc(longest * width), levels, width }));
    const y = arena.alloc(8 * longest);
    const v = arena.alloc(8 * BLOCK);
    const set = kernels.composites(columns);
    const counts = arena.alloc(4 * set.cells);
    const sums = arena.alloc(8 * set.levelCells);
    const months: MonthTables[] = [];
    for (let m = 0; m < sample.plan.months; m++) {
      const rows = order.subarray(start[m]!, start[m + 1]!);
      arena.u32(counts, set.cells).fill(0);
      sample.composites.forEach(({ ptr, width }, a) => {
        if (width === 1) pickBytes(arena.u8(ptr, sample.rows), rows, arena.u8(columns[a]!.ptr, rows.length));
        else pickWords(arena.u16(ptr, sample.rows), rows, arena.u16(columns[a]!.ptr, rows.length));
      });
      for (let at = 0; at < rows.length; at += BLOCK) kernels.countJoint(set, at, Math.min(BLOCK, rows.length - at), counts);
      kernels.foldCounts(set, counts);
      const squares = new BigInt64Array(sample.outcomes.length);
      const outcomeSums = sample.outcomes.map((ptr, o) => {
        arena.i64(sums, set.levelCells).fill(0n);
        const values = arena.f64(y, rows.length);
        if (pass.probit[o]) pickDoubles(arena.u8(ptr, sample.rows), rows, values);
        else pickDoubles(arena.f64(ptr, sample.rows), rows, values);
        let total = 0n;
        for (let at = 0; at < rows.length; at += BLOCK) {
          const here = Math.min(BLOCK, rows.length - at);
          kernels.fixedProduct(0, y, y, at, here, shifts[o]!.y2, v);
          squares[o]! += kernels.sumFixed(v, here);
          kernels.fixedProduct(0, y, 0, at, here, shifts[o]!.y, v);
          total += kernels.sumFixed(v, here);
          kernels.sumLevels(set, at, here, v, sums);
        }
        return frameSums(pass.frame, total, arena.i64(sums, set.levelCells));
      });
      const gram = gramMatrix(pass.frame, { joint: arena.u32(counts, set.cells), numericByLevel: [], numericProducts: [] });
      months.push({ rows: rows.length, gram: lowerTriangle(gram, pass.frame.columns.length), outcomeSums, squares });
      await control.breathe();
    }
    return months;
  } finally {
    arena.release(mark);
  }
}

/** Entries of a table of composite levels by cell; a breakdown with more is counted by columns at once. */
const largestLevelTable = 16 * 1024 * 1024;

/** Σ x by cell of one breakdown, over all rows. */
export async function keepGroups({ kernels, sample, control, frame }: KeepPass, grouping: number): Promise<GroupTables> {
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
function pickDoubles(from: Uint8Array | Float64Array, rows: Uint32Array, to: Float64Array): void {
  for (let i = 0; i < rows.length; i++) to[i] = from[rows[i]!]!;
}

function frameSums(frame: DesignMatrix, total: bigint, byLevel: BigInt64Array): BigInt64Array {
  const sums = new BigInt64Array(frame.columns.length);
  sums[0] = total;
  for (let cell = 0; cell < byLevel.length; cell++) {
    if (byLevel[cell] === 0n) continue;
    for (let k = frame.levelColumnsStart[cell]!; k < frame.levelColumnsStart[cell + 1]!; k++) sums[frame.levelColumns[k]!]! += byLevel[cell]!;
  }
  return sums;
}

function lowerTriangle(matrix: Float64Array, p: number): Uint32Array {
  const lower = new Uint32Array((p * (p + 1)) / 2);
  let at = 0;
  for (let i = 0; i < p; i++) for (let j = 0; j <= i; j++) lower[at++] = matrix[i * p + j]!;
  return lower;
}
