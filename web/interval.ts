import type { IndicatorTable } from '../src/indicator/table.ts';
import type { Outcome } from '../src/spec/model-spec.ts';

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

/** Values ± z standard errors, null where either is missing. */
export function intervalBand(
  values: readonly (number | null)[],
  standardErrors: readonly (number | null)[],
  level: IntervalLevel,
): Band {
  const z = normalQuantile[level];
  const shifted = (sign: number) => (value: number | null, k: number) => {
    const error = standardErrors[k];
    return value === null || error === null || error === undefined ? null : value + sign * z * error;
  };
  return { low: values.map(shifted(-1)), high: values.map(shifted(1)) };
}

/**
 * Standard errors of the numbers drawn. Methods that take months to be independent know none of the adjusted: these then have
 * those of the unadjusted.
 */
export function shownErrors({ standardError, standardErrorSeasonallyAdjusted }: IndicatorTable, seasonal: boolean): Float64Array {
  return seasonal && standardErrorSeasonallyAdjusted.some(Number.isFinite) ? standardErrorSeasonallyAdjusted : standardError;
}

/** One outcome's rows of the table, with the indicator as it is drawn: adjusted or not, and its interval at the level shown. */
export function tableAsShown(whole: IndicatorTable, { outcome: { name }, seasonal, level }: { outcome: Pick<Outcome, 'name'>; seasonal: boolean; level: IntervalLevel }): IndicatorTable {
  const table = rowsOfOutcome(whole, name);
  const indicator = seasonal ? table.indicatorSeasonallyAdjusted : table.indicator;
  const errors = shownErrors(table, seasonal);
  const at = (sign: number): Float64Array => indicator.map((value, row) => value + sign * normalQuantile[level] * errors[row]!);
  return { ...table, confLow: at(-1), confHigh: at(1) };
}

/** Those that a table has of an outcome: one after the other. */
function rowsOfOutcome(table: IndicatorTable, name: string): IndicatorTable {
  const [first, end] = [Math.max(0, table.outcome.indexOf(name)), table.outcome.lastIndexOf(name) + 1];
  const own = { ...table, outcome: table.outcome.slice(first, end), groups: table.groups.map((labels) => labels.slice(first, end)), periods: table.periods.slice(first, end) };
  const numbers = Object.entries(table).filter((entry): entry is [string, Float64Array] => entry[1] instanceof Float64Array);
  return { ...own, ...Object.fromEntries(numbers.map(([column, values]) => [column, values.subarray(first, end)])) };
}
