import type { RowPlan } from '../coding/row-plan.ts';
import type { FileDescription } from '../register/describe.ts';
import type { RegisterFile } from '../register/partition.ts';
import type { ModelSpec } from '../spec/model-spec.ts';
import { memoryBudget, refuseTooLarge } from './budget.ts';
import type { Pool } from './pool.ts';
import type { RegisterSource } from './protocol.ts';

/** Files of fewer bytes than this in all are read unseen; rows of fewer are never refused, as little else would run either. */
const smallFiles = 32 * 2 ** 20;
const smallRows = 64 * 2 ** 20;
/** Files looked at by each worker, to know the others by. */
const filesLookedAt = 4;
/** Bytes of a value and its comma in a CSV file, and what packing makes of them: on the small side where rows are guessed. */
const csvValueBytes = 6;
const csvPacking = 4;

export interface MemoryCheck {
  readonly spec: ModelSpec;
  readonly source: RegisterSource;
  readonly plan: RowPlan;
  readonly by: readonly (readonly string[])[];
  readonly pool: Pool;
  readonly signal?: AbortSignal | undefined;
}

/** Throws `memory` before anything is read where the source's rows will not fit. */
export async function checkMemory({ spec, source, plan, by, pool, signal }: MemoryCheck): Promise<void> {
  const { rows, types } = 'files' in source ? await lookAt(source.files, pool, signal) : { rows: source.synthetic.rows, types: syntheticTypes(plan) };
  const budget = memoryBudget({ spec, plan, by, rows, types, workers: pool.size });
  if (budget.held + budget.coded < smallRows) return;
  refuseTooLarge(budget, { workers: pool.size, allowed: pool.memory(), by });
}

/** The population's numbers are of single precision. */
const syntheticTypes = (plan: RowPlan): Map<string, string> => new Map(plan.requests.map(({ column }) => [column, 'float32']));

/** Rows of all files, from those of a few of them, and the types of their columns. */
async function lookAt(files: readonly RegisterFile[], pool: Pool, signal: AbortSignal | undefined): Promise<{ rows: number; types: Map<string, string> }> {
  const bytes = bytesOf(files);
  const nothing = { rows: 0, types: new Map<string, string>() };
  if (bytes < smallFiles) return nothing;
  const looks = Math.min(files.length, filesLookedAt * pool.size);
  const some = Array.from({ length: looks }, (_, k) => files[Math.floor((k * files.length) / looks)]!);
  const shares = Array.from({ length: pool.size }, (_, w) => some.filter((__, k) => k % pool.size === w));
  const described = await pool.all((worker, w) => worker.describe(shares[w]!), signal);
  const known = described.flatMap((share, w) => share.flatMap((description, k) => (description === null ? [] : [{ file: shares[w]![k]!, description }])));
  if (known.length === 0) return nothing;
  const rows = known.reduce((sum, { file, description }) => sum + (description.rows ?? guessedRows(file, description)), 0);
  return {
    rows: Math.round((rows * bytes) / bytesOf(known.map(({ file }) => file))),
    types: new Map(known[0]!.description.columns.map(({ name, type }) => [name, type])),
  };
}

function guessedRows({ name, bytes }: RegisterFile, { columns }: FileDescription): number {
  return ((/\.gz$/i.test(name) ? csvPacking : 1) * bytes) / (csvValueBytes * Math.max(1, columns.length));
}

function bytesOf(files: readonly RegisterFile[]): number {
  return files.reduce((sum, { bytes }) => sum + bytes, 0);
}
