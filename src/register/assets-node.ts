/** Reading in Node. */

import { readFile, open } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { EngineError } from '../errors.ts';
import type { RegisterAssets } from './assets.ts';

const { resolve } = createRequire(import.meta.url);

export const nodeAssets: RegisterAssets = {
  async openPath(path) {
    const handle = await open(path, 'r');
    const { size } = await handle.stat();
    return {
      size,
      async slice(begin, end) {
        const bytes = new Uint8Array(end - begin);
        let filled = 0;
        while (filled < bytes.length) {
          const { bytesRead } = await handle.read(bytes, filled, bytes.length - filled, begin + filled);
          if (bytesRead === 0) throw new EngineError('data.file-shrank', { file: path, bytes: begin + filled, size });
          filled += bytesRead;
        }
        return bytes;
      },
      close: () => handle.close(),
    };
  },
  parquetModule: async () => WebAssembly.compile(await readFile(resolve('parquet-wasm/esm/parquet_wasm_bg.wasm'))),
  duckdbModule: () => resolve('@duckdb/duckdb-wasm/dist/duckdb-eh.wasm'),
};
