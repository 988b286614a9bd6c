/** Which files make up a table: one format, told by the ending of the names. */

import { EngineError } from '../errors.ts';
import type { FileFormat, RegisterFile } from './partition.ts';

const endings: readonly (readonly [string, FileFormat])[] = [
  ['.csv', 'csv'],
  ['.csv.gz', 'csv'],
  ['.parquet', 'parquet'],
  ['.arrow', 'arrow'],
  ['.arrows', 'arrow'],
  ['.feather', 'arrow'],
  ['.ipc', 'arrow'],
];

/** A path has a part that begins with `.` or `_`: such files and folders are left out of a folder. */
export const isHidden = (path: string): boolean => path.split('/').some((part) => /^[._]/.test(part));

export function formatOf(name: string): FileFormat {
  const ending = endings.find(([end]) => name.toLowerCase().endsWith(end));
  if (ending !== undefined) return ending[1];
  throw new EngineError('data.unknown-ending', { file: name, endings: endings.map(([end]) => end) });
}

/** What comes without a name, by its first bytes. */
export function formatOfBytes(head: Uint8Array): { readonly format: FileFormat; readonly name: string } {
  const begins = (text: string): boolean => [...text].every((sign, k) => head[k] === sign.charCodeAt(0));
  if (begins('PAR1')) return { format: 'parquet', name: 'standard input.parquet' };
  // A stream begins with a mark, and a length that no text begins with.
  const isStream = head[0] === 0xff && head[1] === 0xff && head[2] === 0xff && head[3] === 0xff;
  if (begins('ARROW1') || isStream) return { format: 'arrow', name: 'standard input.arrow' };
  return { format: 'csv', name: head[0] === 0x1f && head[1] === 0x8b ? 'standard input.csv.gz' : 'standard input.csv' };
}

const noValue = '__HIVE_DEFAULT_PARTITION__';

/** Columns whose value stands in the names of folders, as in `month=2018-03/`; nothing where there are none. */
export function partitionValues(path: string): Pick<RegisterFile, 'partition'> {
  const folders = path.split('/').slice(0, -1).flatMap((folder) => {
    const [, column, value] = /^([^=]+)=(.*)$/.exec(folder) ?? [];
    return column === undefined ? [] : [[decoded(column), value === noValue ? '' : decoded(value!)] as const];
  });
  for (const [k, [column, value]] of folders.entries()) {
    const before = folders.slice(0, k).find(([other]) => other === column);
    if (before !== undefined && before[1] !== value)
      throw new EngineError('data.folder-twice', { file: path, column, values: [before[1], value] });
  }
  return folders.length === 0 ? {} : { partition: Object.fromEntries(folders) };
}

/** Writers put signs that a path cannot hold as in an address. */
function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

/** The files by name. Throws EngineError 'data' where there are none or their formats differ. */
export function asTable(files: readonly RegisterFile[], from: readonly string[]): RegisterFile[] {
  if (files.length === 0) throw new EngineError('data.no-files', { paths: from });
  const other = files.find(({ format }) => format !== files[0]!.format);
  if (other !== undefined) {
    const [a, b] = [files[0]!, other];
    throw new EngineError('data.mixed-formats', { a: a.name, b: b.name, formatOfA: a.format, formatOfB: b.format });
  }
  return [...files].sort((a, b) => (a.name < b.name ? -1 : a.name > b.name ? 1 : 0));
}

/** Files chosen or dropped in a browser; those of a folder are named by their path in it. */
export function listRegisterFiles(files: readonly File[]): RegisterFile[] {
  const named = files.map((blob) => ({ name: blob.webkitRelativePath || blob.name, blob }));
  const shown = named.filter(({ name }) => !isHidden(name));
  const table = shown.map(({ name, blob }) => ({ name, format: formatOf(name), bytes: blob.size, location: { blob }, ...partitionValues(name) }));
  return asTable(table, named.map(({ name }) => name));
}
