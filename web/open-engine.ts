import { EngineError } from '../src/errors.ts';
import { listRegisterFiles } from '../src/register/files.ts';
import type { Progress, RunResult } from '../src/run-result.ts';
import { watchWorker, type LifelineNote } from '../src/workers/lifeline.ts';
import type { RegisterSource } from '../src/workers/protocol.ts';
import { describeFiles } from './describe-files.ts';
import type { EngineAnswer, EngineCall, EngineRequest, EngineResults } from './engine-messages.ts';
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

interface Waiting {
  readonly onProgress: (progress: Progress) => void;
  readonly resolve: (result: EngineResults[keyof EngineResults]) => void;
  readonly reject: (error: EngineError) => void;
}

interface Hooks {
  readonly signal?: AbortSignal;
  readonly onProgress?: (progress: Progress) => void;
}

/** The engine behind the app: a worker that leads a pool of workers, opened when first needed and again where it has failed. */
export function openEngine({ workers = workerCount() }: { workers?: number } = {}): Engine {
  let engine: Worker | null = null;
  let calls = 0;
  const waiting = new Map<number, Waiting>();
  let stopped: (error: EngineError, all: boolean) => void = () => {};
  /** The call that each result came from. */
  const origins = new WeakMap<RunResult, number>();
  const numberOf = objectNumbers();

  function openWorker(): Worker {
    const worker = new Worker(new URL('./engine-worker.ts', import.meta.url), { type: 'module' });
    worker.addEventListener('message', ({ data }: MessageEvent<EngineAnswer | LifelineNote>) => {
      if ('held' in data) return;
      if (data.kind === 'stopped') return stopped(EngineError.from(data.error), false);
      const caller = waiting.get(data.call);
      if (data.kind === 'progress') return caller?.onProgress(data.progress);
      waiting.delete(data.call);
      if (data.kind === 'result') caller?.resolve(data.result);
      else caller?.reject(EngineError.from(data.error));
    });
    void watchWorker(worker).gone.then((reason) => {
      worker.terminate();
      engine = null;
      const error = new EngineError('worker.engine-stopped', { reason });
      for (const { reject } of waiting.values()) reject(error);
      waiting.clear();
      stopped(error, true);
    });
    return worker;
  }

  async function ask<K extends keyof EngineResults>(request: Extract<EngineRequest, { kind: K }>, { signal, onProgress = () => {} }: Hooks = {}): Promise<{ call: number; result: EngineResults[K] }> {
    if (signal?.aborted) throw new EngineError('interrupted.cancelled', {});
    const worker = (engine ??= openWorker());
    const call = ++calls;
    const send = (message: EngineCall): void => worker.postMessage(message);
    const cancel = (): void => send({ kind: 'cancel', call });
    try {
      const result = await new Promise<EngineResults[keyof EngineResults]>((resolve, reject) => {
        waiting.set(call, { onProgress, resolve, reject });
        signal?.addEventListener('abort', cancel, { once: true });
        send({ ...(request as EngineRequest), call });
      });
      return { call, result: result as EngineResults[K] };
    } finally {
      waiting.delete(call);
      signal?.removeEventListener('abort', cancel);
    }
  }
  const origin = (result: RunResult): number => origins.get(result) ?? 0;

  /** Estimates are those of the same rows and model, in as far as the options change them. */
  const keyOf = ({ source, spec, options: { by, where, vcov, level, effects } }: RunRequest): string =>
    JSON.stringify([numberOf(source), numberOf(spec), by, where, vcov, level, effects]);

  return {
    async run(request, signal, onProgress) {
      const { source, spec, options } = request;
      const { call, result } = await ask<'run'>({ kind: 'run', key: keyOf(request), source: registerSource(source), spec, options, workers }, { signal, onProgress });
      origins.set(result, call);
      return result;
    },
    compare: async (result, comparison, signal) => (await ask<'compare'>({ kind: 'compare', of: origin(result), comparison }, { signal })).result,
    pair: async (result, pair, signal) => (await ask<'pair'>({ kind: 'pair', of: origin(result), pair }, { signal })).result,
    xmr: async (result, series, signal) => (await ask<'xmr'>({ kind: 'xmr', of: origin(result), series }, { signal })).result,
    effects: async (result, outcome, signal) => (await ask<'effects'>({ kind: 'effects', of: origin(result), outcome }, { signal })).result,
    describe: (files) => describeFiles(listRegisterFiles(files)),
    async openBundle(file, signal) {
      const { call, result } = await ask<'open'>({ kind: 'open', file }, { signal });
      origins.set(result.result, call);
      return result;
    },
    keep: async (result, signal, onProgress) => (await ask<'keep'>({ kind: 'keep', of: origin(result) }, { signal, onProgress })).result,
    ask: async (result, question) => (await ask<'ask'>({ kind: 'ask', of: origin(result), question })).result,
    saveBundle: async (result) => (await ask<'save'>({ kind: 'save', of: origin(result) })).result,
    onStopped: (listener) => (stopped = listener),
  };
}
