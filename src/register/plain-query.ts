/** Answers to plain conditions about the rows of a file, as the database would give them. */

import type { Data } from 'apache-arrow';
import { eachNull, fillNumbers } from './arrow-values.ts';
import { plainCondition, type PlainCondition } from './plain-condition.ts';
import type { RowAnswers, RowQuery } from './row-query.ts';
import type { RowQuestions } from './row-sql.ts';

interface Conditions {
  readonly filter: PlainCondition | null;
  readonly where: PlainCondition | null;
  readonly within: PlainCondition | null;
}

/** Null where something is asked that is not plain. */
export function plainQuery({ columns, derived, filter, where, within }: RowQuestions): RowQuery | null {
  if (derived.size > 0) return null;
  const asked = [filter, where, within?.condition ?? null];
  const read = asked.map((text) => (text === null ? null : plainCondition(text, columns)));
  if (read.some((condition, k) => condition === null && asked[k] !== null)) return null;
  const used = read.map((condition) => new Set(condition === null ? [] : columnsOf(condition)));
  // What is to be shown by is told by the database what it may not be chosen by.
  const forbidden = new Set(within?.notFrom.map((name) => name.toLowerCase()));
  if ([...used[2]!].some((name) => forbidden.has(name.toLowerCase()))) return null;
  const names = [...columns.keys()].filter((name) => used.some((own) => own.has(name)));
  const conditions = { filter: read[0]!, where: read[1]!, within: read[2]! };
  return {
    columns: names,
    isPlain: true,
    key: JSON.stringify(['plain', ...asked, names.map((name) => [name, columns.get(name)])]),
    answer: async (data, rows) => answers(conditions, data, rows),
  };
}

function columnsOf(condition: PlainCondition): string[] {
  if ('a' in condition) return [...columnsOf(condition.a), ...columnsOf(condition.b)];
  return condition.kind === 'not' ? columnsOf(condition.of) : [condition.of.column];
}

function answers({ filter, where, within }: Conditions, data: ReadonlyMap<string, Data>, rows: number): RowAnswers {
  const flags = (condition: PlainCondition | null): Uint8Array | null =>
    condition && truth(condition, data, rows).map((value) => (value === yes ? 1 : 0));
  const kept = flags(filter);
  const ofKept = (flags: Uint8Array | null): Uint8Array | null =>
    kept === null ? flags : flags && flags.filter((_, i) => kept[i] === 1);
  const count = kept === null ? rows : kept.reduce((sum, bit) => sum + bit, 0);
  return { kept, rows: count, condition: ofKept(flags(where)), within: ofKept(flags(within)), derived: new Map() };
}

const [no, yes, unknown] = [0, 1, 2] as const;

/** SQL's three values, one a row. */
function truth(condition: PlainCondition, data: ReadonlyMap<string, Data>, rows: number): Uint8Array {
  switch (condition.kind) {
    case 'and': return joined(truth(condition.a, data, rows), truth(condition.b, data, rows), no);
    case 'or': return joined(truth(condition.a, data, rows), truth(condition.b, data, rows), yes);
    case 'not': return truth(condition.of, data, rows).map((value) => (value === unknown ? unknown : 1 - value));
    case 'missing': return withNulls(new Uint8Array(rows), data.get(condition.of.column)!, yes);
    case 'holds': {
      const column = data.get(condition.of.column)!;
      return withNulls(
        condition.of.type === 'text' ? ofTexts(column, condition.holds) : ofNumbers(column, condition.holds),
        column,
        unknown,
      );
    }
  }
}

/** One that is `decisive` decides; else one that is not known leaves it so. */
function joined(a: Uint8Array, b: Uint8Array, decisive: number): Uint8Array {
  return a.map((value, i) =>
    value === decisive || b[i] === decisive ? decisive : value === unknown || b[i] === unknown ? unknown : 1 - decisive,
  );
}

function withNulls(values: Uint8Array, data: Data, ofNull: number): Uint8Array {
  eachNull({ data, start: 0, count: data.length }, (i) => {
    values[i] = ofNull;
  });
  return values;
}

function ofNumbers(data: Data, holds: (value: number) => boolean): Uint8Array {
  const values = new Float64Array(data.length);
  fillNumbers({ data, start: 0, count: data.length }, values, 0);
  return Uint8Array.from(values, (value) => (holds(value) ? yes : no));
}

/** Texts come as indices of distinct ones. */
function ofTexts(data: Data, holds: (value: string) => boolean): Uint8Array {
  const entries = Uint8Array.from([...data.dictionary!] as string[], (text) => (holds(text) ? yes : no));
  return Uint8Array.from(data.values as Int32Array, (index) => entries[index]!);
}
