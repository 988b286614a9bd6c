import type { Coefficient, TraceEntry } from '../estimate/fit.ts';
import type { LinearPrediction, WhatIfCells } from './expected-cells.ts';
import type { ChangedModel } from './model-change.ts';
import type { Note } from './notes.ts';

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
  readonly notes: readonly Note[];
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
export function refitNotes(coefficients: readonly Coefficient[], withoutExpected: number): Note[] {
  const notes: Note[] = [];
  const listed = (status: string): string[] => coefficients.filter((c) => c.status === status).map(({ term, level }) => `${term} ${level}`);
  const [empty, collinear, separated] = [listed('empty'), listed('collinear'), listed('separated')];
  if (empty.length > 0) notes.push({ code: 'warning.what-if-empty-levels', args: { levels: empty } });
  if (collinear.length > 0) notes.push({ code: 'warning.what-if-collinear-levels', args: { levels: collinear } });
  if (separated.length > 0) notes.push({ code: 'warning.what-if-separated-levels', args: { levels: separated } });
  if (withoutExpected > 0) notes.push({ code: 'warning.what-if-cells-outside', args: { cells: withoutExpected } });
  return notes;
}
