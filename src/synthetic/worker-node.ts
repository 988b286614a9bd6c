import { parentPort, workerData } from 'node:worker_threads';
import { loadKernelModule } from '../kernels/load-node.ts';
import { openKernels } from '../kernels/wasm.ts';
import { openDraws } from './draws.ts';
import type { ExpectedCells } from './expected-sums.ts';
import { writePart, type PartRequest } from './write-part.ts';

export interface PartAnswer {
  readonly part: number;
  readonly expected: ExpectedCells;
}

/** What a worker answers for each part number that it is sent. */
export type WorkerAnswer = PartAnswer | { readonly failed: { readonly message: string; readonly system: boolean } };

const request = workerData as PartRequest;
const port = parentPort!;
const draws = openDraws(openKernels(await loadKernelModule()), request.seed);

port.on('message', (part: number) => {
  let answer: WorkerAnswer;
  try {
    answer = { part, expected: writePart(request, draws, part) };
  } catch (error) {
    const { message, syscall } = error as NodeJS.ErrnoException;
    answer = { failed: { message, system: syscall !== undefined } };
  }
  port.postMessage(answer);
});
