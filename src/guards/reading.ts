import { cellStates, type CellState } from '../indicator/cell-state.ts';
import type { IndicatorTable } from '../indicator/table.ts';
import type { ZeroMean, ZeroMeans } from '../indicator/zero-means.ts';
import type { ModelSpec } from '../spec/model-spec.ts';
import { publishedThreshold } from '../withhold/threshold.ts';
import { columnReading, type ColumnReading } from './column-reading.ts';

/** How one outcome of one breakdown may be read. */
export interface Reading extends ColumnReading {
  readonly outcome: string;
  readonly by: readonly string[];
  /** Reference months of the seasonal adjustment, as ranges; empty where nothing is adjusted. */
  readonly seasonalReference: readonly string[];
  /** Groups, and those whose series is seasonally adjusted. */
  readonly series: number;
  readonly seriesAdjusted: number;
  /** Cells, those whose interval covers zero and those whose does not, those without an interval by state, and those with fewer rows than the threshold. */
  readonly cells: number;
  readonly cellsCoveringZero: number;
  readonly cellsNotCoveringZero: number;
  readonly cellsWithoutInterval: Readonly<Record<WithoutInterval, number>>;
  readonly cellsUnderThreshold: number;
  readonly threshold: number;
  /** Nothing here is. */
  readonly causal: false;
}

export type WithoutInterval = Exclude<CellState, 'ok'>;

/** States of numbers that neither cover zero nor do not. */
export const withoutInterval = cellStates.filter((state): state is WithoutInterval => state !== 'ok');

/** By row of an indicator table. */
export interface CellReading {
  readonly state: readonly CellState[];
  /** Null where the state is not `ok`. */
  readonly coversZero: readonly (boolean | null)[];
  readonly seasonallyAdjusted: readonly boolean[];
  /** Withheld cells are. */
  readonly underThreshold: readonly boolean[];
  /** The group's mean over all rows is zero by construction, or near it (of a probit); null where that is not known. */
  readonly zeroMean: readonly (ZeroMean | null)[];
}

export interface ReadingOf {
  readonly spec: ModelSpec;
  /** The run's own threshold; the published one where null. */
  readonly threshold: number | null;
  /** What is known of the groups; the columns' names decide where it is absent. */
  readonly zeroMeans?: readonly ZeroMeans[] | undefined;
}

export function cellReading(table: IndicatorTable, { threshold, zeroMeans = [] }: Pick<ReadingOf, 'threshold' | 'zeroMeans'>): CellReading {
  const rows = Array.from(table.outcome.keys());
  const least = threshold ?? publishedThreshold;
  const zero = new Map(zeroMeans.filter(({ by }) => by.join('\n') === table.by.join('\n')).flatMap(({ outcome, groups, zero: kinds }) =>
    groups.map((labels, g) => [JSON.stringify([outcome, ...labels]), kinds[g]!] as const)));
  const adjusted = new Map<string, boolean>();
  for (const row of rows) {
    const series = seriesKey(table, row);
    if (!Number.isNaN(table.indicatorSeasonallyAdjusted[row]!)) adjusted.set(series, true);
    else if (!adjusted.has(series)) adjusted.set(series, false);
  }
  return {
    state: table.state,
    coversZero: rows.map((row) => {
      if (table.state[row] !== 'ok') return null;
      const [low, high] = [table.confLow[row]!, table.confHigh[row]!];
      return Number.isNaN(low) || Number.isNaN(high) ? null : low <= 0 && high >= 0;
    }),
    seasonallyAdjusted: rows.map((row) => adjusted.get(seriesKey(table, row))!),
    underThreshold: rows.map((row) => !(table.n[row]! >= least)),
    zeroMean: rows.map((row) => zero.get(seriesKey(table, row)) ?? null),
  };
}

/** One reading per outcome of the table, in the order of the spec; outcomes without rows have none. */
export function readingsOf(table: IndicatorTable, request: ReadingOf): Reading[] {
  const cells = cellReading(table, request);
  return request.spec.outcomes.flatMap((outcome) => {
    const rows = Array.from(table.outcome.keys()).filter((row) => table.outcome[row] === outcome.name);
    if (rows.length === 0) return [];
    const series = new Set(rows.map((row) => seriesKey(table, row)));
    const adjusted = new Set(rows.filter((row) => cells.seasonallyAdjusted[row]).map((row) => seriesKey(table, row)));
    return [{
      outcome: outcome.name,
      by: table.by,
      ...columnReading(table.by, outcome, request.spec, request.zeroMeans),
      seasonalReference: request.spec.seasonal?.reference[String(outcome.horizon)] ?? [],
      series: series.size,
      seriesAdjusted: adjusted.size,
      cells: rows.length,
      cellsCoveringZero: rows.filter((row) => cells.coversZero[row]).length,
      cellsNotCoveringZero: rows.filter((row) => cells.coversZero[row] === false).length,
      cellsWithoutInterval: Object.fromEntries(withoutInterval.map((state) => [state, rows.filter((row) => cells.state[row] === state).length])) as Record<WithoutInterval, number>,
      cellsUnderThreshold: rows.filter((row) => cells.underThreshold[row]).length,
      threshold: request.threshold ?? publishedThreshold,
      causal: false,
    }];
  });
}

const seriesKey = ({ outcome, groups }: IndicatorTable, row: number): string => JSON.stringify([outcome[row], ...groups.map((labels) => labels[row])]);
