import type { ComparedTable } from './compared-run.ts';
import { pairsOf } from './pairs.ts';

const numbers = ['n', 'actual', 'expected', 'indicator', 'indicatorSeasonallyAdjusted'] as const;
type Numbers = Readonly<Record<(typeof numbers)[number], Float64Array>>;

/**
 * An indicator table of two runs, point by point: a row per outcome, group and period that either has, each column an
 * array of that length, NaN where a run has no such point or no number there.
 */
export interface IndicatorShift {
  readonly by: readonly string[];
  readonly period: ComparedTable['period'];
  readonly outcome: readonly string[];
  /** One array of labels per column in `by`. */
  readonly groups: readonly (readonly string[])[];
  readonly periods: readonly string[];
  readonly inA: readonly boolean[];
  readonly inB: readonly boolean[];
  readonly a: Numbers;
  readonly b: Numbers;
  /** Indicator of B − indicator of A, and the same of the seasonally adjusted one. */
  readonly shift: Float64Array;
  readonly shiftSeasonallyAdjusted: Float64Array;
}

/** Two tables of the same breakdown and period. */
export function compareIndicator(a: ComparedTable, b: ComparedTable): IndicatorShift {
  const [pointsA, pointsB] = [a, b].map((table) => table.outcome.map((outcome, row) => ({ table, row, key: JSON.stringify([outcome, ...table.groups.map((labels) => labels[row]!), table.periods[row]!]) })));
  const pairs = pairsOf(pointsA!, pointsB!, ({ key }) => key);
  const labels = pairs.map((pair) => pair.a ?? pair.b);
  const side = (which: 'a' | 'b'): Numbers =>
    Object.fromEntries(numbers.map((name) => [name, Float64Array.from(pairs, (pair) => pair[which]?.table[name][pair[which].row] ?? NaN)])) as unknown as Numbers;
  const [ofA, ofB] = [side('a'), side('b')];
  return {
    by: a.by,
    period: a.period,
    outcome: labels.map(({ table, row }) => table.outcome[row]!),
    groups: a.by.map((_, c) => labels.map(({ table, row }) => table.groups[c]![row]!)),
    periods: labels.map(({ table, row }) => table.periods[row]!),
    inA: pairs.map((pair) => pair.a !== null),
    inB: pairs.map((pair) => pair.b !== null),
    a: ofA,
    b: ofB,
    shift: ofB.indicator.map((value, i) => value - ofA.indicator[i]!),
    shiftSeasonallyAdjusted: ofB.indicatorSeasonallyAdjusted.map((value, i) => value - ofA.indicatorSeasonallyAdjusted[i]!),
  };
}
