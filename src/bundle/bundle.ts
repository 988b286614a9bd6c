import type { Fit } from '../estimate/fit.ts';
import type { IndicatorTable } from '../indicator/table.ts';
import type { Warning } from '../messages/catalogue.ts';
import type { RunOptions, RunResult } from '../run-result.ts';
import { modelledColumns } from '../spec/columns.ts';
import type { ModelSpec } from '../spec/model-spec.ts';
import type { KeptSums } from '../whatif/kept-sums.ts';
import { EngineError } from '../errors.ts';
import { withholdSums } from './withhold.ts';

/** Version of the file; raised when a file of the one before can no longer be read. */
export const bundleVersion = 4;

/**
 * A run without its rows: spec, fits, tables, and the sums that what-if needs. Nothing in it is of one person: sums of the
 * whole country by month, and of groups by month with small cells withheld.
 */
export interface Bundle {
  readonly engineVersion: string;
  readonly spec: ModelSpec;
  readonly options: RunOptions;
  readonly specDigest: string;
  readonly dataDigest: string;
  readonly rows: number;
  readonly persons: number;
  readonly months: readonly string[];
  readonly zeroMeans?: RunResult['zeroMeans'];
  readonly warnings: readonly Warning[];
  readonly fits: readonly Fit[];
  readonly tables: readonly IndicatorTable[];
  readonly kept: readonly KeptSums[];
  /** Cells with fewer persons are withheld, and as many more as it takes that none follows from the others. */
  readonly threshold: number;
  /** Cells withheld from the sums, and rows from the tables. */
  readonly withheld: { readonly cells: number; readonly tableRows: number };
}

/** A run that kept its sums, and what of it may be published. */
export type BundleSource = Omit<RunResult, 'timings'>;

/** The bundle of a run, small cells withheld. */
export function bundleOf(result: BundleSource, { engineVersion }: { engineVersion: string }): Bundle {
  const { spec, options, specDigest, dataDigest, rows, persons, months, zeroMeans, warnings, published } = result;
  if (!published) throw new EngineError('internal.unexpected', { detail: 'The run was not asked for what of it may be published.' });
  const { tables, fits, withheld } = published;
  const kept = result.kept.map((sums) => withholdSums(sums, withheld, modelledColumns(spec)));
  return {
    engineVersion, spec, options, specDigest, dataDigest, rows, persons, months, ...(zeroMeans ? { zeroMeans } : {}), warnings, fits, tables,
    threshold: withheld.threshold,
    kept: kept.map(({ sums }) => sums),
    withheld: {
      cells: kept.reduce((n, own) => n + own.withheld, 0),
      tableRows: tables.reduce((n, { state }) => n + state.filter((one) => one === 'withheld').length, 0),
    },
  };
}
