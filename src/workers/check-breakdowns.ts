import type { RowPlan } from '../coding/row-plan.ts';
import { EngineError } from '../errors.ts';
import { nearest } from '../spec/nearest.ts';
import type { Pool } from './pool.ts';
import type { RegisterSource } from './protocol.ts';

export interface BreakdownCheck {
  readonly source: RegisterSource;
  readonly plan: RowPlan;
  readonly pool: Pool;
  readonly signal?: AbortSignal | undefined;
}

/**
 * Throws `usage` for a breakdown by a column that the first file has not, and that is not derived either: asked wrongly. A
 * column that only some files have, or that the model needs, is bad data, and reading says so.
 */
export async function checkBreakdowns({ source, plan, pool, signal }: BreakdownCheck): Promise<void> {
  if (!('files' in source) || plan.groupColumns.length === 0) return;
  const [described] = await pool.all((worker, w) => worker.describe(w === 0 ? source.files.slice(0, 1) : []), signal);
  const file = described![0];
  // Reading tells what is wrong with a file that cannot be looked at.
  if (!file) return;
  const present = [...file.columns.map(({ name }) => name), ...Object.keys(plan.derived)];
  const unknown = plan.groupColumns.find((column) => !present.includes(column));
  if (unknown !== undefined) throw new EngineError('usage.no-column', { option: '--by', column: unknown, nearest: nearest(unknown, present), present });
}
