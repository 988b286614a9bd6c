/** Months of a chunk of an Arrow column that is not text, and moments whose month hangs on a zone. */

import { DataType, DateUnit } from 'apache-arrow';
import type { Data, Date_, Timestamp } from 'apache-arrow';
import {
  cached,
  eachNull,
  entriesOf,
  fillDays,
  fillNumbers,
  halves,
  total,
  unitsPerSecond,
  wholeChunks,
  type Chunk,
} from './arrow-values.ts';
import { missingMonth, monthFromDays, monthFromInteger, secondsFromTimestamp } from './month.ts';
import { instantZone, monthsIn } from './time-zone.ts';

/**
 * Moments of no zone: timestamps of a file that does not say it, and dates of milliseconds, which programs fill with
 * local midnights.
 */
const isInstant = (type: DataType): type is Timestamp | Date_ =>
  DataType.isTimestamp(type)
    ? type.timezone === instantZone
    : DataType.isDate(type) && type.unit === DateUnit.MILLISECOND;

const perSecondOf = (type: Timestamp | Date_): number =>
  DataType.isTimestamp(type) ? unitsPerSecond[type.unit] : 1000;

/** Row of the chunk with the first moment of no zone that is not midnight in UTC; −1 where there is none. */
export function firstInstant(chunk: Chunk): number {
  const { data, start, count } = chunk;
  if (DataType.isDictionary(data.type)) return firstInstantEntry(chunk);
  if (!isInstant(data.type)) return -1;
  const values = data.values as BigInt64Array;
  const perDay = 86400n * BigInt(perSecondOf(data.type));
  for (let i = 0; i < count; i++) {
    if (values[start + i]! % perDay !== 0n && data.getValid(start + i)) return i;
  }
  return -1;
}

/** The first row of such an entry of its dictionary. */
function firstInstantEntry(chunk: Chunk): number {
  const { data, start, count } = chunk;
  const odd = instantEntries(data);
  if (odd.size === 0) return -1;
  for (let i = 0; i < count; i++) if (odd.has(Number(data.values[start + i])) && data.getValid(start + i)) return i;
  return -1;
}

const instantEntries = cached((entries) => {
  const odd = new Set<number>();
  let at = 0;
  for (const { data } of wholeChunks(entries)) {
    for (let i = 0; i < data.length; i++) if (firstInstant({ data, start: i, count: 1 }) === 0) odd.add(at + i);
    at += data.length;
  }
  return odd;
});

export function instantText({ data, start }: Chunk, i: number): string {
  if (DataType.isDictionary(data.type)) return entryText(data, Number(data.values[start + i]));
  const words = halves({ data, start: start + i, count: 1 });
  return new Date(1000 * secondsFromTimestamp(words[0]!, words[1]!, perSecondOf(data.type as Timestamp)))
    .toISOString()
    .replace('.000Z', 'Z');
}

function entryText(data: Data, index: number): string {
  let left = index;
  for (const chunk of wholeChunks(entriesOf(data))) {
    if (left < chunk.count) return instantText(chunk, left);
    left -= chunk.count;
  }
  return '';
}

/**
 * Months of a column that is not text, `missingMonth` and `unreadableMonth` among them; `timeZone` is that of moments
 * of no zone.
 */
export function fillMonths(chunk: Chunk, out: Int32Array, at: number, timeZone = 'UTC'): void {
  const { data, start, count } = chunk;
  if (DataType.isDictionary(data.type)) {
    const entries = monthEntries(timeZone)(data);
    for (let i = 0; i < count; i++) out[at + i] = entries[Number(data.values[start + i])]!;
  } else if (isInstant(data.type) || (DataType.isTimestamp(data.type) && data.type.timezone)) {
    const monthOf = monthsIn(isInstant(data.type) ? timeZone : (data.type as Timestamp).timezone!);
    const [words, perSecond] = [halves(chunk), perSecondOf(data.type as Timestamp)];
    for (let i = 0; i < count; i++)
      out[at + i] = monthOf(secondsFromTimestamp(words[2 * i]!, words[2 * i + 1]!, perSecond));
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

const monthEntriesIn = new Map<string, (data: Data) => Int32Array>();

function monthEntries(timeZone: string): (data: Data) => Int32Array {
  let found = monthEntriesIn.get(timeZone);
  if (found === undefined)
    monthEntriesIn.set(timeZone, (found = cached((entries) => monthsOfEntries(entries, timeZone))));
  return found;
}

function monthsOfEntries(entries: readonly Data[], timeZone: string): Int32Array {
  const months = new Int32Array(total(entries));
  let at = 0;
  for (const chunk of wholeChunks(entries)) {
    fillMonths(chunk, months, at, timeZone);
    at += chunk.count;
  }
  return months;
}
