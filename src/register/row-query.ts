/** Answers to SQL about the rows of a file, partition by partition. */

import type { Data } from 'apache-arrow';
import { EngineError } from '../errors.ts';
import { openArrowBytes } from './arrow.ts';
import type { ArrowField } from './arrow-layout.ts';
import { checkType, typeName } from './arrow-types.ts';
import { fillNumbers } from './arrow-values.ts';
import type { Chunk } from './arrow-values.ts';
import { checkExpression } from './sql-expression.ts';
import { sqlStream } from './condition-table.ts';
import { connectSql, pureFunctions } from './duckdb.ts';
import type { Sql } from './duckdb.ts';
import type { ColumnRequest } from './partition.ts';
import { plainQuery } from './plain-query.ts';
import { bindQuestions, notComputed, nothing, quoted, truth, usedColumns, withDerived } from './row-sql.ts';
import type { Asked, RowQuestions } from './row-sql.ts';

export interface RowAnswers {
  /** One byte a row, 1 where the filter holds; null without a filter. */
  readonly kept: Uint8Array | null;
  /** Number of kept rows. */
  readonly rows: number;
  /** One byte a kept row, 1 where the condition holds; null without one. */
  readonly condition: Uint8Array | null;
  /** The same of the condition of shown rows. */
  readonly within: Uint8Array | null;
  /** The wanted derived columns of the kept rows. */
  readonly derived: ReadonlyMap<string, readonly Chunk[]>;
}

export interface RowQuery {
  /** Columns of the file that are needed to answer. */
  readonly columns: readonly string[];
  /** The same for files whose rows may be answered together: the same is asked of columns of the same types. */
  readonly key: string;
  /** It has an answer for every row. */
  readonly isPlain: boolean;
  /** `columns` holds those needed, `rows` rows each. */
  answer(columns: ReadonlyMap<string, Data>, rows: number): Promise<RowAnswers>;
}

/**
 * `wanted` are the derived columns to compute. Throws EngineError 'spec' for SQL that does not work on the columns of the
 * file, 'data' for a derived column of a type that its role cannot have.
 */
export const prepareRowQuery = async (questions: RowQuestions, wanted: readonly ColumnRequest[]): Promise<RowQuery> =>
  plainQuery(questions) ?? prepareSqlQuery(questions, wanted);

/** The same, answered by the database whatever is asked. */
export async function prepareSqlQuery(questions: RowQuestions, wanted: readonly ColumnRequest[]): Promise<RowQuery> {
  const { file, ...asked } = questions;
  const key = JSON.stringify([{ ...asked, columns: [...asked.columns], derived: [...asked.derived] }, wanted]);
  if (!prepared.has(key)) {
    if (prepared.size === mostPrepared) prepared.clear();
    prepared.set(key, prepare(questions, wanted));
  }
  const { sql, outputs, used } = await prepared.get(key)!.catch((error: unknown) => {
    prepared.delete(key);
    throw error;
  });
  const types = used.map((name) => [name, questions.columns.get(name)]);
  return {
    columns: used,
    isPlain: false,
    key: JSON.stringify([{ ...asked, columns: types, derived: [...asked.derived] }, wanted]),
    answer: (columns, rows) => answer({ sql, questions, outputs }, columns, rows),
  };
}

/** What was prepared of late: the files of a table have much the same columns, and the same is asked of them. */
const prepared = new Map<string, Promise<Omit<Prepared, 'questions'> & { readonly used: readonly string[] }>>();
const mostPrepared = 64;

async function prepare(questions: RowQuestions, wanted: readonly ColumnRequest[]) {
  const { columns, derived, filter, where, within } = questions;
  const known = { functions: await pureFunctions(), columns: [...columns.keys(), ...derived.keys()] };
  for (const text of [...derived.values(), filter, where, within?.condition ?? null]) if (text !== null) checkExpression(text, known);
  const sql = await connectSql();
  const before = catalogue(sql);
  bindQuestions(sql, questions);
  if (catalogue(sql) !== before) throw new EngineError('spec.sql-changed', {});
  return { sql, outputs: await derivedOutputs(sql, questions, wanted), used: usedColumns(sql, questions) };
}

/** All that somebody made in the database, and its settings. */
const catalogueQuery = `
  SELECT string_agg(entry, chr(10) ORDER BY entry) FROM (
    SELECT 'table ' || table_name || ' ' || sql AS entry FROM duckdb_tables() UNION ALL SELECT 'view ' || view_name FROM duckdb_views() WHERE NOT internal
    UNION ALL SELECT 'function ' || function_name || ' ' || coalesce(macro_definition, '') FROM duckdb_functions() WHERE NOT internal
    UNION ALL SELECT 'setting ' || name || ' ' || coalesce(value, '') FROM duckdb_settings())`;

const catalogue = (sql: Sql): string => new TextDecoder().decode(sql.run(catalogueQuery));

/** What to select for each wanted column: decimals as doubles, the rest as it is. */
async function derivedOutputs(sql: Sql, { file, columns, derived }: RowQuestions, wanted: readonly ColumnRequest[]): Promise<Map<string, string>> {
  const from = withDerived(nothing(columns), derived);
  const typeOf = async (output: string): Promise<ArrowField> => (await openArrowBytes(file, sql.run(`SELECT ${output} FROM ${from}`))).fields[0]!;
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
  /** What to select for each derived column that is wanted. */
  readonly outputs: ReadonlyMap<string, string>;
}

async function answer(prepared: Prepared, columns: ReadonlyMap<string, Data>, rows: number): Promise<RowAnswers> {
  const { file } = prepared.questions;
  const streams = compute(prepared, [...columns.keys()], sqlStream(columns, rows));
  const kept = streams.filter === null ? null : flags(await chunksOf(file, streams.filter, rows), rows);
  const count = kept === null ? rows : kept.reduce((sum, bit) => sum + bit, 0);
  const condition = streams.where === null ? null : flags(await chunksOf(file, streams.where, count), count);
  const within = streams.within === null ? null : flags(await chunksOf(file, streams.within, count), count);
  const derived = new Map<string, readonly Chunk[]>();
  for (const [name, stream] of streams.derived) derived.set(name, await chunksOf(file, stream, count));
  return { kept, rows: count, condition, within, derived };
}

const table = 'read_rows';
const keptTable = 'kept_rows';

/** Answers as Arrow streams of one column. */
interface Streams {
  readonly filter: Uint8Array | null;
  readonly where: Uint8Array | null;
  readonly within: Uint8Array | null;
  readonly derived: ReadonlyMap<string, Uint8Array>;
}

/** Insert, ask and drop without a pause, so that several files can share the one database. */
function compute({ sql, questions, outputs }: Prepared, names: readonly string[], stream: Uint8Array): Streams {
  const { file, derived, filter, where, within } = questions;
  const ask = (asked: Asked, statement: string): Uint8Array => {
    try {
      return sql.run(statement);
    } catch (error) {
      throw notComputed(file, asked, error);
    }
  };
  const askFor = (text: string, from: string): Uint8Array => ask({ name: null, text }, `SELECT ${truth(text)} FROM ${from}`);
  sql.insert(table, stream);
  try {
    const all = withDerived(table, derived);
    const holds = filter === null ? null : askFor(filter, all);
    // In a table of their own, so that nothing is computed for the other rows.
    if (filter !== null) ask({ name: null, text: filter }, `CREATE TABLE ${keptTable} AS SELECT ${names.map(quoted).join(', ')} FROM ${all} WHERE ${truth(filter)}`);
    const kept = filter === null ? all : withDerived(keptTable, derived);
    return {
      filter: holds,
      where: where === null ? null : askFor(where, kept),
      within: within === null ? null : askFor(within.condition, kept),
      derived: new Map([...outputs].map(([name, output]) => [name, ask({ name, text: derived.get(name)! }, `SELECT ${output} FROM ${kept}`)])),
    };
  } finally {
    sql.run(`DROP TABLE IF EXISTS ${keptTable}`);
    sql.run(`DROP TABLE ${table}`);
  }
}

async function chunksOf(file: string, stream: Uint8Array, rows: number): Promise<Chunk[]> {
  const chunks: Chunk[] = [];
  let count = 0;
  for await (const batch of (await openArrowBytes(file, stream)).batches(null)) {
    chunks.push({ data: [...batch.columns.values()][0]!, start: 0, count: batch.rows });
    count += batch.rows;
  }
  if (count !== rows) throw new EngineError('internal.unexpected', { detail: `SQL gave ${count} answers for ${rows} rows of ${file}.` });
  return chunks;
}

/** 1 where true; null counts as false. */
function flags(chunks: readonly Chunk[], rows: number): Uint8Array {
  const values = new Float64Array(rows);
  let at = 0;
  for (const chunk of chunks) {
    fillNumbers(chunk, values, at);
    at += chunk.count;
  }
  return Uint8Array.from(values, (value) => (value === 1 ? 1 : 0));
}
