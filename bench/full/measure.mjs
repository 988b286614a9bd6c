// One process of bench/full/run.mjs: node bench/full/measure.mjs DATA WORKERS ROUNDS [ROOT]. Prints one line of JSON: files to coded
// rows of `main` with four breakdowns, and where ROUNDS is over 0 what is computed from them, and then from those of `table4`.
// The engine is the one built in ROOT, this checkout where it is not given.
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { estimatesDigest } from '../peers/engine.mjs';

const [data, workers, rounds] = [process.argv[2], Number(process.argv[3]), Number(process.argv[4])];
const root = process.argv[5] ?? fileURLToPath(new URL('../..', import.meta.url));
const built = (path) => import(pathToFileURL(resolve(root, 'dist', 'engine', path)).href);
const { runResident } = await built('pipeline.js');
const { listRegisterFiles } = await built('register/files-node.js');
const { main, table4 } = await built('spec/built-in.js');
const { loadRows } = await built('workers/load-rows.js');
const { openPool } = await built('workers/open-node.js');
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
  const before = process.cpuUsage();
  const started = performance.now();
  const rows = await loadRows({ spec, source: { files }, by, where: null, pool, onProgress: () => {} });
  const loadMilliseconds = Math.round(performance.now() - started);
  const { user, system } = process.cpuUsage(before);
  const load = { milliseconds: loadMilliseconds, processor: Math.round((user + system) / 1000), phases: phasesOf(rows.timings), rows: rows.rows, persons: rows.persons, digest: rows.digest, codedBytes: rows.bytes, peakMiB: residentMiB('VmHWM'), afterMiB: residentMiB('VmRSS') };
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
