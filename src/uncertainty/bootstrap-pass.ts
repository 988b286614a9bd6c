import type { Family, Predictor } from '../estimate/passes.ts';
import type { DrawStops } from './arrival-law.ts';

/** Replicates `first` … `first + atATime − 1` of an outcome with the estimate `predictor`. */
export interface BootstrapRequest {
  readonly predictor: Predictor;
  readonly family: Family;
  /** Whether a person's rows are drawn together, or every row by itself. */
  readonly cluster: 'person' | 'row';
  readonly seed: number;
  /** A multiple of 16. */
  readonly first: number;
  /** Of multinomial draws; weights are Poisson(1) where absent. */
  readonly stops?: DrawStops;
}

export interface ReplicateSumsRequest extends BootstrapRequest {
  /** Of a probit: what each replicate adds to the predictor where its sums are taken, null for one whose sums are not asked for; absent, all are taken at the estimate. */
  readonly changes?: readonly (Predictor | null)[];
}

/** One replicate's sums over the estimation rows with the weights w, by the columns of the frame; 0 where they were not asked for. */
export interface ReplicateSums {
  /** Σ w·h·x·x′, h the observed information: lower triangle, row by row. */
  readonly gram: Float64Array;
  /** Σ w·s·x, s the score residual. */
  readonly score: Float64Array;
}

/** Sums over all rows with an expected value, by cell of a grouping and replicate: a row of replicates a cell. */
export interface ReplicateCells {
  /** Σ w. */
  readonly weight: Float64Array;
  /** Σ w·(y − μ), μ at the replicate's own estimate. */
  readonly excess: Float64Array;
}

export interface ReplicateCellsRequest extends BootstrapRequest {
  /** What each replicate's estimate adds to the predictor; levels of `levelsOutside` that it has no estimate for are NaN. */
  readonly changes: readonly Predictor[];
  /** Groups of each of the sample's groupings. */
  readonly groupings: readonly number[];
}

/** Passes over all rows for `atATime` replicates: for their estimates, and for their indicators. */
export interface BootstrapPass {
  readonly atATime: number;
  replicateSums(outcome: number, request: ReplicateSumsRequest): Promise<readonly ReplicateSums[]>;
  /** By grouping. */
  replicateCells(outcome: number, request: ReplicateCellsRequest): Promise<readonly ReplicateCells[]>;
}
