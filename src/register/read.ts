/** A register file to partitions. */

import { openArrow } from './arrow.ts';
import type { ArrowBatch, ArrowTable } from './arrow.ts';
import type { ArrowField } from './arrow-layout.ts';
import { checkSchema, columnChunks, gather, toPartition } from './arrow-partitions.ts';
import { openBytes } from './bytes.ts';
import type { ByteSource } from './bytes.ts';
import { chunksData, columnData, sqlType } from './condition-table.ts';
import { csvPartitions, openCsv } from './csv.ts';
import type { CsvText } from './csv.ts';
import { guessTypes } from './csv-types.ts';
import { createFaultLog } from './faults.ts';
import type { FaultLog } from './faults.ts';
import { openParquet } from './parquet.ts';
import { columnKey } from './partition.ts';
import type { ColumnRequest, FileFormat, Partition, RegisterFile } from './partition.ts';
import { asksSql, openRowQuery, splitColumns, withAnswers } from './read-sql.ts';
import type { ReadRequest } from './read-sql.ts';
import { unreadable } from './unreadable.ts';

/**
 * The rows of a file in order, in partitions of about 65 thousand to 260 thousand rows, before a filter takes of them.
 * Throws EngineError 'data': at once for columns that are missing or of a wrong type, after the last partition for values
 * that cannot be used, so that the error counts them all, in rows that a filter leaves out too. Rows with such values have
 * been handed out by then; nothing may be made of them. Throws 'spec' for SQL that does not work on the file's columns.
 */
export async function* readPartitions(file: RegisterFile, request: ReadRequest): AsyncGenerator<Partition> {
  const faults = createFaultLog(file.name);
  try {
    const source = await openBytes(file);
    try {
      yield* readers[file.format](file, source, { ...request, columns: distinct(request.columns) }, faults);
    } finally {
      await source.close();
    }
  } catch (error) {
    throw unreadable(file, error);
  }
  faults.finish();
}

const distinct = (columns: readonly ColumnRequest[]): ColumnRequest[] =>
  [...new Map(columns.map((request) => [columnKey(request), request])).values()];

type Reader = (file: RegisterFile, source: ByteSource, request: ReadRequest, faults: FaultLog) => AsyncGenerator<Partition>;

const readers: Readonly<Record<FileFormat, Reader>> = {
  async *arrow(file, source, request, faults) {
    yield* arrowPartitions(file, await openArrow(file.name, source, file.reading), request, faults);
  },
  async *parquet(file, source, request, faults) {
    yield* arrowPartitions(file, await openParquet(file.name, source), request, faults);
  },
  async *csv(file, source, request, faults) {
    const text = await openCsv(file.name, source, file.reading);
    try {
      yield* (asksSql(request) ? csvWithSql(text, request, faults) : csvPartitions(text, request.columns, faults));
    } finally {
      await text.reader.close();
    }
  },
};

interface Table extends Pick<ArrowTable, 'fields'> {
  batches(columns: readonly string[]): AsyncIterable<ArrowBatch>;
}

async function* arrowPartitions(
  { name: file, reading }: RegisterFile, { fields, batches }: Table, request: ReadRequest, faults: FaultLog,
): AsyncGenerator<Partition> {
  const { own, derived } = splitColumns(request);
  checkSchema(file, fields, own);
  const query = asksSql(request) ? await openRowQuery({ file, names: fields.map(({ name }) => name), types: sqlTypes(fields) }, request) : null;
  try {
    const names = [...own.map(({ column }) => column), ...(query?.columns ?? [])];
    for await (const pieces of gather(batches([...new Set(names)]))) {
      const partition = toPartition(pieces, own, { file, timeZone: reading?.timeZone, faults });
      if (query === null) {
        yield partition;
        continue;
      }
      const data = query.columns.map((name) => [name, chunksData(columnChunks(pieces.pieces, name), pieces.count)] as const);
      yield withAnswers(partition, await query.answer(new Map(data), pieces.count), derived, faults);
    }
  } finally {
    query?.close();
  }
}

const sqlTypes = (fields: readonly ArrowField[]): Map<string, string> =>
  new Map(fields.flatMap(({ name, type }) => {
    const known = type && sqlType(type);
    return known === null ? [] : [[name, known] as const];
  }));

/** The columns that SQL needs are read beside those asked for. */
async function* csvWithSql(text: CsvText, request: ReadRequest, faults: FaultLog): AsyncGenerator<Partition> {
  const guessed = guessTypes(text);
  const typeNames = { number: 'DOUBLE', boolean: 'BOOLEAN', text: 'VARCHAR' };
  const types = new Map([...guessed].map(([name, type]) => [name, typeNames[type]]));
  const { own, derived } = splitColumns(request);
  const query = await openRowQuery({ file: text.file, names: text.dialect.names, types }, request);
  try {
    const used = query.columns.map((column) => ({ column, as: guessed.get(column) === 'text' ? 'label' : 'number' }) as const);
    for await (const partition of csvPartitions(text, distinct([...own, ...used]), faults)) {
      const data = used.map((column) => [column.column, columnData(partition.columns.get(columnKey(column))!, guessed.get(column.column) === 'boolean')] as const);
      const asked = new Map(own.map((column) => [columnKey(column), partition.columns.get(columnKey(column))!]));
      yield withAnswers({ ...partition, columns: asked }, await query.answer(new Map(data), partition.rows), derived, faults);
    }
  } finally {
    query.close();
  }
}
