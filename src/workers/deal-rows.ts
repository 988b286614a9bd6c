import type { CodedRows, HeldColumn } from '../coding/coded-rows.ts';
import { gather } from './gather.ts';

/** Owner of a person: any function of the identity that is the same in every worker. */
function ownerOf(persons: Uint32Array, row: number, workers: number): number {
  let h = persons[4 * row]! ^ Math.imul(persons[4 * row + 1]!, 0x9e3779b1) ^ persons[4 * row + 2]! ^ persons[4 * row + 3]!;
  h = Math.imul(h ^ (h >>> 16), 0x85ebca6b);
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35);
  return ((h ^ (h >>> 16)) >>> 0) % workers;
}

/** The rows of each worker: those whose persons it owns. */
export function ownersOf(persons: Uint32Array, rows: number, workers: number): Uint32Array[] {
  const owner = new Uint8Array(rows);
  const counts = new Uint32Array(workers);
  for (let i = 0; i < rows; i++) counts[(owner[i] = ownerOf(persons, i, workers))]!++;
  const picks = Array.from(counts, (n) => new Uint32Array(n));
  counts.fill(0);
  for (let i = 0; i < rows; i++) picks[owner[i]!]![counts[owner[i]!]!++] = i;
  return picks;
}

/** Deals rows out to the workers that own their persons. */
export function dealRows(rows: CodedRows, workers: number): CodedRows[] {
  if (workers === 1) return [rows];
  return ownersOf(rows.persons, rows.rows, workers).map((pick) => pickRows(rows, pick));
}

function pickRows(rows: CodedRows, pick: Uint32Array): CodedRows {
  const held = (column: HeldColumn): HeldColumn => {
    if (column.levels) return { levels: gather(column.levels, pick) };
    if (column.numbers) return { numbers: gather(column.numbers, pick) };
    return { codes: gather(column.codes!, pick), labels: column.labels! };
  };
  const persons = new Uint32Array(4 * pick.length);
  for (let i = 0; i < pick.length; i++) {
    const at = 4 * pick[i]!;
    for (let word = 0; word < 4; word++) persons[4 * i + word] = rows.persons[at + word]!;
  }
  return {
    rows: pick.length,
    file: rows.file,
    rowNumbers: gather(rows.rowNumbers, pick),
    persons,
    months: gather(rows.months, pick),
    states: rows.states.map((state) => gather(state, pick)),
    outcomes: rows.outcomes.map((y) => gather(y, pick)),
    inputs: rows.inputs.map(held),
    groups: rows.groups.map(held),
    population: rows.population && held(rows.population),
  };
}
