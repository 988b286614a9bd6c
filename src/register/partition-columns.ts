/** Columns of one value, from the names of the folders that a file lies in. */

import { isTooLarge, notANumber, parseNumber } from './csv-number.ts';
import type { FaultLog } from './faults.ts';
import { missingMonth, monthFromText, unreadableMonth } from './month.ts';
import { columnKey, type Column, type ColumnRequest, type Partition, type RegisterFile } from './partition.ts';
import { isMissingPerson, setMissingPerson, setPersonFromText, wordsPerPerson } from './person.ts';

/** By name, those that the file itself lacks. */
export type FolderColumns = ReadonlyMap<string, string>;

export const folderColumns = ({ partition = {} }: RegisterFile, names: readonly string[]): FolderColumns =>
  new Map(Object.entries(partition).filter(([name]) => !names.includes(name)));

export const isNumberText = (text: string): boolean => {
  const bytes = new TextEncoder().encode(text);
  const value = parseNumber(bytes, 0, bytes.length, false);
  return Number.isFinite(value) && String(value) === text;
};

/** Those that the file has too: their values must be its own. */
export const heldColumns = ({ partition = {} }: RegisterFile, names: readonly string[]): FolderColumns =>
  new Map(Object.entries(partition).filter(([name]) => names.includes(name)));

/** The partition with the columns asked for that its folders tell. */
export function withFolderColumns(partition: Partition, asked: readonly ColumnRequest[], folders: FolderColumns, faults: FaultLog): Partition {
  if (folders.size === 0) return partition;
  const told = asked.filter(({ column }) => folders.has(column)).map((request) => {
    const rows = { rows: partition.rows, firstRow: partition.firstRow };
    return [columnKey(request), constantColumn(request, folders.get(request.column)!, rows, faults)] as const;
  });
  return { ...partition, columns: new Map([...partition.columns, ...told]) };
}

interface Rows {
  readonly rows: number;
  readonly firstRow: number;
}

export function constantColumn({ column, as }: ColumnRequest, text: string, { rows, firstRow }: Rows, faults: FaultLog): Column {
  const bytes = new TextEncoder().encode(text);
  if (as === 'label') return { kind: 'label', codes: new Uint8Array(rows), labels: [text] };
  if (as === 'number') {
    const value = parseNumber(bytes, 0, bytes.length, false);
    if (value === notANumber) faults.add(isTooLarge(text, false) ? 'fault.not-finite' : 'fault.not-a-number', column, firstRow, text);
    return { kind: 'number', values: new Float64Array(rows).fill(value), isComplete: false };
  }
  if (as === 'month') {
    const month = monthFromText(text);
    if (month === missingMonth) faults.add('fault.no-month', column, firstRow, null);
    else if (month === unreadableMonth) faults.add('fault.not-a-month', column, firstRow, text);
    return { kind: 'month', values: new Int32Array(rows).fill(month) };
  }
  const words = new Uint32Array(wordsPerPerson * rows);
  for (let i = 0; i < rows; i++) {
    if (text === '') setMissingPerson(words, wordsPerPerson * i);
    else setPersonFromText(words, wordsPerPerson * i, bytes, 0, bytes.length);
  }
  if (rows > 0 && isMissingPerson(words, 0)) faults.add('fault.no-person', column, firstRow, null);
  return { kind: 'person', words };
}
