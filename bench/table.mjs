// Writes the newest results of bench/results into the README, between its two `bench` marks: node bench/table.mjs
import { existsSync, readFileSync, writeFileSync } from 'node:fs';

const readme = new URL('../README.md', import.meta.url);

/** Lines of bench/results/<name>.jsonl; none where that bench was never run. */
function lines(name) {
  const path = new URL(`results/${name}.jsonl`, import.meta.url);
  return existsSync(path) ? readFileSync(path, 'utf8').trim().split('\n').map((line) => JSON.parse(line)) : [];
}

const count = (value) => value.toLocaleString('en');
const seconds = (milliseconds) => `${(milliseconds / 1000).toFixed(1)} s`;
const where = ({ date, commit, cpu, cores, load, node }) =>
  `${date.slice(0, 10)}, commit ${commit}, ${cpu}${cores ? `, ${cores} cores` : ''}${load === undefined ? '' : `, load ${load}`}, Node ${node.replace(/^v/, '')}`;
const row = (cells) => `| ${cells.join(' | ')} |`;

function kernels() {
  const line = lines('kernels').at(-1);
  if (!line) return [];
  const titles = { gram: 'Gram matrix', gradient: 'probit gradient', hessian: 'probit gradient and Hessian' };
  return Object.entries(line.nsPerRow).map(([name, { kernels: ours, plain, c }]) =>
    row([`kernel: ${titles[name] ?? name}, seven composites ${line.packing === 'main' ? 'as the main model has them' : 'much as the main model has'}, one thread, quickest round`, `${ours.min.toFixed(1)} ns a row; plain loops ${plain.min.toFixed(1)}${c ? `, C ${c.min.toFixed(1)}` : ''}`, where(line)]),
  );
}

function synthetic() {
  const line = lines('synthetic').at(-1);
  if (!line) return [];
  const { rows, workers, folder } = line;
  return [row([`\`generate\`: ${count(rows)} rows to Arrow files, ${workers} threads`, `${folder.arrow.seconds.toFixed(1)} s, ${count(folder.arrow.rowsPerSecond)} rows/s`, where(line)])];
}

function run() {
  const line = lines('run').at(-1);
  if (!line) return [];
  const { rows, workers, milliseconds, phases, peakMiB, rowsPerSecond } = line;
  const shares = Object.entries(phases).map(([phase, time]) => `${phase} ${Math.round((100 * time) / milliseconds)} %`);
  return [row([`\`run\`: ${count(rows)} rows, four outcomes, model \`main\` by county, ${workers} workers, Arrow files to tables`, `${seconds(milliseconds)}, ${count(rowsPerSecond)} rows/s, ${count(peakMiB)} MiB at most (${shares.join(', ')})`, where(line)])];
}

function descriptive() {
  const line = lines('descriptive').at(-1);
  if (!line) return [];
  const { rows, workers, milliseconds, rowsPerSecond, peakMiB } = line;
  return [row([`\`describe\`: ${count(rows)} rows, ${workers} workers, Arrow files to the report's descriptive tables ([beside them](docs/descriptive.md))`, `${seconds(milliseconds)}, ${count(rowsPerSecond)} rows/s, ${count(peakMiB)} MiB at most`, where(line)])];
}

function reading() {
  const line = lines('reading').filter(({ bench }) => bench === 'reading').at(-1);
  if (!line) return [];
  const large = Object.entries(line.large).map(([format, { speedup, one, two }]) => `${format} ${seconds(one.milliseconds)} and ${seconds(two.milliseconds)}, ${speedup} times as fast`);
  const small = Object.entries(line.small).map(([format, { all, condition }]) => `${format} ${seconds(all.milliseconds)}, with an SQL condition ${seconds(condition.milliseconds)}`);
  return [
    row([`reading and coding of ${count(line.rows)} rows in one file (Parquet of ${line.rowGroups} row groups), 1 worker and 2`, large.join('; '), where(line)]),
    row([`reading and coding of ${count(line.files)} files of ${line.rowsOfSmall} rows, 2 workers`, small.join('; '), where(line)]),
  ];
}

function recovery() {
  const all = lines('recovery');
  const last = all.at(-1);
  if (!last) return [];
  // One run of the bench: the newest line of each seed and outcome with its commit, day and size.
  const run = all.filter(({ commit, date, rows }) => commit === last.commit && date === last.date && rows === last.rows);
  const newest = [...new Map(run.map((line) => [`${line.seed} ${line.outcome}`, line])).values()];
  const least = Math.min(...newest.map(({ within, compared }) => within / compared));
  const seeds = new Set(newest.map(({ seed }) => seed)).size;
  return [row([`Table 4 found again in ${count(last.rows)} rows drawn from it, ${seeds} ${seeds === 1 ? 'seed' : 'seeds'}: coefficients within 4 clustered s.e. + 0.005`, `${(100 * least).toFixed(1)} % at least, of any outcome and seed ([by seed](bench/results/recovery.md))`, where(last)])];
}

function coverage() {
  const all = lines('coverage');
  const last = all.at(-1);
  if (!last) return [];
  // One run of the bench: its lines have its time and size.
  const run = all.filter(({ commit, date, populations, rows, seconds: time }) => commit === last.commit && date === last.date && populations === last.populations && rows === last.rows && time === last.seconds);
  const of = (method) => run.filter((line) => line.method === method).map(({ outcome, large }) => ({ outcome, ...large }));
  const percent = (share) => (100 * share).toFixed(1);
  const span = (found) => `${percent(Math.min(...found.map(({ mean }) => mean)))} to ${percent(Math.max(...found.map(({ mean }) => mean)))} %`;
  const clustered = of('clustered');
  const means = clustered.map(({ outcome, mean }) => `${outcome} ${percent(mean)} %`).join(', ');
  const cells = `single cells ${percent(Math.min(...clustered.map(({ lowest }) => lowest)))} to ${percent(Math.max(...clustered.map(({ highest }) => highest)))} %`;
  const others = `adjusted ${span(of('clustered, adjusted'))}, naive ${span(of('naive \`residual\`'))} ([all cells](bench/results/coverage.md))`;
  return [row([`coverage of clustered analytic 95 % intervals, county by tertial with at least 150 persons, ${count(last.populations)} populations of ${count(last.rows)} rows`, `${means}; ${cells}; ${others}`, where(last)])];
}

function full() {
  const line = lines('full').at(-1);
  if (!line) return [];
  const { rows, workers, formats, models } = line;
  const loads = Object.entries(formats).map(([format, { milliseconds, codedBytes, peakMiB }]) =>
    row([`${count(rows)} rows, ${format} files to coded rows, ${workers} workers`, `${seconds(milliseconds)}; coded ${count(Math.round(codedBytes / 2 ** 20))} MiB, at most ${count(peakMiB)} MiB resident`, where(line)]));
  const runs = Object.entries(models).map(([model, { estimate, indicator, keep, traces }]) =>
    row([`${count(rows)} coded rows, four outcomes of \`${model}\`, Node, ${workers} workers`, `${seconds(estimate)}, ${stepsOf(traces)}; by month, county, office, support group and measure ${seconds(indicator)}${keep === undefined ? '' : `; sums for what-if ${seconds(keep)}`}`, where(line)]));
  return [...loads, ...runs];
}

function browser() {
  const line = lines('browser').at(-1);
  if (!line) return [];
  const { rows, workers, browser: name, estimateMilliseconds, codedBytes, peakMiB, traces, app } = line;
  const longest = app.gaps.all.longestTask;
  const idle = Math.max(...app.cancelled.map(({ toIdle }) => toIdle));
  return [
    row([`${count(rows)} coded rows, four outcomes of \`main\`, ${name}, ${workers} workers`, `${seconds(estimateMilliseconds.median)}, ${stepsOf(traces)}; coded ${count(Math.round(codedBytes / 2 ** 20))} MiB, at most ${count(peakMiB)} MiB resident`, where(line)]),
    row([`the app on ${count(rows)} rows, ${name}, ${app.workers} ${app.workers === 1 ? 'worker' : 'workers'}`, `longest task of the main thread ${longest === 0 ? 'under 50' : longest.toFixed(0)} ms; idle at most ${idle.toFixed(0)} ms after cancel`, where(line)]),
  ];
}

function growth() {
  const line = lines('growth').at(-1);
  if (!line) return [];
  const { spread, sizes } = line;
  return [row([`cost of a pass a row, from 1,000,000 to ${count(sizes.at(-1).rows)} rows`, `within ${Math.round(100 * Math.max(...spread.map(({ fromMillion }) => fromMillion)))} % of that at 1,000,000 ([by size](bench/results/growth.md))`, where(line)])];
}

function whatIf() {
  const line = lines('what-if').at(-1);
  const full = lines('full-what-if').at(-1);
  const rows = [];
  if (line) {
    const p95 = (kind) => Math.max(...Object.values(line.cases).map((cases) => cases[kind].p95Ms)).toFixed(1);
    rows.push(row([`what-if without rows: ${line.months} months, ${line.counties} counties, ${line.offices} offices, the larger of \`main\` and \`table4\`, 95th percentile of ${line.cases.main['least squares, model'].runs}`, `another model ${p95('least squares, model')} ms, other people ${p95('least squares, people')} ms; probit previews ${p95('probit preview, model')} and ${p95('probit preview, people')} ms; a month out ${p95('month out')} ms, in ${p95('month in')} ms`, where(line)]));
  }
  if (full) {
    const answers = Object.entries(full.answers).map(([name, { previewMs, exactMs }]) => `${name} ${seconds(exactMs)} (preview ${previewMs} ms)`);
    rows.push(row([`exact what-if of a probit from ${count(full.rows)} resident rows, \`main\`, ${full.workers} workers`, `${answers.join(', ')}; sums for what-if kept in ${seconds(full.phases.keep)}`, where(full)]));
  }
  return rows;
}

function uncertainty() {
  const all = lines('uncertainty');
  // Parts of the bench are run apart: the newest measurement of each.
  const newest = new Map(all.filter(({ rows }) => rows === all.at(-1).rows).flatMap((line) => line.measured.map((one) => [one.name, { line, ...one }])));
  return [...newest.values()].map(({ line, name, milliseconds, without, eachMilliseconds, replicates }) =>
    row([`${count(line.rows)} coded rows, ${line.workers} workers: ${name}, by month`, `${seconds(milliseconds)}, of it ${seconds(without)} to estimate${replicates ? `; ${Math.round(eachMilliseconds)} ms a replicate and outcome` : ''}`, where(line)]));
}

function app() {
  const line = lines('app').at(-1);
  if (!line) return [];
  const { rows, workers, browser: name, steps, cancelled } = line;
  const tasks = steps.map(({ name: step, longestTask }) => `${step} ${longestTask === 0 ? 'under 50' : longestTask}`).join(', ');
  return [row([`the app on ${count(rows)} rows of files, ${name}, ${workers} ${workers === 1 ? 'worker' : 'workers'}: longest task of the main thread, ms`, `${tasks}; idle at most ${Math.max(...cancelled.map(({ milliseconds }) => milliseconds))} ms after cancel`, where(line)])];
}

/** Most passes with a Hessian over all rows, and the largest step that was left, of the probits. */
function stepsOf(traces) {
  const probits = traces.filter(({ remainingStep }) => remainingStep !== null);
  const hessians = Math.max(...probits.map(({ passes }) => passes.hessian ?? 0));
  return `at most ${hessians} Hessian passes, remaining step ${Math.max(...probits.map(({ remainingStep }) => remainingStep)).toExponential(1)} s.e.`;
}

const body = [row(['what', 'measured', 'when and where']), row(['---', '---', '---']), ...kernels(), ...synthetic(), ...run(), ...descriptive(), ...reading(), ...full(), ...browser(), ...app(), ...growth(), ...whatIf(), ...uncertainty(), ...recovery(), ...coverage()].join('\n');
const text = readFileSync(readme, 'utf8');
const marked = /(<!-- bench -->\n)[\s\S]*?(<!-- \/bench -->)/;
if (!marked.test(text)) throw new Error('README.md has no <!-- bench --> marks.');
writeFileSync(readme, text.replace(marked, (_, from, to) => `${from}${body}\n${to}`));
console.log(body);
