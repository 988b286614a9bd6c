import type { CodeArray } from '../register/partition.ts';

/** What a row is to an outcome: estimated on; predicted alone, because of its month; or because the condition of the sample does not hold. */
export const RowState = { out: 0, estimated: 1, predicted: 2, apart: 3 } as const;

/** Where the state of an outcome is kept: two bits a row, four outcomes to a byte. */
export const stateBits = (outcome: number): { readonly byte: number; readonly shift: number } => ({ byte: outcome >> 2, shift: 2 * (outcome & 3) });

/** A 0/1 outcome that is missing. */
export const missingZeroOne = 2;

/** One column as it is held until the samples are coded. Exactly one of the three forms. */
export interface HeldColumn {
  /** Levels known before the data; one beyond the last where missing. */
  readonly levels?: Uint8Array | Uint16Array;
  /** Values whose levels or scale are not known yet, in single precision where that is exact; NaN where missing. */
  readonly numbers?: Float32Array | Float64Array;
  /** Codes into `labels`. */
  readonly codes?: CodeArray;
  readonly labels?: readonly string[];
  /** The file writes numbers with a decimal comma. */
  readonly decimalComma?: boolean;
}

/** Rows on their way from the worker that read them to the worker that owns their persons. */
export interface CodedRows {
  readonly rows: number;
  /** Number of the piece, and of each row in it: for messages only. */
  readonly file: number;
  readonly rowNumbers: Uint32Array;
  /** Four words a row. */
  readonly persons: Uint32Array;
  readonly months: Uint16Array;
  /** `RowState` by outcome, at its `stateBits`. */
  readonly states: readonly Uint8Array[];
  /** One byte a row, 1 where it is not shown; null where all are. */
  readonly hidden: Uint8Array | null;
  /** One byte for a 0/1 outcome, `missingZeroOne` where missing; else numbers, NaN where missing. */
  readonly outcomes: readonly (Uint8Array | Float32Array | Float64Array)[];
  readonly inputs: readonly HeldColumn[];
  readonly groups: readonly HeldColumn[];
  readonly population: HeldColumn | null;
}

/** All columns but the persons. */
export function columnsOfRows(rows: CodedRows): (Uint8Array | Uint16Array | Uint32Array | Float32Array | Float64Array)[] {
  const held = [...rows.inputs, ...rows.groups, ...(rows.population ? [rows.population] : [])];
  return [rows.rowNumbers, rows.months, ...rows.states, ...(rows.hidden ? [rows.hidden] : []), ...rows.outcomes, ...held.map(({ levels, numbers, codes }) => (levels ?? numbers ?? codes)!)];
}

/** The buffers of rows that may be transferred rather than cloned. */
export function rowBuffers(rows: CodedRows): ArrayBuffer[] {
  return [...new Set([rows.persons, ...columnsOfRows(rows)].map((array) => array.buffer as ArrayBuffer))];
}
