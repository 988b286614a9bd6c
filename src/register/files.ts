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
  const table = shown.map(({ name, blob }) => ({ name, format: formatOf(name), bytes: blob.size, location: { blob } }));
  return asTable(table, named.map(({ name }) => name));
}
