// Does estimation find the truth? Populations drawn from the report's Table 4 alone (--effects off), estimated with the
// model of that table: node bench/recovery.mjs [--rows N] [--seeds N] [--workers N]. Fails where a share is under 99 %.
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { command, machine, machineLine, numberFlags, record, temporaryFolder } from './measure.mjs';

const least = 0.99;
const { rows, seeds, workers } = numberFlags({ rows: 2_000_000, seeds: 3, workers: 2 });
const folder = temporaryFolder();
const here = machine();
const truth = new Map(table(new URL('../test/fixtures/reference/coefficients.csv', import.meta.url)).map((row) => [`${row.variable} ${row.level}`, row]));
const found = [];
console.log(machineLine(here));

for (let seed = 1; seed <= seeds; seed++) {
  const population = join(folder, `population-${seed}`);
  const result = join(folder, `result-${seed}`);
  await command(['generate', '--out', population, '--rows', String(rows), '--seed', String(seed), '--effects', 'off', '--workers', String(workers)]);
  const { summary } = await command(['run', join(population, 'data'), '--out', result, '--model', 'table4', '--vcov', 'cluster', '--workers', String(workers)]);
  const coefficients = table(join(result, 'coefficients.csv'));
  for (const { outcome, rSquared, pseudoRSquared, n } of summary.fits) {
    const compared = coefficients.filter((row) => row.outcome === outcome && row.status === 'estimated').map((row) => compare(row, outcome));
    const outside = compared.filter(({ distance, allowed }) => !(distance <= allowed));
    const line = { seed, outcome, n, compared: compared.length, within: compared.length - outside.length, rSquared, pseudoRSquared, digest: summary.digest, outside };
    found.push(line);
    record('recovery', { bench: 'recovery', ...here, rows, ...line });
    console.log(`seed ${seed} ${outcome.padEnd(7)} ${line.within} of ${line.compared} (${share(line)}), ${fitOf(line)}${outside.map((o) => `\n    outside: ${o.term} ${o.level}, printed ${o.printed}, estimate ${o.estimate}, s.e. ${o.standardError}`).join('')}`);
  }
}

writeFileSync(new URL('results/recovery.md', import.meta.url), report());
if (found.some(({ within, compared }) => compared === 0 || within < least * compared)) {
  console.error(`Fewer than ${100 * least} % of the coefficients lie where they should.`);
  process.exitCode = 1;
}

/** How far an estimate lies from the printed value, and how far it may. */
function compare({ term, level, estimate, std_error: standardError }, outcome) {
  const printed = truth.get(`${term} ${level}`)?.[outcome];
  if (printed === undefined) throw new Error(`Table 4 has no ${term} ${level}.`);
  return { term, level, printed: Number(printed), estimate: Number(estimate), standardError: Number(standardError), distance: Math.abs(Number(estimate) - Number(printed)), allowed: 4 * Number(standardError) + 0.005 };
}

function report() {
  const lines = found.map((line) => `| ${line.seed} | ${line.outcome} | ${line.n.toLocaleString('en')} | ${line.within} of ${line.compared} | ${share(line)} | ${fitOf(line)} | ${line.outside.map(({ term, level }) => `${term} ${level}`).join(', ')} |`);
  return `# Recovery of Table 4

${rows.toLocaleString('en')} rows with \`--effects off\`, model \`table4\`, \`--vcov cluster\`: estimated coefficients within 4 standard errors + 0.005 of
the printed value. Written by \`node bench/recovery.mjs\`.

${machineLine(here)}

| seed | outcome | n | within | share | fit | outside |
|---|---|---|---|---|---|---|
${lines.join('\n')}
`;
}

function share({ within, compared }) {
  return `${((100 * within) / compared).toFixed(1)} %`;
}
function fitOf({ rSquared, pseudoRSquared }) {
  return rSquared === null ? `pseudo-R² ${pseudoRSquared.toFixed(4)}` : `R² ${rSquared.toFixed(4)}`;
}

/** Rows of a CSV file as records; fields may be quoted. */
/** @returns {any[]} */
function table(path) {
  const [header, ...lines] = readFileSync(path, 'utf8').trim().split(/\r?\n/).map((line) => [...line.matchAll(/(?:^|,)(?:"((?:[^"]|"")*)"|([^,]*))/g)].map(([, quoted, plain]) => quoted?.replaceAll('""', '"') ?? plain));
  return lines.map((fields) => Object.fromEntries(header.map((name, i) => [name, fields[i]])));
}
