// What users have today, on the same rows in the same run: node bench/peers/run.mjs
//   [--large N] [--middle N] [--small N] [--rounds N] [--workers N] [--minutes N] [--gib N] [--seed N]
// Nothing needs to be installed: a peer that is not found is named as not run. PEERS_PYTHON names a Python, PEERS_WEBR a
// folder with webR, and PEERS the peers to run, as in `PEERS=glum,webR`. Where they come from, on Debian:
//   apt-get install r-base-core r-cran-matrix r-cran-matrixmodels
//   python3 -m venv VENV && VENV/bin/pip install statsmodels pyfixest glum pandas, and PEERS_PYTHON=VENV/bin/python
//   npm install --prefix WEBR webr ws (webR needs ws and does not ask for it), and PEERS_WEBR=WEBR
import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { totalmem } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { command, machine, machineLine, median, numberFlags, record, temporaryFolder } from '../measure.mjs';
import { peers } from './peers.mjs';
import { report } from './report.mjs';
import { ourRounds, outcomes, peerRounds } from './rounds.mjs';

// A peer may have 24 GiB, but never so much that the machine is left without.
const mostGiB = Math.min(24, Math.max(1, Math.floor((0.8 * totalmem()) / 2 ** 30)));
const flags = numberFlags({ large: 2_000_000, middle: 200_000, small: 20_000, rounds: 3, workers: 2, minutes: 5, gib: mostGiB, seed: 1 });
const { rounds, workers, minutes, gib, seed } = flags;
const wanted = process.env.PEERS?.split(',');
const program = (name) => fileURLToPath(new URL(name, import.meta.url));
const folder = temporaryFolder();
const here = machine();
console.log(machineLine(here));

const sizes = {};
for (const size of ['small', 'middle', 'large']) sizes[size] = await prepare(size, flags[size]);
const before = {};
for (const size of Object.keys(sizes)) before[size] = await timeOurs(size);
const found = [];
for (const peer of peers) {
  const missing = wanted && !wanted.some((name) => peer.name.includes(name)) ? 'not asked for in this run' : peer.missing();
  found.push(missing ? note({ peer: peer.name, target: peer.target, notRun: missing }) : await measure(peer));
}
const ours = {};
for (const size of Object.keys(sizes)) ours[size] = noteOurs(size, [before[size], await timeOurs(size)]);
const text = report({ ours, found, here, flags });
console.log(text);
writeFileSync(new URL('../results/peers.md', import.meta.url), text);

/** A population and the codes that peers read. */
async function prepare(size, rows) {
  const population = join(folder, size);
  const codes = join(folder, `${size}-codes`);
  await command(['generate', '--out', population, '--rows', String(rows), '--seed', String(seed), '--workers', String(workers)]);
  const printed = execFileSync(process.execPath, [program('export.mjs'), join(population, 'data'), codes], { encoding: 'utf8' });
  return { rows, data: join(population, 'data'), codes, ...JSON.parse(printed) };
}

/** Ours is timed before and after all peers: the machine may have changed between. */
async function timeOurs(size) {
  const timed = await ourRounds(program('ours.mjs'), { data: sizes[size].data, count: rounds, workers });
  if (timed.rounds.some(({ digest }) => digest !== sizes[size].digest)) throw new Error(`${size}: the timed estimates are not those that the peers are held against.`);
  return timed;
}

function noteOurs(size, parts) {
  const { rows, digest } = sizes[size];
  const timed = parts.flatMap((part) => part.rounds);
  const seconds = timed.map((round) => round.seconds);
  const line = {
    peer: 'arbeidsindikator', size, rows, workers, rounds: timed.length, seconds, medianSeconds: median(seconds), nanosecondsPerRow: (1e9 * median(seconds)) / rows,
    cpuSeconds: median(timed.map((round) => round.cpuSeconds)), remainingStep: Math.max(...timed[0].steps.map(({ remainingStep }) => remainingStep ?? 0)),
    loads: parts.flatMap((part) => part.loads.map(round2)), digest,
  };
  return note(line);
}

/** A peer at its size, or at the largest it holds. */
async function measure(peer) {
  const tried = [];
  for (const size of peer.size === 'largest' ? ['large', 'middle', 'small'] : [peer.size]) {
    const result = await peerRounds(peer, { folder: sizes[size].codes, count: rounds, minutes, gib });
    if (result.rounds.length > 0) return note(lineOf(peer, { size, result, tried }));
    tried.push(`${sizes[size].rows.toLocaleString('en')} rows: ${result.ended}`);
  }
  return note({ peer: peer.name, target: peer.target, notRun: tried.join('; ') });
}

function lineOf(peer, { size, result, tried }) {
  const total = (of) => median(result.rounds.map((round) => (round.some((line) => of(line) === null) ? NaN : round.reduce((sum, line) => sum + of(line), 0))));
  const seconds = result.rounds.map((round) => round.reduce((sum, line) => sum + line.seconds, 0));
  const differences = result.rounds.at(-1).map((line) => difference(line, join(sizes[size].codes, line.outcome)));
  return {
    peer: peer.name, version: result.version, details: result.details || undefined, includes: peer.includes, target: peer.target, size, rows: sizes[size].rows,
    rounds: result.rounds.length, ended: result.ended ?? undefined, tried, seconds, medianSeconds: median(seconds), nanosecondsPerRow: (1e9 * median(seconds)) / sizes[size].rows,
    cpuSeconds: finite(total((line) => line.cpuSeconds)), designSeconds: finite(total((line) => line.designSeconds)),
    byOutcome: Object.fromEntries(outcomes.map((name, o) => [name, median(result.rounds.map((round) => round[o].seconds))])),
    largestDifference: Math.max(...differences.map(({ absolute }) => absolute)), largestDifferenceInStandardErrors: Math.max(...differences.map(({ relative }) => relative)),
    peakGiB: round2(result.peakGiB), loads: result.loads.map(round2),
  };
}

/** How far a peer's coefficients lie from ours. All of them have to be there. */
function difference({ outcome, names, estimates }, codes) {
  const theirs = new Map(names.map((name, i) => [name, estimates[i]]));
  const table = readFileSync(join(codes, 'ours.csv'), 'utf8').trim().split('\n').slice(1).map((line) => line.split(','));
  if (table.length !== names.length) throw new Error(`${outcome}: ${names.length} coefficients where ours has ${table.length}.`);
  const distances = table.map(([name, term, level, estimate, standardError]) => {
    const other = theirs.get(name);
    if (!Number.isFinite(other)) throw new Error(`${outcome}: no estimate for ${term} ${level}.`);
    return { absolute: Math.abs(other - Number(estimate)), relative: Math.abs(other - Number(estimate)) / Number(standardError) };
  });
  return { absolute: Math.max(...distances.map(({ absolute }) => absolute)), relative: Math.max(...distances.map(({ relative }) => relative)) };
}

function note(line) {
  record('peers', { bench: 'peers', ...here, ...line });
  console.log(line.notRun ? `${line.peer}: not run, ${line.notRun}` : `${line.peer}, ${line.rows} rows: ${line.nanosecondsPerRow.toFixed(0)} ns a row over ${line.rounds} rounds, load ${line.loads.join(' … ')}`);
  return line;
}
function round2(value) {
  return Math.round(100 * value) / 100;
}
function finite(value) {
  return Number.isFinite(value) ? value : null;
}
