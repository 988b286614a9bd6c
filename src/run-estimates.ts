import type { Estimate } from './estimate/estimate.ts';
import type { GramPass } from './estimate/passes.ts';
import type { CellSums } from './indicator/cell-sums.ts';
import type { Progress, RunOptions } from './run-result.ts';
import type { LoadedRows } from './workers/load-rows.ts';
import type { Pool } from './workers/pool.ts';

export interface OutcomeEstimate extends Estimate {
  readonly gram: GramPass;
  /** Coded sample, and the outcome's place in it and in the spec. */
  readonly sample: number;
  readonly index: number;
  readonly outcome: number;
}

export interface EstimateAll {
  readonly rows: LoadedRows;
  readonly options: RunOptions;
  readonly pool: Pool;
  readonly signal: AbortSignal | undefined;
  readonly onProgress: (progress: Progress) => void;
}

/** Sums by cell of one outcome in one sample, by grouping. */
export interface OutcomeCellSums extends Pick<OutcomeEstimate, 'sample' | 'index' | 'outcome'> {
  readonly groupings: readonly CellSums[];
  /** Rows that have no expected value, and are in no cell. */
  readonly withoutExpected: number;
}
