/** What the columns of a CSV file hold, judged by the rows at its beginning. */

import { createFields, splitRows, type Fields } from './csv-fields.ts';
import { notANumber, parseNumber } from './csv-number.ts';
import type { CsvText } from './csv.ts';

export type CsvType = 'number' | 'boolean' | 'text';

const sampleRows = 20480;

/** A column is a number or a boolean if every value there is one; ids too long for a double and leading zeros are text. */
export function guessTypes({ dialect, window }: Pick<CsvText, 'dialect' | 'window'>, rows = sampleRows): Map<string, CsvType> {
  const { separator, decimalComma, names } = dialect;
  const places = Int32Array.from(names, (_, k) => k);
  // Splitting makes doubled quotes single in place, so it is given bytes of its own.
  const bytes = window.bytes.slice(0, rows < sampleRows ? lineAfter(window.bytes, rows) : undefined);
  const isLast = window.isLast && bytes.length === window.bytes.length;
  const mostRows = Math.min(rows, linesIn(bytes, rows));
  const fields = createFields(names.length, mostRows);
  splitRows(bytes, 0, fields, { separator, places, mostRows, isLast });
  return new Map(names.map((name, k) => [name, guessType(bytes, fields, { place: k, decimalComma })]));
}

/** Lines with an end, and one more; at most `most`. */
function linesIn(bytes: Uint8Array, most: number): number {
  let lines = 1;
  for (let feed = bytes.indexOf(10); feed >= 0 && lines < most; feed = bytes.indexOf(10, feed + 1)) lines++;
  return lines;
}

/** Where line `lines` ends, or the bytes. */
function lineAfter(bytes: Uint8Array, lines: number): number {
  let at = 0;
  for (let line = 0; line < lines; line++) {
    const feed = bytes.indexOf(10, at);
    if (feed < 0) return bytes.length;
    at = feed + 1;
  }
  return at;
}

function guessType(bytes: Uint8Array, { bounds, width, rows }: Fields, { place, decimalComma }: { place: number; decimalComma: boolean }): CsvType {
  let seen = 0;
  let booleans = 0;
  for (let i = 0; i < rows; i++) {
    const field = 2 * (i * width + place);
    const [begin, end] = [bounds[field]!, bounds[field + 1]!];
    const value = parseNumber(bytes, begin, end, decimalComma);
    if (value !== value) continue;
    if (value === notANumber || value === -Infinity || isCode(bytes, begin, end)) return 'text';
    seen++;
    if (bytes[end - 1]! > 64) booleans++;
  }
  if (seen === 0 || (booleans > 0 && booleans < seen)) return 'text';
  return booleans > 0 ? 'boolean' : 'number';
}

/** Digits that are a code and not a quantity: a leading zero, or more of them than a double holds. */
const isCode = (bytes: Uint8Array, begin: number, end: number): boolean =>
  (end - begin > 1 && bytes[begin] === 48 && isDigit(bytes[begin + 1]!)) || (end - begin > 15 && bytes.subarray(begin, end).every(isDigit));

const isDigit = (byte: number): boolean => byte >= 48 && byte <= 57;
