import { parentPort, workerData } from 'node:worker_threads';
import { loadKernelModule } from '../kernels/load-node.ts';
import { openKernels } from '../kernels/wasm.ts';
import { openDraws } from './draws.ts';
import { writePart, type PartRequest } from './write-part.ts';

/** What a worker answers for each part number that it is sent. */
export type WorkerAnswer = { readonly part: number } | { readonly failed: { readonly message: string; readonly system: boolean } };

const request = workerData as PartRequest;
const port = parentPort!;
const draws = openDraws(openKernels(await loadKernelModule()), request.seed);

port.on('message', (part: number) => {
  let answer: WorkerAnswer;
  try {
    writePart(request, draws, part);
    answer = { part };
  } catch (error) {
    const { message, syscall } = error as NodeJS.ErrnoException;
    answer = { failed: { message, system: syscall !== undefined } };
  }
  port.postMessage(answer);
});
