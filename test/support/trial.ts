import { readFileSync, statSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { RunOptions, RunResult } from '../../src/run-result.ts';
import { parseModelSpec } from '../../src/spec/parse-spec.ts';
import type { Pool } from '../../src/workers/pool.ts';
import { defaultOptions, runBuiltModel } from './built-engine.ts';

const pathOf = (trial: string, file: string): string => fileURLToPath(new URL(`../fixtures/trials/${trial}/${file}`, import.meta.url));

export interface Trial {
  readonly pool: Pool;
  readonly name: string;
  readonly model?: string;
  readonly options?: Partial<RunOptions>;
}

/** Runs a small input on which the product once went wrong. */
export function runTrial({ pool, name, model = 'model.json', options }: Trial): Promise<RunResult> {
  const path = pathOf(name, 'data.csv');
  const spec = parseModelSpec(JSON.parse(readFileSync(pathOf(name, model), 'utf8')));
  const files = [{ name: 'data.csv', format: 'csv' as const, bytes: statSync(path).size, location: { path } }];
  return runBuiltModel({ spec, source: { files }, options: { ...defaultOptions, ...options }, pool });
}
