// From Arrow files to result tables on disk, as the command line does it: node bench/run.mjs [--rows N] [--rounds N] [--workers N]
import { join } from 'node:path';
import { command, machine, machineLine, median, numberFlags, record, temporaryFolder } from './measure.mjs';

const phases = ['read', 'code', 'estimate', 'indicator', 'write'];
const { rows, rounds, workers } = numberFlags({ rows: 2_000_000, rounds: 3, workers: 2 });
const folder = temporaryFolder();
const here = machine();
console.log(machineLine(here));

const generated = await command(['generate', '--out', join(folder, 'population'), '--rows', String(rows), '--seed', '1', '--workers', String(workers)]);
console.log(`generate: ${rows} rows in ${seconds(generated.milliseconds)} s, ${perSecond(generated.milliseconds)} rows/s`);

const rounded = [];
for (let round = 0; round < rounds; round++) {
  const { summary, milliseconds, peakMiB } = await command([
    'run', join(folder, 'population', 'data'), '--out', join(folder, `result-${round}`), '--model', 'main', '--by', 'county', '--workers', String(workers),
  ]);
  const times = Object.fromEntries(summary.timings.map((timing) => [timing.phase, timing.milliseconds]));
  rounded.push({ milliseconds, peakMiB, times, digest: summary.digest, outcomes: summary.fits.length });
}
const digests = new Set(rounded.map(({ digest }) => digest));
if (digests.size !== 1) throw new Error(`The rounds do not agree: ${[...digests].join(', ')}`);

const total = median(rounded.map(({ milliseconds }) => milliseconds));
const spent = Object.fromEntries(phases.map((phase) => [phase, median(rounded.map(({ times }) => times[phase] ?? 0))]));
const rest = total - phases.reduce((sum, phase) => sum + spent[phase], 0);
const [{ digest, outcomes }] = rounded;
const peakMiB = median(rounded.map((round) => round.peakMiB));

console.log(`run: ${rows} rows, ${outcomes} outcomes, model main by county, ${workers} workers; medians of ${rounds}`);
for (const [phase, milliseconds] of [...Object.entries(spent), ['start and end', rest], ['all', total]]) {
  console.log(`  ${phase.padEnd(14)} ${seconds(milliseconds).padStart(7)} s ${((100 * milliseconds) / total).toFixed(0).padStart(4)} %`);
}
console.log(`  ${perSecond(total)} rows/s, peak ${peakMiB} MiB resident, digest ${digest}`);
record('run', {
  bench: 'run', ...here, rows, workers, rounds, outcomes, milliseconds: Math.round(total), generateMilliseconds: Math.round(generated.milliseconds),
  phases: Object.fromEntries(phases.map((phase) => [phase, Math.round(spent[phase])])), rowsPerSecond: Math.round((1000 * rows) / total), peakMiB, digest,
});

function seconds(milliseconds) {
  return (milliseconds / 1000).toFixed(2);
}
function perSecond(milliseconds) {
  return Math.round((1000 * rows) / milliseconds).toLocaleString('en');
}
