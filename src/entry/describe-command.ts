import { availableParallelism } from 'node:os';
import type { Command } from 'commander';
import { leftOutLine, planDescription, type LeftOut } from '../descriptive/plan.ts';
import { EngineError } from '../errors.ts';
import { inWords, spelledOut } from '../messages/catalogue.ts';
import { en } from '../messages/en.ts';
import { configureRegister } from '../register/assets.ts';
import { nodeAssets } from '../register/assets-node.ts';
import { checkSameColumns } from '../register/describe.ts';
import { listRegisterFiles } from '../register/files-node.ts';
import type { RegisterFile } from '../register/partition.ts';
import type { ResultColumn } from '../results/columns.ts';
import { csvText } from '../results/csv.ts';
import { descriptiveTables, ownDescriptiveColumns } from '../results/descriptive-columns.ts';
import { sealedManifest } from '../results/checksums.ts';
import { manifestName, resultDigest } from '../results/result-files.ts';
import { describeRows, type DescriptiveResult } from '../workers/describe-rows.ts';
import { openPool } from '../workers/open-node.ts';
import { printJson, tell } from './console.ts';
import { interruptible } from './interrupt.ts';
import { keepApart } from './keep-apart.ts';
import { breakdownsBeside, condition, wholeNumber } from './option-parsers.ts';
import { packageVersion } from './package-root.ts';
import { openProgress } from './progress.ts';
import { addReadingOptions, readingOf, type ReadingFlags } from './reading-options.ts';
import { openStagedFolder } from './staged-folder.ts';
import { addTableOptions, tableFiles, type TableFlags } from './table-files.ts';

interface DescribeFlags extends TableFlags, ReadingFlags {
  readonly out?: string;
  readonly by?: string[][];
  readonly where?: string;
  readonly threshold?: number;
  readonly workers: number;
  readonly force?: boolean;
  readonly json?: boolean;
  readonly quiet?: boolean;
}

interface Described {
  readonly result: DescriptiveResult;
  readonly leftOut: readonly LeftOut[];
  readonly tables: ReadonlyMap<string, readonly ResultColumn[]>;
  /** Of the CSV tables, whatever the format. */
  readonly digest: string;
}

async function describeData(files: readonly RegisterFile[], flags: DescribeFlags, signal: AbortSignal): Promise<Described> {
  configureRegister(nodeAssets);
  const { columns } = await checkSameColumns(files);
  const { plan, leftOut } = planDescription({ present: columns.map(({ name }) => name), by: flags.by ?? null, where: flags.where ?? null });
  const progress = openProgress(process.stderr, flags.quiet ?? false);
  try {
    const pool = await openPool({ workers: flags.workers });
    try {
      const result = await describeRows({ plan, source: { files }, pool, threshold: flags.threshold ?? null, signal, onProgress: progress.report });
      const tables = descriptiveTables(result.tables);
      const digest = await resultDigest(new Map([...tables].map(([name, table]) => [`${name}.csv`, csvText(table)])));
      return { result, leftOut, tables, digest };
    } finally {
      pool.close();
    }
  } finally {
    progress.stop();
  }
}

function summaryOf({ result, leftOut, digest }: Described, flags: DescribeFlags): object {
  const { rows, persons, months, warnings } = result;
  const options = { by: flags.by ?? null, where: flags.where ?? null, threshold: flags.threshold ?? null };
  return { command: 'describe', rows, persons, months: months.length, firstMonth: months[0] ?? null, lastMonth: months.at(-1) ?? null, options, leftOut, warnings: warnings.map((warning) => spelledOut(en, warning)), digest };
}

async function filesOf(described: Described, flags: DescribeFlags, data: readonly RegisterFile[]): Promise<Map<string, string | Uint8Array>> {
  const files = tableFiles(described.tables, flags);
  const manifest = { engine: { name: 'arbeidsindikator', version: packageVersion }, ...summaryOf(described, flags), files: data.map(({ name }) => name) };
  return files.set(manifestName, await sealedManifest(manifest, files));
}

/** Columns by name; a number that is not there is null. */
const numbersOf = (columns: readonly ResultColumn[]): object =>
  Object.fromEntries(columns.map(({ name, kind, values }) => [name, kind === 'text' ? values : Array.from(values, (value) => (value === null || !Number.isFinite(value) ? null : value))]));

async function describe(data: readonly string[], flags: DescribeFlags, signal: AbortSignal): Promise<void> {
  const { out } = flags;
  if (out === undefined && !flags.json) throw new EngineError('usage.no-destination', {});
  if (out !== undefined) await keepApart(data, out);
  const registerFiles = await listRegisterFiles(data, readingOf(flags), signal);
  const folder = out === undefined ? null : await openStagedFolder(out, { force: flags.force, inputs: data });
  try {
    const described = await describeData(registerFiles, flags, signal);
    const names: string[] = [];
    if (folder !== null) {
      for (const [name, content] of await filesOf(described, flags, registerFiles)) {
        await folder.write(name, content);
        names.push(name);
      }
      signal.throwIfAborted();
      await folder.commit();
    }
    const { rows, persons, months } = described.result;
    const warnings = described.result.warnings.map((warning) => `warning: ${inWords(en, warning)}`);
    const lines = [...warnings, leftOutLine(described.leftOut), `${rows} rows, ${persons} persons, ${months.length} months${out === undefined ? '' : `; ${names.length} files in ${out}`}`];
    if (!flags.quiet) tell(lines.filter((line) => line !== '').map((line) => `${line}\n`).join(''));
    if (!flags.json) return;
    const inline = folder === null ? { tables: Object.fromEntries([...described.tables].map(([name, columns]) => [name, numbersOf(columns)])) } : { out, files: names.sort() };
    printJson({ ...summaryOf(described, flags), ...inline });
  } finally {
    await folder?.discard();
  }
}

export function addDescribeCommand(program: Command): void {
  const command = program
    .command('describe')
    .description("write the report's descriptive tables: outcomes, covariates and persons by group, county and month")
    .argument('<data...>', 'files or folders: CSV, Parquet or Arrow IPC')
    .option('--out <dir>', 'folder for the tables')
    .option('--by <columns>', 'breakdowns in the place of main_group,county,support_group', breakdownsBeside(ownDescriptiveColumns))
    .option('--where <sql>', "condition on the table's columns: only these rows are described", condition)
    .option('--threshold <n>', 'withhold cells of fewer persons, and what would tell of them', wholeNumber(1, 1e9))
    .option('--workers <n>', 'threads', wholeNumber(1, 64), Math.min(availableParallelism(), 64))
    .option('--force', 'replace what an earlier run wrote there')
    .option('--json', 'print a summary as JSON, and the tables where there is no --out')
    .option('--quiet', 'nothing on stderr but errors');
  addReadingOptions(addTableOptions(command)).action((data: string[], flags: DescribeFlags) => interruptible((signal) => describe(data, flags, signal)));
}
