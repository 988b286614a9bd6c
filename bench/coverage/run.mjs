// Do 95 % intervals hold what they are to hold, 95 times in a hundred? The same structure, other persons again and again:
// node bench/coverage/run.mjs [--populations N] [--rows N] [--structure N] [--limit-rows N] [--first N] [--pools N]
// Fails where clustered intervals of cells with at least 150 persons hold their target too seldom or too often.
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { openPool } from '../../dist/engine/workers/open-node.js';
import { command, machine, machineLine, numberFlags, record, temporaryFolder } from '../measure.mjs';
import { holdAgainstTruth, methods } from './population.mjs';
import { inBand, lines, page } from './report.mjs';
import { Tally } from './tally.mjs';

const judged = 'clustered';
const flags = numberFlags({ populations: 1000, rows: 196_608, structure: 1, 'limit-rows': 23_901_114, first: 1, pools: 3 });
const { populations, rows, structure, first } = flags;
const folder = temporaryFolder();
const here = machine();
const started = performance.now();
console.log(machineLine(here));

const truth = join(folder, 'limit', 'truth');
await command(['generate', '--out', join(folder, 'limit'), '--rows', '1000', '--structure-seed', String(structure), '--limit', 'main', '--limit-rows', String(flags['limit-rows']), '--workers', '2']);
const spec = JSON.parse(readFileSync(join(truth, 'limit-model.json'), 'utf8'));
const limits = limitsOf(readFileSync(join(truth, 'limit.csv'), 'utf8'));
const outcomes = spec.outcomes.map(({ name }) => name);
console.log(`limit: ${flags['limit-rows']} rows, ${seconds()} s`);

const pools = await Promise.all(Array.from({ length: flags.pools }, () => openPool({ workers: 1 })));
const tally = new Tally();
const failures = [];
let [next, persons] = [first, 0];
await Promise.all(pools.map(async (pool) => {
  while (next < first + populations) {
    const seed = next++;
    try {
      const result = await holdAgainstTruth({ population: { rows, seed, structureSeed: structure }, spec, limits, pool });
      tally.add(result);
      persons += result.fits[0].persons;
    } catch (error) {
      if (error.kind !== 'not-estimable') throw error;
      failures.push({ seed, message: error.message });
    }
    if (tally.populations % 250 === 0) writePage();
    if (tally.populations % 50 === 0) console.log(`${tally.populations} populations, ${seconds()} s: ${outcomes.map((outcome) => `${outcome} ${(100 * tally.summary(judged, outcome, inBand(tally, 0)).mean).toFixed(2)}`).join(', ')}`);
  }
}));
for (const pool of pools) pool.close();

const { settings, after } = writePage();
for (const line of lines(tally, { methods, outcomes })) record('coverage', { bench: 'coverage', ...after, ...settings, failures: failures.length, ...line });

let worst = 0;
for (const outcome of outcomes) {
  const { mean, lowest, highest, outside, cells } = tally.summary(judged, outcome, inBand(tally, 0));
  console.log(`${outcome.padEnd(7)} ${(100 * mean).toFixed(2)} % of ${cells} cells, lowest ${(100 * lowest.share).toFixed(1)} %, highest ${(100 * highest.share).toFixed(1)} %`);
  if (mean < 0.94 || mean > 0.96 || outside.length > 0) worst++;
}
if (worst > 0) {
  console.error('Clustered intervals hold their target in fewer than 94 % or more than 96 % of the cases, or in some cell fewer than 92.5 % or more than 97.5 %.');
  process.exitCode = 1;
}

/** What is known so far; the page tells of how many populations. */
function writePage() {
  const settings = { populations: tally.populations, rows, structure, limitRows: flags['limit-rows'], persons: Math.round(persons / tally.populations), seconds: seconds() };
  const after = { ...here, load: machine().load };
  writeFileSync(new URL('../results/coverage.md', import.meta.url), page(tally, { methods, outcomes, settings, here: after, failures }));
  return { settings, after };
}

function seconds() {
  return Math.round((performance.now() - started) / 1000);
}

/** Outcome → `term NUL level` → coefficient, where there is one. */
function limitsOf(text) {
  const [header, ...rest] = text.trim().split('\n').map((line) => line.split(','));
  const at = (name) => header.indexOf(name);
  const found = new Map();
  for (const fields of rest) {
    const [outcome, term, level, estimate] = ['outcome', 'term', 'level', 'estimate'].map((name) => fields[at(name)]);
    if (estimate === '') continue;
    if (!found.has(outcome)) found.set(outcome, new Map());
    found.get(outcome).set(`${term}\u0000${level}`, Number(estimate));
  }
  return found;
}
