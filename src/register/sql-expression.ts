/** Whether a piece of SQL is one expression whose value hangs on the row alone. */

import { EngineError } from '../errors.ts';
import { FlawedSql, sqlTokens, type SqlToken } from './sql-tokens.ts';

/** Words that a bracket may follow without being functions, and forms that SQL writes as calls. */
const ownWords = new Set(
  ('and or not in is like ilike between when then else case end any all some as on from for using by escape distinct collate '
    + 'cast try_cast extract substring trim position overlay coalesce nullif exists interval array struct map row union list lambda '
    + 'decimal numeric dec varchar char bpchar text string time timestamp timestamptz bit blob enum glob similar to').split(' '),
);

/** Of statements and of queries within: an expression has none. */
const statementWords = new Set('select values with pragma attach detach copy create insert update delete drop alter call execute prepare set reset load install'.split(' '));

/** Begin a query in DuckDB where they follow a bracket. */
const queryStarts = new Set(['from', 'table', 'describe', 'show', 'summarize', 'pivot', 'unpivot']);

/** Without brackets they are of the time, the user or the session. */
const sessionWords = new Set(
  'current_date current_time current_timestamp localtime localtimestamp current_user session_user user current_role current_catalog current_schema'.split(' '),
);

const pairs: Readonly<Record<string, string>> = { ')': '(', ']': '[', '}': '{' };

/**
 * Throws EngineError 'spec' where it is not: for several statements, queries within, settings, and functions whose answer does
 * not hang on their arguments alone. `functions` are the names of those whose answer does.
 */
export function checkExpression(sql: string, { functions, columns }: { functions: ReadonlySet<string>; columns: readonly string[] }): void {
  const tokens = tokensOf(sql);
  const known = new Set(columns.map((name) => name.toLowerCase()));
  const open: string[] = [];
  for (const [i, token] of tokens.entries()) {
    if (token.kind === 'sign') checkSign(sql, token.value, open);
    else if (token.kind === 'word' || token.kind === 'quoted') checkName(sql, token, { before: tokens[i - 1], next: tokens[i + 1], functions, known });
  }
  if (tokens.length === 0) throw new EngineError('spec.sql-nothing', {});
  if (open.length > 0) throw new EngineError('spec.sql-unbalanced', { sql });
}

function tokensOf(sql: string): SqlToken[] {
  try {
    return sqlTokens(sql);
  } catch (error) {
    if (!(error instanceof FlawedSql)) throw error;
    throw error.flaw === 'dollar' ? new EngineError('spec.sql-dollar', { sql }) : new EngineError('spec.sql-unclosed', { sql });
  }
}

function checkSign(sql: string, sign: string, open: string[]): void {
  // `#1` is the first column of a file, whichever that is.
  if (sign === '#') throw new EngineError('spec.sql-place', { sql });
  if (sign === ';') throw new EngineError('spec.sql-semicolon', { sql });
  if ('([{'.includes(sign)) open.push(sign);
  else if (sign in pairs && open.pop() !== pairs[sign]) throw new EngineError('spec.sql-unbalanced', { sql });
}

interface Around {
  readonly before: SqlToken | undefined;
  readonly next: SqlToken | undefined;
  readonly functions: ReadonlySet<string>;
  /** Names of columns, in lower case. */
  readonly known: ReadonlySet<string>;
}

const isSign = (token: SqlToken | undefined, sign: string): boolean => token?.kind === 'sign' && token.value === sign;

function checkName(sql: string, { kind, value }: SqlToken, { before, next, functions, known }: Around): void {
  const name = value.toLowerCase();
  const isWord = kind === 'word' && !isSign(before, '.');
  const isColumn = known.has(name);
  const opensQuery = queryStarts.has(name) && isSign(before, '(') && next !== undefined && next.kind !== 'sign';
  if (isWord && (name === 'select' || (statementWords.has(name) && !isColumn) || opensQuery)) throw new EngineError('spec.sql-statement', { sql, word: value });
  if (isWord && sessionWords.has(name) && !isColumn) throw new EngineError('spec.sql-function', { sql, name });
  const isCall = isSign(next, '(');
  if (isCall && !functions.has(name) && !(isWord && ownWords.has(name))) throw new EngineError('spec.sql-function', { sql, name });
}
