import type { AverageEffect } from './whatif/average-effects.ts';
import type { KeptSums } from './whatif/kept-sums.ts';
import type { Published, RunWithheld } from './withhold/published.ts';
import type { ModelSpec } from './spec/model-spec.ts';
import type { Fit, VcovKind } from './estimate/fit.ts';
import type { IndicatorTable, Period } from './indicator/table.ts';
import type { ZeroMeans } from './indicator/zero-means.ts';
import type { PeriodDifferences } from './indicator/period-differences.ts';
import type { Warning } from './messages/catalogue.ts';
import type { DrawKind, IntervalEnds, Refit } from './uncertainty/draw-options.ts';
import type { SetPair } from './uncertainty/compared-sets.ts';
import type { JointMeans, SetMeans } from './uncertainty/joint-means.ts';

export type IntervalMethod = 'outcome' | 'residual' | 'analytic' | 'score' | 'bootstrap';

/** What a run is asked for besides the spec; the command line's flags of `run`. */
export interface RunOptions {
  /** One breakdown per entry, each a list of columns; the whole is always computed. */
  readonly by: readonly (readonly string[])[];
  readonly period: Period;
  /** Periods, compared ones too, are means over their rows; where absent, unweighted means of their months. */
  readonly pooled?: boolean;
  readonly vcov: VcovKind;
  readonly interval: IntervalMethod;
  /** Whose rows go together in the intervals that know: those of a person, or every row by itself, as where absent. */
  readonly cluster?: 'person' | 'row';
  /** A period, such as `2023`, `2024-T1`, `2024-03` or `all`, over which the groups of every breakdown are held against each other. */
  readonly compare?: string;
  /** What they are held against in the table of differences: `whole`, as where absent, `pairs`, a group, or columns that some are told apart by. */
  readonly against?: string;
  /** Of the methods that draw: how many times, and the seed; 200 and 1 where absent. */
  readonly replicates?: number;
  readonly seed?: number;
  /** Of the methods that draw; Poisson weights where absent. */
  readonly draw?: DrawKind;
  /** Of the intervals of methods that draw; normal where absent. Percentiles take at least one replicate beyond either end. */
  readonly ends?: IntervalEnds;
  /** Of the bootstrap of a probit; one Newton step where absent. */
  readonly refit?: Refit;
  /** Also average marginal effects of the probits: a pass for every few levels. */
  readonly effects?: boolean;
  /** Percent, as in 95. */
  readonly level: number;
  /** `YYYY-MM`: the month whose actual mean divides the relative deviation; the whole period where null. */
  readonly relativeTo: string | null;
  /** SQL condition: rows where it does not hold are not read, while those outside the spec's `sample` are read and shown. */
  readonly where: string | null;
  /** SQL condition of the rows that are shown, with the model of all; all where absent. */
  readonly within?: string;
  /** Cells with fewer persons are withheld, and what follows from the others with them; null withholds nothing. */
  readonly threshold: number | null;
}

export interface Progress {
  readonly phase: 'read' | 'code' | 'estimate' | 'indicator';
  /** What within the phase, such as the outcome. */
  readonly detail: string;
  readonly done: number;
  readonly total: number;
  readonly unit: 'bytes' | 'rows' | 'steps';
}

export interface PhaseTime {
  readonly phase: string;
  readonly milliseconds: number;
}

/** Groups of a breakdown over one period, in the order of `groups`, and last the whole. */
export interface GroupComparison extends JointMeans {
  /** Distinct persons of each group and the whole over the period. */
  readonly persons: Float64Array;
  /** Standard errors that the model leads one to expect: what the funnel's limits are made of. */
  readonly modelError: Float64Array;
  readonly outcome: string;
  readonly by: readonly string[];
  readonly groups: readonly (readonly string[])[];
  readonly period: string;
  /** Months that each group, and last the whole, has of the period. */
  readonly months: Float64Array;
  /** What of the groups is held against what, over the months that both have: places among `sets`. */
  readonly pairs: readonly SetPair[];
  readonly sets: SetMeans;
  /** Pairs that have no difference, because their months would take too many means. */
  readonly leftOut: number;
}

export interface RunResult {
  readonly spec: ModelSpec;
  readonly options: RunOptions;
  readonly fits: readonly Fit[];
  /** The whole first, then one table per breakdown. */
  readonly tables: readonly IndicatorTable[];
  /** The groups of each breakdown over the period of `compare`, one entry a breakdown and outcome; empty where none was asked for. */
  readonly comparisons: readonly GroupComparison[];
  /** With `compare`, by methods that know how months vary together: changes between periods, as `tables`. */
  readonly changes: readonly PeriodDifferences[];
  /** Average marginal effects of the probits; empty where none were asked for. */
  readonly effects: readonly AverageEffect[];
  /** Of every breakdown and outcome: which groups' means over all rows the model holds at, or near, zero. */
  readonly zeroMeans?: readonly ZeroMeans[];
  /** Sums for what-if questions by coded sample; empty where none were asked for. */
  readonly kept: readonly KeptSums[];
  /** What `threshold` withholds, and all of the above is made without; null without one. */
  readonly hidden?: RunWithheld | null;
  /** What of the result may be published; null where it was not asked for. */
  readonly published?: Published | null;
  readonly rows: number;
  readonly persons: number;
  readonly months: readonly string[];
  /** SHA-256 of the spec's canonical text, in hex. */
  readonly specDigest: string;
  /** Order-free digest of the coded data. */
  readonly dataDigest: string;
  readonly warnings: readonly Warning[];
  readonly timings: readonly PhaseTime[];
}
