import { EngineError } from '../errors.ts';

/** Longest stretch without listening, in milliseconds. */
const slice = 25;

/** Calls back once the messages that are there have been heard. */
const afterMessages = typeof setImmediate === 'function' ? setImmediate : messageToItself();

/**
 * For browsers. Node goes on with a port that has new messages up to a thousand times before it listens to any other: a pass
 * would not hear that it was cancelled.
 */
function messageToItself(): (resolve: () => void) => void {
  const { port1, port2 } = new MessageChannel();
  /** Those who wait for their turn, the first first. */
  const waiting: (() => void)[] = [];
  port1.onmessage = () => waiting.shift()?.();
  return (resolve) => {
    waiting.push(resolve);
    port2.postMessage(null);
  };
}

/**
 * Lets a worker listen while it computes: without shared memory it hears nothing inside a kernel, so that long work goes
 * in slices with a turn of the event loop between them.
 */
export class Control {
  private cancelled = false;
  private cancels = 0;
  private last = 0;
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
    await new Promise<void>(afterMessages);
    this.last = performance.now();
    this.check();
  }

  check(): void {
    if (this.cancelled) throw interruption();
  }
}

const interruption = (): EngineError => new EngineError('interrupted.cancelled', {});
