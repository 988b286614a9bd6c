import { ConnectedParts } from '../withhold/connected-parts.ts';
import { callable, type Pool } from './pool.ts';

export interface CountOverlaps {
  readonly pool: Pool;
  /** Places of groupings. */
  readonly pairs: readonly (readonly [number, number])[];
  readonly signal?: AbortSignal | undefined;
}

/** By pair and month, and in it by group of the one and then of the other: its connected part, −1 where nobody is. */
export async function countOverlaps({ pool, pairs, signal }: CountOverlaps): Promise<Int32Array[]> {
  if (pairs.length === 0) return [];
  const found = await pool.all((worker) => worker.overlaps(pairs, callable(() => {})), signal);
  return pairs.map((_, p) => {
    const [first, ...others] = found.map((own) => own[p]!);
    const all = new ConnectedParts(first!);
    for (const other of others) all.add(other);
    return all.parts();
  });
}
