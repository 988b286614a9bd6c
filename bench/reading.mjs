// Reading of one large file and of many small ones: node bench/reading.mjs [--rows N] [--rounds N] [--files N]
// One CSV file, and one Parquet file of eight row groups, to coded rows of `main`, by one worker and by two, in pairs; then many files of
// ten rows with two workers, with and without an SQL condition. Processor time stands beside the clock, which others on the
// machine slow down. Fails where two workers are not 1.6 times as fast, or many files take over two seconds.
import { closeSync, mkdirSync, openSync, readdirSync, readFileSync, writeFileSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { tableFromIPC, tableToIPC } from 'apache-arrow';
import { Table as ParquetTable, WriterPropertiesBuilder, writeParquet } from 'parquet-wasm/node';
import { listRegisterFiles } from '../dist/engine/register/files-node.js';
import { main } from '../dist/engine/spec/built-in.js';
import { loadRows } from '../dist/engine/workers/load-rows.js';
import { openPool } from '../dist/engine/workers/open-node.js';
import { command, machine, machineLine, median, numberFlags, record, temporaryFolder } from './measure.mjs';

const askedSpeedup = 1.6;
const askedSmall = 2000;
const rowGroups = 8;
const rowsOfSmall = 10;
const condition = 'age >= 25';
const { rows, rounds, files } = numberFlags({ rows: 1_000_000, rounds: 5, files: 2000 });
const folder = temporaryFolder();
const here = machine();
console.log(machineLine(here));

const large = {};
const pools = { one: await openPool({ workers: 1 }), two: await openPool({ workers: 2 }) };
for (const [format, file] of Object.entries(await largeFiles())) {
  const pairs = [];
  // The first pair warms up.
  for (let round = 0; round <= rounds; round++) {
    const order = round % 2 === 0 ? ['one', 'two'] : ['two', 'one'];
    const pair = {};
    for (const workers of order) pair[workers] = await read(pools[workers], [file], null);
    if (pair.one.digest !== pair.two.digest || pair.one.rows !== rows) throw new Error(`${file}: one worker and two do not read the same.`);
    if (round > 0) pairs.push(pair);
  }
  const of = (workers, value) => Math.round(median(pairs.map((pair) => pair[workers][value])));
  const figures = (workers) => Object.fromEntries(['milliseconds', 'read', 'code', 'processor'].map((value) => [value, of(workers, value)]));
  large[format] = { speedup: Number(median(pairs.map(({ one, two }) => one.milliseconds / two.milliseconds)).toFixed(2)), one: figures('one'), two: figures('two') };
  const { speedup, one, two } = large[format];
  console.log(`  ${format}: ${one.milliseconds} ms by one worker, ${two.milliseconds} by two, ${speedup} times as fast (asked ${askedSpeedup}); processor time ${one.processor} and ${two.processor} ms`);
}
for (const pool of Object.values(pools)) pool.close();

const small = {};
for (const format of ['csv', 'parquet', 'arrow']) {
  const data = await smallFiles(format);
  small[format] = {};
  for (const [name, where] of [['all', null], ['condition', condition]]) {
    const found = [];
    for (let round = 0; round < Math.min(rounds, 3); round++) {
      const pool = await openPool({ workers: 2 });
      found.push(await read(pool, [data], where));
      pool.close();
    }
    const of = (value) => Math.round(median(found.map((one) => one[value])));
    small[format][name] = { milliseconds: of('milliseconds'), processor: of('processor') };
  }
  const { all, condition: some } = small[format];
  console.log(`  ${files} ${format} files of ${rowsOfSmall} rows: ${all.milliseconds} ms, with a condition ${some.milliseconds} (asked ${askedSmall}); processor time ${all.processor} and ${some.processor} ms`);
}
record('reading', { bench: 'reading', ...here, rows, rowGroups, rounds, large, files, rowsOfSmall, small });

const slow = [
  ...Object.entries(large).filter(([, { speedup }]) => speedup < askedSpeedup).map(([format]) => `${format} by two workers`),
  ...Object.entries(small).flatMap(([format, found]) => Object.entries(found).filter(([, { milliseconds }]) => milliseconds > askedSmall).map(([name]) => `many ${format} files (${name})`)),
];
if (slow.length > 0) {
  console.error(`Slower than asked: ${slow.join(', ')}.`);
  process.exitCode = 1;
}

async function read(pool, paths, where) {
  const before = process.cpuUsage();
  const started = performance.now();
  const { rows: found, digest, timings } = await loadRows({ spec: main, source: { files: await listRegisterFiles(paths) }, by: [['county']], where, pool, onProgress: () => {} });
  const milliseconds = performance.now() - started;
  const { user, system } = process.cpuUsage(before);
  return { milliseconds, processor: (user + system) / 1000, rows: found, digest, ...Object.fromEntries(timings.map(({ phase, milliseconds: time }) => [phase, time])) };
}

/** A CSV file, and a Parquet file of eight row groups, of the same rows. */
async function largeFiles() {
  for (const format of ['csv', 'arrow']) await command(['generate', '--out', join(folder, format), '--rows', String(rows), '--seed', '1', '--format', format]);
  const parts = (format) => readdirSync(join(folder, format, 'data')).sort().map((name) => join(folder, format, 'data', name));
  const [csv, parquet] = [join(folder, 'one.csv'), join(folder, 'one.parquet')];
  const out = openSync(csv, 'w');
  parts('csv').forEach((path, k) => {
    const bytes = readFileSync(path);
    writeSync(out, bytes, k === 0 ? 0 : bytes.indexOf(10) + 1);
  });
  closeSync(out);
  const [first, ...others] = parts('arrow').map((path) => tableFromIPC(readFileSync(path)));
  const stream = tableToIPC(first.concat(...others), 'stream');
  const properties = new WriterPropertiesBuilder().setMaxRowGroupSize(Math.ceil(rows / rowGroups)).build();
  writeFileSync(parquet, writeParquet(ParquetTable.fromIPCStream(stream), properties));
  return { csv, parquet };
}

/** A folder of files of ten rows each. */
async function smallFiles(format) {
  const source = join(folder, 'small-source');
  if (format === 'csv') await command(['generate', '--out', source, '--rows', String(files * rowsOfSmall), '--seed', '2', '--format', 'arrow']);
  const [name] = readdirSync(join(source, 'data'));
  const table = tableFromIPC(readFileSync(join(source, 'data', name)));
  const data = join(folder, `small-${format}`);
  mkdirSync(data);
  for (let file = 0; file < files; file++) {
    const some = table.slice(file * rowsOfSmall, (file + 1) * rowsOfSmall);
    const content = format === 'csv' ? csvOf(some) : format === 'arrow' ? tableToIPC(some, 'file') : writeParquet(ParquetTable.fromIPCStream(tableToIPC(some, 'stream')));
    writeFileSync(join(data, `part-${String(file).padStart(5, '0')}.${format}`), content);
  }
  return data;
}

function csvOf(table) {
  const names = table.schema.fields.map(({ name }) => name);
  const values = names.map((name) => [...table.getChild(name)]);
  const lines = Array.from({ length: table.numRows }, (_, i) => values.map((column) => (column[i] === null || Number.isNaN(column[i]) ? '' : String(column[i]))).join(','));
  return `${[names.join(','), ...lines].join('\n')}\n`;
}
