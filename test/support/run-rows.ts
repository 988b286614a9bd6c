import type { RunOptions, RunResult } from '../../src/run-result.ts';
import type { FileFormat } from '../../src/register/partition.ts';
import type { Covariate, ModelSpec, Outcome } from '../../src/spec/model-spec.ts';
import { parseModelSpec } from '../../src/spec/parse-spec.ts';
import type { Pool } from '../../src/workers/pool.ts';
import { expectReference } from '../reference/compare.ts';
import type { Row } from '../reference/table.ts';
import { defaultOptions, runBuiltModel } from './built-engine.ts';
import { writeTable } from './write-table.ts';

export const outcomes = {
  hours3: { name: 'hours3', family: 'gaussian', horizon: 3 },
  hours12: { name: 'hours12', family: 'gaussian', horizon: 12 },
  job3: { name: 'job3', family: 'probit', horizon: 3 },
  job12: { name: 'job12', family: 'probit', horizon: 12 },
} as const satisfies Record<string, Outcome>;

/** A spec for the random panel, checked as a user's is. */
export function panelSpec(covariates: readonly Covariate[], rest: Partial<ModelSpec> = {}): ModelSpec {
  return parseModelSpec({ name: 'panel', person: 'person_id', month: 'month', outcomes: Object.values(outcomes), covariates, ...rest });
}

export interface RunRows {
  readonly pool: Pool;
  readonly spec: ModelSpec;
  readonly rows: readonly Row[];
  readonly options?: Partial<RunOptions>;
  readonly parts?: number;
  readonly format?: FileFormat;
  readonly keep?: boolean;
}

export function runRows({ pool, spec, rows, options, keep = false, ...files }: RunRows): Promise<RunResult> {
  return runBuiltModel({
    spec,
    source: { files: writeTable(rows, files) },
    options: { ...defaultOptions, ...options },
    keep,
    pool,
  });
}

/** Runs the engine on rows and holds its answer against the row-by-row calculation. */
export async function runAgainstReference(run: RunRows & { readonly where?: (row: Row) => boolean; readonly tolerance?: number }): Promise<RunResult> {
  const { spec, rows, where, tolerance } = run;
  const result = await runRows(run);
  expectReference(result, { spec, rows, options: { ...defaultOptions, ...run.options }, ...(where ? { where } : {}), ...(tolerance ? { tolerance } : {}) });
  return result;
}
