/** What is wrong with the values of a file, counted to its end and then told once. */

import { EngineError } from '../errors.ts';

export type FaultKind = 'malformed' | 'text' | 'not-finite' | 'month' | 'no-month' | 'no-person' | 'not-utf8';

export interface FaultRow {
  /** Number in the file, from 1 and without the header. */
  readonly row: number;
  readonly value: string | null;
}

interface Fault {
  readonly kind: FaultKind;
  readonly column: string | null;
  count: number;
  readonly rows: FaultRow[];
}

const shownRows = 5;
const shownLength = 40;

const texts: Readonly<Record<FaultKind, { what: (count: number) => string; todo: string }>> = {
  malformed: {
    what: (n) => `${plural(n, 'row does', 'rows do')} not have the fields of the header, or a quote is not closed`,
    todo: 'Write one field per column and close every quote (RFC 4180).',
  },
  'not-utf8': { what: (n) => `${plural(n, 'value is', 'values are')} not UTF-8 text`, todo: 'Save the file as UTF-8.' },
  text: {
    what: (n) => `${plural(n, 'value is', 'values are')} not a number`,
    todo: 'Write plain numbers; a missing value is an empty field or NA.',
  },
  'not-finite': {
    what: (n) => `${plural(n, 'value is', 'values are')} not a finite number`,
    todo: 'Write finite numbers, or leave the value out.',
  },
  month: {
    what: (n) => `${plural(n, 'value is', 'values are')} not a month`,
    todo: 'Write months as YYYY-MM, YYYY-MM-DD, a date or timestamp, or the integer YYYYMM.',
  },
  'no-month': { what: (n) => `the month is missing in ${plural(n, 'row', 'rows')}`, todo: 'Every row needs its calendar month.' },
  'no-person': { what: (n) => `the person id is missing in ${plural(n, 'row', 'rows')}`, todo: 'Every row needs a person id.' },
};

const plural = (count: number, one: string, many: string): string => `${count} ${count === 1 ? one : many}`;

export interface FaultLog {
  add(kind: FaultKind, column: string | null, row: number, value: string | null): void;
  /** Throws the one error that tells of all faults; nothing where there are none. */
  finish(): void;
}

export function createFaultLog(file: string): FaultLog {
  const faults = new Map<string, Fault>();
  return {
    add(kind, column, row, value) {
      const key = `${kind}:${column}`;
      let fault = faults.get(key);
      if (fault === undefined) faults.set(key, (fault = { kind, column, count: 0, rows: [] }));
      fault.count++;
      if (fault.rows.length < shownRows && !fault.rows.some((shown) => shown.row === row)) fault.rows.push({ row, value: shorten(value) });
    },
    finish() {
      const [first, ...others] = faults.values();
      if (first === undefined) return;
      const { what, todo } = texts[first.kind];
      const where = first.column === null ? file : `${file}, column ${first.column}`;
      const rows = first.rows.map(({ row, value }) => (value === null ? `${row}` : `${row}: "${value}"`)).join(', ');
      const more = others.length === 0 ? '' : ` Also: ${others.map(summary).join('; ')}.`;
      throw new EngineError('data', `${where}: ${what(first.count)} (first rows: ${rows}). ${todo}${more}`, {
        file,
        column: first.column,
        fault: first.kind,
        count: first.count,
        rows: first.rows,
        others: others.map(({ kind, column, count }) => ({ fault: kind, column, count })),
      });
    },
  };
}

const shorten = (value: string | null): string | null =>
  value !== null && value.length > shownLength ? `${value.slice(0, shownLength)}…` : value;

const summary = ({ kind, column, count }: Fault): string => `${column === null ? '' : `column ${column}: `}${texts[kind].what(count)}`;
