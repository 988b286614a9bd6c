/** The SQL side of reading: what is asked for, and its answers as part of a partition. */

import { EngineError } from '../errors.ts';
import { toColumn } from './arrow-columns.ts';
import type { FaultLog } from './faults.ts';
import { keepRows, rowNumbersOf } from './kept-rows.ts';
import { columnKey } from './partition.ts';
import type { ColumnRequest, Partition } from './partition.ts';
import { prepareRowQuery } from './row-query.ts';
import type { RowAnswers, RowQuery } from './row-query.ts';
import type { Within } from './row-sql.ts';

export interface ReadRequest {
  /** Columns of the file, and derived ones. */
  readonly columns: readonly ColumnRequest[];
  /** SQL condition that is answered for every row, or null. */
  readonly where: string | null;
  /** SQL condition that is answered for every row too: which are shown. */
  readonly within?: Within | null;
  /** SQL condition: rows where it does not hold are left out. */
  readonly filter?: string | null;
  /** SQL expressions on the columns of the file, by the name of the column they make; both conditions may use it. */
  readonly derived?: Readonly<Record<string, string>>;
}

export const asksSql = ({ where, within = null, filter = null, derived = {} }: ReadRequest): boolean => where !== null || within !== null || filter !== null || Object.keys(derived).length > 0;

export function splitColumns({ columns, derived = {} }: ReadRequest): { own: ColumnRequest[]; derived: ColumnRequest[] } {
  const isDerived = ({ column }: ColumnRequest): boolean => Object.hasOwn(derived, column);
  return { own: columns.filter((request) => !isDerived(request)), derived: columns.filter(isDerived) };
}

export interface SqlFile {
  readonly file: string;
  readonly names: readonly string[];
  /** SQL types by name, of the columns that SQL can use. */
  readonly types: ReadonlyMap<string, string>;
}

export function openRowQuery({ file, names, types }: SqlFile, request: ReadRequest): Promise<RowQuery> {
  const { where, within = null, filter = null, derived = {} } = request;
  checkNames(file, names, Object.keys(derived));
  return prepareRowQuery({ file, columns: types, derived: new Map(Object.entries(derived)), filter, where, within }, splitColumns(request).derived);
}

/** SQL takes names in upper and lower case for the same. */
function checkNames(file: string, names: readonly string[], derived: readonly string[]): void {
  const held = new Map(names.map((name) => [name.toLowerCase(), name]));
  const taken = derived.flatMap((name) => (held.has(name.toLowerCase()) ? [{ derived: name, column: held.get(name.toLowerCase())! }] : []));
  if (taken.length === 0) return;
  throw new EngineError('data.derived-name-taken', { file, taken });
}

/** The partition with what SQL said about its rows. */
export function withAnswers(partition: Partition, answers: RowAnswers, derived: readonly ColumnRequest[], faults: FaultLog): Partition {
  const kept = answers.kept === null ? partition : keepRows(partition, answers.kept);
  const numbers = rowNumbersOf(kept);
  const log: FaultLog = {
    ...faults,
    add: (code, column, row, value, ...args) => faults.add(code, column, numbers[row]!, value, ...args),
    note: (code, column, row, value) => faults.note(code, column, numbers[row]!, value),
  };
  const columns = new Map(kept.columns);
  for (const request of derived) {
    const rows = { chunks: answers.derived.get(request.column)!, count: answers.rows, firstRow: 0 };
    columns.set(columnKey(request), toColumn(rows, request, { file: partition.file, timeZone: undefined, faults: log }));
  }
  return { ...kept, columns, condition: answers.condition, shown: answers.within };
}
