import { cellReading, readingsOf, withoutInterval } from '../guards/reading.ts';
import type { RunResult } from '../run-result.ts';
import { count, text, type ResultColumn } from './columns.ts';
import { tableName } from './table-name.ts';

const flag = (name: string, values: readonly (boolean | null)[]): ResultColumn => count(name, values.map((value) => (value === null ? null : Number(value))));

/** How the tables may be read: `reading`, a row per breakdown and outcome, and `reading_cells…`, a row per row of each indicator table. */
export function readingTables({ spec, options, tables, zeroMeans }: Pick<RunResult, 'spec' | 'options' | 'tables' | 'zeroMeans'>): Map<string, ResultColumn[]> {
  const request = { spec, threshold: options.threshold, zeroMeans };
  const readings = tables.flatMap((table) => readingsOf(table, request));
  const joined = (columns: readonly string[]): string => columns.join('+');
  const named = new Map<string, ResultColumn[]>([['reading', [
    text('breakdown', readings.map(({ by }) => joined(by))),
    text('outcome', readings.map(({ outcome }) => outcome)),
    text('level', readings.map(({ level }) => level)),
    text('controlled', readings.map(({ controlled }) => joined(controlled))),
    text('zero_mean', readings.map(({ zeroMeans: zero }) => zero?.kind ?? '')),
    count('groups_with_zero_mean', readings.map(({ zeroMeans: zero }) => zero && zero.groups)),
    text('decided_by_nav', readings.map(({ decidedByNav }) => joined(decidedByNav))),
    flag('lock_in', readings.map(({ lockIn }) => lockIn)),
    text('seasonal_reference', readings.map(({ seasonalReference }) => seasonalReference.join(' '))),
    count('series', readings.map(({ series }) => series)),
    count('series_adjusted', readings.map(({ seriesAdjusted }) => seriesAdjusted)),
    count('cells', readings.map(({ cells }) => cells)),
    count('cells_covering_zero', readings.map(({ cellsCoveringZero }) => cellsCoveringZero)),
    count('cells_not_covering_zero', readings.map(({ cellsNotCoveringZero }) => cellsNotCoveringZero)),
    ...withoutInterval.map((state) => count(`cells_${state}`, readings.map(({ cellsWithoutInterval }) => cellsWithoutInterval[state]))),
    count('cells_under_threshold', readings.map(({ cellsUnderThreshold }) => cellsUnderThreshold)),
    count('threshold', readings.map(({ threshold }) => threshold)),
    flag('causal', readings.map(({ causal }) => causal)),
  ]]]);
  for (const table of tables) {
    const { state, coversZero, seasonallyAdjusted, underThreshold, zeroMean } = cellReading(table, request);
    named.set(tableName('reading_cells', table.by), [
      text('outcome', table.outcome),
      ...table.by.map((name, c) => text(name, table.groups[c]!)),
      text(table.period === 'month' ? 'month' : 'period', table.periods),
      text('state', state),
      flag('interval_covers_zero', coversZero),
      flag('seasonally_adjusted', seasonallyAdjusted),
      count('reference_months_under_4', table.fewReferenceMonths ?? table.outcome.map(() => null)),
      flag('n_under_threshold', underThreshold),
      text('zero_mean_over_all_rows', zeroMean.map((one) => one ?? '')),
    ]);
  }
  return named;
}
