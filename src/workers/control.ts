import { EngineError } from '../errors.ts';

/** Longest stretch without listening, in milliseconds. */
const slice = 25;

/**
 * Lets a worker listen while it computes: without shared memory it hears nothing inside a kernel, so that long work goes
 * in slices with a turn of the event loop between them.
 */
export class Control {
  private cancelled = false;
  private cancels = 0;
  private last = 0;
  private readonly channel = new MessageChannel();
  /** Those who wait for their turn, the first first. */
  private readonly waiting: (() => void)[] = [];

  constructor() {
    this.channel.port1.onmessage = () => this.waiting.shift()?.();
    // In Node an open port would keep the worker alive.
    (this.channel.port1 as { unref?: () => void }).unref?.();
  }

  /** What `begin` is to be told of work that waits for its turn: it does not begin once it has been cancelled. */
  get asked(): number {
    return this.cancels;
  }

  begin(asked = this.cancels): void {
    if (asked !== this.cancels) throw interruption();
    this.cancelled = false;
    this.last = performance.now();
  }

  cancel(): void {
    this.cancelled = true;
    this.cancels++;
  }

  /** Takes a turn of the event loop when a slice is over; throws `interrupted` once cancelled. True where it took a turn. */
  async breathe(): Promise<boolean> {
    if (performance.now() - this.last < slice) return false;
    await this.turn();
    return true;
  }

  async turn(): Promise<void> {
    await new Promise<void>((resolve) => {
      this.waiting.push(resolve);
      (this.channel.port1 as { ref?: () => void }).ref?.();
      this.channel.port2.postMessage(null);
    });
    if (this.waiting.length === 0) (this.channel.port1 as { unref?: () => void }).unref?.();
    this.last = performance.now();
    this.check();
  }

  check(): void {
    if (this.cancelled) throw interruption();
  }
}

const interruption = (): EngineError => new EngineError('interrupted.cancelled', {});
