import type { Progress, RunResult } from '../src/run-result.ts';
import type { Engine } from './engine.ts';
import type { WhatIfBase, WhatIfQuestion, WhatIfReply } from './what-if-question.ts';

/**
 * The sums of one result: kept when first wanted, and asked one question at a time. While one is answered only the newest
 * of those that come is held, so that a slider cannot pile up work. `change` tells that something is new.
 */
export class KeptTask extends EventTarget {
  status: 'idle' | 'keeping' | 'kept' | 'failed' = 'idle';
  base: WhatIfBase | null = null;
  progress: Progress | null = null;
  error: unknown = null;
  /** Whether the bundle is being made, and what went wrong with the last one. */
  saving = false;
  saveError: unknown = null;
  private readonly engine: Engine;
  private readonly result: RunResult;
  private controller: AbortController | null = null;
  private keeping: Promise<boolean> | null = null;
  private asking: Promise<unknown> | null = null;
  private newest: WhatIfQuestion | null = null;

  constructor(engine: Engine, result: RunResult) {
    super();
    this.engine = engine;
    this.result = result;
  }

  /** Whether the sums are there now; false where it was cancelled or failed. */
  keep(): Promise<boolean> {
    if (this.status === 'kept') return Promise.resolve(true);
    if (this.keeping !== null) return this.keeping;
    const mine = this.keepNow().finally(() => {
      if (this.keeping === mine) this.keeping = null;
    });
    this.keeping = mine;
    return mine;
  }

  private async keepNow(): Promise<boolean> {
    const controller = new AbortController();
    this.controller = controller;
    const current = (): boolean => this.controller === controller;
    this.set({ status: 'keeping', progress: null, error: null });
    try {
      const base = await this.engine.keep(this.result, controller.signal, (progress) => {
        if (current()) this.set({ progress });
      });
      if (current()) this.set({ status: 'kept', base, progress: null });
    } catch (error) {
      if (current()) this.set({ status: 'failed', error, progress: null });
    }
    return this.status === 'kept';
  }

  cancel(): void {
    if (this.status !== 'keeping') return;
    this.controller?.abort();
    this.controller = null;
    this.keeping = null;
    this.set({ status: 'idle', progress: null });
  }

  /** The engine has stopped, and what it kept is gone with it. */
  stopped(): void {
    if (this.status === 'kept') this.set({ status: 'idle', base: null });
  }

  /** The answer; null where a newer question has come. */
  async ask(question: WhatIfQuestion): Promise<WhatIfReply | null> {
    this.newest = question;
    while (this.asking !== null) await this.asking.catch(() => {});
    if (this.newest !== question) return null;
    const answer = this.engine.ask(this.result, question);
    this.asking = answer.finally(() => (this.asking = null));
    this.asking.catch(() => {});
    return answer;
  }

  /** The bundle of the result, its sums kept first; null where that was cancelled or failed. */
  async save(): Promise<Uint8Array<ArrayBuffer> | null> {
    this.set({ saving: true, saveError: null });
    try {
      if (await this.keep()) return await this.engine.saveBundle(this.result);
      this.set({ saveError: this.error });
    } catch (error) {
      this.set({ saveError: error });
    } finally {
      this.set({ saving: false });
    }
    return null;
  }

  private set(change: Partial<Pick<KeptTask, 'status' | 'base' | 'progress' | 'error' | 'saving' | 'saveError'>>): void {
    Object.assign(this, change);
    this.dispatchEvent(new Event('change'));
  }
}
