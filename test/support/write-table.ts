import { mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Bool, Float64, Int32, Table, tableToIPC, Utf8, vectorFromArray, type DataType } from 'apache-arrow';
import { Table as ParquetTable, writeParquet } from 'parquet-wasm/node';
import { onTestFinished } from 'vitest';
import type { FileFormat, RegisterFile } from '../../src/register/partition.ts';
import type { Row, Value } from '../reference/table.ts';

interface Writing {
  readonly format?: FileFormat;
  readonly parts?: number;
  readonly columns?: readonly string[];
}

/** Rows as `parts` files of about the same size, gone when the test is over. */
export function writeTable(rows: readonly Row[], { format = 'csv', parts = 1, columns = Object.keys(rows[0]!) }: Writing = {}): RegisterFile[] {
  const folder = mkdtempSync(join(tmpdir(), 'table-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const size = Math.ceil(rows.length / parts);
  return Array.from({ length: parts }, (_, part) => {
    const some = rows.slice(part * size, (part + 1) * size);
    const name = `part-${part}.${format}`;
    const path = join(folder, name);
    writeFileSync(
      path,
      format === 'csv'
        ? csvOf(some, columns)
        : format === 'arrow'
          ? tableToIPC(arrowOf(some, rows, columns), 'file')
          : parquetOf(arrowOf(some, rows, columns)),
    );
    return { name, format, bytes: statSync(path).size, location: { path } };
  });
}

export function csvOf(rows: readonly Row[], names: readonly string[]): string {
  const field = (value: Value): string => {
    const text = value === null ? '' : String(value);
    return /[",\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
  };
  return `${names.join(',')}\n${rows.map((row) => `${names.map((name) => field(row[name]!)).join(',')}\n`).join('')}`;
}

function arrowOf(rows: readonly Row[], all: readonly Row[], names: readonly string[]): Table {
  const columns = names.map((name) => {
    const values = rows.map((row) => row[name]!);
    return [name, vectorFromArray(values, typeOf(all.map((row) => row[name]!)))] as const;
  });
  return new Table(Object.fromEntries(columns));
}

export const parquetOf = (table: Table): Uint8Array =>
  writeParquet(ParquetTable.fromIPCStream(tableToIPC(table, 'stream')));

function typeOf(values: readonly Value[]): DataType {
  const there = values.filter((value) => value !== null);
  if (there.every((value) => typeof value === 'boolean')) return new Bool();
  if (there.every((value) => typeof value === 'number')) return there.every((value) => Number.isInteger(value)) ? new Int32() : new Float64();
  return new Utf8();
}
