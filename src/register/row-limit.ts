/** How many rows the bytes of a file can hold: more are damage, or are made to fill the memory. Found out before anything is made of them. */

import { EngineError } from '../errors.ts';

/** Rows that a file of any size may have, as of columns that are all alike. */
const always = 2 ** 20;
/** By columns, a table of few, in order of persons and months, has been met with seven rows a byte; packed text needs more than a byte a row. */
const rowsPerByte = { columns: 16, text: 1 };

type Kept = keyof typeof rowsPerByte;

export const mostRows = (bytes: number, kept: Kept = 'columns'): number => always + rowsPerByte[kept] * bytes;

/** Throws EngineError 'data' for more rows than `bytes` of a file can hold. */
export function checkRowCount(file: string, rows: number, bytes: number, kept: Kept = 'columns'): void {
  const most = mostRows(bytes, kept);
  if (rows > most) throw new EngineError('data.rows-beyond-bytes', { file, rows, bytes, most });
}
