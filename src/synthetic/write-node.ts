import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import { EngineError } from '../errors.ts';
import type { FileFormat } from '../register/partition.ts';
import { ExpectedSums } from './expected-sums.ts';
import { checkPopulation, type Population } from './population.ts';
import { expectedFile, truthFiles } from './truth.ts';
import type { PartAnswer, WorkerAnswer } from './worker-node.ts';
import { partsOf, rowsOfPart, type PartRequest } from './write-part.ts';

export interface FolderRequest extends Population {
  /** An existing folder; `data` and `truth` are made in it. */
  readonly out: string;
  readonly format: FileFormat;
  readonly workers: number;
  readonly signal?: AbortSignal;
  readonly onProgress?: (step: { phase: string; detail: string; done: number; total: number }) => void;
}

/** Worker threads run built code only; from the sources it is the build's. */
const workerUrl = new URL(
  import.meta.url.endsWith('.ts') ? '../../dist/engine/synthetic/worker-node.js' : './worker-node.js',
  import.meta.url,
);

const outputError = (cause: unknown): EngineError =>
  new EngineError('output.synthetic', { reason: (cause as Error).message }, { cause });

/** Hands out parts, the next to whoever is done, until all are written. */
const runWorkers = (request: PartRequest, workers: number, signal: AbortSignal | undefined, onPart: (answer: PartAnswer) => void): Promise<void> => {
  const parts = partsOf(request.rows);
  let next = 0;
  let done = 0;
  const threads = Array.from({ length: Math.max(1, Math.min(workers, parts)) }, () => new Worker(workerUrl, { workerData: request }));
  const finished = new Promise<void>((resolve, reject) => {
    const abort = (): void => reject(signal!.reason);
    signal?.addEventListener('abort', abort, { once: true });
    for (const thread of threads) {
      const send = (): void => {
        if (next < parts) thread.postMessage(next++);
      };
      thread.on('message', (answer: WorkerAnswer) => {
        if ('failed' in answer) {
          const { message, system } = answer.failed;
          reject(system ? outputError(new Error(message)) : new EngineError('internal.unexpected', { detail: message }));
          return;
        }
        onPart(answer);
        if (++done === parts) resolve();
        else send();
      });
      thread.on('error', (cause) => reject(new EngineError('worker.failed', { reason: (cause as Error).message }, { cause })));
      thread.on('exit', (code) => reject(new EngineError('worker.ended-early', { status: code })));
      send();
    }
  });
  return finished.finally(() => Promise.all(threads.map((thread) => thread.terminate())));
};

/**
 * Writes a synthetic population as `data/part-0000.…` (131,072 rows each), and as `truth/` what it was drawn from and was to be
 * expected. The rows depend on rows, seeds and effects alone. Errors: `usage`, `output` where a file cannot be written, `worker`; the signal's reason on abort.
 */
export const generateToFolder = async (request: FolderRequest): Promise<void> => {
  checkPopulation(request);
  const { out, rows, seed, structureSeed, effects, format, workers, signal, onProgress } = request;
  signal?.throwIfAborted();
  const folder = join(out, 'data');
  try {
    await mkdir(folder, { recursive: true });
    await mkdir(join(out, 'truth'), { recursive: true });
    for (const [name, text] of truthFiles(request)) await writeFile(join(out, 'truth', name), text);
  } catch (cause) {
    throw outputError(cause);
  }
  const report = (done: number): void => onProgress?.({ phase: 'generate', detail: `${done} rows`, done, total: rows });
  let written = 0;
  report(0);
  const expected = new ExpectedSums();
  await runWorkers({ rows, seed, structureSeed, effects, format, folder }, workers, signal, ({ part, expected: cells }) => {
    expected.addCells(cells);
    report((written += rowsOfPart(rows, part)));
  });
  await writeFile(join(out, 'truth', 'expected.csv'), expectedFile(expected.cells())).catch((cause: unknown) => {
    throw outputError(cause);
  });
};
