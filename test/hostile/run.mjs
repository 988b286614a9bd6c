// `npm run test:hostile`: files that are damaged, odd or made to hurt, each read as users' files are. `-- --small` reads every fifth,
// and asks of time only that nothing hangs.
import { execFileSync, fork } from 'node:child_process';
import { mkdirSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { availableParallelism, tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { counts } from './corpus.mjs';
import { findKinds, openTally } from './tally.mjs';

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
/** Of a processor, for one input. */
const mostSeconds = flags.small ? 60 : 5;
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
const tally = openTally();
/** @type {Set<Task>} inputs that a process of their own reads */
const alone = new Set();
let next = 0;

/** @param {Task} task @param {any} done @param {string} stderr */
function record(task, done, stderr) {
  const fault = done.fault ?? (/\n\s+at .+:\d+/.test(stderr) ? 'stack on stderr' : null);
  tally.add(task.family, done, fault);
  if (flags.verbose) console.error(`${JSON.stringify(task)} ${done.what} ${done.accepted ?? done.refused ?? ''} ${done.seconds?.toFixed(2)}`);
  if (fault === null) return;
  const id = 'number' in task ? `${task.family}-${task.number}` : task.path;
  const { what, ending, expect, accepted, refused, message, cause } = done;
  finds.push({ id, fault, what, ending, expect, accepted, refused, message, cause, stderr: stderr.slice(0, 500) });
  if (done.bytes?.length > 0) {
    mkdirSync(found, { recursive: true });
    writeFileSync(join(found, `${id.replaceAll('/', '-')}.${done.ending}`), Buffer.from(done.bytes));
  }
  console.error(`FIND ${id} (${fault}): ${done.what}${done.message ? `\n  ${done.message}` : ''}`);
}

/** A process that takes one task after the other, and its next. */
function lane() {
  return new Promise((/** @type {(value: void) => void} */ resolve, reject) => {
    const child = fork(new URL('lane.mjs', import.meta.url), [String(mostSeconds)], { stdio: ['ignore', 'ignore', 'pipe', 'ipc'], serialization: 'advanced', execArgv: ['--max-old-space-size=2048'] });
    let [stderr, taken, ready] = ['', 0, false];
    /** @type {Task | null} */
    let task = null;
    const give = (/** @type {number} */ peak) => {
      const isAlone = next < tasks.length && alone.has(tasks[next]) && taken > 0;
      if (next >= tasks.length || taken >= perProcess || peak > restartBytes || isAlone) return child.disconnect();
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
      const own = /** @type {Task} */ (task);
      task = null;
      // What others have left in the process is not this input's: it is read once more in a process of its own.
      if (/^memory/.test(message.done.fault) && taken > 1 && !alone.has(own)) {
        alone.add(own);
        tasks.push(own);
      } else record(own, message.done, stderr);
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
const result = tally.result();
const said = findKinds.map((kind) => `${result.finds[kind]} ${kind}`).join(', ');
console.log(`${result.inputs} hostile inputs in ${seconds} s: ${result.read} read, ${result.refused} refused, ${finds.length} finds (${said})`);
if (!flags.small && flags.only === undefined && flags.most === 'Infinity' && flags.from === '0') {
  const commit = execFileSync('git', ['rev-parse', '--short', 'HEAD'], { encoding: 'utf8', cwd: new URL('.', import.meta.url).pathname }).trim();
  const kept = { date: new Date().toISOString().slice(0, 10), commit, node: process.versions.node, seed: flags.seed, seconds, ...result };
  writeFileSync(new URL('../results/hostile.json', import.meta.url), `${JSON.stringify(kept, null, 2)}\n`);
}
writeFileSync(join(tmpdir(), 'hostile-finds.json'), JSON.stringify(finds, null, 1));
process.exit(finds.length > 0 ? 1 : 0);
