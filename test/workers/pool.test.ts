import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { Worker } from 'node:worker_threads';
import { proxy } from 'comlink';
import nodeEndpoint from 'comlink/dist/esm/node-adapter.mjs';
import { afterEach, describe, expect, it } from 'vitest';
import type { Progress } from '../../src/run-result.ts';
import type { Covariate } from '../../src/spec/model-spec.ts';
import type { Pool, StartedWorker } from '../../src/workers/pool.ts';
import { randomPanel } from '../reference/random-panel.ts';
import { built, defaultOptions, runBuiltModel } from '../support/built-engine.ts';
import { panelSpec, runAgainstReference } from '../support/run-rows.ts';

const covariates: Covariate[] = [
  { name: 'age', coding: 'values', min: 18, max: 67 },
  { name: 'wage_income_before', coding: 'quantiles', groups: 10, zero: 'separate', missing: 'reference' },
];
const spec = panelSpec(covariates, { outcomes: [{ name: 'atid3', family: 'gaussian', horizon: 3 }, { name: 'jobb3', family: 'probit', horizon: 3 }] });
const source = { synthetic: { rows: 300_000, seed: 1, effects: 'off' } } as const;

let pool: Pool | undefined;
afterEach(() => pool?.close());

/** A pool of workers that the test holds in its own hands. */
async function openWorkers(count: number): Promise<{ pool: Pool; workers: Worker[] }> {
  const [{ Pool: PoolClass }, { loadKernelModule }] = (await Promise.all([built('workers/pool.js'), built('kernels/load-node.js')])) as unknown as [
    { Pool: typeof Pool },
    { loadKernelModule(): Promise<WebAssembly.Module> },
  ];
  const workers = Array.from({ length: count }, () => new Worker(new URL('../../dist/engine/workers/node-worker.js', import.meta.url)));
  const started = workers.map((worker): StartedWorker => ({
    endpoint: nodeEndpoint(worker),
    gone: new Promise((resolve) => worker.once('exit', (code) => resolve(`exit ${code}`))),
    terminate: () => void worker.terminate(),
  }));
  pool = await PoolClass.open(started, await loadKernelModule());
  return { pool, workers };
}

type Moment = (progress: Progress) => boolean;
const moments: Record<string, Moment> = {
  reading: ({ phase, done }) => phase === 'read' && done > 0,
  coding: ({ phase }) => phase === 'code',
  'the passes of estimation': ({ phase, detail }) => phase === 'estimate' && detail === 'jobb3',
  'the passes of the indicator': ({ phase }) => phase === 'indicator',
  // Those of several outcomes wait for each other.
  'the passes of intervals': ({ phase, detail = '' }) => phase === 'indicator' && detail.endsWith('intervals'),
};

const phases = ['read', 'code', 'estimate', 'indicator'];

/** Starts a run, does something at a moment of it, and gives how the run ended and the phases that it was in from then on. */
async function interfere(on: Pool, moment: Moment, act: () => void, signal?: AbortSignal): Promise<{ error: unknown; during: number; after: number[] }> {
  let during = -1;
  const after: number[] = [];
  const onProgress = (progress: Progress): void => {
    if (during >= 0) after.push(phases.indexOf(progress.phase));
    else if (moment(progress)) {
      during = phases.indexOf(progress.phase);
      act();
    }
  };
  try {
    await runBuiltModel({ spec, source, options: { ...defaultOptions, vcov: 'cluster', interval: 'analytic', cluster: 'person', by: [['county']] }, pool: on, onProgress, ...(signal ? { signal } : {}) });
  } catch (error) {
    return { error, during, after };
  }
  throw new Error('The run came to its end.');
}

describe('a worker that dies', () => {
  it.each(Object.entries(moments).filter(([name]) => name !== 'coding'))('during %s makes the run fail with nothing more begun, and the pool is over', async (_, moment) => {
    const { pool: on, workers } = await openWorkers(2);
    const ended = Promise.all(workers.map((worker) => new Promise((resolve) => worker.once('exit', resolve))));
    const { error, during, after } = await interfere(on, moment, () => void workers[1]!.terminate());
    expect(error).toMatchObject({ kind: 'worker', message: 'Worker 2 of 2 stopped: it ended with code 1. Nothing was lost on disk; run again.', args: { worker: 2 } });
    expect(after.filter((phase) => phase > during)).toEqual([]);
    expect(on.isOver).toBe(true);
    await expect(on.all(async () => 1)).rejects.toMatchObject({ kind: 'worker' });
    await ended;
  });
});

it('lets go of what calls brought back', async () => {
  const { pool: on } = await openWorkers(1);
  setFlagsFromString('--expose-gc');
  const collect = runInNewContext('gc') as () => void;
  const results: WeakRef<Uint8Array>[] = [];
  for (let call = 0; call < 5; call++) {
    const [bytes] = await on.all(async () => new Uint8Array(1 << 20));
    results.push(new WeakRef(bytes!));
  }
  // The last one may still be on the stack.
  await new Promise((done) => setTimeout(done, 20));
  collect();
  expect(results.slice(0, -1).filter((result) => result.deref() !== undefined)).toEqual([]);
});

describe('cancelling', () => {
  it.each(Object.entries(moments))('during %s comes back with nothing more begun, to a pool that works or says that it is over', async (_, moment) => {
    const panel = randomPanel(81, { persons: 20 });
    for (let turn = 0; turn < 3; turn++) {
      const { pool: on } = pool && !pool.isOver ? { pool } : await openWorkers(2);
      const controller = new AbortController();
      const { error, during, after } = await interfere(on, moment, () => controller.abort(), controller.signal);
      expect(error).toMatchObject({ kind: 'interrupted', message: 'The run was cancelled.' });
      expect(after.filter((phase) => phase > during)).toEqual([]);
      if (on.isOver) await expect(on.all(async () => 1)).rejects.toMatchObject({ kind: 'worker' });
      else await runAgainstReference({ pool: on, spec: panelSpec([{ name: 'sex', coding: 'values' }]), rows: panel });
    }
  });

  it('ends a call beside it that has failed and waits for workers that will not answer', async () => {
    const { pool: on } = await openWorkers(2);
    const never = new Promise<never>(() => {});
    const controller = new AbortController();
    const events: string[] = [];
    const note = (event: string) => (): void => void events.push(event);
    const failed = on.all(async (_, index) => (index === 0 ? Promise.reject(new Error('failed')) : never)).catch(note('failed'));
    const cancelled = on.all(async () => never, controller.signal).catch(note('cancelled'));
    controller.abort();
    // Longer than a cancelled call is waited for, and shorter than a failed one.
    const later = new Promise((done) => setTimeout(done, 1000)).then(note('later'));
    await Promise.all([failed, cancelled, later]);
    expect(events.at(-1)).toBe('later');
    expect(on.isOver).toBe(true);
  });

  it('before the start is told at once, and harms nothing', async () => {
    const { pool: on } = await openWorkers(1);
    await expect(runBuiltModel({ spec, source, options: defaultOptions, pool: on, signal: AbortSignal.abort() })).rejects.toMatchObject({ kind: 'interrupted' });
    expect(on.isOver).toBe(false);
  });
});

describe('the border of a worker', () => {
  it('lets errors through with code, message and data, and names others internal', async () => {
    const { pool: on } = await openWorkers(2);
    const tick = proxy(() => {});
    await expect(on.all((worker) => worker.gram(3, { numeric: 0, outcomes: [] }, tick))).rejects.toMatchObject({
      name: 'EngineError', code: 'internal.unexpected', args: { detail: 'There is no coded sample 3 in this worker.' },
    });
    await expect(on.all((worker) => worker.size(99))).rejects.toMatchObject({ name: 'EngineError', kind: 'internal', message: expect.stringContaining('undefined') });
    const [name, location] = ['gone.csv', { path: '/nowhere/gone.csv' }];
    const failure = runBuiltModel({ spec, source: { files: [{ name, format: 'csv', bytes: 1, location }] }, options: defaultOptions, pool: on });
    await expect(failure).rejects.toMatchObject({ name: 'EngineError', kind: 'data', message: expect.stringContaining(name) });
    expect(on.isOver).toBe(false);
  });

  it('is closed for good', async () => {
    const { pool: on, workers } = await openWorkers(2);
    const ended = Promise.all(workers.map((worker) => new Promise((resolve) => worker.once('exit', resolve))));
    const running = runBuiltModel({ spec, source, options: defaultOptions, pool: on, onProgress: () => on.close() });
    await expect(running).rejects.toMatchObject({ kind: 'worker', message: expect.stringMatching(/closed|stopped/) });
    await ended;
    expect(on.isOver).toBe(true);
  });
});
