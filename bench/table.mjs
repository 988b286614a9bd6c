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
    row([`kernel: ${titles[name] ?? name}, main model, one thread, quickest round`, `${ours.min.toFixed(1)} ns a row; plain loops ${plain.min.toFixed(1)}${c ? `, C ${c.min.toFixed(1)}` : ''}`, where(line)]),
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

const body = [row(['what', 'measured', 'when and where']), row(['---', '---', '---']), ...kernels(), ...synthetic(), ...run(), ...recovery()].join('\n');
const text = readFileSync(readme, 'utf8');
const marked = /(<!-- bench -->\n)[\s\S]*?(<!-- \/bench -->)/;
if (!marked.test(text)) throw new Error('README.md has no <!-- bench --> marks.');
writeFileSync(readme, text.replace(marked, (_, from, to) => `${from}${body}\n${to}`));
console.log(body);
