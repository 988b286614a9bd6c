import type { EngineError } from '../src/errors.ts';
import type { Progress, RunResult } from '../src/run-result.ts';
import type { BundleAbout, BundleRequest, Engine, RunRequest } from './engine.ts';

export type TaskStatus = 'idle' | 'running' | 'done' | 'failed' | 'cancelled';

/**
 * Runs one request at a time, or opens one bundle: a new one aborts the one before, whose late answer is dropped. The last
 * result stays while the next is computed, and after a failure. `change` tells that something is new.
 */
export class FitTask extends EventTarget {
  status: TaskStatus = 'idle';
  /** Of the last run that ended well, with the result. */
  request: RunRequest | BundleRequest | null = null;
  result: RunResult | null = null;
  /** What the bundle says of itself that the result came from; null of a run. */
  about: BundleAbout | null = null;
  progress: Progress | null = null;
  error: unknown = null;
  private readonly engine: Engine;
  private controller: AbortController | null = null;

  constructor(engine: Engine) {
    super();
    this.engine = engine;
  }

  async start(request: RunRequest | BundleRequest): Promise<void> {
    this.controller?.abort();
    const controller = new AbortController();
    this.controller = controller;
    const current = (): boolean => this.controller === controller;
    this.set({ status: 'running', progress: null, error: null });
    try {
      const { result, about } = await this.resultOf(request, controller.signal, (progress) => {
        if (current()) this.set({ progress });
      });
      if (current()) this.set({ status: 'done', result, about, request, progress: null });
    } catch (error) {
      if (current()) this.set({ status: 'failed', error, progress: null });
    }
    if (current()) this.controller = null;
  }

  cancel(): void {
    if (this.controller === null) return;
    this.controller.abort();
    this.controller = null;
    this.set({ status: 'cancelled', progress: null });
  }

  /** The engine, or a worker of it, has stopped: told where no run is under way, which ends with an error of its own. The result stays. */
  stopped(error: EngineError): void {
    if (this.status !== 'running') this.set({ status: 'failed', error });
  }

  private async resultOf(request: RunRequest | BundleRequest, signal: AbortSignal, onProgress: (progress: Progress) => void): Promise<{ result: RunResult; about: BundleAbout | null }> {
    if ('bundle' in request) return this.engine.openBundle(request.bundle, signal);
    return { result: await this.engine.run(request, signal, onProgress), about: null };
  }

  private set(change: Partial<Pick<FitTask, 'status' | 'request' | 'result' | 'about' | 'progress' | 'error'>>): void {
    Object.assign(this, change);
    this.dispatchEvent(new Event('change'));
  }
}
