// Merges what the pool's workers send, solves and makes the tables: work of tens of milliseconds at a time, which on the
// page's own thread would hold up drawing and typing.
import { readBundle } from '../src/bundle/read-bundle.ts';
import { EngineError } from '../src/errors.ts';
import type { Progress, RunResult } from '../src/run-result.ts';
import { holdLifeline } from '../src/workers/lifeline.ts';
import { openMath, openPool } from '../src/workers/open-browser.ts';
import type { Pool } from '../src/workers/pool.ts';
import type { EngineAnswer, EngineCall, EngineRequest, EngineResults, RunCall } from './engine-messages.ts';
import type { OpenedBundle } from './engine.ts';
import { gone, HeldResult } from './held-result.ts';
import { HeldRows, type RowHooks } from './held-rows.ts';

/** Milliseconds between two answers of progress: nobody reads faster. */
const progressInterval = 40;

let pool: Promise<Pool> | null = null;
let last: Promise<unknown> = Promise.resolve();
let held: HeldResult | null = null;
const calls = new Map<number, AbortController>();
const answer = (message: EngineAnswer, transfer: Transferable[] = []): void => self.postMessage(message, { transfer });

/** The pool there is, or a new one in the place of none, of one that is over, or of one of another size. */
function readyPool(workers: number): Promise<Pool> {
  const open = async (): Promise<Pool> => {
    const opened = await openPool({ workers });
    void opened.died.then((error) => answer({ kind: 'stopped', error: error.told }));
    return opened;
  };
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
    if (signal.aborted) throw new EngineError('interrupted.cancelled', {});
    return work();
  });
  last = mine;
  return mine;
}

interface Hooks extends RowHooks {
  readonly call: number;
}

async function run(asked: RunCall, { call, ...hooks }: Hooks): Promise<RunResult> {
  const ready = await readyPool(asked.workers);
  const rows = held?.from?.rows.serve(asked, ready) ? held.from.rows : await otherRows(asked, ready, hooks);
  const result = await rows.result(asked, hooks);
  held = new HeldResult(call, { math: openMath, shown: result, from: { rows, asked } });
  return result;
}

/** Those there are have to go first. */
function otherRows(asked: RunCall, ready: Pool, hooks: RowHooks): Promise<HeldRows> {
  if (held) held.from = null;
  return HeldRows.read(asked, ready, hooks);
}

/** A bundle takes the place of the rows: what held them is let go. */
async function open(file: File, { call }: Hooks): Promise<OpenedBundle> {
  const read = readBundle(new Uint8Array(await file.arrayBuffer()));
  const { tables, fits } = read;
  // All of it is published already.
  const published = { withheld: { threshold: read.threshold, by: [], byGrouping: [], byPopulation: new Map() }, tables, fits };
  const bundle = { ...read, comparisons: [], effects: [], changes: [], timings: [], published };
  const opened = new HeldResult(call, { math: openMath, shown: bundle, from: null });
  await opened.take(bundle);
  held = opened;
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
      return inTurn(hooks.signal, async () => heldOf(request.of).compare(request.comparison, hooks));
    case 'pair':
      return inTurn(hooks.signal, async () => heldOf(request.of).pair(request.pair, hooks));
    case 'xmr':
      return heldOf(request.of).xmr(request.series);
    case 'effects':
      return inTurn(hooks.signal, async () => heldOf(request.of).effects(request.outcome, hooks));
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
    answer({ kind: 'error', call, error: EngineError.of(error).told });
  } finally {
    calls.delete(call);
  }
}

const hear = (event: MessageEvent<EngineCall>): void => {
  const { call, ...request } = event.data;
  if (request.kind === 'cancel') calls.get(call)?.abort();
  else void serve(call, request);
};
holdLifeline(() => self.addEventListener('message', hear));
