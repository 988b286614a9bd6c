// How soon workers are idle: node bench/cancel.mjs [--rows N] [--rounds N] [--workers N]. Milliseconds in Node from a cancel, or from a
// worker's death, at a moment of a run until its call has come back. Fails where the median is over what is asked.
import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
import nodeEndpoint from 'comlink/dist/esm/node-adapter.mjs';
import { loadKernelModule } from '../dist/engine/kernels/load-node.js';
import { runModel } from '../dist/engine/pipeline.js';
import { main } from '../dist/engine/spec/built-in.js';
import { Pool } from '../dist/engine/workers/pool.js';
import { machine, machineLine, median, numberFlags, record } from './measure.mjs';

/** Milliseconds. */
const asked = { cancelled: 200, died: 2000 };
const { rows, rounds, workers } = numberFlags({ rows: 2_000_000, rounds: 5, workers: 2 });
/** @type {import('../dist/engine/run-result.js').RunOptions} */
const options = { by: [['county']], period: 'month', vcov: 'cluster', interval: 'analytic', cluster: 'person', level: 95, relativeTo: null, where: null, threshold: null };
const spec = { ...main, outcomes: main.outcomes.filter(({ horizon }) => horizon === 3) };
/** Phase, and what it is at where that matters. */
const moments = [['read'], ['code'], ['estimate', 'jobb3'], ['indicator'], ['indicator', 'jobb3, intervals']];
const here = machine();
console.log(machineLine(here));

const found = [];
for (const event of ['cancelled', 'died']) {
  for (const moment of moments) {
    const times = [];
    let over = 0;
    for (let round = 0; round < rounds; round++) {
      const { milliseconds, isOver } = await interfere(event, moment);
      times.push(milliseconds);
      if (isOver) over++;
    }
    const line = { event, moment: moment.join(', '), median: Math.round(median(times)), longest: Math.round(Math.max(...times)), over };
    found.push(line);
    console.log(`  ${event.padEnd(9)} during ${line.moment.padEnd(26)} idle after ${line.median} ms (longest ${line.longest}), workers ended in ${over} of ${rounds}`);
  }
}
record('cancel', { bench: 'cancel', ...here, rows, workers, rounds, found });
const late = found.filter(({ event, median: time }) => time > asked[event]);
if (late.length > 0) {
  console.error(`Later than asked (${asked.cancelled} ms from a cancel, ${asked.died} ms from a death): ${late.map(({ event, moment }) => `${event} during ${moment}`).join('; ')}.`);
  process.exitCode = 1;
}

/** Cancels a run, or ends one of its workers, some way into a moment of it. */
async function interfere(event, moment) {
  const [phase, detail] = moment;
  const threads = Array.from({ length: workers }, () => new Worker(new URL('../dist/engine/workers/node-worker.js', import.meta.url)));
  const started = threads.map((thread) => ({ endpoint: nodeEndpoint(thread), gone: once(thread, 'exit').then(([code]) => `it ended with code ${code}`), terminate: () => void thread.terminate() }));
  const pool = await Pool.open(started, await loadKernelModule());
  const controller = new AbortController();
  let at = 0;
  const onProgress = (progress) => {
    if (at > 0 || progress.phase !== phase || (detail !== undefined && progress.detail !== detail) || progress.done === 0) return;
    at = performance.now();
    if (event === 'cancelled') controller.abort();
    else void threads[0].terminate();
  };
  try {
    await runModel({ spec, source: { synthetic: { rows, seed: 1, effects: 'on' } }, options, pool, signal: controller.signal, onProgress });
  } catch (error) {
    if (error.kind !== (event === 'cancelled' ? 'interrupted' : 'worker')) throw error;
    return { milliseconds: performance.now() - at, isOver: pool.isOver };
  } finally {
    pool.close();
  }
  throw new Error(`No ${phase} ${detail ?? ''} to interfere with.`);
}
