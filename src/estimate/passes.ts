import type { DesignMatrix } from '../coding/design-matrix.ts';
import type { Information } from './probit.ts';
import type { JointSums } from './gram-matrix.ts';

/** Σ v·x over rows for some v: over all rows, by level cell, and for each numeric term. */
export interface ColumnTotals {
  readonly total: number;
  readonly byLevel: Float64Array;
  readonly numeric: Float64Array;
}

/** Counts and outcome sums over the estimation rows of a sample: all that least squares needs. */
export interface GramPass {
  readonly n: number;
  readonly persons: number;
  readonly joint: JointSums;
  /** Σ y·x and Σ y² of each of the sample's outcomes. */
  readonly outcomes: readonly { readonly totals: ColumnTotals; readonly sumOfSquares: number }[];
}

/** Everything a row's linear predictor is made of: η = constant + Σ levels[cell] + Σ numeric[d]·x_d. */
export interface Predictor {
  readonly constant: number;
  /** By level cell, for estimation rows. */
  readonly levels: Float64Array;
  /** By level cell, for rows outside the estimation sample: NaN where a level has no estimate. */
  readonly levelsOutside: Float64Array;
  readonly numeric: Float64Array;
}

export interface ProbitOptions {
  /** Weights of the joint sums; null for the score alone. */
  readonly information: Information | null;
  /** All estimation rows, or the pilot: those of one person in sixteen, the same persons however rows are spread. */
  readonly rows: 'all' | 'pilot';
}

export type Family = 'gaussian' | 'probit';

/**
 * Passes over the rows of one sample: "for this β give me these sums". Estimation knows no more of the rows than this.
 * `outcome` is an index into the sample's outcomes. All sums are exact or fixed point, so that they do not depend on
 * how the rows are ordered, split or spread.
 */
export interface SamplePasses {
  readonly design: DesignMatrix;
  gram(): Promise<GramPass>;
  /** Counts and outcome sums over the rows whose `aside` predictor is 0. */
  left(outcome: number, aside: Float64Array): Promise<{ joint: JointSums; totals: ColumnTotals }>;
  /** Log-likelihood and score; `joint` where an information is asked for. */
  probit(outcome: number, predictor: Predictor, options: ProbitOptions): Promise<{ logLikelihood: number; score: ColumnTotals; joint: JointSums | null }>;
  /** Smallest and largest q·(x′d) over the rows whose `aside` predictor is 0. */
  signedRange(outcome: number, direction: Predictor, aside: Float64Array): Promise<{ lowest: number; highest: number }>;
  /** Σ s²xx′ by row, as joint sums. */
  squaredScores(outcome: number, predictor: Predictor, family: Family): Promise<JointSums>;
  /** Σ (Σ s·x)(Σ s·x)′ by person, p × p. */
  personScores(outcome: number, predictor: Predictor, family: Family): Promise<Float64Array>;
}
