/** Reading in a browser. */

import duckdbUrl from '@duckdb/duckdb-wasm/dist/duckdb-eh.wasm?url';
import parquetUrl from 'parquet-wasm/esm/parquet_wasm_bg.wasm?url';
import { EngineError } from '../errors.ts';
import type { RegisterAssets } from './assets.ts';

export const browserAssets: RegisterAssets = {
  openPath(path) {
    throw new EngineError('internal.unexpected', { detail: `A browser cannot open the path ${path}.` });
  },
  parquetModule: () => WebAssembly.compileStreaming(fetch(parquetUrl)),
  duckdbModule: () => duckdbUrl,
};
