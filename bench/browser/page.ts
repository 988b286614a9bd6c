// What bench/browser/run.mjs calls in the page: the main path on a synthetic population that the workers make, and the
// app's own engine.
import type { Fit } from '../../src/estimate/fit.ts';
import { runResident } from '../../src/pipeline.ts';
import type { PhaseTime, Progress, RunOptions } from '../../src/run-result.ts';
import { main, table4 } from '../../src/spec/built-in.ts';
import { loadRows, type LoadedRows } from '../../src/workers/load-rows.ts';
import { openPool } from '../../src/workers/open-browser.ts';
import type { Pool } from '../../src/workers/pool.ts';
import type { Engine } from '../../web/engine.ts';
import { openEngine } from '../../web/open-engine.ts';
import { demoRequest } from '../../web/run-requests.ts';
import { startGapMeter, type Gaps } from './gap-meter.ts';

const models = { main, table4 };

interface LoadRequest {
  readonly model: keyof typeof models;
  readonly rows: number;
  readonly by: readonly (readonly string[])[];
}
interface Loaded {
  readonly timings: readonly PhaseTime[];
  /** Of coded rows in the workers. */
  readonly bytes: number;
  readonly persons: number;
}
interface Ran {
  readonly timings: readonly PhaseTime[];
  readonly fits: readonly Fit[];
}
interface AppRun {
  readonly rows: number;
  readonly workers: number;
  /** Cancel so many milliseconds after a phase, or one of its details, begins. */
  readonly cancel?: { readonly phase: Progress['phase']; readonly detail?: string; readonly after: number };
}
interface AppRan {
  readonly milliseconds: number;
  readonly timings: readonly PhaseTime[];
  /** Milliseconds from cancel until no worker is at work; null where the run came to its end. */
  readonly toIdle: number | null;
  /** By phase, and of all. */
  readonly gaps: Readonly<Record<string, Gaps>>;
}

let pool: Pool | null = null;
let request: LoadRequest = { model: 'main', rows: 1000, by: [] };
let resident: LoadedRows | null = null;
const engines = new Map<number, Engine>();

const options = (): RunOptions => ({
  by: request.by, period: 'month', vcov: 'iid', interval: 'outcome', level: 95, relativeTo: null, where: null, threshold: null,
});
const spec = () => models[request.model];

async function open(workers: number): Promise<void> {
  pool?.close();
  pool = await openPool({ workers });
}

async function load(wanted: LoadRequest): Promise<Loaded> {
  request = wanted;
  const { rows, by } = request;
  resident = await loadRows({ spec: spec(), source: { synthetic: { rows, seed: 1, effects: 'on' } }, by, where: null, pool: pool!, onProgress: () => {} });
  return { timings: resident.timings, bytes: resident.bytes, persons: resident.persons };
}

/** From coded rows to tables. */
async function run(): Promise<Ran> {
  const { timings, fits } = await runResident({ spec: spec(), options: options(), pool: pool! }, resident!);
  return { timings: timings.slice(resident!.timings.length), fits };
}

/** A run as the app asks for it when it opens, on another number of rows, by the app's own engine. */
async function app({ rows, workers, cancel }: AppRun): Promise<AppRan> {
  engines.set(workers, engines.get(workers) ?? openEngine({ workers }));
  const asked = demoRequest(main);
  const controller = new AbortController();
  const stop = startGapMeter();
  let [cancelled, phase] = [0, ''];
  const gaps: Record<string, Gaps> = {};
  let stopPhase = startGapMeter();
  const onProgress = (progress: Progress): void => {
    if (progress.phase !== phase) {
      if (phase !== '') gaps[phase] = stopPhase();
      stopPhase = startGapMeter();
      phase = progress.phase;
    }
    if (cancel && cancelled === 0 && progress.phase === cancel.phase && (cancel.detail === undefined || progress.detail === cancel.detail)) {
      cancelled = -1;
      setTimeout(() => {
        cancelled = performance.now();
        controller.abort();
      }, cancel.after);
    }
  };
  const started = performance.now();
  try {
    const { timings } = await engines.get(workers)!.run({ ...asked, source: { kind: 'synthetic', rows, seed: 1 } }, controller.signal, onProgress);
    gaps[phase] = stopPhase();
    if (cancel) throw new Error(`The run came to its end before it was cancelled in ${cancel.phase}.`);
    return { milliseconds: performance.now() - started, timings, toIdle: null, gaps: { ...gaps, all: stop() } };
  } catch (error) {
    if (cancelled <= 0) throw error;
    return { milliseconds: performance.now() - started, timings: [], toIdle: performance.now() - cancelled, gaps: { all: stop() } };
  }
}

const bench = { open, load, run, app };
export type Bench = typeof bench;
Object.assign(window, { bench });
