/** The chunks of an Arrow column to a column of a partition. */

import { DataType } from 'apache-arrow';
import type { Vector } from 'apache-arrow';
import { textBytes } from './arrow-text.ts';
import { eachNull, fillDays, fillMonths, fillNumbers, fillPersons, valueText } from './arrow-values.ts';
import type { Chunk } from './arrow-values.ts';
import type { FaultLog } from './faults.ts';
import { addNumberLabels, createLabelBuilder, labelColumn, monthsOfLabels } from './labels.ts';
import type { LabelBuilder } from './labels.ts';
import { missingMonth, unreadableMonth } from './month.ts';
import type { Column, ColumnRequest, LabelColumn } from './partition.ts';
import { isMissingPerson, wordsPerPerson } from './person.ts';
import { createTextIndex } from './text-index.ts';
import { isText } from './arrow-types.ts';

export interface Rows {
  readonly chunks: readonly Chunk[];
  readonly count: number;
  /** Number in the file of the first row. */
  readonly firstRow: number;
}

export function toColumn(rows: Rows, { column, as }: ColumnRequest, faults: FaultLog): Column {
  if (as === 'label') return toLabels(rows);
  if (as === 'person') return toPersons(rows, column, faults);
  if (as === 'month') return toMonths(rows, column, faults);
  const values = new Float64Array(rows.count);
  eachChunk(rows, (chunk, at) => fillNumbers(chunk, values, at));
  if (rows.chunks.length > 0 && DataType.isFloat(valueType(rows.chunks[0]!.data.type))) checkFinite(values, column, rows.firstRow, faults);
  return { kind: 'number', values };
}

function checkFinite(values: Float64Array, column: string, firstRow: number, faults: FaultLog): void {
  for (let i = 0; i < values.length; i++) {
    const v = values[i]!;
    if (v === Infinity || v === -Infinity) faults.add('not-finite', column, firstRow + i, String(v));
  }
}

function eachChunk({ chunks }: Rows, use: (chunk: Chunk, at: number) => void): void {
  let at = 0;
  for (const chunk of chunks) {
    use(chunk, at);
    at += chunk.count;
  }
}

function toPersons(rows: Rows, column: string, faults: FaultLog): Column {
  const words = new Uint32Array(wordsPerPerson * rows.count);
  eachChunk(rows, (chunk, at) => fillPersons(chunk, words, at));
  for (let i = 0; i < rows.count; i++) {
    if (isMissingPerson(words, wordsPerPerson * i)) faults.add('no-person', column, rows.firstRow + i, null);
  }
  return { kind: 'person', words };
}

function toMonths(rows: Rows, column: string, faults: FaultLog): Column {
  const values = holdsText(rows) ? monthsOfLabels(toLabels(rows)).values : new Int32Array(rows.count);
  if (!holdsText(rows)) eachChunk(rows, (chunk, at) => fillMonths(chunk, values, at));
  eachChunk(rows, (chunk, at) => {
    for (let i = 0; i < chunk.count; i++) {
      const month = values[at + i]!;
      if (month === missingMonth) faults.add('no-month', column, rows.firstRow + at + i, null);
      else if (month === unreadableMonth) faults.add('month', column, rows.firstRow + at + i, valueText(chunk, i));
    }
  });
  return { kind: 'month', values };
}

const valueType = (type: DataType): DataType => (DataType.isDictionary(type) ? (type.dictionary as DataType) : type);

const holdsText = ({ chunks }: Rows): boolean => chunks.length > 0 && isText(valueType(chunks[0]!.data.type));

export function toLabels(rows: Rows): LabelColumn {
  const builder = createLabelBuilder(rows.count);
  let addText: ((chunk: Chunk, at: number) => void) | null = null;
  eachChunk(rows, (chunk, at) => {
    const { type } = chunk.data;
    if (DataType.isDictionary(type)) addEntries(builder, chunk, at);
    else if (isText(type)) (addText ??= textAdder(builder))(chunk, at);
    else if (DataType.isDate(type)) addDates(builder, chunk, at);
    else if (DataType.isInt(type) && type.bitWidth === 64) addLongs(builder, chunk, at);
    else addNumbers(builder, chunk, at);
  });
  return labelColumn(builder);
}

function addNumbers(builder: LabelBuilder, chunk: Chunk, at: number): void {
  const values = new Float64Array(chunk.count);
  fillNumbers(chunk, values, 0);
  addNumberLabels(builder, values, at);
}

/** Integers that a double cannot hold keep their own digits. */
function addLongs(builder: LabelBuilder, chunk: Chunk, at: number): void {
  const values = new Float64Array(chunk.count);
  fillNumbers(chunk, values, 0);
  if (!values.some((v) => Math.abs(v) > Number.MAX_SAFE_INTEGER)) addNumberLabels(builder, values, at);
  else for (let i = 0; i < chunk.count; i++) builder.codes[at + i] = builder.codeOf(valueText(chunk, i));
}

function textAdder(builder: LabelBuilder): (chunk: Chunk, at: number) => void {
  const codes: number[] = [];
  const index = createTextIndex((text) => codes.push(builder.codeOf(text)));
  return (chunk, at) => {
    const { bytes, offsets } = textBytes(chunk);
    const missing = missingRows(chunk);
    for (let i = 0; i < chunk.count; i++) {
      const end = offsets[i + 1]!;
      const begin = missing !== null && missing[i] === 1 ? end : offsets[i]!;
      builder.codes[at + i] = codes[index.indexOf(bytes, begin, end)]!;
    }
  };
}

function missingRows(chunk: Chunk): Uint8Array | null {
  if (chunk.data.nullCount === 0) return null;
  const missing = new Uint8Array(chunk.count);
  eachNull(chunk, (i) => {
    missing[i] = 1;
  });
  return missing;
}

function addDates(builder: LabelBuilder, chunk: Chunk, at: number): void {
  const days = new Int32Array(chunk.count);
  fillDays(chunk, days, 0);
  const missing = missingRows(chunk);
  const codes = new Map<number, number>();
  for (let i = 0; i < chunk.count; i++) {
    const day = missing?.[i] === 1 ? NaN : days[i]!;
    let code = codes.get(day);
    if (code === undefined) codes.set(day, (code = builder.codeOf(day !== day ? '' : isoDate(day))));
    builder.codes[at + i] = code;
  }
}

const isoDate = (day: number): string => new Date(day * 86400000).toISOString().slice(0, 10);

const entryLabels = new WeakMap<Vector, LabelColumn>();

function addEntries(builder: LabelBuilder, chunk: Chunk, at: number): void {
  const { data, start, count } = chunk;
  const dictionary = data.dictionary!;
  let entries = entryLabels.get(dictionary);
  if (entries === undefined) {
    const chunks = dictionary.data.map((part) => ({ data: part, start: 0, count: part.length }));
    entryLabels.set(dictionary, (entries = toLabels({ chunks, count: dictionary.length, firstRow: 0 })));
  }
  // The last place stands for null; a label gets its code when a row first uses it.
  const codes = new Int32Array(entries.codes.length + 1).fill(-1);
  const missing = missingRows(chunk);
  const indices = data.values;
  for (let i = 0; i < count; i++) {
    const entry = missing !== null && missing[i] === 1 ? entries.codes.length : Number(indices[start + i]);
    let code = codes[entry]!;
    if (code < 0) codes[entry] = code = builder.codeOf(entry === entries.codes.length ? '' : entries.labels[entries.codes[entry]!]!);
    builder.codes[at + i] = code;
  }
}
