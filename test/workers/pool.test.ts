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
    gone: new Promise((resolve) => worker.once('exit', (code) => resolve(`it ended with code ${code}`))),
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

/** Starts a run, does something at a moment of it, and tells how the run ended and how long after. */
async function interfere(on: Pool, moment: Moment, act: () => void, signal?: AbortSignal): Promise<{ error: unknown; milliseconds: number }> {
  let at = 0;
  const onProgress = (progress: Progress): void => {
    if (at > 0 || !moment(progress)) return;
    at = performance.now();
    act();
  };
  try {
    await runBuiltModel({ spec, source, options: { ...defaultOptions, vcov: 'cluster', interval: 'analytic', cluster: 'person', by: [['county']] }, pool: on, onProgress, ...(signal ? { signal } : {}) });
  } catch (error) {
    return { error, milliseconds: performance.now() - at };
  }
  throw new Error('The run came to its end.');
}

describe('a worker that dies', () => {
  it.each(Object.entries(moments).filter(([name]) => name !== 'coding'))('during %s makes the run fail within two seconds, and the pool is over', async (_, moment) => {
    const { pool: on, workers } = await openWorkers(2);
    const { error, milliseconds } = await interfere(on, moment, () => void workers[1]!.terminate());
    expect(error).toMatchObject({ kind: 'worker', message: 'Worker 2 of 2 stopped: it ended with code 1. Nothing was lost on disk; run again.', args: { index: 1 } });
    expect(milliseconds).toBeLessThan(2000);
    expect(on.isOver).toBe(true);
    await expect(on.all(async () => 1)).rejects.toMatchObject({ kind: 'worker' });
  }, 30_000);
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
}, 30_000);

describe('cancelling', () => {
  it.each(Object.entries(moments))('during %s comes back within 200 ms, to a pool that works or says that it is over', async (_, moment) => {
    const times: number[] = [];
    const panel = randomPanel(81, { persons: 20 });
    for (let turn = 0; turn < 3; turn++) {
      const { pool: on } = pool && !pool.isOver ? { pool } : await openWorkers(2);
      const controller = new AbortController();
      const { error, milliseconds } = await interfere(on, moment, () => controller.abort(), controller.signal);
      expect(error).toMatchObject({ kind: 'interrupted', message: 'The run was cancelled.' });
      times.push(milliseconds);
      if (on.isOver) await expect(on.all(async () => 1)).rejects.toMatchObject({ kind: 'worker' });
      else await runAgainstReference({ pool: on, spec: panelSpec([{ name: 'sex', coding: 'values' }]), rows: panel });
    }
    // A busy machine may hold up one of three, not all.
    expect(Math.min(...times), times.join(', ')).toBeLessThan(200);
  }, 60_000);

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
      name: 'EngineError', kind: 'internal', message: 'There is no coded sample 3 in this worker.',
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
    const running = expect(runBuiltModel({ spec, source, options: defaultOptions, pool: on })).rejects.toMatchObject({ kind: 'worker', message: expect.stringMatching(/closed|stopped/) });
    setTimeout(() => on.close(), 100);
    await running;
    await ended;
    expect(on.isOver).toBe(true);
  });
});
