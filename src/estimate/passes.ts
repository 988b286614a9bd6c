import type { DesignMatrix } from '../coding/design-matrix.ts';
import type { CellColumns } from '../coding/model-columns.ts';
import type { SumDigits } from './fit.ts';
import type { Information } from './probit.ts';

/** Counts and outcome sums over the estimation rows of a sample: all that least squares needs. */
export interface GramPass {
  readonly n: number;
  readonly persons: number;
  /** X′X of the frame: lower triangle, row by row. */
  readonly gram: Float64Array;
  /** X′y and y′y of each of the sample's outcomes. */
  readonly outcomes: readonly { readonly crossProduct: Float64Array; readonly sumOfSquares: number }[];
}

/** Everything a row's linear predictor is made of: η = constant + Σ levels[cell] + Σ numeric[d]·x_d. */
export interface Predictor {
  readonly constant: number;
  /** By level cell, for estimation rows. */
  readonly levels: Float64Array;
  /** By level cell, for rows outside the estimation sample: NaN where a level has no estimate. */
  readonly levelsOutside: Float64Array;
  readonly numeric: Float64Array;
  /** The months whose rows count; the others have no linear predictor. All of the sample's where absent. */
  readonly months?: MonthChoice;
}

/** Rows of some months in the place of those of the estimation sample. */
export interface MonthChoice {
  /** By month from the first: 0, or NaN for rows that are left out. */
  readonly table: Float64Array;
  /** Those of their rows that the condition of the sample holds for, or the others. */
  readonly of: 'condition' | 'others';
}

export interface ProbitOptions {
  /** Weights of the Gram matrix; null for the score alone. */
  readonly information: Information | null;
  /** All estimation rows, or the pilot: those of one person in sixteen, the same persons however rows are spread. */
  readonly rows: 'all' | 'pilot';
}

export type Family = 'gaussian' | 'probit';

/** By numeric term of the frame, what stands in its place: a sum of it and of other columns, within [−1, 1] on the estimation rows. */
export type Basis = readonly Predictor[];

/** What sums of scores are taken over: no |s| is above `reach`; `basis` is in the place of the numeric terms where there is one. */
export interface ScoreFrame {
  readonly reach: number;
  readonly basis: Basis | null;
}

/** A direction d of coefficients, each row's q·x′d told as a share of Σ |x·d|, its own size: no scale of any column has a say. */
export interface SignedQuestion {
  readonly direction: Predictor;
  /** Σ |d| by level, |d| by numeric term. */
  readonly size: Predictor;
  readonly aside: Float64Array;
  /** Rows with no larger a share, either way, are level: x′d is 0 there but for rounding, or for a direction that is not exact. */
  readonly tolerance: number;
}

export interface SignedRows {
  /** Smallest and largest share. */
  readonly lowest: number;
  readonly highest: number;
  /** X′X of the frame over the level rows: lower triangle, row by row; null where a row goes the other way by more than the tolerance. */
  readonly gram: Float64Array | null;
}

/** X′X, X′r and r′r of the residuals r = y − η over the estimation rows. */
export interface ResidualSums {
  /** Of the frame: lower triangle, row by row. */
  readonly gram: Float64Array;
  readonly crossProduct: Float64Array;
  readonly sumOfSquares: number;
}

export interface ProbitSums {
  readonly logLikelihood: number;
  readonly score: Float64Array;
  readonly hessian: Float64Array | null;
  /** What a row's score is rounded to. */
  readonly scoreUnit: number;
}

/**
 * Passes over the rows of one sample: "for this β give me these sums". Estimation knows no more of the rows than this.
 * Sums are by the columns of the frame, of which every model's columns are sums; matrices are lower triangles, row by row.
 * `outcome` is an index into the sample's outcomes. All sums are exact or fixed point, so that they do not depend on
 * how the rows are ordered, split or spread.
 */
export interface SamplePasses {
  readonly frame: DesignMatrix;
  /** Of the sums that the estimate at `predictor`, its cells among them, is made of. */
  digits(outcome: number, predictor: Predictor, family: Family): SumDigits;
  gram(): Promise<GramPass>;
  /** X′X and X′y over the rows whose `aside` predictor is 0; with `core`, over those alone whose numeric terms are not far from all others. */
  left(outcome: number, aside: Float64Array, core?: boolean): Promise<{ gram: Float64Array; crossProduct: Float64Array }>;
  /** Log-likelihood and X′s; X′WX where an information is asked for. */
  probit(outcome: number, predictor: Predictor, options: ProbitOptions): Promise<ProbitSums>;
  /** What a direction does to the rows whose `aside` predictor is 0. */
  signed(outcome: number, question: SignedQuestion): Promise<SignedRows>;
  /** Largest |η| of each predictor over the estimation rows. */
  reach(predictors: readonly Predictor[]): Promise<number[]>;
  /** Σ η² of each predictor over the estimation rows, whose |η| are within `reach`. */
  squares(predictors: readonly Predictor[], reach: readonly number[]): Promise<number[]>;
  /** Largest |y − η| over the estimation rows. */
  residualReach(outcome: number, predictor: Predictor): Promise<number>;
  residualSums(outcome: number, options: ScoreFrame & { readonly predictor: Predictor }): Promise<ResidualSums>;
  /** Σ s²xx′ by row. */
  squaredScores(outcome: number, predictor: Predictor, family: Family, of?: ScoreFrame): Promise<Float64Array>;
  /** Σ (Σ s·x)(Σ s·x)′ by person, p × p and symmetric, of the columns given. */
  personScores(outcome: number, predictor: Predictor, options: { readonly family: Family; readonly columns: CellColumns; readonly of?: ScoreFrame }): Promise<Float64Array>;
}
