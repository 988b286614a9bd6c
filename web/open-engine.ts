import { EngineError } from '../src/errors.ts';
import { listRegisterFiles } from '../src/register/files.ts';
import type { Progress, RunResult } from '../src/run-result.ts';
import type { RegisterSource } from '../src/workers/protocol.ts';
import { describeFiles } from './describe-files.ts';
import type { EngineAnswer, EngineCall } from './engine-messages.ts';
import type { Engine, Source } from './engine.ts';

/** Memory grows with the workers, and past this many they wait for each other. */
const mostWorkers = 8;

/** The page itself has little to do while workers compute, so on two cores both may work. */
function workerCount(): number {
  const cores = navigator.hardwareConcurrency || 2;
  return cores <= 2 ? cores : Math.min(mostWorkers, cores - 1);
}

const registerSource = (source: Source): RegisterSource =>
  source.kind === 'synthetic'
    ? { synthetic: { rows: source.rows, seed: source.seed, effects: 'on' } }
    : { files: listRegisterFiles(source.files) };

interface Waiting {
  readonly onProgress: (progress: Progress) => void;
  readonly resolve: (result: RunResult) => void;
  readonly reject: (error: EngineError) => void;
}

/** The engine behind the app: a worker that leads a pool of workers, opened when first needed and again where it has failed. */
export function openEngine({ workers = workerCount() }: { workers?: number } = {}): Engine {
  let engine: Worker | null = null;
  let runs = 0;
  const waiting = new Map<number, Waiting>();

  function openWorker(): Worker {
    const worker = new Worker(new URL('./engine-worker.ts', import.meta.url), { type: 'module' });
    worker.addEventListener('message', ({ data }: MessageEvent<EngineAnswer>) => {
      const caller = waiting.get(data.run);
      if (data.kind === 'progress') return caller?.onProgress(data.progress);
      waiting.delete(data.run);
      if (data.kind === 'result') caller?.resolve(data.result);
      else caller?.reject(new EngineError(data.code, data.message, data.data));
    });
    worker.addEventListener('error', ({ message }) => {
      worker.terminate();
      engine = null;
      for (const { reject } of waiting.values()) reject(new EngineError('worker', `The engine stopped: ${message || 'its script could not be loaded'}.`));
      waiting.clear();
    });
    return worker;
  }

  return {
    async run({ source, spec, options }, signal, onProgress) {
      if (signal.aborted) throw new EngineError('interrupted', 'The run was cancelled.');
      const worker = (engine ??= openWorker());
      const run = ++runs;
      const call = (message: EngineCall): void => worker.postMessage(message);
      const cancel = (): void => call({ kind: 'cancel', run });
      try {
        return await new Promise<RunResult>((resolve, reject) => {
          waiting.set(run, { onProgress, resolve, reject });
          signal.addEventListener('abort', cancel, { once: true });
          call({ kind: 'run', run, source: registerSource(source), spec, options, workers });
        });
      } finally {
        waiting.delete(run);
        signal.removeEventListener('abort', cancel);
      }
    },
    describe: (files) => describeFiles(listRegisterFiles(files)),
  };
}
