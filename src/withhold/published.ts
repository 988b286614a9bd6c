import type { Fit } from '../estimate/fit.ts';
import type { IndicatorTable } from '../indicator/table.ts';

/** Cells that are withheld, for every outcome alike: a byte a cell, cell = month · groups + group. */
export interface RunWithheld {
  readonly threshold: number;
  /** The whole first, then the breakdowns. */
  readonly byGrouping: readonly Uint8Array[];
  /** By population of `separateBy`, where sums of each are published too. */
  readonly byPopulation: ReadonlyMap<string, readonly Uint8Array[]>;
}

/** What of a run may be published. */
export interface Published {
  readonly withheld: RunWithheld;
  /** Made without what is withheld. */
  readonly tables: readonly IndicatorTable[];
  readonly fits: readonly Fit[];
}
