// Merges what the pool's workers send, solves and makes the tables: work of tens of milliseconds at a time, which on the
// page's own thread would hold up drawing and typing.
import { EngineError } from '../src/errors.ts';
import { runModel } from '../src/pipeline.ts';
import type { Progress } from '../src/run-result.ts';
import { openPool } from '../src/workers/open-browser.ts';
import type { Pool } from '../src/workers/pool.ts';
import type { EngineAnswer, EngineCall } from './engine-messages.ts';

/** Milliseconds between two answers of progress: nobody reads faster. */
const progressInterval = 40;

let pool: Promise<Pool> | null = null;
let last: Promise<unknown> = Promise.resolve();
const runs = new Map<number, AbortController>();
const answer = (message: EngineAnswer): void => self.postMessage(message);

/** The pool there is, or a new one in the place of none, of one that is over, or of one of another size. */
function readyPool(workers: number): Promise<Pool> {
  const open = (): Promise<Pool> => openPool({ workers });
  const renew = (present: Pool): Pool | Promise<Pool> => {
    if (!present.isOver && present.size === workers) return present;
    present.close();
    return open();
  };
  pool = pool === null ? open() : pool.then(renew, open);
  return pool;
}

async function run({ run: number, source, spec, options, workers }: Extract<EngineCall, { kind: 'run' }>): Promise<void> {
  const { signal } = runs.set(number, new AbortController()).get(number)!;
  // The workers hold one table at a time: a cancelled run has to have let go before the next begins.
  await last.catch(() => {});
  let told = 0;
  const onProgress = (progress: Progress): void => {
    if (performance.now() - told < progressInterval) return;
    told = performance.now();
    answer({ kind: 'progress', run: number, progress });
  };
  try {
    if (signal.aborted) throw new EngineError('interrupted', 'The run was cancelled.');
    const running = readyPool(workers).then((ready) => runModel({ spec, source, options, pool: ready, signal, onProgress }));
    last = running;
    answer({ kind: 'result', run: number, result: await running });
  } catch (error) {
    const { code, message, data } = error instanceof EngineError ? error : new EngineError('internal', error instanceof Error ? error.message : String(error));
    answer({ kind: 'error', run: number, code, message, data });
  } finally {
    runs.delete(number);
  }
}

self.addEventListener('message', (event: MessageEvent<EngineCall>) => {
  if (event.data.kind === 'cancel') runs.get(event.data.run)?.abort();
  else void run(event.data);
});
