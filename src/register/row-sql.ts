/** SQL about the rows of a file, in words: columns derived from others, a filter and a condition, checked before any row is read. */

import { EngineError } from '../errors.ts';
import type { Sql } from './duckdb.ts';

export interface RowQuestions {
  readonly file: string;
  /** SQL types of the file's columns by name. */
  readonly columns: ReadonlyMap<string, string>;
  /** Expressions on the file's columns, by the name of the column they make. */
  readonly derived: ReadonlyMap<string, string>;
  /** Rows where it does not hold are not there for anything else; null keeps all. */
  readonly filter: string | null;
  /** Answered for every row that is there; null asks nothing. */
  readonly where: string | null;
  /** The same: whether it is shown. */
  readonly within: Within | null;
}

/** A condition, and columns that neither it nor the derived columns in it may use: shown rows are not to be chosen by their outcomes. */
export interface Within {
  readonly condition: string;
  readonly notFrom: readonly string[];
}

/** A piece of SQL as the user wrote it: a condition, or what a derived column is. */
export interface Asked {
  readonly name: string | null;
  readonly text: string;
}

export const quoted = (name: string): string => `"${name.replaceAll('"', '""')}"`;
/** On lines of its own, so that a comment at its end does not swallow the bracket. */
const bracketed = (text: string): string => `(\n${text}\n)`;
export const truth = (condition: string): string => `CAST(${bracketed(condition)} AS BOOLEAN)`;

/** Rows as a source. SQL takes the name of a source for a column where there is none of that name, so it is one that no table has. */
const source = (rows: string): string => `${rows} AS "rows of the file"`;

/** No rows, with the columns of the file. */
export function nothing(columns: ReadonlyMap<string, string>): string {
  const list = [...columns].map(([name, type]) => `CAST(NULL AS ${type}) AS ${quoted(name)}`).join(', ');
  return `(SELECT ${list || '1'} LIMIT 0)`;
}

/** `rows` with the derived columns beside their own. */
export function withDerived(rows: string, derived: ReadonlyMap<string, string>): string {
  const list = [...derived].map(([name, text]) => `, ${bracketed(text)} AS ${quoted(name)}`).join('');
  return source(list === '' ? rows : `(SELECT *${list} FROM ${source(rows)})`);
}

/** In a WHERE nothing binds that is not about one row by itself: no aggregates, no window functions. */
function tryBind(sql: Sql, from: string, condition: string): Error | null {
  try {
    sql.run(`SELECT 1 FROM ${from} WHERE ${condition}`);
    return null;
  } catch (error) {
    return error as Error;
  }
}

/** Throws EngineError 'spec' for what does not work on the columns. */
export function bindQuestions(sql: Sql, { file, columns, derived, filter, where, within }: RowQuestions): void {
  const own = source(nothing(columns));
  for (const [name, text] of derived) refuse(file, { name, text }, tryBind(sql, own, `${bracketed(text)} IS NULL`), [...columns.keys()]);
  const all = withDerived(nothing(columns), derived);
  for (const text of [filter, where, within?.condition ?? null]) {
    if (text !== null) refuse(file, { name: null, text }, tryBind(sql, all, bracketed(text)), [...columns.keys(), ...derived.keys()]);
  }
  if (within) refuseForbidden(sql, { columns, derived }, within);
}

/** Whatever does not bind without a column uses it; a derived column that does uses it too. */
function refuseForbidden(sql: Sql, { columns, derived }: Pick<RowQuestions, 'columns' | 'derived'>, { condition, notFrom }: Within): void {
  for (const column of notFrom) {
    const name = [...columns.keys()].find((one) => one.toLowerCase() === column.toLowerCase());
    if (name === undefined) continue;
    const others = new Map([...columns].filter(([one]) => one !== name));
    const left = [...derived].filter(([, text]) => tryBind(sql, source(nothing(others)), `${bracketed(text)} IS NULL`) === null);
    if (tryBind(sql, withDerived(nothing(others), new Map(left)), bracketed(condition)) === null) continue;
    const by = [...derived.keys()].filter((one) => !left.some(([kept]) => kept === one));
    const direct = tryBind(sql, withDerived(nothing(others), new Map([...left, ...by.map((one) => [one, 'NULL'] as const)])), bracketed(condition)) !== null;
    throw new EngineError('spec.within-outcome', { condition, outcome: name, by: direct ? [] : by });
  }
}

function refuse(file: string, asked: Asked, error: Error | null, columns: readonly string[]): void {
  if (error === null) return;
  const { name, text } = asked;
  const args = { file, reason: error.message, columns };
  if (name === null) throw new EngineError('spec.condition-refused', { condition: text, ...args }, { cause: error });
  throw new EngineError('spec.derived-refused', { derived: name, expression: text, ...args }, { cause: error });
}

export function notComputed(file: string, { name, text }: Asked, error: unknown): EngineError {
  const reason = error instanceof Error ? error.message : String(error);
  if (name === null) return new EngineError('data.condition-not-computed', { condition: text, file, reason }, { cause: error });
  return new EngineError('data.derived-not-computed', { derived: name, expression: text, file, reason }, { cause: error });
}

/** A column is used if something does not bind without it. */
export function usedColumns(sql: Sql, { columns, derived, filter, where, within }: RowQuestions): string[] {
  const conditions = [filter, where, within?.condition ?? null].flatMap((text) => (text === null ? [] : [bracketed(text)]));
  const used = [...columns.keys()].filter((name) => {
    const others = new Map(columns);
    others.delete(name);
    return tryBind(sql, withDerived(nothing(others), derived), conditions.join(' AND ') || 'true') !== null;
  });
  // Something must be there to have rows, even for a condition like 1 = 1.
  return used.length > 0 ? used : [...columns.keys()].slice(0, 1);
}
