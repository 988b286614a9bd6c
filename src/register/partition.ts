/** The border between files and the engine: which columns are wanted, in what form, and the rows that come out. */

import type { Dialect } from './csv-dialect.ts';
import type { CsvType } from './csv-types.ts';

/** How a column is read. One column may be wanted in several ways (a covariate that is also a breakdown). */
export type ColumnRole = 'person' | 'month' | 'number' | 'label';

export interface ColumnRequest {
  readonly column: string;
  readonly as: ColumnRole;
}

/** Numbers in a type that holds them exactly, as narrow as the file's own where that is known. */
export type NumberArray = Int8Array | Uint8Array | Int16Array | Uint16Array | Float32Array | Float64Array;
/**
 * `number`: one value a row, NaN where missing, so that integers have none missing; never infinite. Booleans are 0 and 1. The
 * values may be a view of the file's bytes.
 */
export interface NumberColumn {
  readonly kind: 'number';
  readonly values: NumberArray;
  /** No value is missing; where it is false, some may be. */
  readonly isComplete: boolean;
}
/** Codes, as wide as the number of labels needs or wider. */
export type CodeArray = Uint8Array | Uint16Array | Uint32Array;
/**
 * `label`: one code a row into `labels`; a missing value has the label ''. Text stands as it is in the file: whether a column's labels
 * are numbers is known when all files are read. Numbers print as `String(value)`, those of single precision in the fewest digits that
 * tell them from any other such number, booleans as 0 and 1.
 */
export interface LabelColumn {
  readonly kind: 'label';
  readonly codes: CodeArray;
  readonly labels: readonly string[];
  /** The file writes numbers with a decimal comma. */
  readonly decimalComma?: boolean;
}
/**
 * `person`: four 32-bit words a row that identify the person exactly: for a 64-bit integer, or text that is the plain
 * decimal form of one, (low, high, 0, 0); for other text a 128-bit hash whose last word is never 0.
 */
export interface PersonColumn {
  readonly kind: 'person';
  readonly words: Uint32Array;
}
/** `month`: 12 × year + (month − 1). */
export interface MonthColumn {
  readonly kind: 'month';
  readonly values: Int32Array;
}
export type Column = NumberColumn | LabelColumn | PersonColumn | MonthColumn;

export const columnKey = (request: ColumnRequest): string => `${request.as}:${request.column}`;

/** Consecutive rows of one file, without those that a filter leaves out. */
export interface Partition {
  readonly file: string;
  /** Number in the file of the first row, from 1 and without the header; a filter may have left it out. */
  readonly firstRow: number;
  readonly rows: number;
  /** Number in the file of each row; null where they follow one another from `firstRow`. */
  readonly rowNumbers: Uint32Array | null;
  /** By `columnKey`. */
  readonly columns: ReadonlyMap<string, Column>;
  /** One byte a row, 1 where the SQL condition asked for holds; null where none was asked for. */
  readonly condition: Uint8Array | null;
  /** The same of the condition of the rows that are shown; null where all are. */
  readonly shown?: Uint8Array | null;
}

export type FileFormat = 'arrow' | 'parquet' | 'csv';

/** What a file does not say of itself. */
export interface ReadingOptions {
  /** Read a stream that ends without its mark as far as it goes. */
  readonly allowUnfinished?: boolean;
  /** Of a CSV file that is neither UTF-8 nor UTF-16, by its name in the WHATWG standard, as `windows-1252`. */
  readonly encoding?: string;
  /** Zone of the months of moments, where the file names none: a name of the IANA data base, or an offset such as `+01:00`. */
  readonly timeZone?: string;
}

/** Consecutive row groups of a Parquet file, record batches of an Arrow file, or bytes of a CSV file that hold whole rows. */
export interface FilePart {
  readonly from: number;
  readonly to: number;
  /**
   * Number in the file of its first row, from 1, and how many it has; null of bytes that are taken to begin with a row,
   * and whose rows nobody has counted.
   */
  readonly firstRow: number;
  readonly rows: number | null;
  /** Of a CSV file. */
  readonly head?: CsvHead;
}

/** What a part of a CSV file has to know of the file's beginning. */
export interface CsvHead {
  readonly dialect: Dialect;
  /** As guessed from its first rows; null where no SQL is asked. */
  readonly types: ReadonlyMap<string, CsvType> | null;
}

export type CsvPart = FilePart & { readonly head: CsvHead };

/** A file that can be sent to a worker: a path in Node, a Blob in the browser. */
export interface RegisterFile {
  readonly name: string;
  readonly format: FileFormat;
  readonly bytes: number;
  readonly reading?: ReadingOptions;
  /** Columns whose one value stands in the names of the folders; the file's own columns go before them. */
  readonly partition?: Readonly<Record<string, string>>;
  /** Read no more than this of it; what is wrong with its values is told when all parts are read. */
  readonly part?: FilePart;
  readonly location: { readonly path: string } | { readonly blob: Blob };
}
