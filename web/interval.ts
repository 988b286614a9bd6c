import type { CellState } from '../src/indicator/cell-state.ts';
import type { IndicatorTable } from '../src/indicator/table.ts';
import type { Outcome } from '../src/spec/model-spec.ts';
import { studentQuantile } from './student-quantile.ts';

/** Levels the app offers; the report suggests 50 or 80, so that 95 is not read as certainty. */
export const intervalLevels = [50, 80, 95] as const;
export type IntervalLevel = (typeof intervalLevels)[number];

/** Standard normal quantile of (1 + level) / 2. */
const normalQuantile: Readonly<Record<IntervalLevel, number>> = {
  50: 0.6744897501960817,
  80: 1.2815515655446004,
  95: 1.959963984540054,
};

export interface Band {
  readonly low: (number | null)[];
  readonly high: (number | null)[];
}

/** Quantile of Student's t with so many degrees of freedom, of the normal distribution where they are NaN. */
export const criticalValue = (level: IntervalLevel, freedom = NaN): number =>
  Number.isNaN(freedom) ? normalQuantile[level] : studentQuantile(freedom, 1 - level / 100, normalQuantile[level]);

/** Values ± so many standard errors, null where either is missing. Freedom is that of each value; where absent, intervals are normal. */
export function intervalBand(
  values: readonly (number | null)[],
  standardErrors: readonly (number | null)[],
  level: IntervalLevel,
  freedom?: ArrayLike<number>,
): Band {
  const shifted = (sign: number) => (value: number | null, k: number) => {
    const error = standardErrors[k];
    return value === null || error === null || error === undefined ? null : value + sign * criticalValue(level, freedom?.[k]) * error;
  };
  return { low: values.map(shifted(-1)), high: values.map(shifted(1)) };
}

export interface ShownErrors {
  /** NaN where there is no interval. */
  readonly standardError: Float64Array;
  readonly freedom: Float64Array;
  readonly state: readonly CellState[];
}

/**
 * Standard errors of the numbers drawn. Methods that take months to be independent know none of the adjusted: these then have
 * those of the unadjusted.
 */
export function shownErrors(table: IndicatorTable, seasonal: boolean): ShownErrors {
  const adjusted = seasonal && table.standardErrorSeasonallyAdjusted.some(Number.isFinite);
  const [errors, freedom, state] = adjusted
    ? [table.standardErrorSeasonallyAdjusted, table.freedomSeasonallyAdjusted, table.stateSeasonallyAdjusted]
    : [table.standardError, table.freedom, table.state];
  return { standardError: errors.map((error, row) => (state[row] === 'ok' ? error : NaN)), freedom, state };
}

/** One outcome's rows of the table, with the indicator as it is drawn: adjusted or not, and its interval at the level shown. */
export function tableAsShown(whole: IndicatorTable, { outcome: { name }, seasonal, level }: { outcome: Pick<Outcome, 'name'>; seasonal: boolean; level: IntervalLevel }): IndicatorTable {
  const table = rowsOfOutcome(whole, name);
  const indicator = seasonal ? table.indicatorSeasonallyAdjusted : table.indicator;
  const { standardError, freedom, state } = shownErrors(table, seasonal);
  const at = (sign: number): Float64Array => indicator.map((value, row) => value + sign * criticalValue(level, freedom[row]) * standardError[row]!);
  return { ...table, confLow: at(-1), confHigh: at(1), state: state.map((own, row) => (Number.isNaN(indicator[row]) && own === 'ok' ? 'not_applicable' : own)) };
}

/** Those that a table has of an outcome: one after the other. */
function rowsOfOutcome(table: IndicatorTable, name: string): IndicatorTable {
  const [first, end] = [Math.max(0, table.outcome.indexOf(name)), table.outcome.lastIndexOf(name) + 1];
  const states = { state: table.state.slice(first, end), stateSeasonallyAdjusted: table.stateSeasonallyAdjusted.slice(first, end) };
  const own = { ...table, ...states, outcome: table.outcome.slice(first, end), groups: table.groups.map((labels) => labels.slice(first, end)), periods: table.periods.slice(first, end) };
  const numbers = Object.entries(table).filter((entry): entry is [string, Float64Array] => entry[1] instanceof Float64Array);
  return { ...own, ...Object.fromEntries(numbers.map(([column, values]) => [column, values.subarray(first, end)])) };
}
