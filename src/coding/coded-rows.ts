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
  readonly outcomes: readonly Float64Array[];
  readonly inputs: readonly HeldColumn[];
  readonly groups: readonly HeldColumn[];
  readonly population: HeldColumn | null;
}

/** Owner of a person: any function of the identity that is the same in every worker. */
function ownerOf(persons: Uint32Array, row: number, workers: number): number {
  let h = persons[4 * row]! ^ Math.imul(persons[4 * row + 1]!, 0x9e3779b1) ^ persons[4 * row + 2]! ^ persons[4 * row + 3]!;
  h = Math.imul(h ^ (h >>> 16), 0x85ebca6b);
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35);
  return ((h ^ (h >>> 16)) >>> 0) % workers;
}

/** Deals rows out to the workers that own their persons. */
export function dealRows(rows: CodedRows, workers: number): CodedRows[] {
  if (workers === 1) return [rows];
  const owner = new Uint8Array(rows.rows);
  const counts = new Uint32Array(workers);
  for (let i = 0; i < rows.rows; i++) counts[(owner[i] = ownerOf(rows.persons, i, workers))]!++;
  const picks = Array.from(counts, (n) => new Uint32Array(n));
  counts.fill(0);
  for (let i = 0; i < rows.rows; i++) picks[owner[i]!]![counts[owner[i]!]!++] = i;
  return picks.map((pick) => pickRows(rows, pick));
}

type Numbers = Uint8Array | Uint16Array | Uint32Array | Float64Array;

function pickRows(rows: CodedRows, pick: Uint32Array): CodedRows {
  const gather = <T extends Numbers>(from: T): T => {
    const to = new (from.constructor as new (n: number) => T)(pick.length);
    for (let i = 0; i < pick.length; i++) to[i] = from[pick[i]!]!;
    return to;
  };
  const held = (column: HeldColumn): HeldColumn => {
    if (column.levels) return { levels: gather(column.levels) };
    if (column.numbers) return { numbers: gather(column.numbers) };
    return { codes: gather(column.codes!), labels: column.labels! };
  };
  const persons = new Uint32Array(4 * pick.length);
  for (let i = 0; i < pick.length; i++) {
    const at = 4 * pick[i]!;
    for (let word = 0; word < 4; word++) persons[4 * i + word] = rows.persons[at + word]!;
  }
  return {
    rows: pick.length,
    file: rows.file,
    rowNumbers: gather(rows.rowNumbers),
    persons,
    months: gather(rows.months),
    states: rows.states.map(gather),
    outcomes: rows.outcomes.map(gather),
    inputs: rows.inputs.map(held),
    groups: rows.groups.map(held),
    population: rows.population && held(rows.population),
  };
}

/** The buffers of rows that may be transferred rather than cloned. */
export function rowBuffers(rows: CodedRows): ArrayBuffer[] {
  const columns = [...rows.inputs, ...rows.groups, ...(rows.population ? [rows.population] : [])];
  const arrays: Numbers[] = [rows.rowNumbers, rows.persons, rows.months, ...rows.states, ...rows.outcomes];
  for (const column of columns) arrays.push((column.levels ?? column.numbers ?? column.codes)!);
  return [...new Set(arrays.map((array) => array.buffer as ArrayBuffer))];
}
