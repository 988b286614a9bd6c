import type { Fit } from '../estimate/fit.ts';
import type { IndicatorTable } from '../indicator/table.ts';

/** Cells that are withheld, for every outcome alike: a byte a cell, cell = month · groups + group. */
export interface RunWithheld {
  readonly threshold: number;
  /** The breakdowns that are published, in the order of their cells. */
  readonly by: readonly (readonly string[])[];
  /** The whole first, then the breakdowns. */
  readonly byGrouping: readonly Uint8Array[];
  /** By population of `separateBy`, where sums of each are published too. */
  readonly byPopulation: ReadonlyMap<string, readonly Uint8Array[]>;
}

/** The withheld cells of one breakdown; undefined where it is none of those that are published. */
export function hiddenOf({ by: breakdowns, byGrouping }: Pick<RunWithheld, 'by' | 'byGrouping'>, by: readonly string[]): Uint8Array | undefined {
  const name = by.join('\n');
  const place = [[], ...breakdowns].findIndex((columns) => columns.join('\n') === name);
  return place < 0 ? undefined : byGrouping[place];
}

/** What of a run may be published. */
export interface Published {
  readonly withheld: RunWithheld;
  /** Made without what is withheld. */
  readonly tables: readonly IndicatorTable[];
  readonly fits: readonly Fit[];
}
