import type { ComparedBreakdown, Comparison } from '../compare-runs/compare-runs.ts';
import type { CoefficientPair } from '../compare-runs/compare-coefficients.ts';
import type { ResultColumn } from './columns.ts';
import { indicatorTableName } from './result-files.ts';

type Values = ArrayLike<number | null>;
const text = (name: string, values: readonly string[]): ResultColumn => ({ name, kind: 'text', values });
const number = (name: string, values: Values): ResultColumn => ({ name, kind: 'number', values });
const count = (name: string, values: Values): ResultColumn => ({ name, kind: 'count', values });

/** The tables of a comparison by file name without extension. */
export function comparisonTables(comparison: Comparison): Map<string, ResultColumn[]> {
  const tables = new Map([
    ['compare_coefficients', coefficientColumns(comparison.coefficients)],
    ['compare_fit', fitColumns(comparison)],
    ['compare_summary', summaryColumns(comparison.tables)],
  ]);
  for (const breakdown of comparison.tables) {
    const name = indicatorTableName(breakdown.shift);
    tables.set(`compare_${name}`, shiftColumns(breakdown));
    if (breakdown.shift.by.length > 0) tables.set(`compare_${name.replace('indicator', 'units')}`, unitColumns(breakdown));
  }
  return tables;
}

function coefficientColumns(pairs: readonly CoefficientPair[]): ResultColumn[] {
  const side = (of: 'a' | 'b'): ResultColumn[] => [
    number(`estimate_${of}`, pairs.map((pair) => pair[of]?.estimate ?? null)),
    number(`std_error_${of}`, pairs.map((pair) => pair[of]?.standardError ?? null)),
    count(`n_${of}`, pairs.map((pair) => pair[of]?.n ?? null)),
    text(`status_${of}`, pairs.map((pair) => pair[of]?.status ?? '')),
  ];
  return [
    text('outcome', pairs.map(({ outcome }) => outcome)),
    text('population', pairs.map(({ population }) => population)),
    text('term', pairs.map(({ term }) => term)),
    text('level', pairs.map(({ level }) => level)),
    text('in', pairs.map(({ a, b }) => presence(a !== null, b !== null))),
    ...side('a'),
    ...side('b'),
    number('difference', pairs.map(({ difference }) => difference)),
  ];
}

function fitColumns({ fits }: Comparison): ResultColumn[] {
  return [
    text('outcome', fits.map(({ outcome }) => outcome)),
    text('population', fits.map(({ population }) => population)),
    text('measure', fits.map(({ measure }) => measure)),
    number('a', fits.map(({ a }) => a)),
    number('b', fits.map(({ b }) => b)),
    number('difference', fits.map(({ difference }) => difference)),
  ];
}

function shiftColumns({ shift }: ComparedBreakdown): ResultColumn[] {
  const { a, b } = shift;
  return [
    text('outcome', shift.outcome),
    ...shift.by.map((name, c) => text(name, shift.groups[c]!)),
    text(shift.period === 'month' ? 'month' : 'period', shift.periods),
    text('in', shift.outcome.map((_, row) => presence(shift.inA[row]!, shift.inB[row]!))),
    count('n_a', a.n),
    count('n_b', b.n),
    number('actual_a', a.actual),
    number('actual_b', b.actual),
    number('expected_a', a.expected),
    number('expected_b', b.expected),
    number('indicator_a', a.indicator),
    number('indicator_b', b.indicator),
    number('shift', shift.shift),
    number('seasonally_adjusted_a', a.indicatorSeasonallyAdjusted),
    number('seasonally_adjusted_b', b.indicatorSeasonallyAdjusted),
    number('shift_seasonally_adjusted', shift.shiftSeasonallyAdjusted),
  ];
}

function unitColumns({ shift: { by }, units }: ComparedBreakdown): ResultColumn[] {
  return [
    text('outcome', units.map(({ outcome }) => outcome)),
    ...by.map((name, c) => text(name, units.map(({ group }) => group[c]!))),
    count('points', units.map(({ points }) => points)),
    number('mean_a', units.map(({ meanA }) => meanA)),
    number('mean_b', units.map(({ meanB }) => meanB)),
    number('mean_shift', units.map(({ meanShift }) => meanShift)),
    number('rms_shift', units.map(({ rootMeanSquareShift }) => rootMeanSquareShift)),
    number('rank_a', units.map(({ rankA }) => rankA)),
    number('rank_b', units.map(({ rankB }) => rankB)),
  ];
}

function summaryColumns(tables: readonly ComparedBreakdown[]): ResultColumn[] {
  const rows = tables.flatMap(({ summary }) => summary);
  return [
    text('breakdown', rows.map(({ by }) => by.join('+'))),
    text('outcome', rows.map(({ outcome }) => outcome)),
    count('points', rows.map(({ points }) => points)),
    count('only_a', rows.map(({ onlyA }) => onlyA)),
    count('only_b', rows.map(({ onlyB }) => onlyB)),
    number('mean_shift', rows.map(({ meanShift }) => meanShift)),
    number('largest_shift', rows.map(({ largestShift }) => largestShift)),
    text('largest_at', rows.map(({ largestAt }) => largestAt)),
    number('rms_shift', rows.map(({ rootMeanSquareShift }) => rootMeanSquareShift)),
    count('units', rows.map(({ units }) => units)),
    number('rank_correlation', rows.map((row) => row.rankCorrelation)),
  ];
}

const presence = (inA: boolean, inB: boolean): string => (inA && inB ? 'both' : inA ? 'a' : 'b');
