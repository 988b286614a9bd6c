/**
 * Conditions that compare columns with constants, read without a database: what SQL says of them is beyond doubt, and
 * to load the database takes longer than to read thousands of small files. Whatever is not of this kind is left to the
 * database.
 */

export type PlainType = 'number' | 'boolean' | 'text';

export interface PlainColumn {
  readonly column: string;
  readonly type: PlainType;
}

/** True, false or null for a row, as SQL has it. */
export type PlainCondition =
  /** Of a value that is there; booleans are 0 and 1. Null where it is not. */
  | { readonly kind: 'holds'; readonly of: PlainColumn; readonly holds: (value: number | string) => boolean }
  | { readonly kind: 'missing'; readonly of: PlainColumn }
  | { readonly kind: 'not'; readonly of: PlainCondition }
  | { readonly kind: 'and' | 'or'; readonly a: PlainCondition; readonly b: PlainCondition };

/** Types whose every value a double holds, or compares with a constant of few digits as if it did. */
const numberTypes = new Set([
  'TINYINT',
  'SMALLINT',
  'INTEGER',
  'BIGINT',
  'UTINYINT',
  'USMALLINT',
  'UINTEGER',
  'DOUBLE',
]);

const typeOf = (sqlType: string): PlainType | null =>
  numberTypes.has(sqlType) ? 'number' : sqlType === 'BOOLEAN' ? 'boolean' : sqlType === 'VARCHAR' ? 'text' : null;

/** Words that SQL takes for its own where a column of that name could stand. */
const sqlWords = new Set(
  `
    all analyse analyze and anti any array as asc asof asymmetric at authorization between bigint binary bit
    boolean both by case cast char character check coalesce collate collation column columns concurrently
    constraint create cross current_catalog current_date current_role current_schema current_time
    current_timestamp current_user dec decimal default deferrable desc describe distinct do else end except
    exists extract false fetch float for foreign freeze from full generated glob grant group grouping
    grouping_id having ilike in initially inner inout int integer intersect interval into is isnull join lambda
    lateral leading left like limit localtime localtimestamp map national natural nchar none not notnull null
    nullif numeric offset on only or order out outer overlaps overlay pivot pivot_longer pivot_wider placing
    position positional precision primary qualify real references returning right row rowid select semi
    session_user setof show similar smallint some struct substring summarize symmetric table tablesample then
    time timestamp to trailing treat trim true try_cast union unique unpack unpivot user using values varchar
    variadic verbose when where window with xmlattributes xmlconcat xmlelement xmlexists xmlforest xmlnamespaces
    xmlparse xmlpi xmlroot xmlserialize xmltable
  `.trim().split(/\s+/),
);

export const isSqlWord = (word: string): boolean => sqlWords.has(word);

/** Whole numbers of few digits, and texts of ASCII alone, which stand in one order by bytes and by UTF-16. */
const token =
  /[ \t\r\n]*(?:([A-Za-z_][A-Za-z0-9_]*)|(-?[0-9]{1,9})(?![0-9A-Za-z_.])|'([ -&(-~]*)'(?!')|(<=|>=|<>|!=|[=<>(),]))/y;

const longest = 1000;

interface Token {
  readonly kind: 'word' | 'number' | 'text' | 'sign';
  readonly value: string;
}

function tokensOf(sql: string): Token[] | null {
  const tokens: Token[] = [];
  const end = sql.trimEnd().length;
  if (end > longest) return null;
  for (let at = 0; at < end; at = token.lastIndex) {
    token.lastIndex = at;
    const found = token.exec(sql);
    if (found === null) return null;
    const [, word, number, text, sign] = found;
    if (word !== undefined) tokens.push({ kind: 'word', value: word.toLowerCase() });
    else if (number !== undefined) tokens.push({ kind: 'number', value: number });
    else if (text !== undefined) tokens.push({ kind: 'text', value: text });
    else tokens.push({ kind: 'sign', value: sign! });
  }
  return tokens;
}

const plainName = /^[A-Za-z_][A-Za-z0-9_]*$/;

/** `columns` are SQL types by name. Null where the condition is of another kind, or may be. */
export function plainCondition(sql: string, columns: ReadonlyMap<string, string>): PlainCondition | null {
  const tokens = tokensOf(sql);
  const byName = new Map([...columns.keys()].map((name) => [name.toLowerCase(), name]));
  if (tokens === null || byName.size < columns.size) return null;
  const parser = new Parser(tokens, (word) => {
    const column = byName.get(word);
    const type =
      column === undefined || !plainName.test(column) || isSqlWord(word) ? null : typeOf(columns.get(column)!);
    return type && { column: column!, type };
  });
  try {
    return parser.whole();
  } catch (error) {
    if (error instanceof OtherKind) return null;
    throw error;
  }
}

class OtherKind extends Error {}

class Parser {
  #at = 0;
  readonly #tokens: readonly Token[];
  readonly #column: (word: string) => PlainColumn | null;

  constructor(tokens: readonly Token[], column: (word: string) => PlainColumn | null) {
    this.#tokens = tokens;
    this.#column = column;
  }

  whole(): PlainCondition {
    const condition = this.#chain('or', () => this.#chain('and', () => this.#not()));
    if (this.#at < this.#tokens.length) throw new OtherKind();
    return condition;
  }

  #take(kind: Token['kind'], value?: string): Token | null {
    const next = this.#tokens[this.#at];
    if (next?.kind !== kind || (value !== undefined && next.value !== value)) return null;
    this.#at++;
    return next;
  }

  #must(kind: Token['kind'], value?: string): Token {
    const found = this.#take(kind, value);
    if (found === null) throw new OtherKind();
    return found;
  }

  #chain(word: 'and' | 'or', next: () => PlainCondition): PlainCondition {
    let a = next();
    while (this.#take('word', word)) a = { kind: word, a, b: next() };
    return a;
  }

  #not(): PlainCondition {
    if (this.#take('word', 'not')) return { kind: 'not', of: this.#not() };
    if (!this.#take('sign', '(')) return this.#comparison();
    const within = this.#chain('or', () => this.#chain('and', () => this.#not()));
    this.#must('sign', ')');
    return within;
  }

  #comparison(): PlainCondition {
    const of = this.#column(this.#must('word').value);
    if (of === null) throw new OtherKind();
    if (this.#take('word', 'is')) {
      const isNot = this.#take('word', 'not') !== null;
      this.#must('word', 'null');
      return isNot ? { kind: 'not', of: { kind: 'missing', of } } : { kind: 'missing', of };
    }
    if (this.#take('word', 'not')) {
      const inside = this.#range(of);
      if (inside === null) throw new OtherKind();
      return { kind: 'not', of: inside };
    }
    return this.#range(of) ?? this.#compared(of);
  }

  #range(of: PlainColumn): PlainCondition | null {
    if (this.#take('word', 'between')) {
      const low = this.#constant(of, '<=');
      this.#must('word', 'and');
      const high = this.#constant(of, '<=');
      return { kind: 'holds', of, holds: (value) => low <= value && value <= high };
    }
    if (!this.#take('word', 'in')) return null;
    this.#must('sign', '(');
    const listed = new Set([this.#constant(of, '=')]);
    while (this.#take('sign', ',')) listed.add(this.#constant(of, '='));
    this.#must('sign', ')');
    return { kind: 'holds', of, holds: (value) => listed.has(value) };
  }

  #compared(of: PlainColumn): PlainCondition {
    const next = this.#tokens[this.#at];
    const compare = next?.kind === 'sign' ? comparisons[next.value] : undefined;
    if (compare === undefined) {
      if (of.type !== 'boolean') throw new OtherKind();
      return { kind: 'holds', of, holds: (value) => value === 1 };
    }
    this.#at++;
    const constant = this.#constant(of, next!.value);
    return { kind: 'holds', of, holds: (value) => compare(value, constant) };
  }

  /** Of the column's own type: what another becomes is the database's to say. */
  #constant({ type }: PlainColumn, sign: string): number | string {
    if (type === 'number') return Number(this.#must('number').value);
    if (type === 'text') return this.#must('text').value;
    const word = this.#must('word').value;
    if (!['=', '<>', '!='].includes(sign) || (word !== 'true' && word !== 'false')) throw new OtherKind();
    return word === 'true' ? 1 : 0;
  }
}

type Comparison = (value: number | string, constant: number | string) => boolean;

const comparisons: Readonly<Record<string, Comparison>> = {
  '=': (value, constant) => value === constant,
  '<>': (value, constant) => value !== constant,
  '!=': (value, constant) => value !== constant,
  '<': (value, constant) => value < constant,
  '<=': (value, constant) => value <= constant,
  '>': (value, constant) => value > constant,
  '>=': (value, constant) => value >= constant,
};
