/** What the columns of a CSV file hold, judged by the rows at its beginning. */

import { createFields, splitRows } from './csv-fields.ts';
import { notANumber, parseNumber } from './csv-number.ts';
import type { CsvText } from './csv.ts';

export type CsvType = 'number' | 'boolean' | 'text';

const sampleRows = 20480;

/** A column is a number or a boolean if every value there is one; ids too long for a double and leading zeros are text. */
export function guessTypes({ dialect, window }: Pick<CsvText, 'dialect' | 'window'>): Map<string, CsvType> {
  const { separator, decimalComma, names } = dialect;
  const fields = createFields(names.length, sampleRows);
  const places = Int32Array.from(names, (_, k) => k);
  // Splitting makes doubled quotes single in place, so it is given bytes of its own.
  const bytes = window.bytes.slice();
  splitRows(bytes, 0, fields, { separator, places, mostRows: sampleRows, isLast: window.isLast });
  return new Map(names.map((name, k) => [name, guessType(valuesOf(bytes, fields, k), decimalComma)]));
}

function* valuesOf(bytes: Uint8Array, { bounds, width, rows }: ReturnType<typeof createFields>, place: number): Generator<Uint8Array> {
  for (let i = 0; i < rows; i++) {
    const field = 2 * (i * width + place);
    yield bytes.subarray(bounds[field], bounds[field + 1]);
  }
}

function guessType(values: Iterable<Uint8Array>, decimalComma: boolean): CsvType {
  let seen = 0;
  let booleans = 0;
  for (const bytes of values) {
    const value = parseNumber(bytes, 0, bytes.length, decimalComma);
    if (value !== value) continue;
    if (value === notANumber || value === -Infinity || isCode(bytes)) return 'text';
    seen++;
    if (bytes[bytes.length - 1]! > 64) booleans++;
  }
  if (seen === 0 || (booleans > 0 && booleans < seen)) return 'text';
  return booleans > 0 ? 'boolean' : 'number';
}

/** Digits that are a code and not a quantity: a leading zero, or more of them than a double holds. */
const isCode = (bytes: Uint8Array): boolean =>
  (bytes.length > 1 && bytes[0] === 48 && bytes[1]! >= 48 && bytes[1]! <= 57) || (bytes.length > 15 && bytes.every((b) => b >= 48 && b <= 57));
