/** Runs of CSV fields to the columns of a partition. */

import { isTooLarge, notANumber, parseNumber } from './csv-number.ts';
import type { Fields } from './csv-fields.ts';
import type { FaultLog } from './faults.ts';
import { createLabelBuilder, labelColumn, monthsOfLabels } from './labels.ts';
import { missingMonth, unreadableMonth } from './month.ts';
import type { Column, ColumnRequest } from './partition.ts';
import { isHashed, isMissingPerson, isScientific, setMissingPerson, setPersonFromText, wordsPerPerson } from './person.ts';
import { takeArray } from './spare-arrays.ts';
import { createTextIndex } from './text-index.ts';

/** A column of one partition while its rows come in. */
export interface ColumnBuilder {
  /** Takes field `place` of every row of the run; the first of them is row `at` of the partition. */
  take(bytes: Uint8Array, fields: Fields, at: number): void;
  /** The column of the first `rows` rows. */
  finish(rows: number): Column;
  /** What it is made of: others may write there once nobody looks at the column. */
  readonly arrays: readonly (Float64Array | Uint32Array)[];
}

export interface BuilderOptions {
  /** Place of the column among the fields. */
  readonly place: number;
  readonly mostRows: number;
  readonly decimalComma: boolean;
  /** Number in the file of the partition's first row. */
  readonly firstRow: number;
  readonly faults: FaultLog;
}

export function createColumnBuilder({ column, as }: ColumnRequest, options: BuilderOptions): ColumnBuilder {
  if (as === 'number') return numberBuilder(column, options);
  if (as === 'person') return personBuilder(column, options);
  return as === 'month' ? monthBuilder(column, options) : labelBuilder(column, options);
}

const textOf = (bytes: Uint8Array, begin: number, end: number): string => new TextDecoder().decode(bytes.subarray(begin, end));

const first = <T extends Float64Array | Uint32Array>(values: T, rows: number): T => (values.length === rows ? values : values.subarray(0, rows)) as T;

/** Notes how decimals are written, once a column and partition for each way. */
function decimalNotes(column: string, { firstRow, faults }: BuilderOptions) {
  const noted = new Set<number>();
  return (bytes: Uint8Array, begin: number, end: number, at: number): void => {
    for (let i = begin; i < end && noted.size < 2; i++) {
      const sign = bytes[i]!;
      if ((sign !== comma && sign !== point) || noted.has(sign)) continue;
      noted.add(sign);
      faults.note(sign === comma ? 'decimal.comma' : 'decimal.point', column, firstRow + at, textOf(bytes, begin, end));
    }
  };
}

const [comma, point] = [44, 46];

function numberBuilder(column: string, options: BuilderOptions): ColumnBuilder {
  const { place, mostRows, decimalComma, firstRow, faults } = options;
  const noteDecimals = decimalComma ? decimalNotes(column, options) : null;
  const values = takeArray(Float64Array, mostRows);
  return {
    take(bytes, { bounds, width, rows }, at) {
      for (let i = 0, field = 2 * place; i < rows; i++, field += 2 * width) {
        const value = parseNumber(bytes, bounds[field]!, bounds[field + 1]!, decimalComma);
        values[at + i] = value;
        noteDecimals?.(bytes, bounds[field]!, bounds[field + 1]!, at + i);
        if (value === notANumber || value === -Infinity) {
          const text = textOf(bytes, bounds[field]!, bounds[field + 1]!);
          faults.add(isTooLarge(text, decimalComma) ? 'fault.not-finite' : 'fault.not-a-number', column, firstRow + at + i, text);
        }
      }
    },
    finish: (rows) => ({ kind: 'number', values: first(values, rows), isComplete: false }),
    arrays: [values],
  };
}

const isNotAvailable = (bytes: Uint8Array, begin: number, end: number): boolean =>
  end - begin === 2 && bytes[begin] === 78 && bytes[begin + 1] === 65;

function isAscii(bytes: Uint8Array, begin: number, end: number): boolean {
  for (let i = begin; i < end; i++) if (bytes[i]! > 127) return false;
  return true;
}

function personBuilder(column: string, { place, mostRows, firstRow, faults }: BuilderOptions): ColumnBuilder {
  const words = takeArray(Uint32Array, wordsPerPerson * mostRows);
  const utf8 = new TextDecoder('utf-8', { fatal: true });
  const refuseOther = (id: Uint8Array, row: number): void => {
    // The mark of a file's beginning, among its rows where files were put together, would make another person.
    if (id[0] === 0xef && id[1] === 0xbb && id[2] === 0xbf) faults.add('fault.person-mark', column, row, null);
    try {
      utf8.decode(id);
    } catch {
      faults.add('fault.not-utf8', column, row, new TextDecoder().decode(id));
    }
  };
  return {
    take(bytes, { bounds, width, rows }, at) {
      for (let i = 0, field = 2 * place; i < rows; i++, field += 2 * width) {
        const word = wordsPerPerson * (at + i);
        if (isNotAvailable(bytes, bounds[field]!, bounds[field + 1]!)) setMissingPerson(words, word);
        else setPersonFromText(words, word, bytes, bounds[field]!, bounds[field + 1]!);
        if (isHashed(words, word) && isScientific(bytes, bounds[field]!, bounds[field + 1]!)) {
          faults.note('warning.scientific-ids', column, firstRow + at + i, textOf(bytes, bounds[field]!, bounds[field + 1]!));
        }
        if (!isAscii(bytes, bounds[field]!, bounds[field + 1]!)) refuseOther(bytes.subarray(bounds[field], bounds[field + 1]), firstRow + at + i);
        if (isMissingPerson(words, word)) faults.add('fault.no-person', column, firstRow + at + i, null);
      }
    },
    finish: (rows) => ({ kind: 'person', words: first(words, wordsPerPerson * rows) }),
    arrays: [words],
  };
}

/** Text as it stands; `NA` is missing. */
const labelOf = (text: string): string => (text === 'NA' ? '' : text);

function labelBuilder(column: string, { place, mostRows, decimalComma, firstRow, faults }: BuilderOptions) {
  const builder = { ...createLabelBuilder(0), codes: takeArray(Uint32Array, mostRows) };
  const codes: number[] = [];
  const unread = new Set<number>();
  const index = createTextIndex((text) => codes.push(builder.codeOf(labelOf(text))));
  return {
    /** Rows that are told of as no text, and are missing here. */
    unread,
    take(bytes: Uint8Array, { bounds, width, rows }: Fields, at: number): void {
      for (let i = 0, field = 2 * place; i < rows; i++, field += 2 * width) {
        const begin = bounds[field]!;
        const end = bounds[field + 1]!;
        try {
          builder.codes[at + i] = codes[index.indexOf(bytes, begin, end)]!;
        } catch (error) {
          if (!(error instanceof TypeError)) throw error;
          builder.codes[at + i] = builder.codeOf('');
          unread.add(at + i);
          faults.add('fault.not-utf8', column, firstRow + at + i, textOf(bytes, begin, end));
        }
      }
    },
    finish: (rows: number) => labelColumn({ ...builder, codes: first(builder.codes, rows) }, decimalComma),
    arrays: [builder.codes],
  };
}

function monthBuilder(column: string, options: BuilderOptions): ColumnBuilder {
  const text = labelBuilder(column, options);
  return {
    take: text.take,
    finish(rows) {
      const labels = text.finish(rows);
      const months = monthsOfLabels(labels);
      for (let i = 0; i < rows; i++) {
        const month = months.values[i]!;
        if (text.unread.has(i)) continue;
        if (month === missingMonth) options.faults.add('fault.no-month', column, options.firstRow + i, null);
        else if (month === unreadableMonth) options.faults.add('fault.not-a-month', column, options.firstRow + i, labels.labels[labels.codes[i]!]!);
      }
      return months;
    },
    arrays: text.arrays,
  };
}
