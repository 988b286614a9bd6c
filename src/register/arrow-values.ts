/** One chunk of an Arrow column into plain typed arrays. Null slots hold garbage and are overwritten. */

import { DataType, DateUnit, Precision, TimeUnit, Vector } from 'apache-arrow';
import type { Data, Timestamp } from 'apache-arrow';
import { decimalValue } from './arrow-decimals.ts';
import { daysFromTimestamp, missingMonth, monthFromDays, monthFromInteger, secondsFromTimestamp } from './month.ts';
import { setMissingPerson, setPersonFromInteger, setPersonFromText, wordsPerPerson } from './person.ts';
import { textBytes } from './arrow-text.ts';
import type { NumberArray } from './partition.ts';
import { instantZone, monthsIn } from './time-zone.ts';
import { uuidText } from './uuid.ts';

/** Rows `[start, start + count)` of one record batch. */
export interface Chunk {
  readonly data: Data;
  readonly start: number;
  readonly count: number;
}

export const hasNulls = (data: Data): boolean => data.nullCount > 0 && data.nullBitmap !== undefined && data.nullBitmap !== null;

/** Calls `set(i)` for every row of the chunk that is null, i from 0. */
export function eachNull({ data, start, count }: Chunk, set: (i: number) => void): void {
  if (!hasNulls(data)) return;
  const bits = data.nullBitmap;
  const first = data.offset + start;
  for (let i = 0; i < count; i++) {
    const bit = first + i;
    const byte = bits[bit >> 3]!;
    if (byte === 255 && (bit & 7) === 0) i += 7;
    else if ((byte & (1 << (bit & 7))) === 0) set(i);
  }
}

export function valueText({ data, start }: Chunk, i: number): string {
  if (DataType.isFixedSizeBinary(data.type)) return data.getValid(start + i) ? uuidText(data.values as Uint8Array, 16 * (start + i)) : '';
  const value: unknown = new Vector([data]).get(start + i);
  return value === null ? '' : String(value);
}

/** The 32-bit halves of 64-bit values: low of row i at 2i, high at 2i + 1. */
function halves({ data, start, count }: Chunk): Int32Array {
  const values = data.values as BigInt64Array;
  return new Int32Array(values.buffer, values.byteOffset + 8 * start, 2 * count);
}

const entriesOf = (data: Data): readonly Data[] => data.dictionary!.data;

/** Results for a whole dictionary, kept as long as batches share it. */
function cached<T>(make: (entries: readonly Data[]) => T): (data: Data) => T {
  const known = new WeakMap<Vector, T>();
  return (data) => {
    const dictionary = data.dictionary!;
    let made = known.get(dictionary);
    if (made === undefined) known.set(dictionary, (made = make(entriesOf(data))));
    return made;
  };
}

const wholeChunks = (entries: readonly Data[]): Chunk[] => entries.map((data) => ({ data, start: 0, count: data.length }));

const total = (entries: readonly Data[]): number => entries.reduce((sum, data) => sum + data.length, 0);

/** Numbers of the chunk into `out` from `at`, NaN where null. */
export function fillNumbers(chunk: Chunk, out: NumberArray, at: number): void {
  const { data, start, count } = chunk;
  const { type } = data;
  if (DataType.isNull(type)) out.fill(NaN, at, at + count);
  else if (DataType.isDictionary(type)) {
    const entries = numberEntries(data);
    const indices = data.values;
    for (let i = 0; i < count; i++) out[at + i] = entries[Number(indices[start + i])]!;
  } else if (DataType.isBool(type)) {
    const bits = data.values as Uint8Array;
    const first = data.offset + start;
    for (let i = 0; i < count; i++) out[at + i] = (bits[(first + i) >> 3]! >> ((first + i) & 7)) & 1;
  } else if (DataType.isInt(type) && type.bitWidth === 64) {
    const words = halves(chunk);
    if (type.isSigned) for (let i = 0; i < count; i++) out[at + i] = words[2 * i + 1]! * 4294967296 + (words[2 * i]! >>> 0);
    else for (let i = 0; i < count; i++) out[at + i] = (words[2 * i + 1]! >>> 0) * 4294967296 + (words[2 * i]! >>> 0);
  } else if (DataType.isDecimal(type)) {
    const packing = { wordsEach: type.bitWidth / 64, scale: type.scale };
    const words = data.values as unknown as BigUint64Array;
    for (let i = 0; i < count; i++) out[at + i] = decimalValue(words, (start + i) * packing.wordsEach, packing);
  } else if (DataType.isFloat(type) && type.precision === Precision.HALF) {
    const values = data.values as Uint16Array;
    for (let i = 0; i < count; i++) out[at + i] = fromHalf(values[start + i]!);
  } else out.set((data.values as Float64Array).subarray(start, start + count), at);
  eachNull(chunk, (i) => {
    out[at + i] = NaN;
  });
}

const numberEntries = cached((entries) => {
  const values = new Float64Array(total(entries));
  let at = 0;
  for (const chunk of wholeChunks(entries)) {
    fillNumbers(chunk, values, at);
    at += chunk.count;
  }
  return values;
});

/** IEEE 754 binary16. */
function fromHalf(bits: number): number {
  const sign = bits & 0x8000 ? -1 : 1;
  const exponent = (bits >> 10) & 31;
  const fraction = bits & 1023;
  if (exponent === 31) return fraction === 0 ? sign * Infinity : NaN;
  if (exponent === 0) return (sign * fraction) / 16777216;
  // 2 ** (exponent − 25) as a quotient of exact powers of two.
  return (sign * (1024 + fraction) * (1 << exponent)) / 33554432;
}

/** Days since 1970-01-01 for a date or timestamp column; garbage where null. */
export function fillDays(chunk: Chunk, out: Int32Array, at: number): void {
  const { data, start, count } = chunk;
  const { type } = data;
  if (DataType.isDate(type) && type.unit === DateUnit.DAY) {
    out.set((data.values as Int32Array).subarray(start, start + count), at);
    return;
  }
  const words = halves(chunk);
  const perSecond = DataType.isTimestamp(type) ? unitsPerSecond[type.unit] : 1000;
  for (let i = 0; i < count; i++) out[at + i] = daysFromTimestamp(words[2 * i]!, words[2 * i + 1]!, perSecond);
}

const unitsPerSecond: Readonly<Record<TimeUnit, number>> = {
  [TimeUnit.SECOND]: 1,
  [TimeUnit.MILLISECOND]: 1e3,
  [TimeUnit.MICROSECOND]: 1e6,
  [TimeUnit.NANOSECOND]: 1e9,
};

/** Row of the chunk with the first moment of no zone that is not midnight in UTC; −1 where there is none. */
export function firstInstant(chunk: Chunk): number {
  const { type } = chunk.data;
  if (!DataType.isTimestamp(type) || type.timezone !== instantZone) return -1;
  const values = chunk.data.values as BigInt64Array;
  const perDay = 86400n * BigInt(unitsPerSecond[type.unit]);
  for (let i = 0; i < chunk.count; i++) {
    if (values[chunk.start + i]! % perDay !== 0n && chunk.data.getValid(chunk.start + i)) return i;
  }
  return -1;
}

export function instantText({ data, start }: Chunk, i: number): string {
  const perSecond = unitsPerSecond[(data.type as Timestamp).unit];
  const words = halves({ data, start: start + i, count: 1 });
  return new Date(1000 * secondsFromTimestamp(words[0]!, words[1]!, perSecond)).toISOString().replace('.000Z', 'Z');
}

/** Months of a column that is not text, `missingMonth` and `unreadableMonth` among them; `timeZone` is that of moments of no zone. */
export function fillMonths(chunk: Chunk, out: Int32Array, at: number, timeZone = 'UTC'): void {
  const { data, start, count } = chunk;
  if (DataType.isDictionary(data.type)) {
    const entries = monthEntries(data);
    for (let i = 0; i < count; i++) out[at + i] = entries[Number(data.values[start + i])]!;
  } else if (DataType.isTimestamp(data.type) && data.type.timezone) {
    const monthOf = monthsIn(data.type.timezone === instantZone ? timeZone : data.type.timezone);
    const [words, perSecond] = [halves(chunk), unitsPerSecond[data.type.unit]];
    for (let i = 0; i < count; i++) out[at + i] = monthOf(secondsFromTimestamp(words[2 * i]!, words[2 * i + 1]!, perSecond));
  } else if (DataType.isDate(data.type) || DataType.isTimestamp(data.type)) {
    fillDays(chunk, out, at);
    for (let i = at; i < at + count; i++) out[i] = monthFromDays(out[i]!);
  } else {
    const numbers = new Float64Array(count);
    fillNumbers(chunk, numbers, 0);
    for (let i = 0; i < count; i++) out[at + i] = monthFromInteger(numbers[i]!);
  }
  eachNull(chunk, (i) => {
    out[at + i] = missingMonth;
  });
}

const monthEntries = cached((entries) => {
  const months = new Int32Array(total(entries));
  let at = 0;
  for (const chunk of wholeChunks(entries)) {
    fillMonths(chunk, months, at);
    at += chunk.count;
  }
  return months;
});

/** Words of the persons of the chunk into `out` from row `at`. */
export function fillPersons(chunk: Chunk, out: Uint32Array, at: number): void {
  const { data, start, count } = chunk;
  const { type } = data;
  if (DataType.isNull(type)) for (let i = 0; i < count; i++) setMissingPerson(out, wordsPerPerson * (at + i));
  else if (DataType.isDictionary(type)) {
    const entries = personEntries(data);
    for (let i = 0; i < count; i++) {
      const from = wordsPerPerson * Number(data.values[start + i]);
      const to = wordsPerPerson * (at + i);
      for (let k = 0; k < wordsPerPerson; k++) out[to + k] = entries[from + k]!;
    }
  } else if (DataType.isFixedSizeBinary(type)) {
    const encoder = new TextEncoder();
    for (let i = 0; i < count; i++) {
      const text = encoder.encode(uuidText(data.values as Uint8Array, 16 * (start + i)));
      setPersonFromText(out, wordsPerPerson * (at + i), text, 0, text.length);
    }
  } else if (DataType.isInt(type)) fillIntegerPersons(chunk, type.isSigned, type.bitWidth, out, at);
  else {
    const { bytes, offsets } = textBytes(chunk);
    for (let i = 0; i < count; i++) setPersonFromText(out, wordsPerPerson * (at + i), bytes, offsets[i]!, offsets[i + 1]!);
  }
  eachNull(chunk, (i) => setMissingPerson(out, wordsPerPerson * (at + i)));
}

function fillIntegerPersons(chunk: Chunk, signed: boolean, bitWidth: number, out: Uint32Array, at: number): void {
  const { data, start, count } = chunk;
  let to = wordsPerPerson * at;
  if (bitWidth < 64) {
    const values = data.values as Int32Array;
    for (let i = 0; i < count; i++, to += wordsPerPerson) {
      const value = values[start + i]!;
      setPersonFromInteger(out, to, value, value < 0 ? -1 : 0);
    }
    return;
  }
  const words = halves(chunk);
  for (let i = 0; i < count; i++, to += wordsPerPerson) {
    const high = words[2 * i + 1]!;
    if (!signed && high < 0) {
      // From 2⁶³ on the id is the hash of its text, as it is in a text file.
      const text = new TextEncoder().encode(String((data.values as BigUint64Array)[start + i]));
      setPersonFromText(out, to, text, 0, text.length);
    } else setPersonFromInteger(out, to, words[2 * i]!, high);
  }
}

const personEntries = cached((entries) => {
  const words = new Uint32Array(wordsPerPerson * total(entries));
  let at = 0;
  for (const chunk of wholeChunks(entries)) {
    fillPersons(chunk, words, at);
    at += chunk.count;
  }
  return words;
});
