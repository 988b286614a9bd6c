// Intervals from coded rows that are resident and warm: node bench/full/uncertainty.mjs [--rows N] [--workers N] [--many N] [--part N]
// A bootstrap of Atid3 and Atid12, 200 replicates by person and by row, and all four outcomes by influence functions, 200 draws
// and MANY, each by county and month; and analytic intervals by office and month. What estimation itself takes is named apart.
import { runResident } from '../../dist/engine/pipeline.js';
import { main } from '../../dist/engine/spec/built-in.js';
import { loadRows } from '../../dist/engine/workers/load-rows.js';
import { openPool } from '../../dist/engine/workers/open-node.js';
import { machine, machineLine, median, numberFlags, record } from '../measure.mjs';

const { rows, workers, many, part } = numberFlags({ rows: 23_901_114, workers: 2, many: 1000, part: 0 });
const here = machine();
console.log(`${machineLine(here)}\n${rows.toLocaleString('en')} rows, ${workers} workers`);
const pool = await openPool({ workers });
const base = { period: 'month', vcov: 'iid', level: 95, relativeTo: null, where: null, threshold: null };
const measured = [];

const hours = { ...main, outcomes: main.outcomes.filter(({ family }) => family === 'gaussian') };
const parts = [
  () => measure(hours, [['county']], [
    ['200 replicates, Atid3 and Atid12, by county, persons drawn', { interval: 'bootstrap', cluster: 'person', replicates: 200 }, 90],
    ['200 replicates, Atid3 and Atid12, by county, rows drawn', { interval: 'bootstrap', replicates: 200 }, null],
  ]),
  () => measure(main, [['county']], [
    ['200 draws on influence functions, four outcomes, by county', { interval: 'score', cluster: 'person', replicates: 200 }, 90],
    [`${many} draws on influence functions, four outcomes, by county`, { interval: 'score', cluster: 'person', replicates: many }, null],
  ]),
  () => measure(main, [['office']], [['analytic by person, four outcomes, by office', { interval: 'analytic', cluster: 'person' }, 20, 3]]),
];
for (const [k, run] of parts.entries()) if (part === 0 || part === k + 1) await run();
record('uncertainty', { bench: 'uncertainty', ...here, rows, workers, measured });
await pool.close();

async function measure(spec, by, runs) {
  const loaded = await loadRows({ spec, source: { synthetic: { rows, seed: 1, effects: 'on' } }, by, where: null, pool, onProgress: () => {} });
  // The first run warms up, the second tells what there is besides the intervals.
  for (let round = 0; round < 2; round++) await run(loaded, spec, { ...base, by, interval: 'outcome' });
  const without = await run(loaded, spec, { ...base, by, interval: 'outcome' });
  for (const [name, options, asked, rounds = 1] of runs) {
    const times = [];
    for (let round = 0; round < rounds; round++) times.push(await run(loaded, spec, { ...base, by, ...options }));
    const all = { wall: median(times.map(({ wall }) => wall)), processor: median(times.map(({ processor }) => processor)) };
    const replicates = options.replicates ? spec.outcomes.length * options.replicates : 1;
    const each = Math.round(all.wall - without.wall) / replicates;
    measured.push({ name, milliseconds: Math.round(all.wall), rounds: times.map(({ wall }) => Math.round(wall)), processor: Math.round(all.processor), without: Math.round(without.wall), asked, replicates: options.replicates ?? null, eachMilliseconds: each });
    console.log(`  ${name}: ${seconds(all.wall)} s${asked ? ` (asked at full size: ${asked} s)` : ''}, processor ${seconds(all.processor)} s, of it ${seconds(without.wall)} and ${seconds(without.processor)} s to estimate${options.replicates ? `; ${each.toFixed(0)} ms a replicate and outcome` : ''}`);
  }
}

async function run(loaded, spec, options) {
  const [started, used] = [performance.now(), process.cpuUsage()];
  await runResident({ spec, options, pool }, loaded);
  const { user, system } = process.cpuUsage(used);
  return { wall: performance.now() - started, processor: (user + system) / 1000 };
}

function seconds(milliseconds) {
  return (milliseconds / 1000).toFixed(1);
}
