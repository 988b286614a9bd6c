// Merges what the pool's workers send, solves and makes the tables: work of tens of milliseconds at a time, which on the
// page's own thread would hold up drawing and typing.
import { compareBreakdown, type ComparedBreakdown } from '../src/comparison/compare-result.ts';
import { comparisonMath } from '../src/comparison/math.ts';
import { EngineError } from '../src/errors.ts';
import { compareGroups, estimateResident, resultOf, type Estimated } from '../src/pipeline.ts';
import type { GroupComparison, Progress, RunResult } from '../src/run-result.ts';
import { loadRows } from '../src/workers/load-rows.ts';
import { openPool } from '../src/workers/open-browser.ts';
import type { Pool } from '../src/workers/pool.ts';
import type { EngineAnswer, EngineCall, EstimateCall } from './engine-messages.ts';

/** Milliseconds between two answers of progress: nobody reads faster. */
const progressInterval = 40;

/** The last estimates: their rows are still in the workers. */
interface Held {
  readonly key: string;
  readonly pool: Pool;
  readonly estimated: Estimated;
  readonly comparisons: Map<string, GroupComparison>;
}

let pool: Promise<Pool> | null = null;
let held: Held | null = null;
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

interface Running {
  readonly call: EstimateCall;
  readonly ready: Pool;
  readonly signal: AbortSignal;
  readonly onProgress: (progress: Progress) => void;
}

async function estimatesOf({ call, ready, signal, onProgress }: Running): Promise<Held> {
  if (held !== null && held.key === call.key && held.pool === ready) return held;
  held = null;
  const { spec, source, options, key } = call;
  const rows = await loadRows({ spec, source, by: options.by, where: options.where, pool: ready, signal, onProgress });
  const estimated = await estimateResident({ spec, options, pool: ready, signal, onProgress }, rows);
  return (held = { key, pool: ready, estimated, comparisons: new Map() });
}

async function answerTo(call: Exclude<EngineCall, { kind: 'cancel' }>, running: Running): Promise<RunResult | ComparedBreakdown> {
  const { ready, signal, onProgress } = running;
  const { estimated, comparisons } = await estimatesOf(running);
  if (call.kind === 'run') return resultOf({ spec: call.spec, options: call.options, pool: ready, signal, onProgress }, estimated);
  const { outcome, breakdown, period, level, overdispersion } = call.comparison;
  const name = JSON.stringify([outcome, breakdown, period]);
  const means = comparisons.get(name) ?? (await compareGroups({ outcome, breakdown, period, options: call.options, pool: ready, signal, onProgress }, estimated));
  comparisons.set(name, means);
  return compareBreakdown(means, { level, seed: 1, overdispersion, discovery: 'BH', threshold: call.options.threshold }, comparisonMath(ready.kernels));
}

async function run(call: Exclude<EngineCall, { kind: 'cancel' }>): Promise<void> {
  const number = call.run;
  const { signal } = runs.set(number, new AbortController()).get(number)!;
  // The workers hold one table at a time: a cancelled run has to have let go before the next begins.
  const before = last.catch(() => {});
  let told = 0;
  const onProgress = (progress: Progress): void => {
    if (performance.now() - told < progressInterval) return;
    told = performance.now();
    answer({ kind: 'progress', run: number, progress });
  };
  const running = before.then(async () => {
    if (signal.aborted) throw new EngineError('interrupted', 'The run was cancelled.');
    return answerTo(call, { call, ready: await readyPool(call.workers), signal, onProgress });
  });
  last = running;
  try {
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
