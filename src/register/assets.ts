/** What reading needs from the place it runs in: opening a path, and the WebAssembly of the readers. */

import type { ByteSource } from './bytes.ts';
import { EngineError } from '../errors.ts';

export interface RegisterAssets {
  openPath(path: string): Promise<ByteSource>;
  /** The Parquet reader's module, compiled. */
  parquetModule(): Promise<WebAssembly.Module>;
  /** Where DuckDB finds its `eh` build: a path in Node, an address in a browser. */
  duckdbModule(): string;
}

let current: RegisterAssets | null = null;

/** To be called once at the start of every thread that reads. */
export function configureRegister(assets: RegisterAssets): void {
  current = assets;
}

export function registerAssets(): RegisterAssets {
  if (current === null) throw new EngineError('internal.unexpected', { detail: 'Reading was started before configureRegister was called.' });
  return current;
}
