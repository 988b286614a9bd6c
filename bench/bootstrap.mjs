// Do bootstrap and influence functions agree? node bench/bootstrap.mjs [--rows N] [--replicates N] [--workers N]
// Standard errors of every month and every county by month on a synthetic population: rows drawn against analytic by row, persons
// against analytic by person. Fails where the months' ratios lie further from 1 than asked.
import { writeFileSync } from 'node:fs';
import { runResident } from '../dist/engine/pipeline.js';
import { main } from '../dist/engine/spec/built-in.js';
import { loadRows } from '../dist/engine/workers/load-rows.js';
import { openPool } from '../dist/engine/workers/open-node.js';
import { machine, machineLine, median, numberFlags, record } from './measure.mjs';

const asked = { near: [0.95, 1.05], share: 0.99, all: [0.92, 1.08] };
const { rows, replicates, workers } = numberFlags({ rows: 100_000, replicates: 2000, workers: 2 });
const here = machine();
const spec = { ...main, outcomes: main.outcomes.filter(({ horizon }) => horizon === 3) };
const by = [['county']];
console.log(machineLine(here));

const pool = await openPool({ workers });
const loaded = await loadRows({ spec, source: { synthetic: { rows, seed: 1, effects: 'on' } }, by, where: null, pool, onProgress: () => {} });
const found = [];
for (const cluster of ['row', 'person']) {
  const options = { by, period: 'month', vcov: 'iid', level: 95, relativeTo: null, where: null, threshold: null, cluster, seed: 1, replicates };
  const [analytic, bootstrap] = [await run({ ...options, interval: 'analytic' }), await run({ ...options, interval: 'bootstrap' })];
  for (const [t, what] of ['months', 'counties by month'].entries()) {
    const table = bootstrap.tables[t];
    for (const outcome of new Set(table.outcome)) {
      const ratios = Array.from(table.standardError.keys()).filter((i) => table.outcome[i] === outcome).map((i) => table.standardError[i] / analytic.tables[t].standardError[i]).filter((ratio) => !Number.isNaN(ratio));
      const near = ratios.filter((ratio) => ratio >= asked.near[0] && ratio <= asked.near[1]).length / ratios.length;
      const line = { cluster, what, outcome, ratios: ratios.length, lowest: Math.min(...ratios), median: median(ratios), highest: Math.max(...ratios), near };
      found.push({ ...line, all: ratios });
      record('bootstrap', { bench: 'bootstrap', ...here, rows, replicates, ...line });
      console.log(`${cluster.padEnd(6)} ${what.padEnd(17)} ${outcome}  ${line.ratios} ratios from ${line.lowest.toFixed(3)} to ${line.highest.toFixed(3)}, median ${line.median.toFixed(3)}; ${(100 * near).toFixed(1)} % within 0.95 to 1.05`);
    }
  }
}
await pool.close();
writeFileSync(new URL('results/bootstrap.md', import.meta.url), report());
if (found.some(({ what, near, lowest, highest }) => what === 'months' && (near < asked.share || lowest < asked.all[0] || highest > asked.all[1]))) {
  console.error('Bootstrap and influence functions do not agree as they should.');
  process.exitCode = 1;
}

function run(options) {
  return runResident({ spec, options, pool }, loaded);
}

function report() {
  const bins = [0, 0.9, 0.92, 0.94, 0.96, 0.98, 1, 1.02, 1.04, 1.06, 1.08, 1.1, Infinity];
  const head = bins.slice(0, -1).map((from, k) => (k === 0 ? 'below 0.90' : bins[k + 1] === Infinity ? 'from 1.10' : `${from.toFixed(2)}–`));
  const counts = (ratios) => head.map((_, k) => ratios.filter((ratio) => ratio >= bins[k] && ratio < bins[k + 1]).length);
  const lines = found.map(({ cluster, what, outcome, all, lowest, highest, near }) => `| ${cluster} | ${what} | ${outcome} | ${lowest.toFixed(3)} | ${highest.toFixed(3)} | ${(100 * near).toFixed(1)} % | ${counts(all).join(' | ')} |`);
  return `# Bootstrap and influence functions

${rows.toLocaleString('en')} rows of the synthetic population, model \`main\`: standard error of the indicator by ${replicates.toLocaleString('en')} bootstrap replicates, over
the analytic one, rows or persons drawn. The columns count ratios from each limit to the next. Written by \`node bench/bootstrap.mjs\`.

${machineLine(here)}

| drawn | standard errors of | outcome | lowest | highest | within 0.95 to 1.05 | ${head.join(' | ')} |
|---|---|---|---|---|---|${head.map(() => '---|').join('')}
${lines.join('\n')}
`;
}
