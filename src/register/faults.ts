/** What is wrong with the values of a file, counted to its end and then told once. */

import { EngineError } from '../errors.ts';
import type { rowFaults } from '../messages/en/row-faults.ts';
import type { NestedRowFault, ShownRow } from '../messages/words.ts';

type Faults = typeof rowFaults;
export type RowFaultCode = keyof Faults;
/** What a fault says besides how many rows it is in and which are the first. */
export type RowFaultArgs<C extends RowFaultCode> = Omit<Parameters<Faults[C]>[0], 'count' | 'first'>;

interface Fault extends NestedRowFault {
  readonly args: { count: number; readonly first: ShownRow[] };
}

const mostShown = 5;
const shownLength = 40;

export interface FaultLog {
  /** `column` is null for what is wrong with a whole row; `row` is its number in the file, from 1 and without the header. */
  add<C extends RowFaultCode>(code: C, column: string | null, row: number, value: string | null, ...args: object extends RowFaultArgs<C> ? [] : [RowFaultArgs<C>]): void;
  any(): boolean;
  /** Throws the one error that tells of all faults; nothing where there are none. */
  finish(): void;
}

export function createFaultLog(file: string): FaultLog {
  const faults = new Map<string, Fault>();
  return {
    add(code, column, row, value, args?: object) {
      const key = `${code}:${column}${args === undefined ? '' : JSON.stringify(args)}`;
      let fault = faults.get(key);
      if (fault === undefined) faults.set(key, (fault = { code, column, args: { ...args, count: 0, first: [] } }));
      const { args: told } = fault;
      told.count++;
      if (told.first.length < mostShown && !told.first.some((shown) => shown.row === row)) told.first.push({ row, value: shorten(value) });
    },
    any: () => faults.size > 0,
    finish() {
      if (faults.size > 0) throw new EngineError('data.faulty-rows', { file, faults: [...faults.values()] });
    },
  };
}

const shorten = (value: string | null): string | null =>
  value !== null && value.length > shownLength ? `${value.slice(0, shownLength)}…` : value;
