// `npm run test:kills`: runs, row workers and the app's engine killed at moments drawn from a seed. `-- --most N` kills fewer.
// After each: old results or new ones, whole; an answer within two seconds; the same digest from the next run, and nothing left over.
import { readFileSync, writeFileSync } from 'node:fs';
import { availableParallelism, loadavg } from 'node:os';
import { parseArgs } from 'node:util';
import { random } from '../hostile/random.mjs';
import { killEngines, killRowWorkersInChromium } from './kill-in-chromium.mjs';
import { killRowWorkers } from './kill-row-workers.mjs';
import { killRuns } from './kill-runs.mjs';

/** @typedef {{ name: string, milliseconds: number, faults: string[] }} Kill */

const { values: flags } = parseArgs({ options: { most: { type: 'string', default: '200' }, seed: { type: 'string', default: '1' }, only: { type: 'string' } } });

const most = Number(flags.most);
/** How many of each kind, of 200. */
const kinds = /** @type {const} */ ([
  ['run', 80, killRuns],
  ['rowWorkerInNode', 30, killRowWorkers],
  ['rowWorkerInChromium', 30, killRowWorkersInChromium],
  ['engineInChromium', 60, killEngines],
]);
const resultUrl = new URL('../results/kills.json', import.meta.url);
let faults = 0;

for (const [kind, of, kill] of kinds) {
  if (flags.only !== undefined && flags.only !== kind) continue;
  /** @type {Kill[]} */
  const kills = [];
  const started = performance.now();
  await kill(Math.max(1, Math.round((most * of) / 200)), random(`${flags.seed} ${kind}`), (done) => {
    kills.push(done);
    if (done.faults.length > 0) console.error(`${kind}, ${done.name}: ${done.faults.join('; ')}`);
  });
  /** @type {Record<string, number>} */
  const byName = {};
  for (const { name } of kills) byName[name] = (byName[name] ?? 0) + 1;
  const faulty = kills.filter((done) => done.faults.length > 0).length;
  faults += faulty;
  const slowest = Math.round(Math.max(...kills.map(({ milliseconds }) => milliseconds)));
  const result = { kills: kills.length, faults: faulty, slowestAnswerMilliseconds: slowest, of: byName, seconds: Math.round((performance.now() - started) / 1000) };
  console.log(`${kind}: ${JSON.stringify(result)}`);
  if (most >= 200) keep(kind, result);
}
console.log(`${faults} with a fault`);
process.exit(faults > 0 ? 1 : 0);

/** Keeps the result of a kind beside those of the others. */
function keep(/** @type {string} */ kind, /** @type {object} */ result) {
  /** @type {Record<string, object>} */
  let others = {};
  try {
    others = JSON.parse(readFileSync(resultUrl, 'utf8'));
  } catch {
    // The first.
  }
  const about = { date: new Date().toISOString().slice(0, 10), node: process.versions.node, cores: availableParallelism(), load: Number(loadavg()[0].toFixed(1)), seed: flags.seed };
  writeFileSync(resultUrl, `${JSON.stringify({ ...others, [kind]: { ...about, ...result } }, null, 2)}\n`);
}
