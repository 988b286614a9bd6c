/** The table of test/fixtures/register as formulas, and ways to read it. */

import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { nodeAssets } from '../../src/register/assets-node.ts';
import { configureRegister } from '../../src/register/assets.ts';
import { rowNumbersOf } from '../../src/register/kept-rows.ts';
import { columnKey } from '../../src/register/partition.ts';
import type { ColumnRequest, FileFormat, LabelColumn, MonthColumn, NumberColumn, Partition, PersonColumn, RegisterFile } from '../../src/register/partition.ts';
import type { ReadRequest } from '../../src/register/read-sql.ts';
import { areNumbers, numberText } from '../../src/spec/labels.ts';
import { readPartitions } from '../../src/register/read.ts';

configureRegister(nodeAssets);

export const sampleRows = 10_000;
const rows = Array.from({ length: sampleRows }, (_, i) => i);
const monthText = (i: number): string => {
  const m = 12 * 2017 + 11 + (i % 79);
  return `${Math.floor(m / 12)}-${String((m % 12) + 1).padStart(2, '0')}`;
};

export const sample = {
  person_id: rows.map((i) => 100_000 + Math.floor(i / 16)),
  month: rows.map(monthText),
  hours: rows.map((i) => (i % 13 === 0 ? null : ((i * 7919) % 1000) / 8)),
  female: rows.map((i) => (i % 17 === 0 ? null : i % 3 === 0)),
  office: rows.map((i) => (i % 11 === 0 ? null : `kontor ${(i * 31) % 97} i Ørsta`)),
  children: rows.map((i) => (i % 19 === 0 ? null : i % 5)),
};

export const sampleRequests: readonly ColumnRequest[] = [
  { column: 'person_id', as: 'person' },
  { column: 'month', as: 'month' },
  { column: 'hours', as: 'number' },
  { column: 'female', as: 'number' },
  { column: 'female', as: 'label' },
  { column: 'office', as: 'label' },
  { column: 'children', as: 'number' },
  { column: 'children', as: 'label' },
];

/** What `readAll` gives for the sample. */
export const sampleValues: Readonly<Record<string, readonly unknown[]>> = {
  'person:person_id': sample.person_id.map((id) => `${id},0,0,0`),
  'month:month': rows.map((i) => 12 * 2017 + 11 + (i % 79)),
  'number:hours': sample.hours.map((v) => v ?? NaN),
  'number:female': sample.female.map((v) => (v === null ? NaN : Number(v))),
  'label:female': sample.female.map((v) => (v === null ? '' : String(Number(v)))),
  'label:office': sample.office.map((v) => v ?? ''),
  'number:children': sample.children.map((v) => v ?? NaN),
  'label:children': sample.children.map((v) => (v === null ? '' : String(v))),
};

export const fixture = (name: string): string => fileURLToPath(new URL(`../fixtures/${name}`, import.meta.url));

export const onDisk = (path: string, format: FileFormat): RegisterFile => ({
  name: path.slice(path.lastIndexOf('/') + 1),
  format,
  bytes: readFileSync(path).length,
  location: { path },
});

export const inMemory = (name: string, format: FileFormat, content: string | Uint8Array): RegisterFile => {
  const blob = new Blob([typeof content === 'string' ? content : new Uint8Array(content)]);
  return { name, format, bytes: blob.size, location: { blob } };
};

export const csv = (content: string | Uint8Array, name = 'table.csv'): RegisterFile => inMemory(name, 'csv', content);

export function plainValues(partition: Partition, request: ColumnRequest): unknown[] {
  const column = partition.columns.get(columnKey(request))!;
  if (column.kind === 'label') {
    const { codes, labels, decimalComma } = column as LabelColumn;
    const found = labels.map((text) => ({ text, number: text === '' ? null : numberText(text, decimalComma) }));
    return Array.from(codes, (code) => (areNumbers(found) ? (found[code]!.number ?? '') : labels[code]));
  }
  if (column.kind === 'person') {
    const { words } = column as PersonColumn;
    return Array.from({ length: partition.rows }, (_, i) => words.slice(4 * i, 4 * i + 4).join(','));
  }
  return Array.from((column as NumberColumn | MonthColumn).values);
}

/** All rows of a file, labels settled by `columnKey`, and where a condition held. */
export async function readAll(file: RegisterFile, columns: readonly ColumnRequest[], where: string | null = null, more: Partial<ReadRequest> = {}) {
  const values: Record<string, unknown[]> = Object.fromEntries(columns.map((request) => [columnKey(request), []]));
  const condition: number[] = [];
  const rowNumbers: number[] = [];
  let row = 1;
  for await (const partition of readPartitions(file, { columns, where, ...more })) {
    if (partition.rowNumbers === null && !more.filter && partition.firstRow !== row) throw new Error(`partition begins at row ${partition.firstRow}, not ${row}`);
    row += partition.rows;
    for (const rowNumber of rowNumbersOf(partition)) rowNumbers.push(rowNumber);
    for (const request of columns) for (const value of plainValues(partition, request)) values[columnKey(request)]!.push(value);
    for (const bit of partition.condition ?? []) condition.push(bit);
  }
  return { values, condition, rowNumbers, rows: row - 1 };
}

export const number = (column: string): ColumnRequest => ({ column, as: 'number' });
export const label = (column: string): ColumnRequest => ({ column, as: 'label' });
export const person = (column: string): ColumnRequest => ({ column, as: 'person' });
export const month = (column: string): ColumnRequest => ({ column, as: 'month' });
