/** SQL about the rows of a file: columns derived from others, a filter, and a condition. */

import type { Data, DataType } from 'apache-arrow';
import { EngineError } from '../errors.ts';
import { openArrowBytes } from './arrow.ts';
import { checkType, typeName } from './arrow-types.ts';
import { fillNumbers } from './arrow-values.ts';
import type { Chunk } from './arrow-values.ts';
import { sqlStream } from './condition-table.ts';
import { connectSql } from './duckdb.ts';
import type { Sql } from './duckdb.ts';
import type { ColumnRequest } from './partition.ts';

export interface RowQuestions {
  readonly file: string;
  /** SQL types of the file's columns by name. */
  readonly columns: ReadonlyMap<string, string>;
  /** Expressions on the file's columns, by the name of the column they make. */
  readonly derived: ReadonlyMap<string, string>;
  /** Rows where it does not hold are not there for anything else; null keeps all. */
  readonly filter: string | null;
  readonly where: string | null;
  /** The derived columns that are wanted, and as what. */
  readonly wanted: readonly ColumnRequest[];
}

export interface RowAnswers {
  /** One byte a row, 1 where the filter holds; null without a filter. */
  readonly kept: Uint8Array | null;
  /** One byte a kept row, 1 where the condition holds; null without one. */
  readonly condition: Uint8Array | null;
  /** The wanted derived columns of the kept rows. */
  readonly derived: ReadonlyMap<string, readonly Chunk[]>;
  /** Number of kept rows. */
  readonly rows: number;
}

export interface RowQuery {
  /** Columns of the file that are needed to answer. */
  readonly columns: readonly string[];
  answer(columns: ReadonlyMap<string, Data>, rows: number): Promise<RowAnswers>;
  close(): void;
}

const table = 'read_rows';
const keptTable = 'kept_rows';
const quoted = (name: string): string => `"${name.replaceAll('"', '""')}"`;
/** On lines of its own, so that a comment at its end does not swallow the bracket. */
const bracketed = (expression: string): string => `(\n${expression}\n)`;
const truth = (condition: string): string => `CAST(${bracketed(condition)} AS BOOLEAN)`;

/** Throws EngineError 'spec' for SQL that does not work on these columns, 'data' for derived columns of a wrong type. */
export async function prepareRowQuery(questions: RowQuestions): Promise<RowQuery> {
  const sql = await connectSql();
  try {
    bindAll(sql, questions);
    const outputs = await derivedOutputs(sql, questions);
    return {
      columns: usedColumns(sql, questions),
      answer: (columns, rows) => answer({ sql, questions, outputs }, columns, rows),
      close: () => sql.close(),
    };
  } catch (error) {
    sql.close();
    throw error;
  }
}

/** One row of nulls with the columns of the file. */
function nothing(columns: ReadonlyMap<string, string>): string {
  const list = [...columns].map(([name, type]) => `CAST(NULL AS ${type}) AS ${quoted(name)}`).join(', ');
  return `(SELECT ${list || '1'})`;
}

/** `rows` with the derived columns beside their own. */
function withDerived(rows: string, derived: RowQuestions['derived']): string {
  const list = [...derived].map(([name, expression]) => `, ${bracketed(expression)} AS ${quoted(name)}`).join('');
  return list === '' ? `${rows} AS t` : `(SELECT *${list} FROM ${rows} AS t) AS t`;
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

/** How messages name a condition or a derived column. */
const called = (name: string | null, expression: string): string => (name === null ? `condition "${expression}"` : `derived column ${name} ("${expression}")`);

function bindAll(sql: Sql, { file, columns, derived, filter, where }: RowQuestions): void {
  const check = (name: string | null, expression: string, error: Error | null): void => {
    if (error === null) return;
    const names = [...columns.keys(), ...(name === null ? derived.keys() : [])];
    const message = `The ${called(name, expression)} does not work on ${file}: ${error.message} The columns are: ${names.join(', ')}.`;
    throw new EngineError('spec', message, { ...(name === null ? { where: expression } : { derived: name, expression }), file, reason: error.message }, { cause: error });
  };
  const own = `${nothing(columns)} AS t`;
  for (const [name, expression] of derived) check(name, expression, tryBind(sql, own, `${bracketed(expression)} IS NULL`));
  const all = withDerived(nothing(columns), derived);
  for (const condition of [filter, where]) if (condition !== null) check(null, condition, tryBind(sql, all, bracketed(condition)));
}

/** A column is used if something does not bind without it. */
function usedColumns(sql: Sql, { columns, derived, filter, where }: RowQuestions): string[] {
  const conditions = [filter, where].flatMap((condition) => (condition === null ? [] : [bracketed(condition)]));
  const used = [...columns.keys()].filter((name) => {
    const others = new Map(columns);
    others.delete(name);
    return tryBind(sql, withDerived(nothing(others), derived), conditions.join(' AND ') || 'true') !== null;
  });
  // Something must be there to have rows, even for a condition like 1 = 1.
  return used.length > 0 ? used : [...columns.keys()].slice(0, 1);
}

/** What to select for each wanted column: decimals as doubles, the rest as they are. Throws where a role cannot have the type. */
async function derivedOutputs(sql: Sql, { file, columns, derived, wanted }: RowQuestions): Promise<Map<string, string>> {
  const from = withDerived(nothing(columns), derived);
  const typeOf = async (output: string): Promise<DataType> => (await openArrowBytes(sql.run(`SELECT ${output} FROM ${from}`))).schema.fields[0]!.type;
  const outputs = new Map<string, string>();
  for (const request of wanted) {
    const plain = quoted(request.column);
    const output = typeName(await typeOf(plain)) === 'decimal' ? `CAST(${plain} AS DOUBLE)` : plain;
    checkType(file, request, await typeOf(output));
    outputs.set(request.column, output);
  }
  return outputs;
}

interface Prepared {
  readonly sql: Sql;
  readonly questions: RowQuestions;
  readonly outputs: ReadonlyMap<string, string>;
}

async function answer(prepared: Prepared, columns: ReadonlyMap<string, Data>, rows: number): Promise<RowAnswers> {
  const streams = compute(prepared, sqlStream(columns, rows));
  const kept = streams.filter && flags(await chunksOf(streams.filter, prepared, rows), rows);
  const count = kept === null ? rows : kept.reduce((sum, bit) => sum + bit, 0);
  const derived = new Map<string, readonly Chunk[]>();
  for (const [name, stream] of streams.derived) derived.set(name, await chunksOf(stream, prepared, count));
  return { kept, condition: streams.where && flags(await chunksOf(streams.where, prepared, count), count), derived, rows: count };
}

interface Streams {
  readonly filter: Uint8Array | null;
  readonly where: Uint8Array | null;
  readonly derived: ReadonlyMap<string, Uint8Array>;
}

/** Insert, ask and drop without a pause, so that several files can share the one database. */
function compute({ sql, questions: { file, columns, derived, filter, where }, outputs }: Prepared, stream: Uint8Array): Streams {
  const asked = (name: string | null, expression: string, statement: string): Uint8Array => {
    try {
      return sql.run(statement);
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error);
      const data = { ...(name === null ? { where: expression } : { derived: name, expression }), file, reason };
      throw new EngineError('data', `${file}: the ${called(name, expression)} cannot be computed: ${reason}`, data, { cause: error });
    }
  };
  sql.insert(table, stream);
  try {
    let rows = table;
    let held: Uint8Array | null = null;
    if (filter !== null) {
      const from = withDerived(table, derived);
      held = asked(null, filter, `SELECT ${truth(filter)} AS answer FROM ${from}`);
      // In a table of their own, so that nothing is computed for the other rows.
      asked(null, filter, `CREATE TEMP TABLE ${keptTable} AS SELECT ${ownColumns(derived, columns)} FROM ${from} WHERE ${truth(filter)}`);
      rows = keptTable;
    }
    const from = withDerived(rows, derived);
    return {
      filter: held,
      where: where === null ? null : asked(null, where, `SELECT ${truth(where)} AS answer FROM ${from}`),
      derived: new Map([...outputs].map(([name, output]) => [name, asked(name, derived.get(name)!, `SELECT ${output} AS answer FROM ${from}`)])),
    };
  } finally {
    sql.run(`DROP TABLE IF EXISTS ${keptTable}`);
    sql.run(`DROP TABLE ${table}`);
  }
}
