import { Float64, Int32, Table, tableToIPC, Utf8, vectorFromArray, type Vector } from 'apache-arrow';
import type { ResultColumn } from './columns.ts';

function vector({ kind, values }: ResultColumn): Vector {
  if (kind === 'text') return vectorFromArray(values, new Utf8());
  const cells = Array.from(values, (value) => (value === null || !Number.isFinite(value) ? null : value + 0));
  return kind === 'count' ? vectorFromArray(cells, new Int32()) : vectorFromArray(cells, new Float64());
}

const tableOf = (columns: readonly ResultColumn[]): Table => new Table(Object.fromEntries(columns.map((column) => [column.name, vector(column)])));

/** An Arrow IPC file: text as utf8, counts as int32, other numbers as float64, empty cells as nulls. */
export const arrowBytes = (columns: readonly ResultColumn[]): Uint8Array => tableToIPC(tableOf(columns), 'file');

/** The same as an Arrow IPC stream. */
export const arrowStreamBytes = (columns: readonly ResultColumn[]): Uint8Array => tableToIPC(tableOf(columns), 'stream');
