// What-if from resident rows: node bench/full/what-if.mjs [--rows N] [--workers N] [--rounds N] [--data FOLDER]
// A run of `main` that keeps its sums, by month, county, office, support group and measure; then exact answers for a probit from the
// rows, warm from its previews, beside the previews; and months out of the sums and in again, held against sums made at once.
import { isDeepStrictEqual, parseArgs } from 'node:util';
import { machine, machineLine, median, record } from '../measure.mjs';
import { runWhatIf } from '../../dist/engine/pipeline.js';
import { estimationMath } from '../../dist/engine/estimate/math.js';
import { listRegisterFiles } from '../../dist/engine/register/files-node.js';
import { main } from '../../dist/engine/spec/built-in.js';
import { addMonths, dropMonths } from '../../dist/engine/whatif/months.js';
import { openWhatIf } from '../../dist/engine/whatif/what-if.js';
import { loadRows } from '../../dist/engine/workers/load-rows.js';
import { openPool } from '../../dist/engine/workers/open-node.js';

const { values } = parseArgs({ options: { rows: { type: 'string', default: '23901114' }, workers: { type: 'string', default: '2' }, rounds: { type: 'string', default: '3' }, data: { type: 'string' } } });
const [workers, rounds] = [Number(values.workers), Number(values.rounds)];
const here = machine();
const by = [['county'], ['office'], ['support_group'], ['measure']];
/** @type {import('../../dist/engine/run-result.js').RunOptions} */
const options = { by, period: 'month', vcov: 'iid', interval: 'outcome', level: 95, relativeTo: null, where: null, threshold: null };
const pool = await openPool({ workers });
/** @type {import('../../dist/engine/workers/protocol.js').RegisterSource} */
const source = values.data ? { files: await listRegisterFiles([values.data]) } : { synthetic: { rows: Number(values.rows), seed: 1, effects: 'on' } };
const rows = await loadRows({ spec: main, source, by, where: null, pool, onProgress: () => {} });
console.log(`${machineLine(here)}\n${rows.rows.toLocaleString('en')} rows, ${workers} workers`);
const { result, whatIf } = await runWhatIf({ spec: main, options, pool }, rows);
const phases = Object.fromEntries(result.timings.slice(2).map(({ phase, milliseconds }) => [phase, Math.round(milliseconds)]));
console.log(`  run: ${Object.entries(phases).map(([phase, time]) => `${phase} ${(time / 1000).toFixed(1)} s`).join(', ')}`);
const kept = openWhatIf(result, estimationMath(pool.kernels));

/** @type {Record<string, import('../../dist/engine/whatif/answer.js').WhatIfRequest>} */
const questions = {
  'a covariate left out': { model: { drop: ['wage_income_before'] } },
  'levels merged': { model: { merge: [{ covariate: 'duration', levels: ['15', '16', '17', '18'] }] } },
  'two years left out': { model: { dropMonths: ['2020-03/2022-02'] } },
  'people shifted': { people: [{ kind: 'shift', covariate: 'unemployment_inflow', by: -2 }] },
};
const answers = {};
for (const [name, question] of Object.entries(questions)) {
  const [previews, exact] = [[], []];
  let last;
  for (let round = 0; round <= rounds; round++) {
    const request = { outcomes: ['jobb3'], ...question };
    const started = performance.now();
    const preview = kept(request);
    const between = performance.now();
    last = { preview, exact: await whatIf(request) };
    // The first warms up.
    if (round > 0) {
      previews.push(between - started);
      exact.push(performance.now() - between);
    }
  }
  answers[name] = {
    previewMs: Number(median(previews).toFixed(1)), exactMs: Math.round(median(exact)), exactRounds: exact.map(Math.round),
    passes: passesOf(last.exact.models[0]?.trace ?? []), apart: apart(last.preview, last.exact),
  };
  const { previewMs, exactMs, passes, apart: distance } = answers[name];
  console.log(`  jobb3, ${name.padEnd(21)} preview ${previewMs} ms, exact ${(exactMs / 1000).toFixed(2)} s (${Object.entries(passes).map(([pass, n]) => `${n} ${pass}`).join(', ') || 'no estimation'}); expected values of counties apart by ${distance.toExponential(1)} at most`);
}

/** Least squares of 3 months: sums with random months out and in, each held against sums made of those months at once. */
const sums = result.kept[0];
const all = sums.months.map(({ month }) => month);
let state = 7;
const next = () => (state = (Math.imul(state, 1664525) + 1013904223) >>> 0) / 4294967296;
const monthAlone = (month) => dropMonths(sums, all.filter((other) => other !== month));
const inside = new Set(all);
let now = sums;
const times = [];
for (let operation = 0; operation < 100; operation++) {
  const outside = all.filter((month) => !inside.has(month));
  const isIn = outside.length > 0 && (inside.size < 40 || next() < 0.5);
  const from = isIn ? outside : [...inside];
  const month = from[Math.floor(next() * from.length)];
  const alone = isIn ? monthAlone(month) : null;
  const started = performance.now();
  now = alone ? addMonths(now, alone) : dropMonths(now, [month]);
  times.push(performance.now() - started);
  if (isIn) inside.add(month);
  else inside.delete(month);
  const out = all.filter((other) => !inside.has(other));
  const { probits: _, ...made } = out.length > 0 ? dropMonths(sums, out) : sums;
  const { probits: __, ...held } = now;
  if (operation % 5 === 4 && !isDeepStrictEqual(held, made)) throw new Error(`After ${operation + 1} operations the sums are not those of the months that are left.`);
}
const months = { operations: 100, medianMs: Number(median(times).toFixed(1)), longestMs: Number(Math.max(...times).toFixed(1)) };
console.log(`  100 months out and in: median ${months.medianMs} ms, longest ${months.longestMs} ms, sums the same to the bit`);
record('full-what-if', { bench: 'full-what-if', ...here, rows: rows.rows, workers, rounds, phases, answers, months });
await pool.close();

function passesOf(trace) {
  const passes = {};
  for (const { pass } of trace) passes[pass] = (passes[pass] ?? 0) + 1;
  return passes;
}
/** Largest difference of the expected share of a county in a month. */
function apart(first, second) {
  const [a, b] = [first, second].map(({ cells }) => cells[0].groupings[1]);
  return a.expected.reduce((most, sum, cell) => (a.n[cell] > 0 ? Math.max(most, Math.abs(sum / a.n[cell] - b.expected[cell] / b.n[cell])) : most), 0);
}
