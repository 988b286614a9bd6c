// The report's own size: node bench/full/run.mjs [--rows N] [--rounds N] [--workers N] [--data FOLDER] [--against ROOT]
// Files on disk to coded rows (Arrow and Parquet, each round a process of its own), all outcomes of `main` and `table4` from
// coded rows, sums by group and month, and the sums that what-if keeps. FOLDER may hold the files, as `arrow/data` and
// `parquet/data`; what it lacks is made there, and stays.
// With --against reading alone is compared with that of another checkout, built in ROOT, in pairs; fails where it takes over 3 % longer.
import { execFile, execFileSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs, promisify } from 'node:util';
import { command, machine, machineLine, median, record, temporaryFolder } from '../measure.mjs';

const { values } = parseArgs({ options: { rows: { type: 'string', default: '23901114' }, rounds: { type: 'string', default: '3' }, workers: { type: 'string', default: '2' }, data: { type: 'string' }, against: { type: 'string' } } });
const [rows, rounds, workers] = [Number(values.rows), Number(values.rounds), Number(values.workers)];
const folder = values.data ?? temporaryFolder();
const here = machine();
console.log(`${machineLine(here)}\n${rows.toLocaleString('en')} rows, ${workers} workers`);

/** What a change of the readers may cost. */
const mostSlower = 1.03;
if (values.against !== undefined) {
  await compareReading(resolve(values.against));
  process.exit();
}

const formats = {};
let computed = null;
for (const format of ['arrow', 'parquet']) {
  const { data, bytes } = await filesOf(format);
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

/** Each pair in the other order than the one before; the files are at hand before the first. */
async function compareReading(other) {
  const compared = {};
  for (const format of ['arrow', 'parquet']) {
    const { data, bytes } = await filesOf(format);
    const pairs = [];
    for (let round = 0; round < rounds; round++) {
      const pair = {};
      for (const which of round % 2 === 0 ? ['own', 'other'] : ['other', 'own']) pair[which] = (await measure(data, 0, which === 'own' ? undefined : other)).main.load;
      if (pair.own.rows !== rows || pair.other.rows !== rows) throw new Error(`${data} has ${pair.own.rows} rows, not ${rows}.`);
      pairs.push(pair);
    }
    const of = (which) => Object.fromEntries(['milliseconds', 'processor'].map((value) => [value, Math.round(median(pairs.map((pair) => pair[which][value])))]));
    const ratio = (value) => Number(median(pairs.map(({ own, other: before }) => own[value] / before[value])).toFixed(3));
    compared[format] = { fileBytes: bytes, own: of('own'), other: of('other'), ratio: ratio('milliseconds'), processorRatio: ratio('processor'), sameDigest: pairs.every(({ own, other: before }) => own.digest === before.digest) };
    const { own, other: before, ratio: slower, processorRatio, sameDigest } = compared[format];
    console.log(`  ${format} (${mib(bytes)} MiB) to coded rows: ${seconds(own.milliseconds)} s, in ${other} ${seconds(before.milliseconds)} s, ratio ${slower} (processor time ${processorRatio}, asked at most ${mostSlower}); ${sameDigest ? 'one digest' : 'other digests'}`);
  }
  const against = execFileSync('git', ['-C', other, 'rev-parse', '--short', 'HEAD'], { encoding: 'utf8' }).trim();
  record('reading', { bench: 'reading-against', ...here, rows, workers, rounds, against, compared });
  if (Object.values(compared).some(({ ratio }) => ratio > mostSlower)) process.exitCode = 1;
}

/** Files of the format, made where they are not there, and at hand. */
async function filesOf(format) {
  const data = join(folder, format, 'data');
  if (!existsSync(data)) await command(['generate', '--out', join(folder, format), '--rows', values.rows, '--seed', '1', '--format', format, '--workers', values.workers]);
  return { data, bytes: warm(data) };
}

async function measure(data, computeRounds, root) {
  const program = fileURLToPath(new URL('measure.mjs', import.meta.url));
  const args = [program, data, String(workers), String(computeRounds), ...(root === undefined ? [] : [root])];
  const { stdout } = await promisify(execFile)(process.execPath, args, { maxBuffer: 2 ** 26 });
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
