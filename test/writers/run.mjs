// The table of test/fixtures/writers with 20,000 rows (`--rows N`) from every writer: one digest for all that can be read. Writers that
// this machine lacks are counted as not run.
import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { openPool } from '../../dist/engine/workers/open-node.js';
import { digestOf, fixtures } from './digest-of.mjs';

const { values: flags } = parseArgs({ options: { rows: { type: 'string', default: '20000' } } });
const rows = Number(flags.rows);
const refused = JSON.parse(readFileSync(new URL('refused.json', fixtures), 'utf8'));

/** Versions by package; null where it is not here. */
function pythonPackages() {
  const code = 'import importlib.metadata as m, json, sys\nfound = {"python": sys.version.split()[0]}\nfor n in ["pyarrow", "pandas", "polars", "duckdb"]:\n  try: found[n] = m.version(n)\n  except m.PackageNotFoundError: found[n] = None\nprint(json.dumps(found))';
  const { status, stdout } = spawnSync('python3', ['-c', code], { encoding: 'utf8' });
  return /** @type {Record<string, string | null>} */ (status === 0 ? JSON.parse(stdout) : { python: null, pyarrow: null, pandas: null, polars: null, duckdb: null });
}

const versions = { ...pythonPackages(), R: spawnSync('Rscript', ['--version']).error ? null : 'here', spark: spawnSync('spark-submit', ['--version']).error ? null : 'here' };
const lacking = Object.entries(versions).filter(([, version]) => version === null).map(([name]) => name);
if (lacking.some((name) => name !== 'R' && name !== 'spark')) {
  console.log(`not run: ${lacking.join(', ')} (${lacking.length} not here)`);
  process.exit(0);
}
const folder = mkdtempSync(join(tmpdir(), 'writers-'));
const pool = await openPool({ workers: 1 });
/** @type {Record<string, string[]>} */
const read = {};
/** @type {Record<string, string>} */
const codes = {};
/** @type {Record<string, string>} */
const messages = {};
try {
  execFileSync('python3', [fileURLToPath(new URL('make.py', fixtures)), '--rows', String(rows), '--out', folder], { stdio: 'inherit' });
  for (const name of readdirSync(folder).sort()) {
    try {
      const found = await digestOf(pool, [join(folder, name)]);
      (read[`${found.digest} of ${found.rows} rows`] ??= []).push(name);
    } catch (error) {
      codes[name] = error.code;
      messages[name] = String(error.message).replaceAll(`${folder}/`, '');
    }
  }
} finally {
  pool.close();
  rmSync(folder, { recursive: true });
}
const digests = Object.keys(read);
const isExpected = digests.length === 1 && Object.keys(codes).every((name) => codes[name] === refused[name]?.code) && Object.keys(refused).every((name) => name in codes || (versions.R === null && name.startsWith('r-')));
const notRun = lacking.map((name) => `${name} is not here: not run`).join(', ');
console.log(`${rows} rows: ${Object.values(read).flat().length} files read, ${digests.length} digest, ${Object.keys(codes).length} refused${isExpected ? ', as they should be' : ''}; ${notRun}`);
if (!isExpected) {
  console.error(JSON.stringify({ read, codes, messages }, null, 2));
  process.exit(1);
}
const commit = execFileSync('git', ['rev-parse', '--short', 'HEAD'], { encoding: 'utf8', cwd: fileURLToPath(fixtures) }).trim();
const result = {
  date: new Date().toISOString().slice(0, 10), commit, node: process.versions.node, versions, notRun: lacking, rows,
  digest: digests[0], read: Object.values(read).flat(), refused: Object.fromEntries(Object.entries(codes).map(([name, code]) => [name, { code, why: messages[name] }])),
};
writeFileSync(new URL('../results/writers.json', import.meta.url), `${JSON.stringify(result, null, 2)}\n`);
