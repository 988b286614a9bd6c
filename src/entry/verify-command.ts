import { availableParallelism } from 'node:os';
import { resolve } from 'node:path';
import type { Command } from 'commander';
import { compareResult } from '../comparison/compare-result.ts';
import { comparisonMath } from '../comparison/math.ts';
import { EngineError } from '../errors.ts';
import { runModel } from '../pipeline.ts';
import { listRegisterFiles } from '../register/files-node.ts';
import { checksumOf } from '../results/checksums.ts';
import { resultDigest, resultFiles, type ResultFiles } from '../results/result-files.ts';
import { specDigest } from '../spec/digest.ts';
import { parseModelSpec } from '../spec/parse-spec.ts';
import { rScript } from '../verify/r-script.ts';
import { openPool } from '../workers/open-node.ts';
import { printJson, tell } from './console.ts';
import { interruptible } from './interrupt.ts';
import { wholeNumber } from './option-parsers.ts';
import { packageVersion } from './package-root.ts';
import { openProgress } from './progress.ts';
import { readManifest, type Manifest } from './read-run-folder.ts';
import { reasonOf } from './reason.ts';
import { writeWhole } from './staged-folder.ts';
import { changedParts } from './run-parts.ts';

interface VerifyFlags {
  readonly r?: boolean;
  readonly out?: string;
  readonly workers: number;
  readonly json?: boolean;
  readonly quiet?: boolean;
}

/** The spec of a manifest, which has to be the one that it tells the digest of. */
async function specOf(folder: string, manifest: Manifest) {
  const spec = parseModelSpec(JSON.stringify(manifest.spec));
  if ((await specDigest(spec)) !== manifest.specDigest) throw new EngineError('data.other-spec', { folder });
  return spec;
}

/** Those that came out otherwise than the run wrote them; what it did not write, as a table in another format, has no checksum. */
async function otherFiles(files: ResultFiles, { checksums }: Manifest): Promise<string[]> {
  const sums = await Promise.all([...files].map(async ([name, content]) => ({ name, sum: await checksumOf(content) })));
  return sums.filter(({ name, sum }) => sum !== (checksums.files[name] ?? sum)).map(({ name }) => name).sort();
}

async function writeScript(folder: string, data: readonly string[], { out }: VerifyFlags): Promise<void> {
  const manifest = await readManifest(folder);
  const spec = await specOf(folder, manifest);
  const parts = await changedParts(folder, manifest.checksums);
  if (parts.changed.length + parts.missing.length > 0)
    throw new EngineError('data.results-changed', { folder, ...parts });
  const files = await listRegisterFiles(data);
  const text = rScript({
    spec,
    options: manifest.options,
    reading: manifest.data.reading ?? {},
    folder: resolve(folder),
    files: files.map(({ name, location }) => resolve('path' in location ? location.path : name)),
    engineVersion: manifest.engine.version,
    dataDigest: manifest.data.digest,
    resultDigest: manifest.resultDigest,
  });
  if (out === undefined) {
    process.stdout.write(text);
    return;
  }
  await writeWhole(out, text).catch((cause: NodeJS.ErrnoException) => {
    throw new EngineError('output.script-unwritten', { path: out, reason: reasonOf(cause) }, { cause });
  });
}

async function verify(folder: string, data: readonly string[], flags: VerifyFlags, signal: AbortSignal): Promise<void> {
  if (flags.out !== undefined && !flags.r) throw new EngineError('usage.r-out', {});
  if (flags.r) return writeScript(folder, data, flags);
  const manifest = await readManifest(folder);
  const spec = await specOf(folder, manifest);
  const registerFiles = await listRegisterFiles(data, manifest.data.reading, signal);
  const progress = openProgress(process.stderr, flags.quiet ?? false);
  const pool = await openPool({ workers: flags.workers });
  try {
    const result = await runModel({ spec, source: { files: registerFiles }, options: manifest.options, pool, signal, onProgress: progress.report });
    if (result.dataDigest !== manifest.data.digest) {
      const { rows, persons } = result;
      throw new EngineError('data.other-data', { folder, rows, persons, wantedRows: manifest.data.rows, wantedPersons: manifest.data.persons });
    }
    const compared = manifest.comparison ? compareResult(result, manifest.comparison, comparisonMath(pool.kernels)) : null;
    const files = resultFiles(result, compared);
    const digest = await resultDigest(files);
    progress.stop();
    if (digest !== manifest.resultDigest) {
      throw new EngineError('not-reproduced.results', { folder, files: await otherFiles(files, manifest), theirs: manifest.engine.version, ours: packageVersion });
    }
    const { changed, missing } = await changedParts(folder, manifest.checksums);
    if (changed.length + missing.length > 0) throw new EngineError('not-reproduced.files', { folder, files: [...changed, ...missing].sort() });
    if (!flags.quiet) tell(`The run in ${folder} is the same to the bit: ${result.rows} rows, ${files.size} files, digest ${digest}\n`);
    if (flags.json) printJson({ command: 'verify', run: folder, rows: result.rows, persons: result.persons, dataDigest: result.dataDigest, digest, files: [...files.keys()].sort() });
  } finally {
    progress.stop();
    await pool.close();
  }
}

export function addVerifyCommand(program: Command): void {
  program
    .command('verify')
    .description('run what a manifest tells of again and compare to the bit, or write an R script that checks the run')
    .argument('<run>', 'folder that run wrote')
    .argument('<data...>', 'the files or folders that the run read')
    .option('--r', 'print an R script that reads the same files and stops where the tables of the run differ by more than 1e-8')
    .option('--out <file>', 'write the script there')
    .option('--workers <n>', 'threads', wholeNumber(1, 64), Math.min(availableParallelism(), 64))
    .option('--json', 'print a summary as JSON')
    .option('--quiet', 'nothing on stderr but errors')
    .addHelpText('after', '\nExit codes of its own: 3 the data are others than those of the run, 5 the same data give other results,\nor files of the run are no longer what it wrote.')
    .action((folder: string, data: string[], flags: VerifyFlags) => interruptible((signal) => verify(folder, data, flags, signal)));
}
