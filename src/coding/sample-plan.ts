import type { DesignMatrix } from './design-matrix.ts';

/** How an input becomes the levels of a factor. */
export interface FactorSource {
  readonly input: number;
  /** Labels in level order, for levels found in the data. */
  readonly labels?: readonly string[];
  /** Breaks of `quantiles` and `equal-width`; level 0 is below or at the first. */
  readonly breaks?: readonly number[];
  /** Values of 0 or less are level 0 and the breaks' levels come after. */
  readonly zeroSeparate?: boolean;
  /** Smallest and largest value of the estimation sample, where breaks were computed: a predicted row beyond is counted. */
  readonly range?: readonly [number, number];
  /** Level of a missing value, and whether that is a level of its own. */
  readonly missingLevel: number;
  readonly missingHasLevel: boolean;
}

/** Breaks found in the estimation sample; kept with the fit. */
export interface ComputedBreaks {
  readonly covariate: string;
  readonly column: string;
  readonly breaks: readonly number[];
}

/** Groups of one breakdown, each a list of labels by column. */
export interface Grouping {
  /** Indices into `RowPlan.groupColumns`. */
  readonly columns: readonly number[];
  readonly groups: readonly (readonly string[])[];
}

/**
 * One distinct estimation sample of one population: the rows, the same for all its outcomes, and how they are coded.
 * What a worker needs to lay its rows out; everything here is the same in every worker.
 */
export interface SamplePlan {
  /** Some rows are estimated on and not shown. */
  readonly within: boolean;
  readonly outcomes: readonly number[];
  readonly population: string | null;
  readonly design: DesignMatrix;
  readonly factorSources: readonly FactorSource[];
  /** Input of each numeric term. */
  readonly numericInputs: readonly number[];
  readonly firstMonth: number;
  readonly months: number;
  /** The whole first, then the breakdowns. */
  readonly groupings: readonly Grouping[];
}
