/**
 * A browser tells nobody that a worker has ended. But each worker holds a lock for as long as it lives, so whoever is given
 * that lock knows.
 */
export interface Lifeline {
  /** Resolves when the worker holds its lock: with null, or with the reason why it never will. */
  readonly begun: Promise<string | null>;
  /** Resolves when the worker is gone, however it went, with the reason. */
  readonly gone: Promise<string>;
}

/** What the worker says when it holds its lock. */
export interface LifelineNote {
  readonly held: string;
}

interface Named {
  readonly lifeline: string;
}

/** Milliseconds from which a worker that has said nothing is taken to be gone: one that ends before it holds its lock tells in no other way. */
const patience = 30_000;

/** The near end; the worker's script has to call `holdLifeline` as its first thing. Nothing may be sent to it before. */
export function watchWorker(worker: Worker, { patience: most = patience }: { patience?: number } = {}): Lifeline {
  const lifeline = `arbeidsindikator-worker-${crypto.randomUUID()}`;
  let waiting: ReturnType<typeof setTimeout> | undefined;
  const failed = new Promise<string>((resolve) => {
    worker.addEventListener('error', (event) => resolve(event.message || 'no-script'));
    worker.addEventListener('messageerror', () => resolve('bad-message'));
    waiting = setTimeout(resolve, most, 'silent');
  });
  const held = new Promise<null>((resolve) => {
    worker.addEventListener('message', ({ data }: MessageEvent<Partial<LifelineNote> | null>) => {
      if (data?.held !== lifeline) return;
      clearTimeout(waiting);
      resolve(null);
    });
  });
  worker.postMessage({ lifeline } satisfies Named);
  const released = held.then(() => navigator.locks.request(lifeline, () => 'silent'));
  return { begun: Promise.race([held, failed]), gone: Promise.race([failed, released]) };
}

/** The far end: takes the first message that comes, holds the lock that it names, and goes on with what is given. */
export function holdLifeline(goOn: () => void): void {
  const begin = ({ data: { lifeline } }: MessageEvent<Named>): void => {
    void navigator.locks.request(lifeline, () => {
      self.postMessage({ held: lifeline } satisfies LifelineNote);
      return new Promise(() => {});
    });
    goOn();
  };
  self.addEventListener('message', begin, { once: true });
}
