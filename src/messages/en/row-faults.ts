import { counted, nested, shownRows, type NestedRowFault, type ShownRow } from '../words.ts';

const where = (first: readonly ShownRow[]): string => `(first rows: ${shownRows(first)})`;

/** What is wrong with values of a file: how many, where first, what to do. */
export const rowFaults = {
  'fault.malformed-row': ({ count, first }: { count: number; first: readonly ShownRow[] }) =>
    `${counted(count, 'row does', 'rows do')} not have the fields of the header, or a quote is not closed ${where(first)}. Write one field per column and close every quote (RFC 4180).`,
  'fault.swallowed-rows': ({ lines, count, first }: { lines: number; count: number; first: readonly ShownRow[] }) =>
    `${counted(count, 'quoted value spans', 'quoted values span')} ${lines} lines that look like rows ${where(first)}. Take the quote away that opens it, or double it.`,
  'fault.not-utf8': ({ count, first }: { count: number; first: readonly ShownRow[] }) =>
    `${counted(count, 'value is', 'values are')} not UTF-8 text ${where(first)}. Save the file as UTF-8, or name what it is, as in --encoding windows-1252.`,
  'fault.not-a-number': ({ count, first }: { count: number; first: readonly ShownRow[] }) =>
    `${counted(count, 'value is', 'values are')} not a number ${where(first)}. Write plain numbers; a missing value is an empty field or NA.`,
  'fault.not-finite': ({ count, first }: { count: number; first: readonly ShownRow[] }) =>
    `${counted(count, 'value is', 'values are')} not a finite number ${where(first)}. Write finite numbers, or leave the value out.`,
  'fault.not-a-month': ({ count, first }: { count: number; first: readonly ShownRow[] }) =>
    `${counted(count, 'value is', 'values are')} not a month ${where(first)}. Write months as YYYY-MM, YYYY-MM-DD, a date or timestamp, or the integer YYYYMM.`,
  'fault.no-month': ({ count, first }: { count: number; first: readonly ShownRow[] }) =>
    `the month is missing in ${counted(count, 'row', 'rows')} ${where(first)}. Every row needs its calendar month.`,
  'fault.not-of-folder': ({ folder, count, first }: { folder: string; count: number; first: readonly ShownRow[] }) =>
    `${counted(count, 'row has', 'rows have')} another value than the folder ${folder} says ${where(first)}. Move the rows to their own folder, or name the folder without "=".`,
  'fault.no-person': ({ count, first }: { count: number; first: readonly ShownRow[] }) =>
    `the person id is missing in ${counted(count, 'row', 'rows')} ${where(first)}. Every row needs a person id.`,
  'fault.person-mark': ({ count, first }: { count: number; first: readonly ShownRow[] }) =>
    `the person id begins with a byte order mark in ${counted(count, 'row', 'rows')} ${where(first)}: files were put together there. Take the mark away.`,
  'fault.between-levels': ({ count, first }: { count: number; first: readonly ShownRow[] }) =>
    `${counted(count, 'row has', 'rows have')} a value between two levels ${where(first)}. Levels are whole numbers; use "intervals" for other values.`,
  'fault.negative-beside-zero': ({ count, first }: { count: number; first: readonly ShownRow[] }) =>
    `${counted(count, 'row has', 'rows have')} a negative value ${where(first)}, where "zero": "separate" makes zero one level and the others of positive values. Correct it, set it to 0 or leave it empty, or leave "zero" out, so that negative values have levels too.`,
  'fault.missing-where-observed': ({
    outcome,
    count,
    first,
  }: {
    outcome: string;
    count: number;
    first: readonly ShownRow[];
  }) =>
    `${counted(count, 'row has', 'rows have')} no value where ${outcome} is observed ${where(first)}. Fill it in, or give the covariate "missing": "level", "reference" or "drop" in the spec.`,
  'fault.not-zero-one': ({ count, first }: { count: number; first: readonly ShownRow[] }) =>
    `${counted(count, 'row has', 'rows have')} a value that is neither 0 nor 1 ${where(first)}. Correct it, or leave it empty where it is not known.`,
  'fault.outside-range': ({
    low,
    high,
    count,
    first,
  }: {
    low: number;
    high: number;
    count: number;
    first: readonly ShownRow[];
  }) =>
    `${counted(count, 'row has', 'rows have')} a value outside ${low} to ${high} ${where(first)}. Correct it, or change the range of the outcome in the spec.`,
  'fault.implausible': ({
    low,
    high,
    count,
    first,
  }: {
    low: number;
    high: number;
    count: number;
    first: readonly ShownRow[];
  }) =>
    `${counted(count, 'row has', 'rows have')} a value outside ${low} to ${high} ${where(first)}. Correct it, or leave it empty where it is not known.`,
  'fault.too-large': ({ count, first }: { count: number; first: readonly ShownRow[] }) =>
    `${counted(count, 'row has', 'rows have')} a number of 2⁴⁰ or more in size ${where(first)}. Give it in a larger unit.`,
};

/** All that is wrong with the values of a file. */
export const faultyRows = {
  'data.faulty-rows': ({ file, faults }: { file: string; faults: readonly NestedRowFault[] }) =>
    faults.map((fault) => `${file}${fault.column === null ? '' : `, column ${fault.column}`}: ${nested(rowFaults, fault)}`).join('\n'),
};
