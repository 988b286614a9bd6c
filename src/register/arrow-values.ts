/** One chunk of an Arrow column into plain typed arrays. Null slots hold garbage and are overwritten. */

import { DataType, DateUnit, Precision, TimeUnit, Vector } from 'apache-arrow';
import type { Data } from 'apache-arrow';
import { decimalValue } from './arrow-decimals.ts';
import { daysFromTimestamp } from './month.ts';
import { setMissingPerson, setPersonFromInteger, setPersonFromText, wordsPerPerson } from './person.ts';
import { textBytes } from './arrow-text.ts';
import type { NumberArray } from './partition.ts';
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
export function halves({ data, start, count }: Chunk): Int32Array {
  const values = data.values as BigInt64Array;
  return new Int32Array(values.buffer, values.byteOffset + 8 * start, 2 * count);
}

export const entriesOf = (data: Data): readonly Data[] => data.dictionary!.data;

/** Results for a whole dictionary, kept as long as batches share it. */
export function cached<T>(make: (entries: readonly Data[]) => T): (data: Data) => T {
  const known = new WeakMap<Vector, T>();
  return (data) => {
    const dictionary = data.dictionary!;
    let made = known.get(dictionary);
    if (made === undefined) known.set(dictionary, (made = make(entriesOf(data))));
    return made;
  };
}

export const wholeChunks = (entries: readonly Data[]): Chunk[] =>
  entries.map((data) => ({ data, start: 0, count: data.length }));

export const total = (entries: readonly Data[]): number => entries.reduce((sum, data) => sum + data.length, 0);

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

export const unitsPerSecond: Readonly<Record<TimeUnit, number>> = {
  [TimeUnit.SECOND]: 1,
  [TimeUnit.MILLISECOND]: 1e3,
  [TimeUnit.MICROSECOND]: 1e6,
  [TimeUnit.NANOSECOND]: 1e9,
};

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
