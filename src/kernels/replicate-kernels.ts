import { checkCount, type checkShift, type Span } from './checks.ts';
import type { CompositeSet } from './kernels.ts';

/** Replicates that go over the rows together. */
export const LANES = 16;

/**
 * Weighted sums for LANES replicates at once. A row's weights are LANES u16, small enough that a block's total of any lane stays below
 * 2¹⁶; tables have LANES values where those of one replicate have one.
 */
export interface ReplicateKernels {
  /** By row of clusters `from` … `to` − 1, whose first rows are `starts`: its cluster's two words of `keys`, into `ids`, and its month (u8). Returns the rows. */
  rowKeys(options: { readonly starts: number; readonly keys: number; readonly months: number; readonly from: number; readonly to: number }, ids: number, months: number): number;
  /**
   * Weights of the rows of clusters `from` … `to` − 1, whose first rows are `starts` (u32, one more than clusters; 0: every cluster is one
   * row), from those of the clusters (i32[LANES] each). Returns the largest total of a lane over these rows.
   */
  spreadWeights(options: { readonly starts: number; readonly from: number; readonly to: number; readonly rows: number; readonly weights: number }, out: number): number;
  /** Pair cells (u16[LANES] each, no level cells before them) += the rows' weights. A lane of the table must stay below 2¹⁶. */
  countReplicates(set: CompositeSet, start: number, n: number, weights: number, table: number): void;
  /** wide (u32[LANES] a cell) += table (u16[LANES]), which is cleared. */
  widenCounts(table: number, cells: number, wide: number): void;
  /** table[level cell] (i64[LANES]) += weight · v[i]; v an i64 block of values below 2³¹ in size. */
  sumReplicates(set: CompositeSet, start: number, n: number, v: number, weights: number, table: number): void;
  /** out[i] (i32[LANES]) = v[i] − Σ change[levelOffset[a] + code], the change i32[LANES] a level cell. No sum may leave 32 bits. */
  changeReplicates(set: CompositeSet, start: number, n: number, v: number, change: number, out: number): void;
  /** counts[cells[i]] (u32[LANES]) += weights, sums[cells[i]] (i64[LANES]) += weight · v[i], v an i32[LANES] block. */
  sumReplicateCells(cells: number, n: number, v: number, weights: number, counts: number, sums: number): void;

  /** out[i] = v[i] · the weight in one lane, i64. */
  weighFixed(v: number, n: number, weights: number, lane: number, out: number): void;
  /** Two i64 a cell: Σ w and Σ w · v of one lane; v an f64 block, rounded at `shift`, whose NaN are left out. */
  weighedCells(cells: number, n: number, v: number, weights: number, options: { readonly lane: number; readonly shift: number }, table: number): void;
}

interface Instance {
  readonly raw: Record<string, (...values: number[]) => number>;
  readonly check: (kernel: string, n: number, ...spans: readonly Span[]) => void;
  readonly checkRows: (kernel: string, set: CompositeSet, start: number, n: number, ...spans: readonly Span[]) => void;
  readonly checkShift: typeof checkShift;
}

export function replicateKernels({ raw, check, checkRows, checkShift }: Instance): ReplicateKernels {
  return {
    rowKeys({ starts, keys, months, from, to }, ids, out) {
      checkCount('rowKeys', 'from', from);
      check('rowKeys', to, ['starts', starts, to + 1, 4], ['keys', keys, 2 * to, 4], ['months', months, 1, 1], ['ids', ids, 1, 8], ['out', out, 1, 1]);
      return raw.rowKeys!(starts, keys, months, from, to, ids, out);
    },
    spreadWeights({ starts, from, to, rows, weights }, out) {
      checkCount('spreadWeights', 'from', from);
      check('spreadWeights', to, ['weights', weights, LANES * (to - from), 4], ['out', out, LANES * rows, 2]);
      if (starts !== 0) check('spreadWeights', rows, ['starts', starts, to + 1, 4]);
      return raw.spreadWeights!(starts, from, to, weights, out);
    },
    countReplicates(set, start, n, weights, table) {
      checkRows('countReplicates', set, start, n, ['weights', weights, LANES * n, 2], ['table', table, LANES * (set.cells - set.levelCells), 2]);
      raw.countReplicates!(set.ptr, start, n, weights, table);
    },
    widenCounts(table, cells, wide) {
      check('widenCounts', cells, ['table', table, LANES * cells, 2], ['wide', wide, LANES * cells, 4]);
      raw.widenCounts!(table, cells, wide);
    },
    sumReplicates(set, start, n, v, weights, table) {
      checkRows('sumReplicates', set, start, n, ['v', v, n, 8], ['weights', weights, LANES * n, 2], ['table', table, LANES * set.levelCells, 8]);
      raw.sumReplicates!(set.ptr, start, n, v, weights, table);
    },
    changeReplicates(set, start, n, v, change, out) {
      checkRows('changeReplicates', set, start, n, ['v', v, n, 8], ['change', change, LANES * set.levelCells, 4], ['out', out, LANES * n, 4]);
      raw.changeReplicates!(set.ptr, start, n, v, change, out);
    },
    sumReplicateCells(cells, n, v, weights, counts, sums) {
      check('sumReplicateCells', n, ['cells', cells, n, 4], ['v', v, LANES * n, 4], ['weights', weights, LANES * n, 2], ['counts', counts, LANES, 4], ['sums', sums, LANES, 8]);
      raw.sumReplicateCells!(cells, n, v, weights, counts, sums);
    },
    weighFixed(v, n, weights, lane, out) {
      check('weighFixed', n, ['v', v, n, 8], ['weights', weights, LANES * n, 2], ['out', out, n, 8]);
      raw.weighFixed!(v, n, weights, lane, out);
    },
    weighedCells(cells, n, v, weights, { lane, shift }, table) {
      checkShift('weighedCells', 'shift', shift);
      check('weighedCells', n, ['cells', cells, n, 4], ['v', v, n, 8], ['weights', weights, LANES * n, 2], ['table', table, 2, 8]);
      raw.weighedCells!(cells, n, v, weights, lane, shift, table);
    },
  };
}
