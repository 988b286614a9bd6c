// Cost of a pass as rows grow: node bench/full/growth.mjs [--rounds N] [--workers N] [--most N]. Model `main`, outcomes atid3
// and jobb3, rows made in the workers. Writes bench/results/growth.md; fails where a row costs over 20 % more or less than at a million.
import { writeFileSync } from 'node:fs';
import { modelColumns, ownModel } from '../../dist/engine/coding/model-columns.js';
import { estimateOutcome } from '../../dist/engine/estimate/estimate-outcome.js';
import { estimationMath } from '../../dist/engine/estimate/math.js';
import { main } from '../../dist/engine/spec/built-in.js';
import { loadRows } from '../../dist/engine/workers/load-rows.js';
import { openPool } from '../../dist/engine/workers/open-node.js';
import { machine, machineLine, median, numberFlags, record } from '../measure.mjs';

const flat = 0.2;
const warmUp = 3000;
const { rounds, workers, most } = numberFlags({ rounds: 5, workers: 2, most: 23_901_114 });
const sizes = [250_000, 1_000_000, 4_000_000, 16_000_000, 23_901_114].filter((rows) => rows <= most);
const passNames = { gram: 'Gram matrix', gradient: 'probit gradient', hessian: 'probit gradient and Hessian' };
const here = machine();
console.log(machineLine(here));
const spec = { ...main, outcomes: main.outcomes.filter(({ horizon }) => horizon === 3) };

const found = [];
for (const rows of sizes) {
  const line = { rows, milliseconds: await timePasses(rows) };
  found.push(line);
  console.log(`  ${rows.toLocaleString('en').padStart(10)} rows: ${Object.entries(line.milliseconds).map(([pass, times]) => `${pass} ${nanoseconds(line, pass).toFixed(1)} ns a row (${times.map((time) => time.toFixed(0)).join(', ')} ms)`).join('; ')}`);
}
const spread = Object.keys(passNames).map((pass) => {
  const costs = found.filter(({ rows }) => rows >= 1_000_000).map((line) => nanoseconds(line, pass));
  return { pass, fromMillion: Math.max(...costs.map((cost) => Math.abs(cost / costs[0] - 1)), 0) };
});
record('growth', { bench: 'growth', ...here, workers, rounds, sizes: found.map(({ rows, milliseconds }) => ({ rows, milliseconds: Object.fromEntries(Object.entries(milliseconds).map(([pass, times]) => [pass, times.map(Math.round)])) })), spread });
writeFileSync(new URL('../results/growth.md', import.meta.url), report());
for (const { pass, fromMillion } of spread) console.log(`  ${pass}: within ${(100 * fromMillion).toFixed(0)} % of its cost a row at a million`);
if (spread.some(({ fromMillion }) => fromMillion > flat)) {
  console.error(`A row costs over ${100 * flat} % more or less than at a million rows.`);
  process.exitCode = 1;
}

/** Milliseconds of each round of each pass over so many rows, once warm. */
async function timePasses(rows) {
  const pool = await openPool({ workers });
  try {
    const loaded = await loadRows({ spec, source: { synthetic: { rows, seed: 1, effects: 'on' } }, by: [], where: null, pool, onProgress: () => {} });
    const [{ plan, breaks }] = loaded.samples;
    const passes = loaded.passes(0, () => {});
    const index = plan.outcomes.findIndex((o) => loaded.plan.outcomes[o].family === 'probit');
    const { predictor } = await estimateOutcome({
      outcome: 'jobb3', index, family: 'probit', population: null, passes, model: modelColumns(passes.frame, ownModel(plan.design)), gram: await passes.gram(), vcov: 'iid', level: 95, breaks, dropped: [], math: estimationMath(pool.kernels),
    });
    const each = {
      gram: () => passes.gram(),
      gradient: () => passes.probit(index, predictor, { information: null, rows: 'all' }),
      hessian: () => passes.probit(index, predictor, { information: 'observed', rows: 'all' }),
    };
    // Short passes are over before the compilers are: all sizes warm up for as long.
    const warm = performance.now() + warmUp;
    do for (const run of Object.values(each)) await run();
    while (performance.now() < warm);
    const times = { gram: [], gradient: [], hessian: [] };
    for (let round = 0; round < rounds; round++) {
      for (const [pass, run] of Object.entries(each)) {
        const started = performance.now();
        await run();
        times[pass].push(performance.now() - started);
      }
    }
    return times;
  } finally {
    await pool.close();
  }
}

function nanoseconds({ rows, milliseconds }, pass) {
  return (1e6 * median(milliseconds[pass])) / rows;
}

function report() {
  const widest = Math.max(...found.flatMap((line) => Object.keys(passNames).map((pass) => nanoseconds(line, pass))));
  const lines = found.map((line) => `| ${line.rows.toLocaleString('en')} | ${Object.keys(passNames).map((pass) => `${median(line.milliseconds[pass]).toFixed(0)} ms | ${nanoseconds(line, pass).toFixed(1)}`).join(' | ')} |`);
  const plot = Object.entries(passNames).map(([pass, title]) => `${title}\n${found.map((line) => bar(line, pass, widest)).join('\n')}`);
  return `# Cost of a pass as rows grow

Model \`main\`, horizon 3, ${workers} workers, medians of ${rounds} rounds on coded rows in Node after ${warmUp / 1000} s to warm up; a million rows and more should cost the same a row
within ${100 * flat} %. Written by \`node bench/full/growth.mjs\`.

${machineLine(here)}

| rows | ${Object.values(passNames).map((title) => `${title} | ns a row`).join(' | ')} |
|---:|${'---:|'.repeat(2 * Object.keys(passNames).length)}
${lines.join('\n')}

Nanoseconds a row:

\`\`\`
${plot.join('\n\n')}
\`\`\`

${spread.map(({ pass, fromMillion }) => `- ${passNames[pass]}: within ${(100 * fromMillion).toFixed(0)} % of its cost a row at a million rows.`).join('\n')}
`;
}

function bar(line, pass, widest) {
  const cost = nanoseconds(line, pass);
  return `${line.rows.toLocaleString('en').padStart(12)} ${'█'.repeat(Math.round((50 * cost) / widest))} ${cost.toFixed(1)}`;
}
