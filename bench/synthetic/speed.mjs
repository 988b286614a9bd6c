// Rows a second of the synthetic population: npm run build:kernels && npm run build:engine && node bench/synthetic/speed.mjs [rows] [workers]
// Appends a line to bench/results/synthetic.jsonl. 23901114 rows are the largest population.
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { appendFileSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, statSync } from 'node:fs';
import { cpus, loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { loadKernelModule } from '../../dist/engine/kernels/load-node.js';
import { openKernels } from '../../dist/engine/kernels/wasm.js';
import { openDraws } from '../../dist/engine/synthetic/draws.js';
import { generateArrow } from '../../dist/engine/synthetic/generate-arrow.js';
import { blocksOf, drawBlocks } from '../../dist/engine/synthetic/population.js';
import { generateToFolder } from '../../dist/engine/synthetic/write-node.js';

const rows = Number(process.argv[2] ?? 2_000_000);
const workers = Number(process.argv[3] ?? 2);
/** @type {import('../../dist/engine/synthetic/population.js').Population} */
const population = { rows, seed: 1, effects: 'on' };
const kernels = openKernels(await loadKernelModule());
const draws = openDraws(kernels, population.seed);

const median = (values) => values.sort((a, b) => a - b)[values.length >> 1];
const time = async (rounds, work) => {
  const milliseconds = [];
  for (let round = 0; round < rounds; round++) {
    const started = performance.now();
    await work();
    milliseconds.push(performance.now() - started);
  }
  return median(milliseconds);
};

const oneThread = Math.min(rows, 2_000_000);
const one = { ...population, rows: oneThread };
const chunk = 64;
const drawing = await time(5, () => {
  for (let from = 0; from < blocksOf(oneThread); from += chunk) drawBlocks(one, draws, { from, to: Math.min(from + chunk, blocksOf(oneThread)) });
});
const parts = Math.ceil(blocksOf(oneThread) / 16);
const arrow = await time(5, () => {
  for (let part = 0; part < parts; part++) generateArrow(kernels, { ...one, part, parts });
});

const result = {
  bench: 'synthetic', date: new Date().toISOString().slice(0, 10), commit: execFileSync('git', ['rev-parse', '--short', 'HEAD'], { encoding: 'utf8' }).trim(),
  cpu: cpus()[0].model, cores: cpus().length, load: +loadavg()[0].toFixed(1), node: process.version, rows, workers,
  rowsPerSecond: { drawing: Math.round((1000 * oneThread) / drawing), arrow: Math.round((1000 * oneThread) / arrow) }, folder: {},
};

/** @type {import('../../dist/engine/register/partition.js').FileFormat[]} */
const formats = rows > 4_000_000 ? ['arrow'] : ['arrow', 'parquet', 'csv'];
const folder = mkdtempSync(join(tmpdir(), 'synthetic-bench-'));
try {
  for (const format of formats) {
    const out = join(folder, format);
    const seconds = (await time(rows > 4_000_000 ? 1 : 3, () => (rmSync(out, { recursive: true, force: true }), generateToFolder({ ...population, out, format, workers })))) / 1000;
    const files = readdirSync(join(out, 'data')).sort().map((name) => join(out, 'data', name));
    const bytes = files.reduce((sum, file) => sum + statSync(file).size, 0);
    const hash = createHash('sha256');
    for (const file of files) hash.update(createHash('sha256').update(readFileSync(file)).digest());
    result.folder[format] = { seconds: +seconds.toFixed(2), rowsPerSecond: Math.round(rows / seconds), bytesPerRow: +(bytes / rows).toFixed(1), digest: hash.digest('hex').slice(0, 16) };
  }
} finally {
  rmSync(folder, { recursive: true, force: true });
}

console.log(`one thread: ${(result.rowsPerSecond.drawing / 1e6).toFixed(2)} M rows/s drawn, ${(result.rowsPerSecond.arrow / 1e6).toFixed(2)} M rows/s to Arrow bytes`);
for (const [format, { seconds, rowsPerSecond, bytesPerRow }] of Object.entries(result.folder)) {
  console.log(`${rows} rows to ${format} files, ${workers} workers: ${seconds} s, ${(rowsPerSecond / 1e6).toFixed(2)} M rows/s, ${bytesPerRow} bytes a row`);
}
mkdirSync(new URL('../results/', import.meta.url), { recursive: true });
appendFileSync(new URL('../results/synthetic.jsonl', import.meta.url), `${JSON.stringify(result)}\n`);
