/** SQL as words and signs, so that what a condition calls is known before DuckDB sees it. */

export interface SqlToken {
  readonly kind: 'word' | 'quoted' | 'text' | 'number' | 'sign';
  /** Of a word in lower case; of a quoted name or a text what stands between the quotes. */
  readonly value: string;
}

/** Why a text is no single expression. */
export type SqlFlaw = 'unclosed-text' | 'unclosed-name' | 'unclosed-comment' | 'dollar';

export class FlawedSql extends Error {
  readonly flaw: SqlFlaw;

  constructor(flaw: SqlFlaw) {
    super(flaw);
    this.flaw = flaw;
  }
}

const wordStart = /[A-Za-z_\u0080-\uffff]/;
const wordSign = /[A-Za-z0-9_$\u0080-\uffff]/;
const number = /(?:\d[\d_]*\.?[\d_]*|\.\d[\d_]*)(?:[eE][+-]?\d+)?/y;

/** Throws FlawedSql for what is not closed, and for `$`, which begins texts and parameters of PostgreSQL's kind. */
export function sqlTokens(sql: string): SqlToken[] {
  const tokens: SqlToken[] = [];
  let at = 0;
  while (at < sql.length) {
    const sign = sql[at]!;
    if (/\s/.test(sign)) at++;
    else if (sql.startsWith('--', at)) at = (sql.indexOf('\n', at) + 1) || sql.length;
    else if (sql.startsWith('/*', at)) at = afterComment(sql, at);
    else if (sign === "'" || sign === '"') {
      const isText = sign === "'";
      const end = closing(sql, at, { isEscaped: isText && isEscape(tokens.at(-1), sql, at) });
      if (end < 0) throw new FlawedSql(isText ? 'unclosed-text' : 'unclosed-name');
      tokens.push({ kind: isText ? 'text' : 'quoted', value: sql.slice(at + 1, end).replaceAll(sign + sign, sign) });
      at = end + 1;
    } else if (sign === '$') throw new FlawedSql('dollar');
    else if (wordStart.test(sign)) {
      let end = at + 1;
      while (end < sql.length && wordSign.test(sql[end]!)) end++;
      const value = sql.slice(at, end);
      if (value.includes('$')) throw new FlawedSql('dollar');
      tokens.push({ kind: 'word', value: value.toLowerCase() });
      at = end;
    } else {
      number.lastIndex = at;
      const found = number.exec(sql);
      tokens.push(found === null ? { kind: 'sign', value: sign } : { kind: 'number', value: found[0] });
      at += found?.[0].length ?? 1;
    }
  }
  return tokens;
}

/** Comments nest. */
function afterComment(sql: string, begin: number): number {
  let depth = 0;
  for (let at = begin; at < sql.length; ) {
    if (sql.startsWith('/*', at)) [depth, at] = [depth + 1, at + 2];
    else if (sql.startsWith('*/', at)) {
      [depth, at] = [depth - 1, at + 2];
      if (depth === 0) return at;
    } else at++;
  }
  throw new FlawedSql('unclosed-comment');
}

/** In `E'…'` a backslash escapes. */
const isEscape = (before: SqlToken | undefined, sql: string, at: number): boolean =>
  before?.kind === 'word' && before.value === 'e' && /[eE]/.test(sql[at - 1] ?? '');

function closing(sql: string, begin: number, { isEscaped }: { isEscaped: boolean }): number {
  const quote = sql[begin]!;
  for (let at = begin + 1; at < sql.length; at++) {
    if (isEscaped && sql[at] === '\\') at++;
    else if (sql[at] === quote) {
      if (sql[at + 1] !== quote) return at;
      at++;
    }
  }
  return -1;
}
