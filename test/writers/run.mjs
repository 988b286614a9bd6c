// The table of test/fixtures/writers with 20,000 rows (`--rows N`) from every writer: one digest for all that can be read.
import { execFileSync } from 'node:child_process';
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
const folder = mkdtempSync(join(tmpdir(), 'writers-'));
const pool = await openPool({ workers: 1 });
/** @type {Record<string, string[]>} */
const read = {};
/** @type {Record<string, string>} */
const codes = {};
try {
  execFileSync('python3', [fileURLToPath(new URL('make.py', fixtures)), '--rows', String(rows), '--out', folder], { stdio: 'inherit' });
  for (const name of readdirSync(folder).sort()) {
    try {
      const found = await digestOf(pool, [join(folder, name)]);
      (read[`${found.digest} of ${found.rows} rows`] ??= []).push(name);
    } catch (error) {
      codes[name] = error.code;
    }
  }
} finally {
  pool.close();
  rmSync(folder, { recursive: true });
}
const digests = Object.keys(read);
const isExpected = digests.length === 1 && Object.keys(codes).every((name) => codes[name] === refused[name]?.code) && Object.keys(refused).every((name) => name in codes);
console.log(`${rows} rows: ${Object.values(read).flat().length} files read, ${digests.length} digest, ${Object.keys(codes).length} refused${isExpected ? ', as they should be' : ''}`);
if (!isExpected) {
  console.error(JSON.stringify({ read, codes }, null, 2));
  process.exit(1);
}
writeFileSync(new URL('results.json', fixtures), `${JSON.stringify({ rows, digest: digests[0], read: Object.values(read).flat(), refused: codes }, null, 2)}\n`);
