// `npm run test:hostile`: files that are damaged, odd or made to hurt, each read as users' files are. `-- --small` reads every fifth.
import { execFile, fork } from 'node:child_process';
import { mkdirSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { availableParallelism, tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { counts } from './corpus.mjs';

const { values: flags } = parseArgs({
  options: {
    small: { type: 'boolean', default: false },
    seed: { type: 'string', default: '1' },
    only: { type: 'string' },
    from: { type: 'string', default: '0' },
    most: { type: 'string', default: 'Infinity' },
    lanes: { type: 'string', default: String(Math.min(4, availableParallelism())) },
    verbose: { type: 'boolean', default: false },
  },
});

const step = flags.small ? 5 : 1;
/** Inputs after which a process is replaced: memory of WebAssembly does not shrink. */
const perProcess = 300;
const restartBytes = 700 * 2 ** 20;

/** @typedef {{ family: keyof typeof counts, number: number, seed: string } | { family: string, path: string, ending: string, expect: string }} Task */

const families = /** @type {(keyof typeof counts)[]} */ (Object.keys(counts)).filter((family) => flags.only === undefined || family === flags.only);
/** @type {Task[]} */
const tasks = families.flatMap((family) => {
  const all = Array.from({ length: Math.ceil(counts[family] / step) }, (_, k) => k * step);
  return all.filter((number) => number >= Number(flags.from)).slice(0, Number(flags.most)).map((number) => ({ family, number, seed: flags.seed }));
});
const casesUrl = new URL('cases/', import.meta.url);
if (flags.only === undefined || flags.only === 'cases') {
  const cases = JSON.parse(readFileSync(new URL('cases.json', casesUrl), 'utf8'));
  const names = readdirSync(casesUrl).filter((name) => name !== 'cases.json');
  for (const name of names) {
    if (!(name in cases)) throw new Error(`${name} is not in cases.json`);
    tasks.unshift({ family: 'cases', path: new URL(name, casesUrl).pathname, ending: name.slice(name.indexOf('.') + 1), expect: cases[name] });
  }
}
const found = join(tmpdir(), 'hostile-found');

/** @type {any[]} */
const finds = [];
const tally = { read: 0, accepted: 0, refused: 0, processorSeconds: 0, slowest: 0, peakMebibytes: 0 };
/** @type {Record<string, number>} */
const codes = {};
let next = 0;

/** @param {Task} task @param {any} done @param {string} stderr */
function record(task, done, stderr) {
  tally.read++;
  if (done.accepted !== undefined) tally.accepted++;
  if (done.refused !== undefined) {
    tally.refused++;
    codes[done.refused] = (codes[done.refused] ?? 0) + 1;
  }
  tally.processorSeconds += done.seconds ?? 0;
  tally.slowest = Math.max(tally.slowest, done.seconds ?? 0);
  tally.peakMebibytes = Math.max(tally.peakMebibytes, Math.round((done.peak ?? 0) / 2 ** 20));
  const fault = done.fault ?? (/\n\s+at .+:\d+/.test(stderr) ? 'stack on stderr' : null);
  if (flags.verbose) console.error(`${JSON.stringify(task)} ${done.what} ${done.accepted ?? done.refused ?? ''} ${done.seconds?.toFixed(2)}`);
  if (fault === null) return;
  const id = 'number' in task ? `${task.family}-${task.number}` : task.path;
  finds.push({ id, fault, what: done.what, ending: done.ending, expect: done.expect, accepted: done.accepted, refused: done.refused, message: done.message, cause: done.cause, stderr: stderr.slice(0, 500) });
  if (done.bytes?.length > 0) {
    mkdirSync(found, { recursive: true });
    writeFileSync(join(found, `${id.replaceAll('/', '-')}.${done.ending}`), Buffer.from(done.bytes));
  }
  console.error(`FIND ${id} (${fault}): ${done.what}${done.message ? `\n  ${done.message}` : ''}`);
}

/** A process that takes one task after the other, and its next. */
function lane() {
  return new Promise((/** @type {(value: void) => void} */ resolve, reject) => {
    const child = fork(new URL('lane.mjs', import.meta.url), { stdio: ['ignore', 'ignore', 'pipe', 'ipc'], serialization: 'advanced', execArgv: ['--max-old-space-size=2048'] });
    let [stderr, taken, ready] = ['', 0, false];
    /** @type {Task | null} */
    let task = null;
    const give = (/** @type {number} */ peak) => {
      if (next >= tasks.length || taken >= perProcess || peak > restartBytes) return child.disconnect();
      task = tasks[next++];
      taken++;
      stderr = '';
      child.send(task);
    };
    child.stderr?.on('data', (part) => (stderr += part));
    child.on('message', (/** @type {any} */ message) => {
      if (message.ready) {
        ready = true;
        return give(0);
      }
      record(/** @type {Task} */ (task), message.done, stderr);
      task = null;
      if (message.done.seconds !== undefined) give(message.done.peak);
    });
    child.on('exit', (code, signal) => {
      if (!ready) return reject(new Error(`A process did not get ready: ${stderr}`));
      if (task !== null) record(task, { what: 'number' in task ? `${task.family} ${task.number}` : task.path, fault: `the process ended: ${code ?? signal}` }, stderr);
      resolve();
    });
  });
}

async function lanes() {
  while (next < tasks.length) await lane();
}

const started = performance.now();
await Promise.all(Array.from({ length: Number(flags.lanes) }, lanes));

const seconds = Math.round((performance.now() - started) / 1000);
const kinds = ['contradiction accepted', 'other values', 'sound, refused', 'hang', 'exit 70', 'stack'];
const byKind = Object.fromEntries(kinds.map((kind) => [kind, finds.filter(({ fault }) => fault.startsWith(kind)).length]));
const others = finds.length - Object.values(byKind).reduce((sum, count) => sum + count, 0);
const byFamily = Object.fromEntries([...new Set(tasks.map(({ family }) => family))].map((family) => [family, tasks.filter((task) => task.family === family).length]));
const result = { inputs: tally.read, byFamily, accepted: tally.accepted, refused: tally.refused, finds: { ...byKind, memory: finds.filter(({ fault }) => fault.startsWith('memory')).length }, processorSeconds: Math.round(tally.processorSeconds), slowestSeconds: Number(tally.slowest.toFixed(2)), peakMebibytes: tally.peakMebibytes, seed: flags.seed, node: process.versions.node };
console.log(`${tally.read} hostile inputs in ${seconds} s: ${tally.accepted} read, ${tally.refused} refused, ${finds.length} finds (${kinds.map((kind) => `${byKind[kind]} ${kind}`).join(', ')}, ${others} other)`);
if (!flags.small && flags.only === undefined && flags.most === 'Infinity' && finds.length === 0) {
  const codesByCount = Object.fromEntries(Object.entries(codes).sort(([, a], [, b]) => b - a));
  writeFileSync(new URL('results.json', import.meta.url), `${JSON.stringify({ ...result, codes: codesByCount }, null, 2)}\n`);
}
writeFileSync(join(tmpdir(), 'hostile-finds.json'), JSON.stringify(finds, null, 1));
void execFile;
process.exit(finds.length > 0 ? 1 : 0);
