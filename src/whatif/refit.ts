import type { Coefficient, TraceEntry } from '../estimate/fit.ts';
import type { LinearPrediction, WhatIfCells } from './expected-cells.ts';
import type { ChangedModel } from './model-change.ts';

/** How near an answer is: the first order of a probit about its fit, or null where it is what a run over the rows gives. */
export type Approximation = 'first-order' | null;

/** A changed model, estimated with the breaks of the fit. */
export interface Refit {
  readonly outcome: string;
  readonly population: string;
  readonly family: 'gaussian' | 'probit';
  readonly approximation: Approximation;
  readonly breaks: 'frozen';
  readonly model: ChangedModel;
  readonly n: number;
  readonly rank: number;
  /** Of least squares; null for a probit. */
  readonly rSquared: number | null;
  readonly sigma: number | null;
  /** Null where it is not known without the rows. */
  readonly logLikelihood: number | null;
  readonly pseudoRSquared: number | null;
  readonly meanOutcome: number;
  /** With iid standard errors. */
  readonly coefficients: readonly Coefficient[];
  /** Passes over the rows; none where kept sums were enough. */
  readonly trace: readonly TraceEntry[];
  /** The whole first, then the breakdowns. */
  readonly groupings: readonly WhatIfCells[];
  /** What the reader has to know of levels nobody has and cells left out. */
  readonly notes: readonly string[];
}

/** One made from kept sums alone. */
export interface KeptRefit extends Refit {
  /** What predicts other people too. */
  readonly prediction: LinearPrediction;
}

export interface RefitRequest<Change> {
  readonly outcome: string;
  readonly change: Change;
  /** Confidence level in percent. */
  readonly level?: number;
}

/** Notes on levels without an estimate, and on cells left out for them. */
export function refitNotes(coefficients: readonly Coefficient[], withoutExpected: number): string[] {
  const notes: string[] = [];
  const listed = (status: string): string[] => coefficients.filter((c) => c.status === status).map(({ term, level }) => `${term} ${level}`);
  const [empty, collinear, separated] = [listed('empty'), listed('collinear'), listed('separated')];
  if (empty.length > 0) notes.push(`Nobody in the estimation sample has ${shownNames(empty)}: no estimate.`);
  if (collinear.length > 0) notes.push(`Told by earlier columns already, and dropped: ${shownNames(collinear)}.`);
  if (separated.length > 0) notes.push(`Everybody has the same outcome at ${shownNames(separated)}: set aside with it as the expected value.`);
  if (withoutExpected > 0) notes.push(`${withoutExpected} cells hold rows outside the estimation sample at a level without an estimate, and have no expected value.`);
  return notes;
}

/** The first eight names, and how many more there are. */
export const shownNames = (names: readonly string[]): string => `${names.slice(0, 8).join(', ')}${names.length > 8 ? `, and ${names.length - 8} more` : ''}`;
