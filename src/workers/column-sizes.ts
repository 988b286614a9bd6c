import { keyDigits, type DigitRequest } from '../coding/breaks.ts';
import { RowState, stateBits } from '../coding/coded-rows.ts';
import type { SummedColumn } from '../coding/summed-columns.ts';
import type { Kernels } from '../kernels/kernels.ts';
import { putPrefixes } from './key-prefixes.ts';
import type { Piece, RowStore } from './row-store.ts';
import { withScratch } from './scratch.ts';

/** How large the values of a column are: counts, which do not depend on how the rows are spread. */
export interface ColumnSizes {
  /** Values other than 0 by the exponent of the double, as it is stored: entry e counts 2^(e − 1023) ≤ |x| < 2^(e − 1022). */
  readonly exponents: Uint32Array;
  readonly largest: number;
}

export const exponentBias = 1023;
const exponentsOfDoubles = 2047;

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

/** One byte a row, 1 where any of the column's outcomes has the row. */
function rowsSummed(piece: Piece, { outcomes }: SummedColumn): Uint8Array {
  const mask = new Uint8Array(piece.rows);
  for (const outcome of outcomes) {
    const { byte, shift } = stateBits(outcome);
    const states = piece.states[byte]!;
    for (let i = 0; i < mask.length; i++) if (((states[i]! >> shift) & 3) !== RowState.out) mask[i] = 1;
  }
  return mask;
}

/** Sizes of a column over a worker's rows; missing values are left out. */
export function columnSizes({ pieces }: RowStore, column: SummedColumn): ColumnSizes {
  const exponents = new Uint32Array(exponentsOfDoubles);
  const one = new Float64Array(1);
  const words = new Uint32Array(one.buffer);
  let largest = 0;
  for (const piece of pieces) {
    const [values, mask] = [valuesOf(piece, column), rowsSummed(piece, column)];
    for (let i = 0; i < values.length; i++) {
      const x = Math.abs(values[i]!);
      if (mask[i] === 0 || !(x > 0)) continue;
      one[0] = x;
      exponents[words[1]! >>> 20]!++;
      if (x > largest) largest = x;
    }
  }
  return { exponents, largest };
}

/** Counts of the next 16 bits of the sortable keys of a column's values other than 0: 65,536 a prefix. */
export function countValueDigits(kernels: Kernels, { pieces }: RowStore, { column, request }: { column: SummedColumn; request: DigitRequest }): Uint32Array {
  return withScratch(kernels.arena, (outer) => {
    const counts = outer.zeroed(4 * keyDigits * request.prefixes.length);
    const prefixes = putPrefixes(outer, kernels.arena, request);
    for (const piece of pieces) {
      withScratch(kernels.arena, (scratch) => {
        const [values, mask] = [valuesOf(piece, column), rowsSummed(piece, column)];
        for (let i = 0; i < mask.length; i++) if (!(Math.abs(values[i]!) > 0)) mask[i] = 0;
        kernels.countDigits(scratch.numbers(values), piece.rows, scratch.put(mask), -Infinity, prefixes, counts);
      });
    }
    return kernels.arena.u32(counts, keyDigits * request.prefixes.length).slice();
  });
}

/** Rows whose value is of this size or more. */
export function rowsBeyond({ pieces }: RowStore, column: SummedColumn, size: number): RowsBeyond {
  let rows = 0;
  let first: ValueAt[] = [];
  for (const piece of pieces) {
    const [values, mask] = [valuesOf(piece, column), rowsSummed(piece, column)];
    const found: ValueAt[] = [];
    for (let i = 0; i < values.length; i++) {
      if (mask[i] === 0 || !(Math.abs(values[i]!) >= size)) continue;
      rows++;
      found.push({ file: piece.file, row: piece.rowNumbers[i]!, value: values[i]! });
    }
    first = firstRows([...first, ...found]);
  }
  return { rows, first };
}
