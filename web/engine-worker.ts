// Merges what the pool's workers send, solves and makes the tables: work of tens of milliseconds at a time, which on the
// page's own thread would hold up drawing and typing.
import { readBundle } from '../src/bundle/read-bundle.ts';
import { compareBreakdown, type ComparedBreakdown } from '../src/comparison/compare-result.ts';
import { comparisonMath } from '../src/comparison/math.ts';
import { EngineError } from '../src/errors.ts';
import { compareGroups, estimateResident, resultOf, type Estimated } from '../src/pipeline.ts';
import type { GroupComparison, Progress, RunResult } from '../src/run-result.ts';
import { loadRows } from '../src/workers/load-rows.ts';
import { openMath, openPool } from '../src/workers/open-browser.ts';
import type { Pool } from '../src/workers/pool.ts';
import type { EngineAnswer, EngineCall, EngineRequest, EngineResults, EstimateCall } from './engine-messages.ts';
import type { Comparison, OpenedBundle } from './engine.ts';
import { gone, HeldResult } from './held-result.ts';

/** Milliseconds between two answers of progress: nobody reads faster. */
const progressInterval = 40;

/** The last estimates: their rows are still in the workers. */
interface HeldEstimates {
  readonly key: string;
  readonly pool: Pool;
  readonly estimated: Estimated;
  readonly comparisons: Map<string, GroupComparison>;
}

let pool: Promise<Pool> | null = null;
let last: Promise<unknown> = Promise.resolve();
let estimates: HeldEstimates | null = null;
let held: HeldResult | null = null;
const calls = new Map<number, AbortController>();
const answer = (message: EngineAnswer, transfer: Transferable[] = []): void => self.postMessage(message, { transfer });

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

/** The workers hold one table at a time: a cancelled call has to have let go before the next begins. */
function inTurn<T>(signal: AbortSignal, work: () => Promise<T>): Promise<T> {
  const mine = last.catch(() => {}).then(() => {
    if (signal.aborted) throw new EngineError('interrupted', 'The run was cancelled.');
    return work();
  });
  last = mine;
  return mine;
}

interface Hooks {
  readonly call: number;
  readonly signal: AbortSignal;
  readonly onProgress: (progress: Progress) => void;
}

/** The estimates at hand where they are of the same rows and model, or new ones. */
async function estimatesOf({ key, source, spec, options, workers }: EstimateCall, { signal, onProgress }: Hooks): Promise<HeldEstimates> {
  const ready = await readyPool(workers);
  if (estimates?.key === key && estimates.pool === ready) return estimates;
  estimates = null;
  if (held) held.keepFromRows = null;
  const request = { spec, options, pool: ready, signal, onProgress };
  const rows = await loadRows({ ...request, source, by: options.by, where: options.where });
  return (estimates = { key, pool: ready, estimated: await estimateResident(request, rows), comparisons: new Map() });
}

async function run(request: EstimateCall, hooks: Hooks): Promise<RunResult> {
  const { pool: ready, estimated } = await estimatesOf(request, hooks);
  const { spec, options } = request;
  const { call, signal, onProgress } = hooks;
  const result = await resultOf({ spec, options, pool: ready, signal, onProgress }, estimated);
  held = new HeldResult(call, { math: openMath, keepFromRows: (own) => resultOf({ spec, options, pool: ready, ...own, keep: true }, estimated) });
  return result;
}

async function compare(request: EstimateCall & { readonly comparison: Comparison }, hooks: Hooks): Promise<ComparedBreakdown> {
  const { pool: ready, estimated, comparisons } = await estimatesOf(request, hooks);
  const { outcome, breakdown, period, level, overdispersion } = request.comparison;
  const name = JSON.stringify([outcome, breakdown, period]);
  const means = comparisons.get(name) ?? (await compareGroups({ outcome, breakdown, period, options: request.options, pool: ready, ...hooks }, estimated));
  comparisons.set(name, means);
  return compareBreakdown(means, { level, seed: 1, overdispersion, discovery: 'BH', threshold: request.options.threshold }, comparisonMath(ready.kernels));
}

/** A bundle takes the place of the rows: what held them is let go. */
async function open(file: File, { call }: Hooks): Promise<OpenedBundle> {
  const bundle = { ...readBundle(new Uint8Array(await file.arrayBuffer())), comparisons: [], effects: [], changes: [], timings: [] };
  const opened = new HeldResult(call, { math: openMath, keepFromRows: null });
  await opened.take(bundle);
  held = opened;
  estimates = null;
  (await pool?.catch(() => null))?.close();
  pool = null;
  const { engineVersion, threshold, withheld, ...result } = bundle;
  return { result: { ...result, kept: [] }, about: { engineVersion, threshold, withheld } };
}

function heldOf(call: number): HeldResult {
  if (held?.call !== call) throw gone();
  return held;
}

async function keep(of: number, hooks: Hooks): Promise<EngineResults['keep']> {
  if (!heldOf(of).isKept) await inTurn(hooks.signal, async () => heldOf(of).isKept || heldOf(of).keep(hooks));
  return heldOf(of).desk.base;
}

async function done(request: EngineRequest, hooks: Hooks): Promise<EngineResults[keyof EngineResults]> {
  switch (request.kind) {
    case 'run':
      return inTurn(hooks.signal, () => run(request, hooks));
    case 'compare':
      return inTurn(hooks.signal, () => compare(request, hooks));
    case 'open':
      return inTurn(hooks.signal, () => open(request.file, hooks));
    case 'keep':
      return keep(request.of, hooks);
    case 'ask':
      return heldOf(request.of).desk.ask(request.question);
    case 'save':
      return heldOf(request.of).bytes();
  }
}

async function serve(call: number, request: EngineRequest): Promise<void> {
  const { signal } = calls.set(call, new AbortController()).get(call)!;
  let told = 0;
  const onProgress = (progress: Progress): void => {
    if (performance.now() - told < progressInterval) return;
    told = performance.now();
    answer({ kind: 'progress', call, progress });
  };
  try {
    const result = await done(request, { call, signal, onProgress });
    answer({ kind: 'result', call, result }, result instanceof Uint8Array ? [result.buffer] : []);
  } catch (error) {
    const { code, message, data } = error instanceof EngineError ? error : new EngineError('internal', error instanceof Error ? error.message : String(error));
    answer({ kind: 'error', call, code, message, data });
  } finally {
    calls.delete(call);
  }
}

self.addEventListener('message', (event: MessageEvent<EngineCall>) => {
  const { call, ...request } = event.data;
  if (request.kind === 'cancel') calls.get(call)?.abort();
  else void serve(call, request);
});
