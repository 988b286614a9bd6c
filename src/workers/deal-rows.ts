import { columnsOfRows, type CodedRows, type HeldColumn } from '../coding/coded-rows.ts';
import type { Kernels } from '../kernels/kernels.ts';
import type { HeldArray } from './row-store.ts';
import type { Scratch } from './scratch.ts';

/** Deals rows out to the workers that own their persons: for each worker its rows, in one buffer that can be sent. */
export function dealRows(kernels: Kernels, scratch: Scratch, rows: CodedRows, workers: number): CodedRows[] {
  if (workers === 1) return [rows];
  const room = scratch.room(16 * rows.rows);
  return ownersOf(kernels, scratch, rows.persons, workers).map((owned) => pickRows(kernels, scratch, rows, { ...owned, room }));
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

function pickRows(kernels: Kernels, scratch: Scratch, rows: CodedRows, { picks, n, room }: { picks: number; n: number; room: number }): CodedRows {
  const widths = columnsOfRows(rows).map((column) => column.BYTES_PER_ELEMENT);
  const buffer = new ArrayBuffer(padded(16 * n) + widths.reduce((sum, width) => sum + padded(width * n), 0));
  let at = 0;
  const picked = <T extends HeldArray>(column: T, perRow = 1): T => {
    const width = (perRow * column.BYTES_PER_ELEMENT) as 1 | 2 | 4 | 8 | 16;
    kernels.gatherRows({ ptr: scratch.put(column), width }, picks, n, room);
    new Uint8Array(buffer, at).set(kernels.arena.u8(room, width * n));
    const values = new (column.constructor as new (buffer: ArrayBuffer, at: number, length: number) => T)(buffer, at, perRow * n);
    at += padded(width * n);
    return values;
  };
  const held = (column: HeldColumn): HeldColumn => {
    if (column.levels) return { levels: picked(column.levels) };
    if (column.numbers) return { numbers: picked(column.numbers) };
    return { ...column, codes: picked(column.codes!) };
  };
  return {
    rows: n,
    file: rows.file,
    rowNumbers: picked(rows.rowNumbers),
    persons: picked(rows.persons, 4),
    months: picked(rows.months),
    states: rows.states.map((state) => picked(state)),
    hidden: rows.hidden && picked(rows.hidden),
    outcomes: rows.outcomes.map((y) => picked(y)),
    inputs: rows.inputs.map(held),
    groups: rows.groups.map(held),
    population: rows.population && held(rows.population),
  };
}
