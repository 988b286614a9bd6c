import type { CellState } from './cell-state.ts';
import type { PersonCounts } from './person-counts.ts';

/** Fewer persons with, or without, a 0/1 outcome, or above 0 hours, are too few events for an interval. */
export const fewestEvents = 5;

/** What the outcomes of a cell leave to be said of an interval: `ok` where they are enough. */
export type CellEvidence = (outcome: number, group: number, period: string) => CellState;

/** By a method that knows of the expected values: where outcomes are rare, these alone would vary. */
export function eventState({ rows, above, below }: PersonCounts, cell: number, zeroOne: boolean): CellState {
  if (!(rows[cell]! > 0)) return 'ok';
  return above[cell]! < fewestEvents || (zeroOne && below[cell]! < fewestEvents) ? 'too_few_events' : 'ok';
}

/** By the spread of the outcomes alone. */
export const spreadState = ({ rows, lowest, highest }: PersonCounts, cell: number): CellState =>
  rows[cell]! > 1 && lowest[cell] === highest[cell] ? 'no_variation' : 'ok';
