// Cost of a row in the kernels, in plain loops and in C, after `npm run build`: node bench/kernels/run.mjs [rows] [rounds].
// Appends a line to bench/results/kernels.jsonl.
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { appendFileSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { cpus, tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { BLOCK } from '../../dist/engine/kernels/kernels.js';
import { loadKernelModule } from '../../dist/engine/kernels/load-node.js';
import { openKernels } from '../../dist/engine/kernels/wasm.js';
import { kernelPasses } from './kernel-passes.mjs';
import { plainPasses } from './plain.mjs';
import { checkSum, makeRows } from './rows.mjs';

const here = fileURLToPath(new URL('.', import.meta.url));
const n = Number(process.argv[2] ?? 4_000_000);
const rounds = Number(process.argv[3] ?? 7);
const limits = { gram: 40, gradient: 45, hessian: 110 };
const titles = { gram: 'Gram matrix', gradient: 'probit gradient', hessian: 'gradient with Hessian' };

const source = readFileSync(join(here, '../../assembly/normal-coefficients.ts'), 'utf8');
const coefficients = Object.fromEntries(
  [...source.matchAll(/const (\w+): usize = memory\.data<f64>\(\[([^\]]*)\]/g)].map(([, name, list]) => [name, list.split(',').slice(0, -1).map(Number)]),
);

function runC() {
  const folder = mkdtempSync(join(tmpdir(), 'kernel-rows-'));
  try {
    const header = Object.entries(coefficients).map(([name, list]) => `static const double ${name}[] = {${list.join(', ')}};\n`).join('');
    writeFileSync(join(folder, 'coefficients.h'), header);
    const program = join(folder, 'rows');
    try {
      execFileSync('gcc', ['-O3', '-march=native', `-I${folder}`, '-o', program, join(here, 'rows.c'), '-lm'], { stdio: ['ignore', 'ignore', 'ignore'] });
    } catch {
      return null;
    }
    return JSON.parse(execFileSync(program, [String(n), String(rounds)], { encoding: 'utf8' }));
  } finally {
    rmSync(folder, { recursive: true });
  }
}

const summary = (times) => {
  const sorted = [...times].sort((a, b) => a - b);
  return { min: sorted[0], median: sorted[Math.floor(sorted.length / 2)] };
};

const rows = makeRows(n);
const kernels = kernelPasses(openKernels(await loadKernelModule()), rows, BLOCK);
const plain = plainPasses(rows, coefficients, BLOCK);
const c = runC();
const passes = {};
const checks = {};
const digest = createHash('sha256');
for (const name of Object.keys(limits)) {
  const times = { kernels: [], plain: [] };
  for (let round = -1; round < rounds; round++) {
    // the order changes from round to round; the first round warms up
    const order = round % 2 ? [['kernels', kernels], ['plain', plain]] : [['plain', plain], ['kernels', kernels]];
    for (const [who, set] of order) {
      const from = process.cpuUsage().user;
      set[name]();
      if (round >= 0) times[who].push(((process.cpuUsage().user - from) * 1e3) / n);
    }
  }
  passes[name] = { kernels: summary(times.kernels), plain: summary(times.plain), c: c && summary(c[name]) };
  const got = kernels.results();
  const expected = plain.results();
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

const git = (...words) => {
  try {
    return execFileSync('git', words, { cwd: here, encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] }).trim();
  } catch {
    return '';
  }
};
const figure = (value) => value.toFixed(1).padStart(8);
console.log(`${n.toLocaleString('en')} rows, one thread, ${rounds} rounds, ${cpus()[0].model}, Node ${process.version}; ns of processor time a row, smallest (median)\n`);
console.log(`${''.padEnd(24)}${'kernels'.padStart(18)}${'limit'.padStart(8)}${'plain loops'.padStart(18)}${'ratio'.padStart(8)}${'C'.padStart(18)}${'ratio'.padStart(8)}`);
for (const [name, { kernels: k, plain: p, c: native }] of Object.entries(passes)) {
  const both = ({ min, median }) => `${min.toFixed(1)} (${median.toFixed(1)})`.padStart(18);
  const cColumns = native ? both(native) + (k.min / native.min).toFixed(2).padStart(8) : '   C not run';
  console.log(titles[name].padEnd(24) + both(k) + figure(limits[name]) + both(p) + (k.min / p.min).toFixed(2).padStart(8) + cColumns);
}
const line = {
  date: new Date().toISOString(), commit: git('rev-parse', '--short', 'HEAD') + (git('status', '--porcelain', '--', '../../assembly', '../../src/kernels') ? '+' : ''),
  cpu: cpus()[0].model, node: process.version, rows: n, rounds, block: BLOCK, nsPerRow: passes, checks, digest: digest.digest('hex'),
};
mkdirSync(join(here, '../results'), { recursive: true });
appendFileSync(join(here, '../results/kernels.jsonl'), `${JSON.stringify(line)}\n`);
