import { availableParallelism } from 'node:os';
import { Option, type Command } from 'commander';
import { comparedRun, type ComparedRun } from '../compare-runs/compared-run.ts';
import { compareRuns, type Comparison } from '../compare-runs/compare-runs.ts';
import { EngineError } from '../errors.ts';
import type { VcovKind } from '../estimate/fit.ts';
import { estimationMath } from '../estimate/math.ts';
import type { Period } from '../indicator/table.ts';
import { loadKernelModule } from '../kernels/load-node.ts';
import { openKernels } from '../kernels/wasm.ts';
import { inWords } from '../messages/catalogue.ts';
import { en } from '../messages/en.ts';
import { runModel } from '../pipeline.ts';
import { listRegisterFiles } from '../register/files-node.ts';
import { comparisonTables } from '../results/comparison-tables.ts';
import type { RunOptions } from '../run-result.ts';
import { openPool } from '../workers/open-node.ts';
import { printJson, tell } from './console.ts';
import { comparisonReport, comparisonSummary } from './comparison-report.ts';
import { interruptible } from './interrupt.ts';
import { keepApart } from './keep-apart.ts';
import { loadSpec } from './load-spec.ts';
import { breakdowns, condition, wholeNumber } from './option-parsers.ts';
import { packageVersion } from './package-root.ts';
import { openProgress } from './progress.ts';
import { readRunFolder } from './read-run-folder.ts';
import { addReadingOptions, readingOf, type ReadingFlags } from './reading-options.ts';
import { openStagedFolder } from './staged-folder.ts';
import { recordText } from './written-files.ts';
import { addTableOptions, tableFiles, type TableFlags } from './table-files.ts';

interface CompareFlags extends TableFlags, ReadingFlags {
  readonly data?: readonly string[];
  readonly by?: string[][];
  readonly period?: Period;
  readonly vcov?: VcovKind;
  readonly where?: string;
  readonly threshold?: number;
  readonly workers?: number;
  readonly out?: string;
  readonly force?: boolean;
  readonly json?: boolean;
  readonly quiet?: boolean;
}

/** Flags that say how two models are to be run; finished runs have been run already. */
const runFlags = ['by', 'period', 'vcov', 'where', 'threshold', 'workers'] as const;

type Names = readonly [a: string, b: string];

async function finishedRuns([a, b]: Names, flags: CompareFlags): Promise<[ComparedRun, ComparedRun]> {
  const given = runFlags.find((name) => flags[name] !== undefined);
  if (given !== undefined) throw new EngineError('usage.flag-needs-data', { flag: given, a, b });
  return [await readRunFolder(a), await readRunFolder(b)];
}

/** Runs both models on the same rows, with the same options. */
async function modelRuns([a, b]: Names, flags: CompareFlags, signal: AbortSignal): Promise<[ComparedRun, ComparedRun]> {
  const specs = [await loadSpec(a, `the model ${a}`), await loadSpec(b, `the model ${b}`)] as const;
  const files = await listRegisterFiles(flags.data!, readingOf(flags), signal);
  const options: RunOptions = {
    by: flags.by ?? [], period: flags.period ?? 'month', vcov: flags.vcov ?? 'iid', interval: 'outcome', level: 95,
    relativeTo: null, where: flags.where ?? null, threshold: flags.threshold ?? null,
  };
  const progress = openProgress(process.stderr, flags.quiet ?? false);
  const pool = await openPool({ workers: flags.workers ?? Math.min(availableParallelism(), 64) });
  try {
    const run = async (k: 0 | 1): Promise<ComparedRun> => {
      const result = await runModel({ spec: specs[k], source: { files }, options, pool, signal, onProgress: progress.report });
      progress.stop();
      if (!flags.quiet) for (const warning of result.warnings) tell(`warning: ${'AB'[k]!}: ${inWords(en, warning)}\n`);
      return comparedRun(result, { name: k === 0 ? a : b, engineVersion: packageVersion });
    };
    return [await run(0), await run(1)];
  } finally {
    progress.stop();
    await pool.close();
  }
}

function filesOf(comparison: Comparison, runs: readonly [ComparedRun, ComparedRun], flags: TableFlags): Map<string, string | Uint8Array> {
  const files = tableFiles(comparisonTables(comparison), flags);
  return files.set('compare.json', recordText(comparisonSummary(comparison, runs), files.keys()));
}

/** Tables by column; what cannot be computed is null. */
function tablesJson(comparison: Comparison): object {
  const columns = (name: string): object => Object.fromEntries(comparisonTables(comparison).get(name)!.map((column) => [column.name, Array.from<string | number | null>(column.values)]));
  return Object.fromEntries([...comparisonTables(comparison).keys()].map((name) => [name, columns(name)]));
}

async function compare(names: Names, flags: CompareFlags, signal: AbortSignal): Promise<void> {
  if (flags.out === undefined && !flags.json) throw new EngineError('usage.no-destination', {});
  if (flags.out !== undefined) await keepApart(flags.data ?? names, flags.out);
  const folder = flags.out === undefined ? null : await openStagedFolder(flags.out, { force: flags.force, inputs: flags.data ?? names });
  try {
    const runs = flags.data ? await modelRuns(names, flags, signal) : await finishedRuns(names, flags);
    const comparison = compareRuns(...runs, { log: estimationMath(openKernels(await loadKernelModule())).log, sameRows: flags.data !== undefined });
    if (folder) for (const [name, content] of filesOf(comparison, runs, flags)) await folder.write(name, content);
    signal.throwIfAborted();
    await folder?.commit();
    if (!flags.quiet) tell(comparisonReport(comparison, runs));
    if (flags.json) printJson({ ...comparisonSummary(comparison, runs), tables: tablesJson(comparison) });
  } finally {
    await folder?.discard();
  }
}

export function addCompareCommand(program: Command): void {
  const collect = (path: string, before: readonly string[] = []): string[] => [...before, path];
  const command = program
    .command('compare')
    .description('two runs side by side: coefficients, fit, and how far every point of the indicator moves from A to B')
    .argument('<A>', 'folder of a finished run; with --data a model: main, table4, or a file with a model spec')
    .argument('<B>', 'another')
    .option('--data <path>', 'run both models on this file or folder; may be given more than once', collect)
    .option('--by <columns>', 'breakdowns of the two models, as in county,office,county+support_group', breakdowns)
    .addOption(new Option('--period <period>', 'what a row of the indicator covers, month by default').choices(['month', 'tertial', 'quarter', 'year', 'all']))
    .addOption(new Option('--vcov <kind>', 'standard errors of the coefficients, iid by default').choices(['iid', 'hc0', 'cluster']))
    .option('--where <sql>', "condition on the table's columns: only these rows are read", condition)
    .option('--threshold <n>', 'withhold cells of fewer persons, and what would tell of them', wholeNumber(1, 1e9))
    .option('--workers <n>', 'threads', wholeNumber(1, 64))
    .option('--out <dir>', 'folder for the tables')
    .option('--force', 'replace what an earlier run wrote there')
    .option('--json', 'print the comparison as JSON')
    .option('--quiet', 'nothing on stderr but errors');
  addReadingOptions(addTableOptions(command)).action((a: string, b: string, flags: CompareFlags) => interruptible((signal) => compare([a, b], flags, signal)));
}
