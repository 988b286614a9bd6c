import type { ComputedBreaks } from '../coding/sample-plan.ts';

/** `withheld` stands in published files alone: too few persons have the level. */
export type LevelStatus = 'estimated' | 'reference' | 'empty' | 'collinear' | 'separated' | 'withheld';
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

/** A reference level without rows, and the level that coefficients are relative to in its place. */
export interface ReplacedReference {
  readonly term: string;
  readonly named: string;
  readonly effective: string;
  readonly why: 'empty' | 'separated';
}

/** A level, or a crossed cell, at which everybody left has the same outcome: its rows are set aside with the limit as their expected value. */
export interface SeparatedLevel {
  readonly term: string;
  readonly level: string;
  readonly limit: 0 | 1;
  /** Rows that were left there when it was found. */
  readonly rows: number;
  /** From 1: levels of later rounds are separated among the rows that earlier ones have left. */
  readonly round: number;
}

/**
 * Decimal digits that sums over rows hold: the rounding of one row against the spread of the values, or its square. Least squares
 * sums the outcome, squares and residuals' squares; a probit scores, information and log-likelihood; both expected values.
 */
export interface SumDigits {
  readonly outcome?: number;
  readonly squares?: number;
  readonly expected: number;
  readonly residuals?: number;
  readonly score?: number;
  readonly information?: number;
  readonly logLikelihood?: number;
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
  /** What separates them, references too. */
  readonly separated: readonly SeparatedLevel[];
  /** References without rows, and those in their place. */
  readonly references: readonly ReplacedReference[];
  readonly rSquared: number | null;
  readonly sigma: number | null;
  readonly logLikelihood: number;
  readonly pseudoRSquared: number | null;
  readonly meanOutcome: number;
  readonly trace: readonly TraceEntry[];
  /** Largest absolute element of the score at the estimate; X′(y − Xβ) for least squares. */
  readonly largestScore: number;
  readonly dropped: readonly DroppedRows[];
  /** Absent where no rows were summed. */
  readonly digits?: SumDigits;
  readonly breaks: readonly ComputedBreaks[];
}
