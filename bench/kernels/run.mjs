// Cost of a row in the kernels, in plain loops and in C, after `npm run build`: node bench/kernels/run.mjs [rows] [rounds].
// Appends a line for each packing to bench/results/kernels.jsonl.
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { appendFileSync, mkdirSync, readFileSync } from 'node:fs';
import { cpus, loadavg } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { BLOCK } from '../../dist/engine/kernels/kernels.js';
import { loadKernelModule } from '../../dist/engine/kernels/load-node.js';
import { openKernels } from '../../dist/engine/kernels/wasm.js';
import { kernelPasses } from './kernel-passes.mjs';
import { openNative } from './native.mjs';
import { plainPasses } from './plain.mjs';
import { checkSum, makeRows, packings } from './rows.mjs';

const here = fileURLToPath(new URL('.', import.meta.url));
const n = Number(process.argv[2] ?? 4_000_000);
const rounds = Number(process.argv[3] ?? 7);
const limits = { gram: 40, gradient: 45, hessian: 110 };
const titles = { gram: 'Gram matrix', gradient: 'probit gradient', hessian: 'gradient with Hessian' };

const source = readFileSync(join(here, '../../assembly/normal-coefficients.ts'), 'utf8');
const coefficients = Object.fromEntries(
  [...source.matchAll(/const (\w+): usize = memory\.data<f64>\(\[([^\]]*)\]/g)].map(([, name, list]) => [name, list.split(',').slice(0, -1).map(Number)]),
);

const summary = (times) => {
  const sorted = [...times].sort((a, b) => a - b);
  return { min: sorted[0], median: sorted[Math.floor(sorted.length / 2)] };
};

/** Processor time of this process in µs. */
const spent = () => process.cpuUsage().user + process.cpuUsage().system;

/** ns a row of every pass and what they were computed to. The three take turns, in another order every round; the first round warms up. */
async function measure(rows) {
  const kernels = kernelPasses(openKernels(await loadKernelModule()), rows, BLOCK);
  const plain = plainPasses(rows, coefficients, BLOCK);
  const native = await openNative(n, rows.levels, coefficients);
  const own = (set) => async (name) => {
    const from = spent();
    set[name]();
    return ((spent() - from) * 1e3) / n;
  };
  // the two of the ratio next to each other
  const turns = Object.entries({ kernels: own(kernels), ...(native && { c: native.ask }), plain: own(plain) });
  const passes = {};
  const checks = {};
  const digest = createHash('sha256');
  for (const name of Object.keys(limits)) {
    const times = { kernels: [], plain: [], c: [] };
    for (let round = -1; round < rounds; round++) {
      for (const [who, pass] of round % 2 ? turns : turns.toReversed()) {
        const time = await pass(name);
        if (round >= 0) times[who].push(time);
      }
    }
    // ratios of the times of one round, which had much the same of the machine
    passes[name] = {
      kernels: summary(times.kernels), plain: summary(times.plain), c: native && summary(times.c),
      ratio: native && summary(times.kernels.map((time, round) => time / times.c[round])).median,
    };
    const got = kernels.results();
    const expected = plain.results();
    const c = await native?.ask('results');
    for (const values of [got.counts, got.weights, got.sums]) digest.update(new Uint8Array(values.buffer, values.byteOffset, values.byteLength));
    digest.update(String(got.logLikelihood));
    const compare = (title, value, plainValue, cValue) => {
      const off = Math.max(Math.abs(value / plainValue - 1), cValue === undefined ? 0 : Math.abs(value / cValue - 1));
      if (!(off < 1e-9)) throw new Error(`${name}: ${title} is ${value}, plain ${plainValue}, C ${cValue}`);
      checks[title] = value;
    };
    const pairCells = (values) => values.subarray(got.levelCells);
    if (name === 'gram') compare('countSum', checkSum(pairCells(got.counts)), checkSum(expected.counts), c?.countSum);
    else {
      compare('scoreSum', checkSum(Array.from(got.sums), 2 ** got.shifts.sShift), checkSum(expected.sums), c?.scoreSum);
      compare('logLikelihood', Number(got.logLikelihood) / 2 ** got.shifts.lShift, expected.logLikelihood, c?.logLikelihood);
    }
    if (name === 'hessian') {
      compare('weightSum', checkSum(Array.from(pairCells(got.weights)), 2 ** got.shifts.wShift), checkSum(expected.weights), c?.weightSum);
    }
  }
  await native?.close();
  return { passes, checks, digest: digest.digest('hex') };
}

const git = (...words) => {
  try {
    return execFileSync('git', words, { cwd: here, encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] }).trim();
  } catch {
    return '';
  }
};
const figure = (value) => value.toFixed(1).padStart(8);
const both = ({ min, median }) => `${min.toFixed(1)} (${median.toFixed(1)})`.padStart(18);

console.log(`${n.toLocaleString('en')} rows, one thread, ${rounds} rounds, ${cpus()[0].model}, Node ${process.version}; ns of processor time a row, smallest (median); ratio to C by round (smallest)`);
mkdirSync(join(here, '../results'), { recursive: true });
for (const [packing, levels] of Object.entries(packings)) {
  const { passes, checks, digest } = await measure(makeRows(n, levels));
  const load = Number(loadavg()[0].toFixed(1));
  console.log(`\n${`${packing}, load ${load}`.padEnd(24)}${'kernels'.padStart(18)}${'limit'.padStart(8)}${'plain loops'.padStart(18)}${'ratio'.padStart(8)}${'C'.padStart(18)}${'ratio'.padStart(14)}`);
  for (const [name, { kernels, plain, c, ratio }] of Object.entries(passes)) {
    const cColumns = c ? both(c) + `${ratio.toFixed(2)} (${(kernels.min / c.min).toFixed(2)})`.padStart(14) : '   C not run';
    console.log(titles[name].padEnd(24) + both(kernels) + figure(limits[name]) + both(plain) + (kernels.min / plain.min).toFixed(2).padStart(8) + cColumns);
  }
  const line = {
    date: new Date().toISOString(), commit: git('rev-parse', '--short', 'HEAD') + (git('status', '--porcelain', '--', '../../assembly', '../../src/kernels') ? '+' : ''),
    cpu: cpus()[0].model, load, node: process.version, rows: n, rounds, block: BLOCK, packing, levels, nsPerRow: passes, checks, digest,
  };
  appendFileSync(join(here, '../results/kernels.jsonl'), `${JSON.stringify(line)}\n`);
}
