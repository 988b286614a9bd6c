/** The border between files and the engine: which columns are wanted, in what form, and the rows that come out. */

/** How a column is read. One column may be wanted in several ways (a covariate that is also a breakdown). */
export type ColumnRole = 'person' | 'month' | 'number' | 'label';

export interface ColumnRequest {
  readonly column: string;
  readonly as: ColumnRole;
}

/** `number`: one double a row, NaN where missing; never infinite. Booleans are 0 and 1. */
export interface NumberColumn {
  readonly kind: 'number';
  readonly values: Float64Array;
}
/** `label`: one code a row into `labels`; a missing value has the label ''. Numbers print as `String(value)`, booleans as 0 and 1. */
export interface LabelColumn {
  readonly kind: 'label';
  readonly codes: Uint32Array;
  readonly labels: readonly string[];
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
}

export type FileFormat = 'arrow' | 'parquet' | 'csv';

/** A file that can be sent to a worker: a path in Node, a Blob in the browser. */
export interface RegisterFile {
  readonly name: string;
  readonly format: FileFormat;
  readonly bytes: number;
  readonly location: { readonly path: string } | { readonly blob: Blob };
}
