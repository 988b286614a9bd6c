import type { ComparedBreakdown } from '../src/comparison/compare-result.ts';
import { EngineError } from '../src/errors.ts';
import { listRegisterFiles } from '../src/register/files.ts';
import type { Progress, RunResult } from '../src/run-result.ts';
import type { RegisterSource } from '../src/workers/protocol.ts';
import { describeFiles } from './describe-files.ts';
import type { EngineAnswer, EngineCall, EstimateCall } from './engine-messages.ts';
import type { Engine, RunRequest, Source } from './engine.ts';

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

/** A number for each object that is asked about, the same each time. */
function objectNumbers(): (of: object) => number {
  const numbers = new WeakMap<object, number>();
  let next = 0;
  return (of) => numbers.get(of) ?? numbers.set(of, ++next).get(of)!;
}

type Question = { readonly kind: 'run' } | Pick<Extract<EngineCall, { kind: 'compare' }>, 'kind' | 'comparison'>;

interface Waiting {
  readonly onProgress: (progress: Progress) => void;
  readonly resolve: (result: RunResult | ComparedBreakdown) => void;
  readonly reject: (error: EngineError) => void;
}

/** The engine behind the app: a worker that leads a pool of workers, opened when first needed and again where it has failed. */
export function openEngine({ workers = workerCount() }: { workers?: number } = {}): Engine {
  let engine: Worker | null = null;
  let runs = 0;
  const waiting = new Map<number, Waiting>();
  const numberOf = objectNumbers();

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

  /** Estimates are those of the same rows and model, in as far as the options change them. */
  function keyOf({ source, spec, options: { by, where, vcov, level } }: RunRequest): string {
    return JSON.stringify([numberOf(source), numberOf(spec), by, where, vcov, level]);
  }

  async function ask(question: Question, request: RunRequest, signal: AbortSignal, onProgress: (progress: Progress) => void): Promise<RunResult | ComparedBreakdown> {
    if (signal.aborted) throw new EngineError('interrupted', 'The run was cancelled.');
    const worker = (engine ??= openWorker());
    const run = ++runs;
    const call = (message: EngineCall): void => worker.postMessage(message);
    const cancel = (): void => call({ kind: 'cancel', run });
    const { source, spec, options } = request;
    const estimates: EstimateCall = { run, key: keyOf(request), source: registerSource(source), spec, options, workers };
    try {
      return await new Promise<RunResult | ComparedBreakdown>((resolve, reject) => {
        waiting.set(run, { onProgress, resolve, reject });
        signal.addEventListener('abort', cancel, { once: true });
        call({ ...question, ...estimates });
      });
    } finally {
      waiting.delete(run);
      signal.removeEventListener('abort', cancel);
    }
  }

  return {
    run: async (request, signal, onProgress) => (await ask({ kind: 'run' }, request, signal, onProgress)) as RunResult,
    compare: async (request, comparison, signal) => (await ask({ kind: 'compare', comparison }, request, signal, () => {})) as ComparedBreakdown,
    describe: (files) => describeFiles(listRegisterFiles(files)),
  };
}
