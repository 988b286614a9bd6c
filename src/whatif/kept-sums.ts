import type { DesignMatrix } from '../coding/design-matrix.ts';
import type { ComputedBreaks } from '../coding/sample-plan.ts';

/**
 * The sums over rows that answer what-if questions without a row: counts and outcome sums by month and by group.
 *
 * `frame` is a design matrix without references: its L columns are the constant, every level of every factor, and every
 * crossed cell of the interactions that are kept. Any model made of these levels (fewer covariates, merged levels, other
 * references, fewer interactions, fewer months) has columns that are sums of columns of the frame, so that its X′X, X′y
 * and Σx by group are sums of what is kept here.
 */
export interface KeptSums {
  readonly population: string | null;
  readonly frame: DesignMatrix;
  /** Reference level of each factor as the spec names it: missing values may be coded as it. A fit's own stand in its coefficient table. */
  readonly references: readonly number[];
  readonly breaks: readonly ComputedBreaks[];
  readonly months: readonly MonthSums[];
  /** Months whose sums are kept as one, in the place of the first of them, since one by itself would tell of a withheld cell. */
  readonly together?: readonly number[];
  /** Months outside the fit that have rows and no sums, since these would tell of a withheld cell. */
  readonly leftOut?: readonly number[];
  /** The outcomes that share these rows. */
  readonly outcomes: readonly KeptOutcome[];
  /** The whole first (`by` empty), then the breakdowns. */
  readonly groupings: readonly GroupSums[];
  /** By outcome: what a probit is like near its fit; null for least squares. */
  readonly probits: readonly (ProbitSums | null)[];
}

/**
 * A probit near its fit b, a coefficient for every column of the frame: its log-likelihood by month to second order, its
 * expected values by cell to first order. Summed exactly, and rounded once. Rows set aside are at their limit, where the
 * density is 0.
 */
export interface ProbitSums {
  /** Months of the load that was fitted: sums over the rows of `MonthSums`. */
  readonly months: readonly ProbitMonth[];
  /** As `KeptSums.groupings`. */
  readonly groupings: readonly ProbitGroups[];
}

export interface ProbitMonth {
  readonly month: number;
  /** X′WX of the frame at b, W the observed information: lower triangle, row by row. */
  readonly information: Float32Array;
  /** X′s at b. */
  readonly score: Float64Array;
}

export interface ProbitGroups {
  /** Σ Φ(η) by cell, rows without an expected value left out; NaN where it is not known. */
  readonly expected: Float64Array;
  /** Σ φ(η)·x by cell and column of the frame. */
  readonly density: Float32Array;
}

export interface KeptOutcome {
  readonly name: string;
  readonly family: 'gaussian' | 'probit';
  readonly horizon: number;
  /** Every value is 0 or 1. */
  readonly zeroOne: boolean;
  /** Binary places of Σy and Σy² in fixed point: fixed by the spec, not by the rows, so that months of different loads add up. */
  readonly yShift: number;
  readonly y2Shift: number;
}

/** Rows of one month with an observed outcome that the spec's `where` lets into the sample. All exact integers. */
export interface MonthSums {
  /** Month index, 12 × year + month − 1. */
  readonly month: number;
  /** Whether the month is in the estimation sample of the fit. */
  readonly inSample: boolean;
  /** X′X of the frame: counts, lower triangle row by row, L(L + 1)/2 of them. */
  readonly gram: Uint32Array;
  /** By outcome: Σ y·x by column of the frame (column 0: Σ y), fixed point at `yShift`. */
  readonly outcomeSums: readonly BigInt64Array[];
  /** By outcome: Σ y², fixed point at `y2Shift`. */
  readonly squares: BigInt64Array;
}

/** A withheld cell has no rows, and no sum either. */
export const isWithheldCell = ({ n, outcome }: Pick<GroupSums, 'n' | 'outcome'>, cell: number): boolean => n[cell] === 0 && outcome.length > 0 && Number.isNaN(outcome[0]![cell]);

/** Sums by cell of one breakdown, cell = (month − first month) · groups + group, over every row that is shown (predicted rows too). */
export interface GroupSums {
  readonly by: readonly string[];
  readonly groups: readonly (readonly string[])[];
  readonly firstMonth: number;
  readonly months: number;
  readonly n: Uint32Array;
  /** Σ x by cell and column of the frame: `x[cell · L + column]`. */
  readonly x: Uint32Array;
  /** By outcome: Σ y and Σ y² by cell. */
  readonly outcome: readonly Float64Array[];
  readonly outcomeSquared: readonly Float64Array[];
}
