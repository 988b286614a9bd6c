/**
 * The Parquet decoder: WebAssembly that is loaded when first used, and whose words about a file are the file's fault.
 */

import { EngineError } from '../errors.ts';
import { registerAssets } from './assets.ts';

export type Decoder = typeof import('parquet-wasm/esm');

let started: Promise<Decoder> | null = null;

export const startDecoder = (): Promise<Decoder> => (started ??= load());

async function load(): Promise<Decoder> {
  const [decoder, module] = await Promise.all([import('parquet-wasm/esm'), registerAssets().parquetModule()]);
  await decoder.default({ module_or_path: module });
  return decoder;
}

/**
 * What the decoder refuses, or breaks down at, is damage of the file. It tells of a breakdown on the console, which is
 * not the place.
 */
export function decoded<T>(file: string, decode: () => T): T {
  const { error } = console;
  console.error = () => {};
  try {
    return decode();
  } catch (cause) {
    const detail =
      cause instanceof WebAssembly.RuntimeError
        ? 'its decoder broke down'
        : cause instanceof Error
          ? cause.message
          : String(cause);
    throw new EngineError('data.parquet-damaged', { file, detail: detail.replace(/\.$/, '') }, { cause });
  } finally {
    console.error = error;
  }
}
