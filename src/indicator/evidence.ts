import type { CellState } from './cell-state.ts';
import type { PersonCounts } from './person-counts.ts';

/**
 * Fewer persons with, or without, a 0/1 outcome, or above 0 hours, are too few events for an interval: with five of them, 95 % intervals of
 * shares of a tenth hold 87 to 90 times in a hundred (`npm run bench:coverage-small`).
 */
export const fewestEvents = 10;

/** What the persons behind a breakdown's cells leave to be said of them. */
export interface CellEvidence {
  /** Of an interval: `ok` where outcomes are enough. */
  state(outcome: number, group: number, period: string): CellState;
  /** Distinct persons in a month, counted from the first. */
  persons(outcome: number, group: number, month: number): number;
}

/** A reference month of fewer persons says little of the season: how many there are is printed with the series. */
export const fewInReference = 4;

/** By a method that knows of the expected values: where outcomes are rare, these alone would vary. */
export function eventState({ rows, above, below }: PersonCounts, cell: number, zeroOne: boolean): CellState {
  if (!(rows[cell]! > 0)) return 'ok';
  return above[cell]! < fewestEvents || (zeroOne && below[cell]! < fewestEvents) ? 'too_few_events' : 'ok';
}

/** By the spread of the outcomes alone. */
export const spreadState = ({ rows, lowest, highest }: PersonCounts, cell: number): CellState =>
  rows[cell]! > 1 && lowest[cell] === highest[cell] ? 'no_variation' : 'ok';
