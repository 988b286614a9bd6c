import { EngineError } from '../errors.ts';
import { formatMonth } from '../spec/months.ts';
import type { Places } from './read-pieces.ts';
import type { RowStore } from './row-store.ts';

export interface RepeatedRow {
  /** Number of the piece, and of the row in it. */
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

/** Looks for persons with more than one row in a month among a worker's rows: one bit a person and month. */
export function repeatedMonths(store: RowStore, firstMonth: number, months: number): RepeatedMonths {
  const words = Math.ceil(months / 32);
  const seen = new Uint32Array(words * store.persons.size);
  const repeated = new Set<number>();
  for (const piece of store.pieces) {
    for (let i = 0; i < piece.rows; i++) {
      const month = piece.months[i]! - firstMonth;
      const word = piece.persons[i]! * words + (month >>> 5);
      const bit = 1 << (month & 31);
      if (seen[word]! & bit) repeated.add(piece.persons[i]! * months + month);
      seen[word]! |= bit;
    }
  }
  return repeated.size === 0 ? { rows: 0, first: [] } : listRepeats(store, { repeated, firstMonth, months });
}

function listRepeats(store: RowStore, { repeated, firstMonth, months }: { repeated: ReadonlySet<number>; firstMonth: number; months: number }): RepeatedMonths {
  const found = new Map<number, RepeatedRow[]>();
  for (const piece of store.pieces) {
    for (let i = 0; i < piece.rows; i++) {
      const key = piece.persons[i]! * months + piece.months[i]! - firstMonth;
      if (!repeated.has(key)) continue;
      const row = { file: piece.file, row: piece.rowNumbers[i]!, month: piece.months[i]! };
      if (found.has(key)) found.get(key)!.push(row);
      else found.set(key, [row]);
    }
  }
  const repeats = [...found.values()].flatMap((rows) => rows.sort(before).slice(1));
  return { rows: repeats.length, first: repeats.sort(before).slice(0, shown) };
}

/** A person may have one row a month: throws `data` where any worker found more. */
export function refuseRepeatedMonths(parts: readonly RepeatedMonths[], places: Places): void {
  const rows = parts.reduce((sum, part) => sum + part.rows, 0);
  if (rows === 0) return;
  const first = parts.flatMap((part) => part.first).sort(before).slice(0, shown);
  const named = first.map(({ file, row, month }) => ({ ...places(file, row), month: formatMonth(month) }));
  throw new EngineError('data.repeated-months', { repeats: rows, first: named });
}
