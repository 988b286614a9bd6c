import type { ReactiveController, ReactiveControllerHost } from 'lit';

/** The answer to a question that changes: a new one ends the one before, whose late answer is dropped; the last answer stays meanwhile. */
export class LatestAnswer<A> implements ReactiveController {
  answer: A | null = null;
  error: unknown = null;
  /** An answer to the newest question is under way. */
  pending = false;
  private readonly host: ReactiveControllerHost;
  private key: readonly unknown[] | null = null;
  private controller: AbortController | null = null;

  constructor(host: ReactiveControllerHost) {
    this.host = host;
    host.addController(this);
  }

  hostDisconnected(): void {
    this.drop();
  }

  /** Asks where the key is another one than last time. */
  ask(key: readonly unknown[], question: (signal: AbortSignal) => Promise<A>): void {
    if (this.key !== null && key.length === this.key.length && key.every((part, k) => part === this.key![k])) return;
    this.controller?.abort();
    const controller = (this.controller = new AbortController());
    this.key = key;
    this.pending = true;
    const settle = (answer: A | null, error: unknown): void => {
      if (this.controller !== controller) return;
      [this.answer, this.error, this.pending] = [answer, error, false];
      this.host.requestUpdate();
    };
    question(controller.signal).then((answer) => settle(answer, null), (error: unknown) => settle(null, error));
  }

  /** Ends what is under way; the same question is asked again next time. */
  drop(): void {
    this.controller?.abort();
    this.controller = null;
    this.key = null;
    this.pending = false;
  }
}
