// Kills of row workers in Node, while a run goes on or just after it.
import { Worker } from 'node:worker_threads';
import nodeEndpoint from 'comlink/dist/esm/node-adapter.mjs';
import { loadKernelModule } from '../../dist/engine/kernels/load-node.js';
import { runModel } from '../../dist/engine/pipeline.js';
import { resultDigest, resultFiles } from '../../dist/engine/results/result-files.js';
import { main } from '../../dist/engine/spec/built-in.js';
import { Pool } from '../../dist/engine/workers/pool.js';

const answerWithin = 2000;
const script = new URL('../../dist/engine/workers/node-worker.js', import.meta.url);
const workers = 2;

async function openPool() {
  const threads = Array.from({ length: workers }, () => new Worker(script));
  const started = threads.map((worker) => ({
    endpoint: nodeEndpoint(worker),
    gone: /** @type {Promise<string>} */ (new Promise((resolve) => worker.once('error', (error) => resolve(error.message)).once('exit', (code) => resolve(`exit ${code}`)))),
    terminate: () => void worker.terminate(),
  }));
  return { pool: await Pool.open(started, await loadKernelModule()), threads };
}

const request = (/** @type {Pool} */ pool) => /** @type {any} */ ({
  spec: main,
  source: { synthetic: { rows: 40_000, seed: 7, effects: 'on' } },
  options: { by: [['county']], period: 'month', vcov: 'iid', interval: 'outcome', level: 95, relativeTo: null, where: null, threshold: null },
  pool,
  onProgress: () => {},
});

async function digestOf(/** @type {Pool} */ pool) {
  return resultDigest(resultFiles(await runModel(request(pool))));
}

/**
 * @param {number} count
 * @param {import('../hostile/random.mjs').Random} draw
 * @param {(kill: import('./run.mjs').Kill) => void} told
 */
export async function killRowWorkers(count, draw, told) {
  let { pool, threads } = await openPool();
  const expected = await digestOf(pool);
  const began = performance.now();
  await digestOf(pool);
  const whole = performance.now() - began;
  for (let k = 0; k < count; k++) {
    const faults = [];
    const answer = digestOf(pool).then((digest) => `ended with ${digest}`, (/** @type {any} */ error) => error.code);
    const died = pool.died.then(({ code }) => code);
    await new Promise((done) => setTimeout(done, draw.next() * whole));
    const killed = performance.now();
    void threads[draw.below(workers)].terminate();
    const word = await died;
    const said = await answer;
    const milliseconds = performance.now() - killed;
    // A run that was done before has its answer, and the pool's death is told apart.
    if (word !== 'worker.stopped' || (said !== 'worker.stopped' && said !== `ended with ${expected}`)) faults.push(`said ${word}, ${said}`);
    if (milliseconds > answerWithin) faults.push(`answered after ${Math.round(milliseconds)} ms`);
    ({ pool, threads } = await openPool());
    const next = await digestOf(pool);
    if (next !== expected) faults.push(`the next has the digest ${next}`);
    told({ name: said === 'worker.stopped' ? 'ended in a run' : 'ended after a run', milliseconds, faults });
  }
  pool.close();
}
