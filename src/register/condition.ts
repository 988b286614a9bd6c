/** An SQL condition on the rows of a file. */

import type { Data } from 'apache-arrow';
import { EngineError } from '../errors.ts';
import { openArrowBytes } from './arrow.ts';
import { fillNumbers } from './arrow-values.ts';
import { conditionStream } from './condition-table.ts';
import { connectSql } from './duckdb.ts';
import type { Sql } from './duckdb.ts';

export interface Condition {
  /** Columns of the file that it uses. */
  readonly columns: readonly string[];
  /** One byte a row, 1 where the condition holds; null counts as false. `columns` holds those it uses. */
  holds(columns: ReadonlyMap<string, Data>, rows: number): Promise<Uint8Array>;
  close(): void;
}

const table = 'condition_rows';
const quoted = (name: string): string => `"${name.replaceAll('"', '""')}"`;
/** On lines of its own, so that a comment at its end does not swallow the bracket. */
const bracketed = (where: string): string => `(\n${where}\n)`;

/** `columns` maps the columns of the file to their SQL types. Throws EngineError 'spec' where it is no condition on them. */
export async function prepareCondition(file: string, where: string, columns: ReadonlyMap<string, string>): Promise<Condition> {
  const sql = await connectSql();
  try {
    bind(sql, file, where, columns);
    const used = usedColumns(sql, where, columns);
    return { columns: used, holds: (data, rows) => holds(sql, { file, where }, data, rows), close: () => sql.close() };
  } catch (error) {
    sql.close();
    throw error;
  }
}

/** In a WHERE nothing binds that is not about one row by itself: no aggregates, no window functions. */
function tryBind(sql: Sql, where: string, columns: ReadonlyMap<string, string>): Error | null {
  const list = [...columns].map(([name, type]) => `CAST(NULL AS ${type}) AS ${quoted(name)}`).join(', ');
  try {
    sql.run(`SELECT 1 FROM (SELECT ${list || '1'}) AS t WHERE ${bracketed(where)}`);
    return null;
  } catch (error) {
    return error as Error;
  }
}

function bind(sql: Sql, file: string, where: string, columns: ReadonlyMap<string, string>): void {
  const error = tryBind(sql, where, columns);
  if (error === null) return;
  throw new EngineError(
    'spec',
    `The condition "${where}" does not work on ${file}: ${error.message} The columns are: ${[...columns.keys()].join(', ')}.`,
    { where, file, reason: error.message },
    { cause: error },
  );
}

/** A column is used if the condition does not bind without it. */
function usedColumns(sql: Sql, where: string, columns: ReadonlyMap<string, string>): string[] {
  const used = [...columns.keys()].filter((name) => {
    const others = new Map(columns);
    others.delete(name);
    return tryBind(sql, where, others) !== null;
  });
  // Something must be there to have rows, even for a condition like 1 = 1.
  return used.length > 0 ? used : [...columns.keys()].slice(0, 1);
}

interface Named {
  readonly file: string;
  readonly where: string;
}

async function holds(sql: Sql, { file, where }: Named, columns: ReadonlyMap<string, Data>, rows: number): Promise<Uint8Array> {
  const answer = compute(sql, { file, where }, conditionStream(columns, rows));
  const values = new Float64Array(rows);
  let at = 0;
  for await (const batch of (await openArrowBytes(answer)).batches) {
    fillNumbers({ data: batch.data.children[0]!, start: 0, count: batch.numRows }, values, at);
    at += batch.numRows;
  }
  if (at !== rows) throw new EngineError('internal', `The condition "${where}" gave ${at} answers for ${rows} rows of ${file}.`, { where, file });
  return Uint8Array.from(values, (value) => (value === 1 ? 1 : 0));
}

/** Insert, ask and drop without a pause, so that several files can share the one database. */
function compute(sql: Sql, { file, where }: Named, stream: Uint8Array): Uint8Array {
  sql.insert(table, stream);
  try {
    return sql.run(`SELECT CAST(${bracketed(where)} AS BOOLEAN) AS holds FROM ${table}`);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new EngineError('data', `${file}: the condition "${where}" cannot be computed: ${reason}`, { where, file, reason }, { cause: error });
  } finally {
    sql.run(`DROP TABLE ${table}`);
  }
}
