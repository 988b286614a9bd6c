import type { IndicatorShift } from './compare-indicator.ts';
import { rankCorrelation, ranks } from './ranks.ts';

/** How far the points of one outcome in one breakdown have moved. */
export interface ShiftSummary {
  readonly by: readonly string[];
  readonly outcome: string;
  /** Points where both runs have an indicator; the means are over these, each counting once. */
  readonly points: number;
  /** Points that only A has, and only B. */
  readonly onlyA: number;
  readonly onlyB: number;
  readonly meanShift: number;
  /** The shift farthest from 0, with its sign, and where it is. */
  readonly largestShift: number;
  readonly largestAt: string;
  readonly rootMeanSquareShift: number;
  readonly units: number;
  /** Spearman's, over units, of their mean indicators in A and in B; NaN for fewer than two units. */
  readonly rankCorrelation: number;
}

/** One unit of a breakdown: the means over the periods in which both runs have an indicator of it. */
export interface UnitShift {
  readonly outcome: string;
  readonly group: readonly string[];
  readonly points: number;
  readonly meanA: number;
  readonly meanB: number;
  readonly meanShift: number;
  readonly rootMeanSquareShift: number;
  /** 1 is the highest mean; units of the same mean share the mean of their ranks. */
  readonly rankA: number;
  readonly rankB: number;
}

/** Units by outcome, in the order of the table; none for the whole. */
export function unitShifts(shift: IndicatorShift): UnitShift[] {
  if (shift.by.length === 0) return [];
  return [...rowsByOutcome(shift)].flatMap(([outcome, rows]) => {
    const byUnit = new Map<string, { group: readonly string[]; rows: number[] }>();
    for (const row of rows.filter((at) => Number.isFinite(shift.shift[at]))) {
      const group = shift.groups.map((labels) => labels[row]!);
      const key = JSON.stringify(group);
      const unit = byUnit.get(key);
      if (unit) unit.rows.push(row);
      else byUnit.set(key, { group, rows: [row] });
    }
    const units = [...byUnit.values()].map(({ group, rows: own }) => ({
      outcome, group, points: own.length,
      meanA: meanOf(own, (row) => shift.a.indicator[row]!),
      meanB: meanOf(own, (row) => shift.b.indicator[row]!),
      meanShift: meanOf(own, (row) => shift.shift[row]!),
      rootMeanSquareShift: rootMeanSquare(own, shift.shift),
    }));
    const [rankA, rankB] = [ranks(units.map(({ meanA }) => meanA)), ranks(units.map(({ meanB }) => meanB))];
    return units.map((unit, u) => ({ ...unit, rankA: rankA[u]!, rankB: rankB[u]! }));
  });
}

export function summarizeShift(shift: IndicatorShift, units: readonly UnitShift[]): ShiftSummary[] {
  return [...rowsByOutcome(shift)].map(([outcome, rows]) => {
    const both = rows.filter((row) => Number.isFinite(shift.shift[row]));
    const largest = both.reduce((best, row) => (Math.abs(shift.shift[row]!) > Math.abs(shift.shift[best]!) ? row : best), both[0] ?? -1);
    const own = units.filter((unit) => unit.outcome === outcome);
    return {
      by: shift.by,
      outcome,
      points: both.length,
      onlyA: rows.filter((row) => !shift.inB[row]).length,
      onlyB: rows.filter((row) => !shift.inA[row]).length,
      meanShift: meanOf(both, (row) => shift.shift[row]!),
      largestShift: shift.shift[largest] ?? NaN,
      largestAt: largest < 0 ? '' : [...shift.groups.map((labels) => labels[largest]!), shift.periods[largest]!].join(', '),
      rootMeanSquareShift: rootMeanSquare(both, shift.shift),
      units: own.length,
      rankCorrelation: rankCorrelation(own.map(({ rankA }) => rankA), own.map(({ rankB }) => rankB)),
    };
  });
}

function rowsByOutcome({ outcome }: IndicatorShift): Map<string, number[]> {
  const rows = new Map<string, number[]>();
  outcome.forEach((name, row) => {
    const known = rows.get(name);
    if (known) known.push(row);
    else rows.set(name, [row]);
  });
  return rows;
}

/** NaN for none. */
const meanOf = (rows: readonly number[], value: (row: number) => number): number => rows.reduce((sum, row) => sum + value(row), 0) / rows.length;

const rootMeanSquare = (rows: readonly number[], values: Float64Array): number => Math.sqrt(meanOf(rows, (row) => values[row]! * values[row]!));
