/** What is wrong or odd with the values of a file, counted to its end and then told once. */

import { EngineError } from '../errors.ts';
import type { readingNotes } from '../messages/en/reading-notes.ts';
import type { rowFaults } from '../messages/en/row-faults.ts';
import type { NestedRowFault, ShownRow } from '../messages/words.ts';

type Faults = typeof rowFaults;
export type RowFaultCode = keyof Faults;
/** What a fault says besides how many rows it is in and which are the first. */
export type RowFaultArgs<C extends RowFaultCode> = Omit<Parameters<Faults[C]>[0], 'count' | 'first'>;

export interface FoundFault extends NestedRowFault {
  readonly args: { count: number; readonly first: ShownRow[] };
}

const mostShown = 5;
const shownLength = 40;

/** How a number of a file with decimal commas is written. */
export type DecimalCode = 'decimal.comma' | 'decimal.point';

/** What is odd and stops nothing; what may contradict other parts of the table. */
export type NoteCode = keyof typeof readingNotes | DecimalCode;

/** Ways to write decimals are looked for until they are found, and not counted. */
const each = (code: NoteCode): number => (code.startsWith('decimal.') ? 0 : 1);

/** How often, and where first. */
export interface FoundNote {
  readonly code: NoteCode;
  readonly column: string | null;
  readonly count: number;
  readonly file: string;
  readonly row: number;
  readonly value: string | null;
}

export interface FaultLog {
  /** `column` is null for what is wrong with a whole row; `row` is its number in the file, from 1 and without the header. */
  add<C extends RowFaultCode>(code: C, column: string | null, row: number, value: string | null, ...args: object extends RowFaultArgs<C> ? [] : [RowFaultArgs<C>]): void;
  /** As `add`, for what is odd. */
  note(code: NoteCode, column: string | null, row: number, value: string | null): void;
  notes(): readonly FoundNote[];
  any(): boolean;
  /** In the order of their first rows. */
  list(): readonly FoundFault[];
  /** Throws the one error that tells of all faults; nothing where there are none. */
  finish(): void;
}

export function createFaultLog(file: string): FaultLog {
  const faults = new Map<string, FoundFault>();
  const notes = new Map<string, FoundNote>();
  return {
    add(code, column, row, value, args?: object) {
      const key = `${code}:${column}${args === undefined ? '' : JSON.stringify(args)}`;
      let fault = faults.get(key);
      if (fault === undefined) faults.set(key, (fault = { code, column, args: { ...args, count: 0, first: [] } }));
      const { args: told } = fault;
      told.count++;
      showRow(told.first, row, value);
    },
    note(code, column, row, value) {
      const key = `${code}:${column}`;
      const before = notes.get(key);
      notes.set(
        key,
        before
          ? { ...before, count: before.count + each(code) }
          : { code, column, count: each(code), file, row, value: shorten(value) },
      );
    },
    notes: () => [...notes.values()],
    any: () => faults.size > 0,
    list: () => inOrder([...faults.values()]),
    finish() {
      if (faults.size > 0) throw new EngineError('data.faulty-rows', { file, faults: inOrder([...faults.values()]) });
    },
  };
}

/** Rows may be met in any order, and those are shown that come first in the file. */
function showRow(first: ShownRow[], row: number, value: string | null): void {
  if (first.length === mostShown && row >= first.at(-1)!.row) return;
  const at = first.findIndex((shown) => shown.row >= row);
  if (at >= 0 && first[at]!.row === row) return;
  first.splice(at < 0 ? first.length : at, 0, { row, value: shorten(value) });
  if (first.length > mostShown) first.pop();
}

/** By first row, and for one row by code and column: whichever part of it was looked at first. */
const inOrder = (faults: readonly FoundFault[]): FoundFault[] =>
  [...faults].sort((a, b) => a.args.first[0]!.row - b.args.first[0]!.row || (sortKey(a) < sortKey(b) ? -1 : 1));

const sortKey = ({ code, column, args: { count: _count, first: _first, ...rest } }: FoundFault): string => JSON.stringify([code, column, rest]);

/** Of the parts of a file, in order: as if they had been one. */
export function mergeFaults(parts: readonly (readonly FoundFault[])[]): FoundFault[] {
  const merged = new Map<string, FoundFault>();
  for (const { code, column, args } of parts.flat()) {
    const { count, first, ...rest } = args;
    const key = JSON.stringify([code, column, rest]);
    const before = merged.get(key)?.args ?? { count: 0, first: [] };
    merged.set(key, { code, column, args: { ...rest, count: before.count + count, first: [...before.first, ...first].slice(0, mostShown) } });
  }
  return inOrder([...merged.values()]);
}

/** Of several files or parts, the first first: counts added up, and where the first is. */
export function mergeNotes(lists: readonly (readonly FoundNote[])[]): FoundNote[] {
  const merged = new Map<string, FoundNote>();
  for (const note of lists.flat()) {
    const key = `${note.code}:${note.column}`;
    const before = merged.get(key);
    merged.set(key, before ? { ...before, count: before.count + note.count } : note);
  }
  return [...merged.values()];
}

const shorten = (value: string | null): string | null =>
  value !== null && value.length > shownLength ? `${value.slice(0, shownLength)}…` : value;
