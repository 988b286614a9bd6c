import type { Progress, RunResult } from '../src/run-result.ts';
import type { Engine, RunRequest } from './engine.ts';

export type TaskStatus = 'idle' | 'running' | 'done' | 'failed' | 'cancelled';

/**
 * Runs one request at a time: a new one aborts the one before, whose late answer is dropped. The last result stays
 * while the next is computed, and after a failure. `change` tells that something is new.
 */
export class FitTask extends EventTarget {
  status: TaskStatus = 'idle';
  /** Of the last run that ended well, with the result. */
  request: RunRequest | null = null;
  result: RunResult | null = null;
  progress: Progress | null = null;
  error: unknown = null;
  private readonly engine: Engine;
  private controller: AbortController | null = null;

  constructor(engine: Engine) {
    super();
    this.engine = engine;
  }

  async start(request: RunRequest): Promise<void> {
    this.controller?.abort();
    const controller = new AbortController();
    this.controller = controller;
    const current = (): boolean => this.controller === controller;
    this.set({ status: 'running', progress: null, error: null });
    try {
      const result = await this.engine.run(request, controller.signal, (progress) => {
        if (current()) this.set({ progress });
      });
      if (current()) this.set({ status: 'done', result, request, progress: null });
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

  private set(change: Partial<Pick<FitTask, 'status' | 'request' | 'result' | 'progress' | 'error'>>): void {
    Object.assign(this, change);
    this.dispatchEvent(new Event('change'));
  }
}
