import type { Pool } from '../../src/workers/pool.ts';
import type { RunRequest } from '../../src/pipeline.ts';
import type { RunOptions, RunResult } from '../../src/run-result.ts';

/** The built engine: Node's worker threads load no TypeScript, so that what needs workers is tested as users run it. */
export const built = (path: string): Promise<Record<string, unknown>> => import(/* @vite-ignore */ new URL(`../../dist/engine/${path}`, import.meta.url).href);

export async function openBuiltPool(workers: number): Promise<Pool> {
  const { openPool } = (await built('workers/open-node.js')) as { openPool(options: { workers: number }): Promise<Pool> };
  return openPool({ workers });
}

export async function runBuiltModel(request: RunRequest): Promise<RunResult> {
  const { runModel } = (await built('pipeline.js')) as { runModel(request: RunRequest): Promise<RunResult> };
  return runModel(request);
}

export const defaultOptions: RunOptions = {
  by: [], period: 'month', vcov: 'iid', interval: 'outcome', level: 95, relativeTo: null, where: null, threshold: null,
};
