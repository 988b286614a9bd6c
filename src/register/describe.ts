/** What the columns of a file are, without its rows. */

import { EngineError } from '../errors.ts';
import { describeArrow } from './arrow.ts';
import type { ArrowField } from './arrow-layout.ts';
import { typeName } from './arrow-types.ts';
import { openBytes } from './bytes.ts';
import type { ByteSource } from './bytes.ts';
import { openCsv } from './csv.ts';
import { guessTypes } from './csv-types.ts';
import { openParquet } from './parquet.ts';
import type { FileFormat, RegisterFile } from './partition.ts';
import { folderColumns } from './partition-columns.ts';
import { unreadable } from './unreadable.ts';

export interface FileDescription {
  readonly columns: readonly { readonly name: string; readonly type: string }[];
  /** Null where only reading the file would tell. */
  readonly rows: number | null;
}

/** Types of a CSV file are guessed from its beginning: `number`, `boolean` or `text`, from `guessedRows` where given. Throws EngineError 'data'. */
export async function describeFile(file: RegisterFile, guessedRows?: number): Promise<FileDescription> {
  return withFolders(await withSource(file, (source) => describers[file.format](source, file, guessedRows)), file);
}

/** Columns that the names of folders tell come last. */
function withFolders({ columns, rows }: FileDescription, file: RegisterFile): FileDescription {
  const told = [...folderColumns(file, columns.map(({ name }) => name)).keys()];
  return { columns: [...columns, ...told.map((name) => ({ name, type: 'text' }))], rows };
}

async function withSource<T>(file: RegisterFile, use: (source: ByteSource, file: RegisterFile) => Promise<T>): Promise<T> {
  try {
    const source = await openBytes(file);
    try {
      return await use(source, file);
    } finally {
      await source.close();
    }
  } catch (error) {
    throw unreadable(file, error);
  }
}

const columnsOf = (fields: readonly ArrowField[]): FileDescription['columns'] => fields.map((field) => ({ name: field.name, type: typeName(field) }));

const describers: Readonly<Record<FileFormat, (source: ByteSource, file: RegisterFile, guessedRows?: number) => Promise<FileDescription>>> = {
  async arrow(source, { name }) {
    const { fields, rows } = await describeArrow(name, source);
    return { columns: columnsOf(fields), rows };
  },
  async parquet(source, { name }) {
    const { fields, rows } = await openParquet(name, source);
    return { columns: columnsOf(fields), rows };
  },
  async csv(source, { name, reading }, guessedRows) {
    const text = await openCsv(name, source, reading);
    try {
      const types = guessTypes(text, guessedRows);
      return { columns: text.dialect.names.map((column) => ({ name: column, type: types.get(column)! })), rows: null };
    } finally {
      await text.reader.close();
    }
  },
};

async function csvNames(source: ByteSource, { name, reading }: RegisterFile): Promise<FileDescription> {
  const { dialect, reader } = await openCsv(name, source, reading);
  await reader.close();
  return { columns: dialect.names.map((column) => ({ name: column, type: '' })), rows: null };
}

/**
 * Throws EngineError 'data' unless all files have the same columns, in any order, with the same types; returns what
 * they are, the rows added up. The text of a CSV file is read by role, so there the names decide alone.
 */
export async function checkSameColumns(files: readonly RegisterFile[]): Promise<FileDescription> {
  const first = await describeFile(files[0]!);
  let rows = first.rows;
  for (const file of files.slice(1)) {
    const description = file.format === 'csv' ? withFolders(await withSource(file, csvNames), file) : await describeFile(file);
    const differences = differencesOf(first, description, file.format !== 'csv');
    if (Object.values(differences).some(({ length }) => length > 0)) {
      throw new EngineError('data.parts-differ', { file: file.name, first: files[0]!.name, ...differences });
    }
    rows = rows === null || description.rows === null ? null : rows + description.rows;
  }
  return { columns: first.columns, rows };
}

function differencesOf(first: FileDescription, other: FileDescription, withTypes: boolean) {
  const types = new Map(first.columns.map(({ name, type }) => [name, type]));
  const otherTypes = new Map(other.columns.map(({ name, type }) => [name, type]));
  const missing = [...types.keys()].filter((name) => !otherTypes.has(name));
  const added = [...otherTypes.keys()].filter((name) => !types.has(name));
  const retyped = withTypes ? [...otherTypes].filter(([name, type]) => types.has(name) && types.get(name) !== type) : [];
  return { missing, added, retyped: retyped.map(([column, type]) => ({ column, type, expected: types.get(column)! })) };
}
