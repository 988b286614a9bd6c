/** How many rows the bytes of a file can hold: more are damage, or are made to fill the memory. Found out before anything is made of them. */

import { EngineError } from '../errors.ts';

/** Rows that a file of any size may have, as of columns that are all alike. */
const always = 2 ** 20;
/** A table of few columns, in order of persons and months, has been met with seven rows a byte. */
const rowsPerByte = 16;

export const mostRows = (bytes: number): number => always + rowsPerByte * bytes;

/** Throws EngineError 'data' for more rows than `bytes` of a file can hold. */
export function checkRowCount(file: string, rows: number, bytes: number): void {
  if (rows > mostRows(bytes)) throw new EngineError('data.rows-beyond-bytes', { file, rows, bytes, most: mostRows(bytes) });
}
