import { EngineError } from '../errors.ts';
import { runModel } from '../pipeline.ts';
import { coefficientColumns } from '../results/columns.ts';
import { csvText } from '../results/csv.ts';
import type { Progress } from '../run-result.ts';
import { holdBreaks } from '../spec/hold-breaks.ts';
import type { ModelSpec } from '../spec/model-spec.ts';
import { loadRows } from '../workers/load-rows.ts';
import type { Pool } from '../workers/pool.ts';
import type { SyntheticSource } from '../workers/protocol.ts';
import { loadSpec } from './load-spec.ts';

/** The model of `--limit`. */
export async function limitSpec(model: string): Promise<ModelSpec> {
  const spec = await loadSpec(model, `--limit ${model}`);
  if (spec.separateBy) throw new EngineError('usage.limit-separate', { model });
  return spec;
}

export interface LimitRequest {
  readonly spec: ModelSpec;
  readonly rows: number;
  readonly structureSeed: number;
  readonly effects: 'on' | 'off';
  readonly pool: Pool;
  readonly signal: AbortSignal;
  readonly onProgress: (progress: Progress) => void;
}

/** Persons that no other population has, unless it asks for this very seed. */
const ownPersons = 2 ** 52;
/** Breaks need no more rows than this: where they lie does not matter, only that they are held. */
const breakRows = 1_000_000;

/**
 * What a model's coefficients come to with ever more persons of a structure, as far as one large population tells: the files
 * `limit.csv`, with standard errors by person for how far, and `limit-model.json`, the model with the breaks held.
 */
export async function limitFiles({ spec, rows, structureSeed, effects, pool, signal, onProgress }: LimitRequest): Promise<Map<string, string>> {
  const persons = (count: number): { synthetic: SyntheticSource } => ({ synthetic: { rows: count, seed: ownPersons, structureSeed, effects } });
  const { samples } = await loadRows({ spec, source: persons(Math.min(rows, breakRows)), by: [], where: null, pool, signal, onProgress });
  const held = holdBreaks(spec, samples.flatMap(({ breaks }) => breaks));
  const options = { by: [], period: 'month', vcov: 'cluster', interval: 'outcome', level: 95, relativeTo: null, where: null, threshold: null } as const;
  const { fits } = await runModel({ spec: held, source: persons(rows), options, pool, signal, onProgress });
  return new Map([
    ['limit.csv', csvText(coefficientColumns(fits))],
    ['limit-model.json', `${JSON.stringify(held, null, 2)}\n`],
  ]);
}
