// `npm run test:kills`: runs, row workers and the app's engine killed at moments drawn from a seed. `-- --most N` kills fewer.
// After each: old results or new ones, whole; an answer within two seconds; the same digest from the next run, and nothing left over.
import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { availableParallelism, loadavg } from 'node:os';
import { parseArgs } from 'node:util';
import { random } from '../hostile/random.mjs';
import { killInChromium } from './kill-in-chromium.mjs';
import { killRowWorkers } from './kill-row-workers.mjs';
import { killRuns } from './kill-runs.mjs';

const { values: flags } = parseArgs({ options: { most: { type: 'string', default: '200' }, seed: { type: 'string', default: '1' }, only: { type: 'string' } } });

const most = Number(flags.most);
/** How many of each kind, of 200. */
const shares = { run: 80, rowWorker: 30, rowWorkerInChromium: 30, engineInChromium: 60 };
const share = (/** @type {keyof typeof shares} */ kind) => (flags.only === undefined || flags.only === kind ? Math.max(1, Math.round((most * shares[kind]) / 200)) : 0);
const draw = (/** @type {string} */ kind) => random(`${flags.seed} ${kind}`);
const started = performance.now();

/** @typedef {{ name: string, milliseconds: number, faults: string[] }} Kill */
/** @type {Record<string, Kill[]>} */
const kills = {};
const told = (/** @type {string} */ kind) => (/** @type {Kill} */ kill) => {
  (kills[kind] ??= []).push(kill);
  if (kill.faults.length > 0) console.error(`${kind} ${kill.name}: ${kill.faults.join('; ')}`);
};

await killRuns(share('run'), draw('run'), told('run'));
await killRowWorkers(share('rowWorker'), draw('rowWorker'), told('rowWorker'));
await killInChromium({ rowWorker: share('rowWorkerInChromium'), engine: share('engineInChromium') }, draw('chromium'), {
  rowWorker: told('rowWorkerInChromium'),
  engine: told('engineInChromium'),
});

const summary = Object.fromEntries(
  Object.entries(kills).map(([kind, list]) => {
    /** @type {Record<string, number>} */
    const of = {};
    for (const { name } of list) of[name] = (of[name] ?? 0) + 1;
    return [kind, { kills: list.length, of, slowestAnswerMilliseconds: Math.round(Math.max(...list.map(({ milliseconds }) => milliseconds))), faults: list.filter(({ faults }) => faults.length > 0).length }];
  }),
);
const all = Object.values(kills).flat();
const faults = all.filter((kill) => kill.faults.length > 0).length;
const seconds = Math.round((performance.now() - started) / 1000);
console.log(JSON.stringify(summary, null, 2));
console.log(`${all.length} kills in ${seconds} s: ${faults} with a fault`);
if (most >= 200 && flags.only === undefined) {
  const commit = execFileSync('git', ['rev-parse', '--short', 'HEAD'], { encoding: 'utf8', cwd: new URL('.', import.meta.url).pathname }).trim();
  const about = { date: new Date().toISOString().slice(0, 10), commit, node: process.versions.node, cores: availableParallelism(), load: Number(loadavg()[0].toFixed(1)), seed: flags.seed, seconds };
  writeFileSync(new URL('../results/kills.json', import.meta.url), `${JSON.stringify({ ...about, kills: all.length, faults, ...summary }, null, 2)}\n`);
}
process.exit(faults > 0 ? 1 : 0);
