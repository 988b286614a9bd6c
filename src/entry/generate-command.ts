import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { Option, type Command } from 'commander';
import type { FileFormat } from '../register/partition.ts';
import { leastRows, mostRows } from '../synthetic/population.ts';
import { generateToFolder } from '../synthetic/write-node.ts';
import { openPool } from '../workers/open-node.ts';
import { printJson, tell } from './console.ts';
import { interruptible } from './interrupt.ts';
import { modelFile } from './keep-apart.ts';
import { wholeNumber } from './option-parsers.ts';
import { limitFiles, limitSpec, type LimitRequest } from './pooled-limit.ts';
import { openProgress } from './progress.ts';
import { openStagedFolder, unwritable, type StagedFolder } from './staged-folder.ts';

interface GenerateFlags {
  readonly out: string;
  readonly rows: number;
  readonly seed: number;
  readonly structureSeed: number;
  readonly format: FileFormat;
  readonly effects: 'on' | 'off';
  readonly workers: number;
  readonly limit?: string;
  readonly limitRows: number;
  readonly force?: boolean;
  readonly json?: boolean;
  readonly quiet?: boolean;
}

const diskErrors = new Set(['ENOSPC', 'EDQUOT', 'EROFS', 'EACCES', 'EPERM', 'EFBIG', 'EIO']);

async function generate(flags: GenerateFlags, signal: AbortSignal): Promise<void> {
  const { out, rows, seed, structureSeed, effects, format, workers } = flags;
  const started = performance.now();
  const spec = flags.limit === undefined ? null : await limitSpec(flags.limit);
  const folder = await openStagedFolder(out, { force: flags.force, inputs: modelFile(flags.limit ?? '') });
  const progress = openProgress(process.stderr, flags.quiet ?? false);
  try {
    await generateToFolder({ rows, seed, structureSeed, effects, format, workers, out: folder.path, signal, onProgress: progress.report });
    if (spec) await writeLimit(folder, flags, { spec, signal, onProgress: progress.report });
    signal.throwIfAborted();
    await folder.commit();
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    throw code !== undefined && diskErrors.has(code) ? unwritable(out, error) : error;
  } finally {
    progress.stop();
    await folder.discard();
  }
  const milliseconds = Math.round(performance.now() - started);
  if (!flags.quiet) tell(`${rows} rows in ${out}/data, their truth in ${out}/truth\n`);
  if (flags.json) {
    printJson({ command: 'generate', out, rows, seed, structureSeed, effects, format, milliseconds });
  }
}

async function writeLimit(folder: StagedFolder, { limitRows, structureSeed, effects, workers }: GenerateFlags, hooks: Pick<LimitRequest, 'spec' | 'signal' | 'onProgress'>): Promise<void> {
  const pool = await openPool({ workers });
  try {
    const files = await limitFiles({ ...hooks, rows: limitRows, structureSeed, effects, pool });
    for (const [name, text] of files) await folder.write(join('truth', name), text);
  } finally {
    pool.close();
  }
}

export function addGenerateCommand(program: Command): void {
  program
    .command('generate')
    .description("write a synthetic population calibrated to the report's published tables, and its truth")
    .requiredOption('--out <dir>', 'folder for data/ and truth/')
    .option('--rows <n>', `person-months, ${leastRows} to ${mostRows}`, wholeNumber(leastRows, mostRows), 200_000)
    .option('--seed <n>', 'the same seed gives the same rows', wholeNumber(0, Number.MAX_SAFE_INTEGER), 1)
    .option('--structure-seed <n>', 'regions, months and offices of their own for the persons to live in; 0 is the calibrated ones', wholeNumber(0, Number.MAX_SAFE_INTEGER), 0)
    .addOption(new Option('--format <format>', 'of the data').choices(['arrow', 'parquet', 'csv']).default('arrow'))
    .addOption(new Option('--effects <on|off>', 'season, pandemic, county, office, month and measure effects').choices(['on', 'off']).default('on'))
    .option('--limit <model>', 'also what coefficients of this model come to with ever more persons: main, table4, or a file with a model spec')
    .option('--limit-rows <n>', 'person-months that tell the limit', wholeNumber(leastRows, mostRows), mostRows)
    .option('--workers <n>', 'threads', wholeNumber(1, 64), Math.min(availableParallelism(), 64))
    .option('--force', 'replace what an earlier run wrote there')
    .option('--json', 'print a summary as JSON')
    .option('--quiet', 'nothing on stderr but errors')
    .action((flags: GenerateFlags) => interruptible((signal) => generate(flags, signal)));
}
