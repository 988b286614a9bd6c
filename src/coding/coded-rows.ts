/** What a row is to an outcome. */
export const RowState = { out: 0, estimated: 1, predicted: 2 } as const;

/** One column as it is held until the samples are coded. Exactly one of the three forms. */
export interface HeldColumn {
  /** Levels known before the data; one beyond the last where missing. */
  readonly levels?: Uint8Array | Uint16Array;
  /** Values whose levels or scale are not known yet; NaN where missing. */
  readonly numbers?: Float64Array;
  /** Codes into `labels`. */
  readonly codes?: Uint32Array;
  readonly labels?: readonly string[];
}

/** Rows on their way from the worker that read them to the worker that owns their persons. */
export interface CodedRows {
  readonly rows: number;
  /** Number of the file, and of each row in it: for messages only. */
  readonly file: number;
  readonly rowNumbers: Uint32Array;
  /** Four words a row. */
  readonly persons: Uint32Array;
  readonly months: Uint16Array;
  /** `RowState` by outcome. */
  readonly states: readonly Uint8Array[];
  /** NaN where missing. */
  readonly outcomes: readonly Float64Array[];
  readonly inputs: readonly HeldColumn[];
  readonly groups: readonly HeldColumn[];
  readonly population: HeldColumn | null;
}

/** The buffers of rows that may be transferred rather than cloned. */
export function rowBuffers(rows: CodedRows): ArrayBuffer[] {
  const columns = [...rows.inputs, ...rows.groups, ...(rows.population ? [rows.population] : [])];
  const arrays: ArrayBufferView[] = [rows.rowNumbers, rows.persons, rows.months, ...rows.states, ...rows.outcomes];
  for (const column of columns) arrays.push((column.levels ?? column.numbers ?? column.codes)!);
  return [...new Set(arrays.map((array) => array.buffer as ArrayBuffer))];
}
