import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { EngineError } from '../../src/errors.ts';
import type { Warning } from '../../src/messages/catalogue.ts';
import type { RegisterFile } from '../../src/register/partition.ts';
import type { ModelSpec } from '../../src/spec/model-spec.ts';
import { parseModelSpec } from '../../src/spec/parse-spec.ts';
import type { LoadedRows, LoadRequest } from '../../src/workers/load-rows.ts';
import type { Pool } from '../../src/workers/pool.ts';
import { built } from './built-engine.ts';

export const trialPath = (path: string): string => fileURLToPath(new URL(`../fixtures/trials/${path}`, import.meta.url));
export const trialModel = (path: string): ModelSpec => parseModelSpec(JSON.parse(readFileSync(trialPath(path), 'utf8')));

/** What came of reading a file by the way that every command takes, or why it was refused. */
export interface ReadTrial {
  readonly digest?: string;
  readonly rows?: number;
  readonly warnings?: readonly Warning[];
  readonly code?: string;
  readonly kind?: string;
  readonly message?: string;
}

export async function readTrial(pool: Pool, spec: ModelSpec, paths: readonly string[]): Promise<ReadTrial> {
  const { listRegisterFiles } = (await built('register/files-node.js')) as { listRegisterFiles(paths: readonly string[]): Promise<RegisterFile[]> };
  const { loadRows } = (await built('workers/load-rows.js')) as { loadRows(request: LoadRequest): Promise<LoadedRows> };
  try {
    const files = await listRegisterFiles(paths);
    const { digest, rows, warnings } = await loadRows({ spec, source: { files }, by: [['county']], where: null, pool, onProgress: () => {} });
    return { digest, rows, warnings };
  } catch (error) {
    const { code, kind, message } = error as EngineError;
    return { code, kind, message };
  }
}
