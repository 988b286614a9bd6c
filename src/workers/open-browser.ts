import kernelsAddress from '../../dist/kernels.wasm?url';
import { EngineError } from '../errors.ts';
import type { EstimationMath } from '../estimate/estimation-math.ts';
import { estimationMath } from '../estimate/math.ts';
import { openKernels } from '../kernels/wasm.ts';
import { watchWorker } from './lifeline.ts';
import { Pool, type StartedWorker } from './pool.ts';

let module: Promise<WebAssembly.Module> | null = null;

/** Starts dedicated workers; one fewer than there are cores, and at least one, where `workers` is not given. */
export async function openPool({ workers = Math.max(1, (navigator.hardwareConcurrency || 2) - 1) }: { workers?: number } = {}): Promise<Pool> {
  return Pool.open(await Promise.all(Array.from({ length: workers }, startWorker)), await kernelModule(), memory);
}

/** The functions of estimation on a memory of their own, for answers that need no worker. */
export async function openMath(): Promise<EstimationMath> {
  return estimationMath(openKernels(await kernelModule()));
}

const kernelModule = (): Promise<WebAssembly.Module> => (module ??= WebAssembly.compileStreaming(fetch(kernelsAddress)));

/** A browser tells the machine's memory, in GiB and no more than 8 of them; a page should leave a quarter. From 8 on nothing is known. */
function memory(): number | null {
  const { deviceMemory } = navigator as { deviceMemory?: number };
  return deviceMemory === undefined || deviceMemory >= 8 ? null : 0.75 * deviceMemory * 2 ** 30;
}

async function startWorker(): Promise<StartedWorker> {
  const worker = new Worker(new URL('./browser-worker.ts', import.meta.url), { type: 'module' });
  const { begun, gone } = watchWorker(worker);
  const reason = await begun;
  if (reason !== null) throw new EngineError('worker.not-started', { reason });
  return { endpoint: worker, gone, terminate: () => worker.terminate() };
}
