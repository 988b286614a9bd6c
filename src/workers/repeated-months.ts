import { EngineError } from '../errors.ts';
import { formatMonth } from '../spec/months.ts';
import type { PersonOrder, RowStore } from './row-store.ts';

export interface RepeatedRow {
  /** Number of the file, and of the row in it. */
  readonly file: number;
  readonly row: number;
  readonly month: number;
}

/** Rows that repeat a person's month, all but the first in the order of the files. */
export interface RepeatedMonths {
  readonly rows: number;
  readonly first: readonly RepeatedRow[];
}

const shown = 5;

const before = (a: RepeatedRow, b: RepeatedRow): number => a.file - b.file || a.row - b.row;

/** Looks for persons with more than one row in a month among a worker's rows. */
export function repeatedMonths(store: RowStore, { order, start }: PersonOrder): RepeatedMonths {
  const months = store.months();
  const earliest = new Int32Array(65536);
  const seenBy = new Int32Array(65536).fill(-1);
  let rows = 0;
  let first: RepeatedRow[] = [];
  for (let p = 0; p + 1 < start.length; p++) {
    for (let k = start[p]!; k < start[p + 1]!; k++) {
      const row = order[k]!;
      const month = months[row]!;
      if (seenBy[month] !== p) {
        seenBy[month] = p;
        earliest[month] = row;
        continue;
      }
      rows++;
      const [one, other] = [{ ...store.origin(earliest[month]!), month }, { ...store.origin(row), month }];
      if (before(other, one) < 0) earliest[month] = row;
      first = [...first, before(other, one) < 0 ? one : other].sort(before).slice(0, shown);
    }
  }
  return { rows, first };
}

/** A person may have one row a month: throws `data` where any worker found more. */
export function refuseRepeatedMonths(parts: readonly RepeatedMonths[], fileNames: readonly string[]): void {
  const rows = parts.reduce((sum, part) => sum + part.rows, 0);
  if (rows === 0) return;
  const first = parts.flatMap((part) => part.first).sort(before).slice(0, shown);
  const list = first.map(({ file, row, month }) => `${fileNames[file] ?? `file ${file + 1}`} row ${row}, month ${formatMonth(month)}`);
  throw new EngineError(
    'data',
    `A person has more than one row in the same month: ${rows} ${rows === 1 ? 'row repeats' : 'rows repeat'} an earlier one: ${list.join('; ')}${rows > shown ? '; …' : ''}. Keep one row a person and month.`,
    { repeats: rows, first: list },
  );
}
