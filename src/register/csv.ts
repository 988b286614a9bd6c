/** CSV text, plain or gzip, to partitions. The file is read in pieces and never held whole. */

import { EngineError } from '../errors.ts';
import type { ByteSource } from './bytes.ts';
import { checkPresent } from './check-columns.ts';
import { createColumnBuilder } from './csv-columns.ts';
import { readDialect } from './csv-dialect.ts';
import type { Dialect } from './csv-dialect.ts';
import { createFields, splitRows } from './csv-fields.ts';
import type { FaultLog } from './faults.ts';
import { columnKey } from './partition.ts';
import type { ColumnRequest, CsvPart, Partition, ReadingOptions } from './partition.ts';
import { openPlainText } from './plain-text.ts';
import { checkRowCount } from './row-limit.ts';
import { lend } from './spare-arrays.ts';
import { openText } from './text-window.ts';
import type { TextReader, TextWindow } from './text-window.ts';

const partitionRows = 131072;
/** Rows split at a time: their bounds stay in the processor's cache while the columns are read. */
const runRows = 2048;
/** A header or row longer than this is a quote that is never closed. */
const longestRow = 32 << 20;

export interface CsvText {
  readonly file: string;
  readonly dialect: Dialect;
  readonly reader: TextReader;
  /** Begins with the first row. */
  readonly window: TextWindow;
  /** Bytes of the reader's window before this one. */
  readonly passed: number;
  /** Number in the file of the first row. */
  readonly firstRow: number;
  /** Rows of the text, where they have been counted. */
  readonly rows: number | null;
  /** Bytes of the whole file, packed as it is. */
  readonly size: number;
}

/** Reads as far as the header. The caller closes `reader`. */
export async function openCsv(file: string, source: ByteSource, reading: ReadingOptions = {}): Promise<CsvText> {
  const reader = await openText(file, source, reading);
  try {
    for (;;) {
      const window = await reader.advance(0);
      const dialect = readDialect(file, window.bytes, window.isLast);
      if (dialect !== null) {
        const { firstByte } = dialect;
        const begun = { ...window, bytes: window.bytes.subarray(firstByte) };
        return { file, dialect, reader, window: begun, passed: firstByte, firstRow: 1, rows: null, size: source.size };
      }
      if (window.bytes.length > longestRow) throw new EngineError('data.header-unclosed', { file, mebibytes: longestRow >> 20 });
    }
  } catch (error) {
    await reader.close();
    throw error;
  }
}

/** A part of a file whose text is its bytes. The caller closes `reader`. */
export async function openCsvPart(file: string, source: ByteSource, { from, to, firstRow, rows, head }: CsvPart): Promise<CsvText> {
  const reader = openPlainText(source, from, to);
  return { file, dialect: head.dialect, reader, window: await reader.advance(0), passed: 0, firstRow, rows, size: source.size };
}

/** Rows of a partition that begins at a place, at most: no more than there are rows left, or lines where the text ends within the window. */
function roomFor({ bytes, isLast }: TextWindow, at: number, left: number | null): number {
  if (left !== null) return Math.min(partitionRows, left);
  if (!isLast) return partitionRows;
  let lines = 1;
  for (let feed = bytes.indexOf(10, at); feed >= 0 && lines < partitionRows; feed = bytes.indexOf(10, feed + 1)) lines++;
  return lines;
}

export async function* csvPartitions(
  { file, dialect, reader, window: first, passed, firstRow: begin, rows: counted, size }: CsvText,
  requests: readonly ColumnRequest[],
  faults: FaultLog,
): AsyncGenerator<Partition> {
  const { separator, decimalComma, names } = dialect;
  const columns = [...new Set(requests.map(({ column }) => column))];
  checkPresent(file, columns, names);
  const places = Int32Array.from(names, (name) => columns.indexOf(name));
  let firstRow = begin;
  const fields = createFields(columns.length, Math.min(runRows, roomFor(first, 0, counted)));
  const newBuilders = (mostRows: number) =>
    requests.map((request) => {
      const place = columns.indexOf(request.column);
      return createColumnBuilder(request, { place, mostRows, decimalComma, firstRow, faults });
    });
  let builders = newBuilders(roomFor(first, 0, counted));
  let rows = 0;
  const partition = (): Partition => {
    const entries = requests.map((request, k) => [columnKey(request), builders[k]!.finish(rows)] as const);
    const made = new Map(entries);
    lend(made, builders.flatMap(({ arrays }) => arrays));
    return { file, firstRow, rows, rowNumbers: null, columns: made, condition: null };
  };
  let window = first;
  let at = 0;
  let consumed = passed;
  for (;;) {
    const mostRows = Math.min(runRows, partitionRows - rows);
    at = splitRows(window.bytes, at, fields, { separator, places, mostRows, isLast: window.isLast });
    for (const row of fields.malformed) faults.add('fault.malformed-row', null, firstRow + rows + row, null);
    for (const { row, lines } of fields.swallowed) faults.add('fault.swallowed-rows', null, firstRow + rows + row, null, { lines });
    for (const row of fields.suspect) faults.note('warning.quoted-lines', null, firstRow + rows + row, null);
    for (const builder of builders) builder.take(window.bytes, fields, rows);
    rows += fields.rows;
    if (rows === partitionRows) {
      // A packed file may come to any number of rows that are all alike.
      checkRowCount(file, firstRow + rows - 1, size, 'text');
      yield partition();
      firstRow += rows;
      rows = 0;
      builders = newBuilders(roomFor(window, at, counted && counted - (firstRow - begin)));
    } else if (fields.rows < mostRows) {
      if (window.isLast) break;
      if (window.bytes.length - at > longestRow) throw new EngineError('data.row-unclosed', { file, row: firstRow + rows, mebibytes: longestRow >> 20 });
      window = await reader.advance(consumed + at);
      consumed = 0;
      at = 0;
    }
  }
  const { bytes } = window;
  if (bytes.length > 0 && bytes.at(-1) !== 10 && firstRow + rows > 1) faults.note('warning.last-line-open', null, firstRow + rows - 1, null);
  if (rows > 0) yield partition();
}
