/** Reading in Node. */

import { closeSync, fstatSync, openSync, readSync } from 'node:fs';
import { readFile, open } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { EngineError } from '../errors.ts';
import type { RegisterAssets } from './assets.ts';
import { bytesSource } from './bytes.ts';

const { resolve } = createRequire(import.meta.url);

/** Files up to this size are read at once and without a turn of the event loop, which costs more than they do. */
const smallBytes = 1 << 20;

/** Null for a larger file. */
function readSmall(path: string): Uint8Array<ArrayBuffer> | null {
  const file = openSync(path, 'r');
  try {
    const { size } = fstatSync(file);
    if (size > smallBytes) return null;
    const bytes = new Uint8Array(size);
    for (let filled = 0; filled < size; ) {
      const read = readSync(file, bytes, filled, size - filled, filled);
      if (read === 0) throw new EngineError('data.file-shrank', { file: path, bytes: filled, size });
      filled += read;
    }
    return bytes;
  } finally {
    closeSync(file);
  }
}

export const nodeAssets: RegisterAssets = {
  async openPath(path) {
    const small = readSmall(path);
    if (small !== null) return bytesSource(small);
    const handle = await open(path, 'r');
    const { size } = await handle.stat();
    const fill = async (target: Uint8Array, begin: number): Promise<void> => {
      for (let filled = 0; filled < target.length; ) {
        const { bytesRead } = await handle.read(target, filled, target.length - filled, begin + filled);
        if (bytesRead === 0) throw new EngineError('data.file-shrank', { file: path, bytes: begin + filled, size });
        filled += bytesRead;
      }
    };
    return {
      size,
      async slice(begin, end) {
        const bytes = new Uint8Array(end - begin);
        await fill(bytes, begin);
        return bytes;
      },
      fill,
      close: () => handle.close(),
    };
  },
  parquetModule: async () => WebAssembly.compile(await readFile(resolve('parquet-wasm/esm/parquet_wasm_bg.wasm'))),
  duckdbModule: () => resolve('@duckdb/duckdb-wasm/dist/duckdb-eh.wasm'),
};
