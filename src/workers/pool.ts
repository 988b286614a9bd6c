import { proxy, releaseProxy, transfer, wrap, type Endpoint, type Remote } from 'comlink';
import type { CodedRows } from '../coding/coded-rows.ts';
import { EngineError } from '../errors.ts';
import { carryErrors, transferRows } from './comlink-handlers.ts';
import { openKernels } from '../kernels/wasm.ts';
import type { Kernels } from '../kernels/kernels.ts';
import { personRowBuffers, type PersonRows } from './person-tally.ts';
import type { RowWorker } from './row-worker.ts';

/** A worker just started, as its platform gives it. */
export interface StartedWorker {
  readonly endpoint: Endpoint;
  /** Resolves when the worker is gone without `terminate` having been called, with the reason. */
  readonly gone: Promise<string>;
  terminate(): void;
}

export type FarWorker = Remote<RowWorker>;
export type Call<T> = (worker: FarWorker, index: number) => Promise<T>;

/** How long, in milliseconds, a call that was cancelled or failed may take to come back from all workers before they are ended. */
const cancelPatience = 150;
const failurePatience = 2000;

/**
 * The near end of the workers. A call goes to all of them and comes back whole, or fails: when one throws, when one
 * dies, or when it is cancelled. It comes back only when no worker is at work on it any more, so that nothing of it reaches
 * the next call. After a death, or a cancellation that a worker did not answer in time, the pool is over.
 */
export class Pool {
  readonly size: number;
  /** Kernels of this side, for solving. */
  readonly kernels: Kernels;
  /** Bytes of memory that this process may still take, with what it holds already; null where nobody tells. */
  readonly memory: () => number | null;
  private readonly started: readonly StartedWorker[];
  private readonly remotes: readonly Remote<RowWorker>[];
  /** What fails the calls under way; each is here for as long as it lasts. */
  private readonly underWay = new Set<(error: EngineError) => void>();
  private over: EngineError | null = null;
  /** Those who wait for calls to end: once the pool is over none will. */
  private readonly waiting = new Set<(stopped: boolean) => void>();
  private tellDeath: (error: EngineError) => void = () => {};
  /** Resolves when a worker has died, whether a call was under way or not; never where the pool ended otherwise. */
  readonly died = new Promise<EngineError>((resolve) => (this.tellDeath = resolve));

  private constructor(started: readonly StartedWorker[], module: WebAssembly.Module, memory: () => number | null) {
    carryErrors();
    transferRows();
    this.memory = memory;
    this.kernels = openKernels(module);
    this.size = started.length;
    this.started = started;
    this.remotes = started.map(({ endpoint }) => wrap<RowWorker>(endpoint));
    started.forEach(({ gone }, index) => {
      void gone.then((reason) => {
        const wasOver = this.isOver;
        const error = this.end(new EngineError('worker.stopped', { worker: index + 1, workers: started.length, reason }));
        if (!wasOver) this.tellDeath(error);
        for (const fail of this.underWay) fail(error);
      });
    });
  }

  /** Opens the kernels in every worker. */
  static async open(started: readonly StartedWorker[], module: WebAssembly.Module, memory: () => number | null = () => null): Promise<Pool> {
    const pool = new Pool(started, module, memory);
    await pool.all(async (worker, index) => worker.open({ module, index, workers: pool.size }));
    return pool;
  }

  /** Whether the pool can take no more calls. */
  get isOver(): boolean {
    return this.over !== null;
  }

  /** Calls every worker; the results in the workers' order. */
  async all<T>(call: Call<T>, signal?: AbortSignal): Promise<T[]> {
    if (this.over) throw this.over;
    if (signal?.aborted) throw cancellation();
    const calls = this.remotes.map(async (worker, index) => call(worker, index));
    let fail: (error: EngineError) => void = () => {};
    const onAbort = (): void => fail(cancellation());
    // A promise of this call alone: one that outlived it, as a worker's death would, would keep hold of every result.
    const failed = new Promise<never>((_, reject) => (fail = reject));
    this.underWay.add(fail);
    signal?.addEventListener('abort', onAbort, { once: true });
    try {
      return await Promise.race([Promise.all(calls), failed]);
    } catch (error) {
      await this.settle(calls, signal?.aborted ? cancelPatience : failurePatience);
      throw error;
    } finally {
      this.underWay.delete(fail);
      signal?.removeEventListener('abort', onAbort);
    }
  }

  /** Hands rows to their owner without copying them. */
  deliver = async (owner: number, rows: CodedRows): Promise<void> => {
    await this.remotes[owner]!.absorb(rows);
  };

  deliverPersons = async (owner: number, rows: PersonRows): Promise<void> => {
    await this.remotes[owner]!.absorbPersons(transfer(rows, personRowBuffers(rows)));
  };

  close(): void {
    this.end(new EngineError('worker.closed', {}));
  }

  /** Asks all workers to stop and waits for their calls to end; ends the pool where one does not. */
  private async settle(calls: readonly Promise<unknown>[], patience: number): Promise<void> {
    if (this.over) return;
    for (const worker of this.remotes) void worker.cancel();
    let timer: ReturnType<typeof setTimeout> | undefined;
    let wake: (stopped: boolean) => void = () => {};
    const late = new Promise<boolean>((resolve) => {
      timer = setTimeout(resolve, patience, false);
      this.waiting.add((wake = resolve));
    });
    const idle = Promise.allSettled(calls).then(() => true);
    if (!(await Promise.race([idle, late]))) this.end(new EngineError('worker.did-not-stop', {}));
    clearTimeout(timer);
    this.waiting.delete(wake);
  }

  private end(error: EngineError): EngineError {
    if (this.over) return error;
    this.over = error;
    for (const wake of this.waiting) wake(true);
    for (const worker of this.remotes) worker[releaseProxy]();
    for (const { terminate } of this.started) terminate();
    return error;
  }
}

const cancellation = (): EngineError => new EngineError('interrupted.cancelled', {});

/** A function that workers may call. */
export const callable = proxy;
