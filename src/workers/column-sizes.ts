import type { DigitRequest } from '../coding/breaks.ts';
import { RowState, stateBits } from '../coding/coded-rows.ts';
import type { DigitCounts } from '../coding/digit-counts.ts';
import { stateOf } from '../coding/row-states.ts';
import type { SummedColumn } from '../coding/summed-columns.ts';
import type { Kernels } from '../kernels/kernels.ts';
import { exponentsOfDoubles } from '../kernels/row-kernels.ts';
import { countedDigits, digitTable, putPrefixes } from './key-prefixes.ts';
import type { Piece, RowStore } from './row-store.ts';
import { withScratch, type Scratch } from './scratch.ts';

/** How large the values of a column are: counts, which do not depend on how the rows are spread. */
export interface ColumnSizes {
  /** Values other than 0 by the exponent of the double, as it is stored: entry e counts 2^(e − 1023) ≤ |x| < 2^(e − 1022). */
  readonly exponents: Uint32Array;
  readonly largest: number;
}

export const exponentBias = 1023;

/** A row of a file, and a value in it. */
export interface ValueAt {
  /** Number of the file, and of the row in it. */
  readonly file: number;
  readonly row: number;
  readonly value: number;
}

export interface RowsBeyond {
  readonly rows: number;
  readonly first: readonly ValueAt[];
}

const shown = 5;

/** In the order of the files. */
export const firstRows = (rows: readonly ValueAt[]): ValueAt[] => [...rows].sort((a, b) => a.file - b.file || a.row - b.row).slice(0, shown);

const valuesOf = (piece: Piece, { held, index }: SummedColumn): Float32Array | Float64Array => piece[held][index] as Float32Array | Float64Array;

/** Address of one byte a row, 1 where any of the column's outcomes has the row and its value is not 0 or missing. */
function maskSummed(kernels: Kernels, scratch: Scratch, piece: Piece, column: SummedColumn): number {
  const mask = scratch.zeroed(piece.rows);
  for (const outcome of column.outcomes) {
    const { byte, shift } = stateBits(outcome);
    kernels.maskPresent(scratch.put(piece.states[byte]!), piece.rows, shift, mask);
  }
  kernels.maskNonZero(scratch.numbers(valuesOf(piece, column)), piece.rows, mask);
  return mask;
}

/** Sizes of a column over a worker's rows; missing values are left out. */
export function columnSizes(kernels: Kernels, { pieces }: RowStore, column: SummedColumn): ColumnSizes {
  const { arena } = kernels;
  return withScratch(arena, (outer) => {
    const [counts, largest] = [outer.zeroed(4 * exponentsOfDoubles), outer.zeroed(8)];
    for (const piece of pieces) {
      withScratch(arena, (scratch) => {
        const mask = maskSummed(kernels, scratch, piece, column);
        kernels.countExponents(scratch.numbers(valuesOf(piece, column)), piece.rows, mask, counts, largest);
      });
    }
    return { exponents: arena.u32(counts, exponentsOfDoubles).slice(), largest: arena.f64(largest, 1)[0]! };
  });
}

/** Counts of the next 16 bits of the sortable keys of a column's values other than 0. */
export function countValueDigits(
  kernels: Kernels,
  { pieces }: RowStore,
  { column, request }: { column: SummedColumn; request: DigitRequest },
): DigitCounts {
  return withScratch(kernels.arena, (outer) => {
    const table = digitTable(outer, request);
    const prefixes = putPrefixes(outer, kernels.arena, request);
    for (const piece of pieces) {
      withScratch(kernels.arena, (scratch) => {
        const mask = maskSummed(kernels, scratch, piece, column);
        kernels.countDigits(scratch.numbers(valuesOf(piece, column)), piece.rows, mask, -Infinity, prefixes, table);
      });
    }
    return countedDigits(kernels.arena, table, request);
  });
}

/** Rows whose value is of this size or more. */
export function rowsBeyond({ pieces }: RowStore, column: SummedColumn, size: number): RowsBeyond {
  let rows = 0;
  let first: ValueAt[] = [];
  for (const piece of pieces) {
    const values = valuesOf(piece, column);
    const isSummed = (i: number): boolean =>
      column.outcomes.some((outcome) => stateOf(piece.states, outcome, i) !== RowState.out);
    const found: ValueAt[] = [];
    for (let i = 0; i < values.length; i++) {
      if (!(Math.abs(values[i]!) >= size) || !isSummed(i)) continue;
      rows++;
      found.push({ file: piece.file, row: piece.rowNumbers[i]!, value: values[i]! });
    }
    first = firstRows([...first, ...found]);
  }
  return { rows, first };
}
