/** The chunks of an Arrow column to a column of a partition. */

import { DataType, Precision } from 'apache-arrow';
import type { Vector } from 'apache-arrow';
import { textBytes } from './arrow-text.ts';
import { EngineError } from '../errors.ts';
import { eachScientific } from './arrow-ids.ts';
import { fillMonths, firstInstant, instantText } from './arrow-months.ts';
import { eachNull, fillDays, fillNumbers, fillPersons, hasNulls, valueText } from './arrow-values.ts';
import type { Chunk } from './arrow-values.ts';
import type { FaultLog } from './faults.ts';
import { addNumberLabels, createLabelBuilder, labelColumn, monthsOfLabels } from './labels.ts';
import type { LabelBuilder } from './labels.ts';
import { missingMonth, monthFromText, unreadableMonth } from './month.ts';
import type { Column, ColumnRequest, LabelColumn, NumberArray } from './partition.ts';
import { isMissingPerson, wordsPerPerson } from './person.ts';
import { createTextIndex } from './text-index.ts';
import { isText } from './arrow-types.ts';

export interface Rows {
  readonly chunks: readonly Chunk[];
  readonly count: number;
  /** Number in the file of the first row. */
  readonly firstRow: number;
}

/** What is told of a column, and what its file does not say. */
export interface ColumnContext {
  readonly file: string;
  readonly timeZone: string | undefined;
  readonly faults: FaultLog;
}

export function toColumn(rows: Rows, { column, as }: ColumnRequest, context: ColumnContext): Column {
  const { faults } = context;
  if (as === 'label') return toLabels(rows);
  if (as === 'person') return toPersons(rows, column, faults);
  if (as === 'month') return toMonths(rows, column, context);
  const values = toNumbers(rows);
  const isComplete = isAllFinite(values);
  if (!isComplete && DataType.isFloat(valueType(rows.chunks[0]!.data.type))) checkFinite(values, column, rows.firstRow, faults);
  return { kind: 'number', values, isComplete };
}

/** The file's own values where they lie together and none is null. */
function toNumbers(rows: Rows): NumberArray {
  const Narrow = narrowType(rows);
  const [first] = rows.chunks;
  const isPacked = first !== undefined && DataType.isBool(first.data.type);
  if (rows.chunks.length === 1 && !isPacked && !hasNulls(first!.data) && first!.data.values instanceof Narrow) {
    return first!.data.values.subarray(first!.start, first!.start + first!.count);
  }
  const values = new Narrow(rows.count);
  eachChunk(rows, (chunk, at) => fillNumbers(chunk, values, at));
  return values;
}

type NumberArrayType = new (rows: number) => NumberArray;

/** The narrowest type that holds all values, and NaN where some are null. */
function narrowType({ chunks }: Rows): NumberArrayType {
  const type = chunks[0]?.data.type;
  if (type === undefined) return Float64Array;
  const isSmall = DataType.isBool(type) || (DataType.isInt(type) && type.bitWidth <= 16);
  if (isSmall && chunks.some(({ data }) => hasNulls(data))) return Float32Array;
  if (DataType.isBool(type)) return Uint8Array;
  if (DataType.isFloat(type)) return type.precision === Precision.DOUBLE ? Float64Array : Float32Array;
  if (!isSmall) return Float64Array;
  return (chunks[0]!.data.values as NumberArray).constructor as NumberArrayType;
}

/** A sum of zeros, NaN where any value is NaN or infinite: most columns need no closer look. Four sums, as each waits for its last term. */
function isAllFinite(values: NumberArray): boolean {
  if (!(values instanceof Float32Array || values instanceof Float64Array)) return true;
  let [a, b, c, d] = [0, 0, 0, 0];
  let i = 0;
  for (; i < values.length - 3; i += 4) {
    a += values[i]! * 0;
    b += values[i + 1]! * 0;
    c += values[i + 2]! * 0;
    d += values[i + 3]! * 0;
  }
  for (; i < values.length; i++) a += values[i]! * 0;
  return a + b + c + d === 0;
}

function checkFinite(values: NumberArray, column: string, firstRow: number, faults: FaultLog): void {
  for (let i = 0; i < values.length; i++) {
    const v = values[i]!;
    if (v === Infinity || v === -Infinity) faults.add('fault.not-finite', column, firstRow + i, String(v));
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
  eachChunk(rows, (chunk, at) => {
    fillPersons(chunk, words, at);
    eachScientific(chunk, words.subarray(wordsPerPerson * at), (i, text) => faults.note('warning.scientific-ids', column, rows.firstRow + at + i, text));
  });
  for (let i = 0; i < rows.count; i++) {
    if (isMissingPerson(words, wordsPerPerson * i)) faults.add('fault.no-person', column, rows.firstRow + i, null);
  }
  return { kind: 'person', words };
}

function toMonths(rows: Rows, column: string, { file, timeZone, faults }: ColumnContext): Column {
  if (timeZone === undefined) refuseInstants(rows, file, column);
  const labels = holdsText(rows) ? toLabels(rows) : null;
  const values = labels ? monthsOfLabels(labels).values : new Int32Array(rows.count);
  if (labels === null) eachChunk(rows, (chunk, at) => fillMonths(chunk, values, at, timeZone));
  if (labels?.labels.every((text) => monthFromText(text) >= 0)) return { kind: 'month', values };
  eachChunk(rows, (chunk, at) => {
    for (let i = 0; i < chunk.count; i++) {
      const month = values[at + i]!;
      if (month === missingMonth) faults.add('fault.no-month', column, rows.firstRow + at + i, null);
      else if (month === unreadableMonth) faults.add('fault.not-a-month', column, rows.firstRow + at + i, valueText(chunk, i));
    }
  });
  return { kind: 'month', values };
}

/** Moments that are all midnight in UTC are dates; the month of others hangs on the zone. */
function refuseInstants(rows: Rows, file: string, column: string): void {
  eachChunk(rows, (chunk, at) => {
    const row = firstInstant(chunk);
    if (row >= 0) throw new EngineError('data.instants', { file, column, row: rows.firstRow + at + row, instant: instantText(chunk, row) });
  });
}

const valueType = (type: DataType): DataType => (DataType.isDictionary(type) ? (type.dictionary as DataType) : type);

const holdsText = ({ chunks }: Rows): boolean => chunks.length > 0 && isText(valueType(chunks[0]!.data.type));

export function toLabels(rows: Rows): LabelColumn {
  const builder = createLabelBuilder(rows.count, mostLabels(rows));
  let addText: ((chunk: Chunk, at: number) => void) | null = null;
  eachChunk(rows, (chunk, at) => {
    const { type } = chunk.data;
    if (DataType.isDictionary(type)) addEntries(builder, chunk, at);
    else if (isText(type)) (addText ??= textAdder(builder))(chunk, at);
    else if (DataType.isDate(type)) addDates(builder, chunk, at);
    else if (DataType.isFixedSizeBinary(type)) addTexts(builder, chunk, at);
    else if (DataType.isInt(type) && type.bitWidth === 64) addLongs(builder, chunk, at);
    else addNumbers(builder, chunk, at);
  });
  return labelColumn(builder);
}

/** Entries of all dictionaries, and one for null; not known of other columns. */
const mostLabels = ({ chunks }: Rows): number =>
  [...new Set(chunks.map(({ data }) => data.dictionary))].reduce((sum, dictionary) => sum + (dictionary?.length ?? Infinity), 1);

function addNumbers(builder: LabelBuilder, chunk: Chunk, at: number): void {
  const values = new Float64Array(chunk.count);
  fillNumbers(chunk, values, 0);
  const { type } = chunk.data;
  addNumberLabels(builder, values, at, DataType.isFloat(type) && type.precision === Precision.SINGLE);
}

function addTexts(builder: LabelBuilder, chunk: Chunk, at: number): void {
  for (let i = 0; i < chunk.count; i++) builder.codes[at + i] = builder.codeOf(valueText(chunk, i));
}

/** Integers that a double cannot hold keep their own digits. */
function addLongs(builder: LabelBuilder, chunk: Chunk, at: number): void {
  const values = new Float64Array(chunk.count);
  fillNumbers(chunk, values, 0);
  if (!values.some((v) => Math.abs(v) > Number.MAX_SAFE_INTEGER)) addNumberLabels(builder, values, at);
  else addTexts(builder, chunk, at);
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
  const newCode = (entry: number): number => (codes[entry] = builder.codeOf(entry === entries.codes.length ? '' : entries.labels[entries.codes[entry]!]!));
  const indices = data.values;
  if (missing === null && indices instanceof Int8Array && builder.codes instanceof Uint8Array) {
    fillBytes(indices.subarray(start, start + count), { codes, newCode }, builder.codes, at);
    return;
  }
  if (missing === null && indices instanceof Int16Array && builder.codes instanceof Uint16Array) {
    fillWords(indices.subarray(start, start + count), { codes, newCode }, builder.codes, at);
    return;
  }
  for (let i = 0; i < count; i++) {
    const entry = missing !== null && missing[i] === 1 ? entries.codes.length : Number(indices[start + i]);
    const code = codes[entry]!;
    builder.codes[at + i] = code < 0 ? newCode(entry) : code;
  }
}

interface Entries {
  readonly codes: Int32Array;
  readonly newCode: (entry: number) => number;
}

// The most common kinds of dictionary, each in a loop that meets no other.

function fillWords(indices: Int16Array, { codes, newCode }: Entries, out: Uint16Array, at: number): void {
  for (let i = 0; i < indices.length; i++) {
    const code = codes[indices[i]!]!;
    out[at + i] = code < 0 ? newCode(indices[i]!) : code;
  }
}

function fillBytes(indices: Int8Array, { codes, newCode }: Entries, out: Uint8Array, at: number): void {
  for (let i = 0; i < indices.length; i++) {
    const code = codes[indices[i]!]!;
    out[at + i] = code < 0 ? newCode(indices[i]!) : code;
  }
}
