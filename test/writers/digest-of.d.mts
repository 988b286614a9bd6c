import type { Pool } from '../../src/workers/pool.ts';

export const fixtures: URL;
export function digestOf(pool: Pool, paths: readonly string[]): Promise<{ readonly digest: string; readonly rows: number }>;
