import { readFile } from 'node:fs/promises';
import { EngineError } from '../errors.ts';
import { compileKernels } from './wasm.ts';

/** Compiles dist/kernels.wasm, two folders up from dist/engine/kernels and beside src when run from there. */
export async function loadKernelModule(): Promise<WebAssembly.Module> {
  const here = new URL('.', import.meta.url);
  const path = here.pathname.endsWith('/dist/engine/kernels/') ? '../../kernels.wasm' : '../../dist/kernels.wasm';
  const url = new URL(path, here);
  const bytes = await readFile(url).catch((cause: unknown) => {
    throw new EngineError('internal.kernels-not-built', { path: url.pathname }, { cause });
  });
  return compileKernels(bytes);
}
