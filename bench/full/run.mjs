// The report's own size: node bench/full/run.mjs [--rows N] [--rounds N] [--workers N] [--data FOLDER]
// Files on disk to coded rows (Arrow and Parquet, each round a process of its own), all outcomes of `main` and `table4` from
// coded rows, sums by group and month, and the sums that what-if keeps. FOLDER may hold the files, as `arrow/data` and
// `parquet/data`; what it lacks is made there, and stays.
import { execFile } from 'node:child_process';
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs, promisify } from 'node:util';
import { command, machine, machineLine, median, record, temporaryFolder } from '../measure.mjs';

const { values } = parseArgs({ options: { rows: { type: 'string', default: '23901114' }, rounds: { type: 'string', default: '3' }, workers: { type: 'string', default: '2' }, data: { type: 'string' } } });
const [rows, rounds, workers] = [Number(values.rows), Number(values.rounds), Number(values.workers)];
const folder = values.data ?? temporaryFolder();
const here = machine();
console.log(`${machineLine(here)}\n${rows.toLocaleString('en')} rows, ${workers} workers`);

const formats = {};
let computed = null;
for (const format of ['arrow', 'parquet']) {
  const data = join(folder, format, 'data');
  if (!existsSync(data)) await command(['generate', '--out', join(folder, format), '--rows', values.rows, '--seed', '1', '--format', format, '--workers', values.workers]);
  const bytes = warm(data);
  const loads = [];
  for (let round = 0; round < rounds; round++) {
    // What follows from coded rows is the same whatever they were read from.
    const compute = format === 'arrow' && round === rounds - 1;
    const measured = await measure(data, compute ? rounds + 1 : 0);
    loads.push(measured.main.load);
    if (compute) computed = measured;
  }
  const [{ codedBytes, persons, rows: read }] = loads;
  if (read !== rows) throw new Error(`${data} has ${read} rows, not ${rows}.`);
  const of = (value) => Math.round(median(loads.map(value)));
  formats[format] = {
    fileBytes: bytes, persons, codedBytes, milliseconds: of((load) => load.milliseconds), rounds: loads.map((load) => load.milliseconds),
    read: of((load) => load.phases.read), code: of((load) => load.phases.code), peakMiB: Math.max(...loads.map((load) => load.peakMiB)),
  };
  const { milliseconds, read: readTime, code, peakMiB } = formats[format];
  console.log(`  ${format} (${mib(bytes)} MiB) to coded rows: ${seconds(milliseconds)} s (read ${seconds(readTime)}, code ${seconds(code)}); coded ${mib(codedBytes)} MiB, at most ${peakMiB} MiB resident`);
}

const models = {};
for (const model of ['main', 'table4']) {
  const { load, runs } = computed[model];
  if (new Set(runs.map(({ digest }) => digest)).size !== 1) throw new Error(`The rounds of ${model} do not agree.`);
  // The first warms up.
  const warmed = runs.slice(1);
  const of = (phase) => Math.round(median(warmed.map(({ phases }) => phases[phase])));
  models[model] = {
    loadMilliseconds: load.milliseconds, codedBytes: load.codedBytes, estimate: of('estimate'), rounds: warmed.map(({ phases }) => phases.estimate), indicator: of('indicator'),
    ...(warmed[0].phases.keep === undefined ? {} : { keep: of('keep') }), traces: runs[0].traces, digest: runs[0].digest,
  };
  const { estimate, indicator, keep } = models[model];
  console.log(`  ${model}: four outcomes from coded rows ${seconds(estimate)} s; by month, county, office, support group and measure ${seconds(indicator)} s${keep === undefined ? '' : `; sums kept for what-if ${seconds(keep)} s`}`);
  for (const { outcome, passes, remainingStep } of models[model].traces) {
    console.log(`    ${outcome.padEnd(7)} ${Object.entries(passes).map(([pass, n]) => `${n} ${pass}`).join(', ')}${remainingStep === null ? '' : `, remaining step ${remainingStep.toExponential(1)} s.e.`}`);
  }
}
record('full', { bench: 'full', ...here, rows, workers, rounds, formats, models });

async function measure(data, computeRounds) {
  const program = fileURLToPath(new URL('measure.mjs', import.meta.url));
  const { stdout } = await promisify(execFile)(process.execPath, [program, data, String(workers), String(computeRounds)], { maxBuffer: 2 ** 26 });
  return JSON.parse(stdout);
}

/** Reads every file once, so that the system has it at hand; the bytes of all. */
function warm(data) {
  return readdirSync(data).reduce((bytes, name) => {
    readFileSync(join(data, name));
    return bytes + statSync(join(data, name)).size;
  }, 0);
}
function seconds(milliseconds) {
  return (milliseconds / 1000).toFixed(2);
}
function mib(bytes) {
  return Math.round(bytes / 2 ** 20);
}
