// One process of bench/full/run.mjs: node bench/full/measure.mjs DATA WORKERS ROUNDS. Prints one line of JSON: files to coded
// rows of `main` with four breakdowns, and where ROUNDS is over 0 what is computed from them, and then from those of `table4`.
import { readFileSync } from 'node:fs';
import { runResident } from '../../dist/engine/pipeline.js';
import { listRegisterFiles } from '../../dist/engine/register/files-node.js';
import { main, table4 } from '../../dist/engine/spec/built-in.js';
import { loadRows } from '../../dist/engine/workers/load-rows.js';
import { openPool } from '../../dist/engine/workers/open-node.js';
import { estimatesDigest } from '../peers/engine.mjs';

const [data, workers, rounds] = [process.argv[2], Number(process.argv[3]), Number(process.argv[4])];
const by = [['county'], ['office'], ['support_group'], ['measure']];
/** @type {import('../../dist/engine/run-result.js').RunOptions} */
const options = { by, period: 'month', vcov: 'iid', interval: 'outcome', level: 95, relativeTo: null, where: null, threshold: null };

const pool = await openPool({ workers });
const beforeMiB = residentMiB('VmRSS');
const mainModel = await measure(main, true);
const table4Model = rounds > 0 ? await measure(table4, false) : null;
console.log(JSON.stringify({ beforeMiB, main: mainModel, table4: table4Model }));
await pool.close();

async function measure(spec, keep) {
  const files = await listRegisterFiles([data]);
  const started = performance.now();
  const rows = await loadRows({ spec, source: { files }, by, where: null, pool, onProgress: () => {} });
  const loadMilliseconds = Math.round(performance.now() - started);
  const load = { milliseconds: loadMilliseconds, phases: phasesOf(rows.timings), rows: rows.rows, persons: rows.persons, codedBytes: rows.bytes, peakMiB: residentMiB('VmHWM'), afterMiB: residentMiB('VmRSS') };
  const runs = [];
  for (let round = 0; round < rounds; round++) {
    const { fits, timings } = await runResident({ spec, options, pool, keep }, rows);
    runs.push({ phases: phasesOf(timings.slice(rows.timings.length)), digest: estimatesDigest(fits.map((fit) => ({ fit }))), traces: fits.map(traceOf) });
  }
  return { load, runs };
}

function traceOf({ outcome, trace }) {
  const passes = {};
  for (const { pass } of trace) passes[pass] = (passes[pass] ?? 0) + 1;
  return { outcome, passes, remainingStep: trace.at(-1).remainingStep };
}
function phasesOf(timings) {
  return Object.fromEntries(timings.map(({ phase, milliseconds }) => [phase, Math.round(milliseconds)]));
}
/** Memory of this process, its workers included: `VmHWM` the most, `VmRSS` now. Null where the system does not tell. */
function residentMiB(field) {
  try {
    return Math.round(Number(new RegExp(`^${field}:\\s+(\\d+) kB`, 'm').exec(readFileSync('/proc/self/status', 'utf8'))[1]) / 1024);
  } catch {
    return null;
  }
}
