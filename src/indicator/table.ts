import type { Period } from '../spec/months.ts';
import type { CellState } from './cell-state.ts';

export type { Period };

/**
 * One indicator table: a row per outcome, group and period, in that order, each column an array of that length.
 * A number that cannot be computed, or is withheld, is NaN.
 */
export interface IndicatorTable {
  /** Columns that define the groups; empty for the whole. */
  readonly by: readonly string[];
  readonly period: Period;
  readonly outcome: readonly string[];
  /** One array of labels per column in `by`; a missing group has the label ''. */
  readonly groups: readonly (readonly string[])[];
  /** `2018-03`, `2018-T1`, `2018-Q3`, `2018` or `all`. */
  readonly periods: readonly string[];
  readonly n: Float64Array;
  /** Months that the row is the mean of. */
  readonly months: Float64Array;
  readonly actual: Float64Array;
  readonly expected: Float64Array;
  readonly indicator: Float64Array;
  readonly standardError: Float64Array;
  readonly confLow: Float64Array;
  readonly confHigh: Float64Array;
  /** Of the indicator's interval. */
  readonly state: readonly CellState[];
  /** Degrees of freedom of the interval; NaN where it is normal, made of percentiles, or not there. */
  readonly freedom: Float64Array;
  readonly actualSeasonallyAdjusted: Float64Array;
  readonly expectedSeasonallyAdjusted: Float64Array;
  readonly indicatorSeasonallyAdjusted: Float64Array;
  /** Of the adjusted indicator; NaN by methods that take months to be independent. */
  readonly standardErrorSeasonallyAdjusted: Float64Array;
  readonly confLowSeasonallyAdjusted: Float64Array;
  readonly confHighSeasonallyAdjusted: Float64Array;
  readonly stateSeasonallyAdjusted: readonly CellState[];
  readonly freedomSeasonallyAdjusted: Float64Array;
  readonly relativePercent: Float64Array;
  /** Reference months of the series with fewer than four persons; absent where persons were not counted. */
  readonly fewReferenceMonths?: Float64Array;
}
