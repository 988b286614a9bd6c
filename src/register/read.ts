/** A register file to partitions. */

import { openArrow } from './arrow.ts';
import type { ArrowBatch, ArrowTable } from './arrow.ts';
import type { ArrowField } from './arrow-layout.ts';
import { checkSchema, columnChunks, gather, toPartition } from './arrow-partitions.ts';
import { EngineError } from '../errors.ts';
import { openBytes } from './bytes.ts';
import type { ByteSource } from './bytes.ts';
import { sqlType } from './condition-table.ts';
import { csvPartitions, openCsv, openCsvPart } from './csv.ts';
import type { CsvText } from './csv.ts';
import { guessTypes, type CsvType } from './csv-types.ts';
import { createFaultLog } from './faults.ts';
import type { FaultLog } from './faults.ts';
import { faultContradictions } from './folder-contradictions.ts';
import { openParquet } from './parquet.ts';
import { columnKey } from './partition.ts';
import type { ColumnRequest, CsvPart, FileFormat, Partition, RegisterFile } from './partition.ts';
import {
  constantColumn,
  folderColumns,
  heldColumns,
  isNumberText,
  withFolderColumns,
  type FolderColumns,
} from './partition-columns.ts';
import { asksSql, openRowQuery, splitColumns } from './read-sql.ts';
import type { ReadRequest, SqlFile } from './read-sql.ts';
import type { RowQuery } from './row-query.ts';
import { answerTogether, isUnanswered, type AskedColumn, type Unanswered } from './unanswered.ts';
import { unreadable } from './unreadable.ts';

/**
 * The rows of a file in order, in partitions of about 65 thousand to 260 thousand rows, before a filter takes of them.
 * What is odd is noted in `faults`. Throws EngineError 'data': at once for columns that are missing or of a wrong type, after the last partition for values
 * that cannot be used, so that the error counts them all, in rows that a filter leaves out too. Rows with such values have
 * been handed out by then; nothing may be made of them. Throws 'spec' for SQL that does not work on the file's columns.
 */
export async function* readPartitions(file: RegisterFile, request: ReadRequest, faults = createFaultLog(file.name)): AsyncGenerator<Partition> {
  for await (const rows of readRows(file, request, faults)) yield isUnanswered(rows) ? await answerTogether([{ rows, offset: 0 }], faults) : rows;
}

/** The same before SQL is asked about the rows: what it says may still find fault with them, and a filter leave some out. */
export async function* readRows(file: RegisterFile, request: ReadRequest, faults: FaultLog): AsyncGenerator<Partition | Unanswered> {
  try {
    const source = await openBytes(file);
    try {
      yield* readers[file.format](file, source, { ...request, columns: distinctColumns(request.columns) }, faults);
    } finally {
      await source.close();
    }
  } catch (error) {
    throw unreadable(file, error);
  }
  if (file.part === undefined) faults.finish();
}

/** Each once. */
export const distinctColumns = (columns: readonly ColumnRequest[]): ColumnRequest[] =>
  [...new Map(columns.map((request) => [columnKey(request), request])).values()];

type Reader = (file: RegisterFile, source: ByteSource, request: ReadRequest, faults: FaultLog) => AsyncGenerator<Partition | Unanswered>;

const readers: Readonly<Record<FileFormat, Reader>> = {
  async *arrow(file, source, request, faults) {
    yield* arrowPartitions(file, await openArrow(file.name, source, file.reading, file.part), request, faults);
  },
  async *parquet(file, source, request, faults) {
    yield* arrowPartitions(file, await openParquet(file.name, source, file.part), request, faults);
  },
  async *csv(file, source, request, faults) {
    const text = await (isCsvPart(file.part) ? openCsvPart(file.name, source, file.part) : openCsv(file.name, source, file.reading));
    try {
      const held = heldColumns(file, text.dialect.names);
      const folders = folderColumns(file, text.dialect.names);
      yield* csvFilePartitions({ text, types: () => typesOf(text, file.part), held }, folders, request, faults);
    } finally {
      await text.reader.close();
    }
  },
};

function typesOf(text: CsvText, part: RegisterFile['part']): ReadonlyMap<string, CsvType> {
  if (!isCsvPart(part)) return guessTypes(text);
  if (part.head.types === null) throw new EngineError('internal.unexpected', { detail: `no types are known of ${text.file}` });
  return part.head.types;
}

const isCsvPart = (part: RegisterFile['part']): part is CsvPart => part?.head !== undefined;

interface Table extends Pick<ArrowTable, 'fields'> {
  batches(columns: readonly string[]): AsyncIterable<ArrowBatch>;
}

export async function* arrowPartitions(
  file: RegisterFile, { fields, batches }: Table, request: ReadRequest, faults: FaultLog,
): AsyncGenerator<Partition | Unanswered> {
  const { name, reading } = file;
  const { own, derived } = splitColumns(request);
  const names = fields.map((field) => field.name);
  const [folders, held] = [folderColumns(file, names), heldColumns(file, names)];
  const inFile = own.filter(({ column }) => !folders.has(column));
  checkSchema(name, fields, inFile);
  const query = asksSql(request) ? await openRowQuery(sqlFile(name, { names, types: sqlTypes(fields), folders }), request) : null;
  const used = (query?.columns ?? []).filter((column) => !folders.has(column));
  const read = new Set([...inFile.map(({ column }) => column), ...used]);
  for await (const pieces of gather(batches([...read]), file.part?.firstRow)) {
    const plain = toPartition(pieces, inFile, { file: name, timeZone: reading?.timeZone, faults });
    faultContradictions(plain, inFile, held, faults);
    const partition = withFolderColumns(plain, own, folders, faults);
    if (query === null) {
      yield partition;
      continue;
    }
    const asked = used.map((column) => [column, { chunks: columnChunks(pieces.pieces, column) }] as const);
    yield unanswered({ partition, asked, folders, query, derived }, faults);
  }
}

interface SqlColumns {
  readonly names: readonly string[];
  readonly types: ReadonlyMap<string, string>;
  readonly folders: FolderColumns;
}

/** What SQL knows of a file: its own columns and those of its folders. */
function sqlFile(file: string, { names, types, folders }: SqlColumns): SqlFile {
  const told = [...folders].map(([name, text]) => [name, isNumberText(text) ? 'DOUBLE' : 'VARCHAR'] as const);
  return { file, names: [...names, ...folders.keys()], types: new Map([...types, ...told]) };
}

interface Asking extends Pick<Unanswered, 'partition' | 'derived'> {
  readonly query: RowQuery;
  /** Of the file's own columns. */
  readonly asked: readonly (readonly [string, AskedColumn])[];
  readonly folders: FolderColumns;
  /** Keys of the columns that were asked for; of all of the partition where absent. */
  readonly keys?: readonly string[];
}

/** With the columns of folders that SQL asks about. */
function unanswered({ partition, asked, folders, query, derived, keys = [...partition.columns.keys()] }: Asking, faults: FaultLog): Unanswered {
  const told = query.columns.filter((column) => folders.has(column)).map((column) => {
    const text = folders.get(column)!;
    const as = isNumberText(text) ? 'number' : 'label';
    return { column, key: `folder:${column}`, values: constantColumn({ column, as }, text, { rows: partition.rows, firstRow: 1 }, faults) };
  });
  const columns = new Map([...partition.columns, ...told.map(({ key, values }) => [key, values] as const)]);
  const all = new Map([...asked, ...told.map(({ column, key }): [string, AskedColumn] => [column, { key, isBoolean: false }])]);
  return { partition: { ...partition, columns }, asked: all, own: keys, query, derived };
}

const sqlTypes = (fields: readonly ArrowField[]): Map<string, string> =>
  new Map(fields.flatMap(({ name, type }) => {
    const known = type && sqlType(type);
    return known === null ? [] : [[name, known] as const];
  }));

interface TypedText {
  readonly text: CsvText;
  readonly types: () => ReadonlyMap<string, CsvType>;
  /** Of the file's own columns. */
  readonly held: FolderColumns;
}

async function* csvFilePartitions(typed: TypedText, folders: FolderColumns, request: ReadRequest, faults: FaultLog): AsyncGenerator<Partition | Unanswered> {
  const { text, held } = typed;
  if (asksSql(request)) return yield* csvWithSql(typed, folders, request, faults);
  const inFile = request.columns.filter(({ column }) => !folders.has(column));
  for await (const partition of csvPartitions(text, inFile, faults)) {
    faultContradictions(partition, inFile, held, faults);
    yield withFolderColumns(partition, request.columns, folders, faults);
  }
}

/** The columns that SQL needs are read beside those asked for. */
async function* csvWithSql(
  { text, types: guess, held }: TypedText,
  folders: FolderColumns,
  request: ReadRequest,
  faults: FaultLog,
): AsyncGenerator<Unanswered> {
  const guessed = guess();
  const typeNames = { number: 'DOUBLE', boolean: 'BOOLEAN', text: 'VARCHAR' };
  const types = new Map([...guessed].map(([name, type]) => [name, typeNames[type]]));
  const { own, derived } = splitColumns(request);
  const inFile = own.filter(({ column }) => !folders.has(column));
  const query = await openRowQuery(sqlFile(text.file, { names: text.dialect.names, types, folders }), request);
  const used = query.columns
    .filter((column) => !folders.has(column))
    .map((column) => ({ column, as: guessed.get(column) === 'text' ? 'label' : 'number' }) as const);
  const read = distinctColumns([...inFile, ...used]);
  for await (const partition of csvPartitions(text, read, faults)) {
    faultContradictions(partition, read, held, faults);
    const asked = used.map(
      (column) =>
        [column.column, { key: columnKey(column), isBoolean: guessed.get(column.column) === 'boolean' }] as const,
    );
    const whole = withFolderColumns(partition, own, folders, faults);
    yield unanswered({ partition: whole, keys: own.map(columnKey), asked, folders, query, derived }, faults);
  }
}
