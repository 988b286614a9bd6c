import { availableParallelism } from 'node:os';
import { setFlagsFromString } from 'node:v8';
import { Worker } from 'node:worker_threads';
import nodeEndpoint from 'comlink/dist/esm/node-adapter.mjs';
import { loadKernelModule } from '../kernels/load-node.ts';
import { Pool, type StartedWorker } from './pool.ts';

/**
 * MiB that a worker's heap may come to before its first full collection. Without it the heap of some 15 MiB is gone
 * through for every 30 MiB of columns, which are no part of it, and functions that are called once a load are thrown
 * away and compiled anew.
 */
const firstHeap = 128;

/** Starts worker threads; as many as there are cores where `workers` is not given. Built JavaScript only: Node's workers load no TypeScript. */
export async function openPool({ workers = availableParallelism() }: { workers?: number } = {}): Promise<Pool> {
  setFlagsFromString(`--initial-old-space-size=${firstHeap}`);
  return Pool.open(Array.from({ length: workers }, startWorker), await loadKernelModule(), () => process.availableMemory() + process.memoryUsage.rss());
}

function startWorker(): StartedWorker {
  const worker = new Worker(new URL('./node-worker.js', import.meta.url));
  const gone = new Promise<string>((resolve) => {
    worker.once('error', (error) => resolve(error.message));
    worker.once('exit', (code) => resolve(`exit ${code}`));
  });
  return { endpoint: nodeEndpoint(worker), gone, terminate: () => void worker.terminate() };
}
