import type { Coefficient, Fit } from '../estimate/fit.ts';
import type { IndicatorTable } from '../indicator/table.ts';
import type { RunOptions, RunResult } from '../run-result.ts';

export type ComparedCoefficient = Pick<Coefficient, 'term' | 'level' | 'status' | 'n' | 'estimate' | 'standardError'>;

export interface ComparedFit
  extends Pick<Fit, 'outcome' | 'population' | 'family' | 'n' | 'persons' | 'rank' | 'setAside' | 'rSquared' | 'sigma' | 'logLikelihood' | 'pseudoRSquared' | 'meanOutcome' | 'breaks'> {
  readonly coefficients: readonly ComparedCoefficient[];
}

export type ComparedTable = Pick<IndicatorTable, 'by' | 'period' | 'outcome' | 'groups' | 'periods' | 'n' | 'actual' | 'expected' | 'indicator' | 'indicatorSeasonallyAdjusted'>;

/** What a comparison needs of a finished run, computed just now or read back from its folder. */
export interface ComparedRun {
  /** As the user calls it: the folder, or the model. */
  readonly name: string;
  readonly model: string;
  readonly engineVersion: string;
  readonly specDigest: string;
  readonly data: ComparedData;
  readonly options: Pick<RunOptions, 'by' | 'period' | 'pooled' | 'vcov' | 'where' | 'threshold'>;
  readonly fits: readonly ComparedFit[];
  /** The whole first, then the breakdowns in the order of `options.by`. */
  readonly tables: readonly ComparedTable[];
}

export interface ComparedData {
  /** Digest of the rows as the run's model reads them: another model has another one on the same rows. */
  readonly digest: string;
  readonly rows: number;
  readonly persons: number;
  readonly firstMonth: string | null;
  readonly lastMonth: string | null;
}

export function comparedRun(result: RunResult, { name, engineVersion }: { name: string; engineVersion: string }): ComparedRun {
  const { spec, specDigest, dataDigest, rows, persons, months, options, fits, tables } = result;
  return {
    name, model: spec.name, engineVersion, specDigest, options, fits, tables,
    data: { digest: dataDigest, rows, persons, firstMonth: months[0] ?? null, lastMonth: months.at(-1) ?? null },
  };
}
