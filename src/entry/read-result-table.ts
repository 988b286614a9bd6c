import { join } from 'node:path';
import { EngineError } from '../errors.ts';
import { csvTexts } from '../register/csv-texts.ts';
import { describeFile } from '../register/describe.ts';
import { columnKey, type ColumnRequest, type LabelColumn, type NumberColumn, type RegisterFile } from '../register/partition.ts';
import { readPartitions } from '../register/read.ts';
import type { ResultColumn } from '../results/columns.ts';
import { csvText } from '../results/csv.ts';
import { reasonOf } from './reason.ts';
import { readPart } from './run-parts.ts';

/** A result table as `run` wrote it. */
export interface ReadTable {
  readonly file: string;
  /** The bytes of the CSV file; of an Arrow file, those of the same table as CSV. */
  readonly csv: Uint8Array;
  text(column: string): readonly string[];
  /** NaN where the cell is empty. */
  numbers(column: string): Float64Array;
}

/** Reads `name.csv` of a folder, or `name.arrow` where there is no such file. Both give the numbers back to the bit. */
export async function readResultTable(folder: string, name: string): Promise<ReadTable> {
  const csv = await bytesOf(join(folder, `${name}.csv`));
  const isForPeople = csv !== null && isUtf8Mark(csv);
  if (csv !== null && !isForPeople) return tableOfCsv(join(folder, `${name}.csv`), csv);
  const path = join(folder, `${name}.arrow`);
  const arrow = await bytesOf(path);
  if (arrow !== null) return tableOfArrow(path, arrow);
  throw new EngineError(isForPeople ? 'data.result-for-people' : 'data.no-result-table', { folder, name });
}

/** What `--csv nb` writes first. */
const isUtf8Mark = ([a, b, c]: Uint8Array): boolean => a === 0xef && b === 0xbb && c === 0xbf;

async function bytesOf(path: string): Promise<Uint8Array<ArrayBuffer> | null> {
  try {
    return await readPart(path);
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code === 'ENOENT') return null;
    throw new EngineError('data.result-unreadable', { path, reason: reasonOf(cause) }, { cause });
  }
}

function missingColumn(file: string, column: string): EngineError {
  return new EngineError('data.no-result-column', { file, column });
}

function tableOfCsv(file: string, bytes: Uint8Array): ReadTable {
  const texts = csvTexts(file, bytes.slice());
  const text = (column: string): string[] => {
    const found = texts.get(column);
    if (found === undefined) throw missingColumn(file, column);
    return found;
  };
  return { file, csv: bytes, text, numbers: (column) => Float64Array.from(text(column), (cell) => (cell === '' ? NaN : Number(cell))) };
}

async function tableOfArrow(path: string, bytes: Uint8Array<ArrayBuffer>): Promise<ReadTable> {
  const file: RegisterFile = { name: path, format: 'arrow', bytes: bytes.length, location: { blob: new Blob([bytes]) } };
  const requests = (await describeFile(file)).columns.map(({ name, type }): ColumnRequest => ({ column: name, as: type === 'text' ? 'label' : 'number' }));
  const columns = new Map(requests.map(({ column, as }) => [column, { as, texts: [] as string[], numbers: [] as number[] }]));
  for await (const partition of readPartitions(file, { columns: requests, where: null, filter: null, derived: {} })) {
    for (const request of requests) {
      const found = partition.columns.get(columnKey(request)) as LabelColumn | NumberColumn;
      const column = columns.get(request.column)!;
      if (found.kind === 'label') for (const code of found.codes) column.texts.push(found.labels[code]!);
      else for (const value of found.values) column.numbers.push(value);
    }
  }
  const of = (column: string) => {
    const found = columns.get(column);
    if (found === undefined) throw missingColumn(path, column);
    return found;
  };
  const asWritten = [...columns].map(([name, { as, texts, numbers }]): ResultColumn => (as === 'label' ? { name, kind: 'text', values: texts } : { name, kind: 'number', values: numbers }));
  return {
    file: path,
    csv: new TextEncoder().encode(csvText(asWritten)),
    text: (column) => of(column).texts,
    numbers: (column) => Float64Array.from(of(column).numbers),
  };
}
