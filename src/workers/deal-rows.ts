import { columnsOfRows, type CodedRows, type HeldColumn } from '../coding/coded-rows.ts';
import type { Kernels } from '../kernels/kernels.ts';
import type { HeldArray } from './row-store.ts';
import type { Scratch } from './scratch.ts';

export interface Dealing {
  readonly workers: number;
  /** Who deals. */
  readonly own: number;
  /** Takes the rows of `own`, which are gone when it returns. */
  readonly keep: (rows: CodedRows) => void;
}

export interface DealtRows {
  readonly owner: number;
  readonly rows: CodedRows;
}

/**
 * Deals rows out to the workers that own their persons: for each of the others its rows, in one buffer that can be
 * sent.
 */
export function dealRows(
  kernels: Kernels,
  scratch: Scratch,
  rows: CodedRows,
  { workers, own, keep }: Dealing,
): DealtRows[] {
  if (workers === 1) {
    keep(rows);
    return [];
  }
  const picked = ownersOf(kernels, scratch, rows.persons, workers).map((owned) =>
    pickRows(kernels, scratch, rows, owned),
  );
  // All room is taken: views of it stay.
  keep(viewRows(rows, picked[own]!, kernels.arena.buffer, picked[own]!.at));
  return picked.flatMap((part, owner) =>
    owner === own
      ? []
      : [{ owner, rows: viewRows(rows, part, kernels.arena.u8(part.at, part.bytes).slice().buffer, 0) }],
  );
}

/** The rows of each worker, those whose persons it owns: where their numbers are, u32, and how many. */
export function ownersOf(kernels: Kernels, scratch: Scratch, persons: Uint32Array, workers: number): { readonly picks: number; readonly n: number }[] {
  const n = persons.length / 4;
  const [owners, starts, picks] = [scratch.room(n), scratch.room(4 * (workers + 1)), scratch.room(4 * n)];
  kernels.dealPersons(scratch.put(persons), n, workers, owners, starts, picks);
  const start = kernels.arena.u32(starts, workers + 1).slice();
  return Array.from({ length: workers }, (_, w) => ({ picks: picks + 4 * start[w]!, n: start[w + 1]! - start[w]! }));
}

/** Columns in one buffer begin at multiples of eight bytes. */
const padded = (bytes: number): number => Math.ceil(bytes / 8) * 8;

/** Rows in one stretch of the kernels' memory, column by column. */
interface PickedRows {
  readonly n: number;
  readonly at: number;
  readonly bytes: number;
}

function pickRows(
  kernels: Kernels,
  scratch: Scratch,
  rows: CodedRows,
  { picks, n }: { picks: number; n: number },
): PickedRows {
  const columns = [
    { from: scratch.put(rows.persons), width: 16 },
    ...columnsOfRows(rows).map((column) => ({ from: scratch.put(column), width: column.BYTES_PER_ELEMENT })),
  ];
  const bytes = columns.reduce((sum, { width }) => sum + padded(width * n), 0);
  const at = scratch.room(bytes);
  let to = at;
  for (const { from, width } of columns) {
    kernels.gatherRows({ ptr: from, width: width as 1 | 2 | 4 | 8 | 16 }, picks, n, to);
    to += padded(width * n);
  }
  return { n, at, bytes };
}

/** Rows whose columns were picked of those of `rows`, and lie in `buffer` from `begin` on. */
function viewRows(rows: CodedRows, { n }: PickedRows, buffer: ArrayBufferLike, begin: number): CodedRows {
  let at = begin;
  const next = <T extends HeldArray>(column: T, perRow = 1): T => {
    const values = new (column.constructor as new (buffer: ArrayBufferLike, at: number, length: number) => T)(
      buffer,
      at,
      perRow * n,
    );
    at += padded(values.byteLength);
    return values;
  };
  const held = (column: HeldColumn): HeldColumn => {
    if (column.levels) return { levels: next(column.levels) };
    if (column.numbers) return { numbers: next(column.numbers) };
    return { ...column, codes: next(column.codes!) };
  };
  // In the order in which they were picked.
  const persons = next(rows.persons, 4);
  return {
    rows: n,
    file: rows.file,
    persons,
    rowNumbers: next(rows.rowNumbers),
    months: next(rows.months),
    states: rows.states.map((state) => next(state)),
    hidden: rows.hidden && next(rows.hidden),
    outcomes: rows.outcomes.map((y) => next(y)),
    inputs: rows.inputs.map(held),
    groups: rows.groups.map(held),
    population: rows.population && held(rows.population),
  };
}
