// Reads what it is sent by the ways that users' files take, and says what came of it. Runs in a worker thread, so that whoever watches stays awake.
import { mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parentPort } from 'node:worker_threads';
import { bundleOf } from '../../dist/engine/bundle/bundle.js';
import { readBundle } from '../../dist/engine/bundle/read-bundle.js';
import { writeBundle } from '../../dist/engine/bundle/write-bundle.js';
import { exitCodes } from '../../dist/engine/errors.js';
import { loadSpec } from '../../dist/engine/entry/load-spec.js';
import { readRunFolder } from '../../dist/engine/entry/read-run-folder.js';
import { runModel } from '../../dist/engine/pipeline.js';
import { nodeAssets } from '../../dist/engine/register/assets-node.js';
import { configureRegister } from '../../dist/engine/register/assets.js';
import { checkSameColumns } from '../../dist/engine/register/describe.js';
import { listRegisterFiles } from '../../dist/engine/register/files-node.js';
import { manifestJson } from '../../dist/engine/results/manifest.js';
import { manifestName, resultDigest, resultFiles } from '../../dist/engine/results/result-files.js';
import { loadRows } from '../../dist/engine/workers/load-rows.js';
import { openPool } from '../../dist/engine/workers/open-node.js';
import { counts, inputOf } from './corpus.mjs';

configureRegister(nodeAssets);

const port = /** @type {import('node:worker_threads').MessagePort} */ (parentPort);
const folder = mkdtempSync(join(tmpdir(), 'hostile-'));
process.once('exit', () => rmSync(folder, { recursive: true, force: true }));
const modelPath = new URL('model.json', new URL('../fixtures/writers/', import.meta.url));
const spec = await loadSpec(modelPath.pathname);
const by = [['county'], ['office']];
const options = /** @type {const} */ ({ by, period: 'month', vcov: 'iid', interval: 'outcome', level: 95, relativeTo: null, where: null, threshold: null });
const soundTable = [new URL('bases/plain.csv', import.meta.url).pathname];

let pool = await openPool({ workers: 1 });
const readyPool = async () => (pool.isOver ? (pool = await openPool({ workers: 1 })) : pool);

/** The rows' digest, by the way of the app (what the files are) and of every command (their rows). */
async function tableDigest(/** @type {readonly string[]} */ paths) {
  const files = await listRegisterFiles(paths);
  await checkSameColumns(files);
  const { digest, rows } = await loadRows({ spec, source: { files }, by, where: null, pool: await readyPool(), onProgress: () => {} });
  return `${digest} of ${rows} rows`;
}

/** What a sound run gives, for bundles, run folders and specs to be changed. */
async function soundRun() {
  const result = await runModel({ spec, source: { files: await listRegisterFiles(soundTable) }, options, pool: await readyPool(), keep: true });
  const files = resultFiles(result, null);
  const context = { engineVersion: '0', runtime: 'node', workers: 1, files: ['plain.csv'], seed: null, resultDigest: await resultDigest(files), resultFiles: [...files.keys()].sort() };
  const all = new Map([...files, [manifestName, await manifestJson(result, context, files)]]);
  const run = new Map([...all].map(([name, content]) => [name, typeof content === 'string' ? new TextEncoder().encode(content) : content]));
  return { spec: JSON.parse(readFileSync(modelPath, 'utf8')), bundle: writeBundle(bundleOf(result, { engineVersion: '0' })), run };
}

const texts = (/** @type {unknown} */ value) => JSON.stringify(value, (_, item) => (typeof item === 'bigint' ? `${item}n` : ArrayBuffer.isView(item) ? [...new Uint8Array(item.buffer, item.byteOffset, item.byteLength)].join() : item));

/** @param {string} ending @param {Uint8Array} bytes @param {ReadonlyMap<string, Uint8Array>} [files] */
async function read(ending, bytes, files) {
  const path = join(folder, `t.${ending}`);
  if (ending === 'bundle') return texts(readBundle(bytes));
  if (ending === 'run') {
    rmSync(path, { recursive: true, force: true });
    mkdirSync(path);
    for (const [name, content] of files ?? []) writeFileSync(join(path, name), content);
    return texts({ ...(await readRunFolder(path)), name: '' });
  }
  writeFileSync(path, bytes);
  if (ending !== 'json') return tableDigest([path]);
  const found = await loadSpec(path);
  const result = await runModel({ spec: found, source: { files: await listRegisterFiles(soundTable) }, options, pool: await readyPool() });
  return resultDigest(resultFiles(result, null));
}

const isStack = (/** @type {string} */ text) => /\n\s+at .+:\d+/.test(text);

/** @param {Parameters<typeof read>} asked */
async function outcome(...asked) {
  try {
    return { accepted: await read(...asked) };
  } catch (error) {
    const { kind = 'internal', code = 'none', message = String(error) } = error;
    return { refused: code, exit: exitCodes[/** @type {keyof typeof exitCodes} */ (kind)] ?? 70, message: message.slice(0, 600), stack: isStack(message) ? message : null, cause: String(error.stack ?? error).slice(0, 600) };
  }
}

const sound = await soundRun();
/** @type {Record<string, string>} */
const soundAnswers = {};
/** What a sound file of the kind gives. @param {string} ending */
async function soundAnswer(ending) {
  const kind = ['bundle', 'run', 'json'].includes(ending) ? ending : 'table';
  return (soundAnswers[kind] ??=
    kind === 'table' ? await tableDigest(soundTable) : kind === 'bundle' ? await read('bundle', sound.bundle) : kind === 'run' ? await read('run', new Uint8Array(0), sound.run) : '');
}

/** What is wrong with what came of an input; null where nothing is. @param {import('./corpus.mjs').Input} input @param {any} found */
async function judged({ expect, ending, twin }, found) {
  if (found.stack) return 'stack';
  if (found.refused !== undefined) {
    if (found.exit === 70) return 'exit 70';
    if (found.exit !== 2 && found.exit !== 3 && found.exit !== 4) return `exit ${found.exit}`;
    if (expect === 'same') return 'sound, refused';
    if (expect !== 'twin') return null;
    return (await outcome(/** @type {any} */ (twin).ending, /** @type {any} */ (twin).bytes)).refused === undefined ? 'sound, refused' : null;
  }
  if (expect === 'refused') return 'contradiction accepted';
  if (expect === 'any') return null;
  const right = expect === 'twin' ? (await outcome(/** @type {any} */ (twin).ending, /** @type {any} */ (twin).bytes)).accepted : await soundAnswer(ending);
  return found.accepted === right ? null : 'other values';
}

port.on('message', async (/** @type {{ family: keyof typeof counts, number: number, seed: string } | { path: string, ending: string, expect: any }} */ asked) => {
  /** @type {import('./corpus.mjs').Input} */
  const input = 'path' in asked
    ? { what: asked.path, ending: asked.ending, bytes: new Uint8Array(readFileSync(asked.path)), expect: asked.expect }
    : await inputOf(asked.family, asked.number, sound, asked.seed);
  port.postMessage({ began: input.what });
  const found = await outcome(input.ending, input.bytes, input.files);
  const fault = await judged(input, found);
  const keep = fault === null ? {} : { bytes: input.bytes, expect: input.expect };
  port.postMessage({ done: { what: input.what, ending: input.ending, fault, ...found, accepted: found.accepted?.slice(0, 60), ...keep } });
});
for (const name of readdirSync(new URL('bases/', import.meta.url))) {
  const found = await tableDigest([new URL(`bases/${name}`, import.meta.url).pathname]);
  if (found !== (await soundAnswer('csv'))) throw new Error(`The sound file ${name} gives ${found}.`);
}
port.postMessage({ ready: true });
