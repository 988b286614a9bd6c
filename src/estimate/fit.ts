import type { ComputedBreaks } from '../coding/sample-plan.ts';

export type LevelStatus = 'estimated' | 'reference' | 'empty' | 'collinear' | 'separated';
export type VcovKind = 'iid' | 'hc0' | 'cluster';

/** One row of the coefficient table. Numbers are null where the status leaves nothing to say. */
export interface Coefficient {
  readonly term: string;
  readonly level: string;
  readonly status: LevelStatus;
  /** Rows of the estimation sample at this level (all rows for the constant and a numeric term). */
  readonly n: number;
  readonly estimate: number | null;
  readonly standardError: number | null;
  readonly statistic: number | null;
  readonly pValue: number | null;
  readonly confLow: number | null;
  readonly confHigh: number | null;
}

/** One step of Newton's method, or the one pass of least squares. */
export interface TraceEntry {
  readonly iteration: number;
  /** `pilot` passes go over the rows of one person in sixteen, the others over all. */
  readonly pass: 'gram' | 'pilot' | 'score' | 'hessian';
  readonly logLikelihood: number | null;
  /** Largest remaining step over its standard error. */
  readonly remainingStep: number | null;
  readonly halvings: number;
}

export interface DroppedRows {
  readonly reason: string;
  readonly rows: number;
}

/** The estimate of one outcome in one population (the group of `separateBy`, '' for all). */
export interface Fit {
  readonly outcome: string;
  readonly population: string;
  readonly family: 'gaussian' | 'probit';
  readonly vcov: VcovKind;
  readonly coefficients: readonly Coefficient[];
  readonly n: number;
  readonly persons: number;
  readonly rank: number;
  /** Rows set aside by separation, with the limit 0 or 1 as their expected value. */
  readonly setAside: number;
  readonly rSquared: number | null;
  readonly sigma: number | null;
  readonly logLikelihood: number;
  readonly pseudoRSquared: number | null;
  readonly meanOutcome: number;
  readonly trace: readonly TraceEntry[];
  /** Largest absolute element of the score at the estimate; X′(y − Xβ) for least squares. */
  readonly largestScore: number;
  readonly dropped: readonly DroppedRows[];
  readonly breaks: readonly ComputedBreaks[];
}
