import { availableParallelism } from 'node:os';
import { Option, type Command } from 'commander';
import { bundleOf } from '../bundle/bundle.ts';
import { writeBundle } from '../bundle/write-bundle.ts';
import { compareResult, type ComparedResult } from '../comparison/compare-result.ts';
import { comparisonMath } from '../comparison/math.ts';
import { EngineError } from '../errors.ts';
import type { Fit, VcovKind } from '../estimate/fit.ts';
import type { Period } from '../indicator/table.ts';
import { inWords, spelledOut } from '../messages/catalogue.ts';
import { en } from '../messages/en.ts';
import { runModel } from '../pipeline.ts';
import { listRegisterFiles } from '../register/files-node.ts';
import type { RegisterFile } from '../register/partition.ts';
import { manifestJson } from '../results/manifest.ts';
import { manifestName, resultDigest, resultFiles, resultNotes, resultTables } from '../results/result-files.ts';
import type { IntervalMethod, RunOptions, RunResult } from '../run-result.ts';
import { openPool } from '../workers/open-node.ts';
import { printJson, tell } from './console.ts';
import { addCompareOptions, comparisonLines, unitOptions, type CompareFlags } from './compare-option.ts';
import { interruptible } from './interrupt.ts';
import { keepApart, modelFile } from './keep-apart.ts';
import { loadSpec } from './load-spec.ts';
import { breakdowns, condition, monthText, percent, wholeNumber } from './option-parsers.ts';
import { packageVersion } from './package-root.ts';
import { openProgress } from './progress.ts';
import { addReadingOptions, readingOf, type ReadingFlags } from './reading-options.ts';
import { openStagedFolder } from './staged-folder.ts';
import { addTableOptions, tableFiles, type TableFlags } from './table-files.ts';

interface RunFlags extends CompareFlags, TableFlags, ReadingFlags {
  readonly out: string;
  readonly model: string;
  readonly by: string[][];
  readonly period: Period;
  readonly pooled?: boolean;
  readonly vcov: VcovKind;
  readonly ci: IntervalMethod;
  readonly cluster?: 'person';
  readonly effects?: boolean;
  readonly resample?: 'row' | 'person';
  readonly replicates: number;
  readonly seed: number;
  readonly draw: NonNullable<RunOptions['draw']>;
  readonly ends: NonNullable<RunOptions['ends']>;
  readonly refit: NonNullable<RunOptions['refit']>;
  readonly level: number;
  readonly relativeTo?: string;
  readonly where?: string;
  readonly within?: string;
  readonly threshold?: number;
  readonly workers: number;
  readonly bundle?: boolean;
  readonly force?: boolean;
  readonly json?: boolean;
  readonly quiet?: boolean;
}

/** What is drawn together is what goes together: two names of one thing. */
function clusterOf({ cluster, resample }: Pick<RunFlags, 'cluster' | 'resample'>): Pick<RunOptions, 'cluster'> {
  if (cluster === 'person' && resample === 'row') {
    throw new EngineError('usage.cluster-and-resample', {});
  }
  return cluster === 'person' || resample === 'person' ? { cluster: 'person' } : {};
}

/** Of the methods that draw; of the others what they are to refuse. */
function drawOptionsOf({ ci, replicates, seed, draw, ends, refit }: RunFlags): Pick<RunOptions, 'replicates' | 'seed' | 'draw' | 'ends' | 'refit'> {
  const draws = ci === 'score' || ci === 'bootstrap';
  return {
    ...(draws ? { replicates, seed } : {}),
    ...(draws || draw !== 'poisson' ? { draw } : {}),
    ...(draws || ends !== 'normal' ? { ends } : {}),
    ...(ci === 'bootstrap' || refit !== 'one-step' ? { refit } : {}),
  };
}

const optionsOf = (flags: RunFlags): RunOptions => ({
  by: flags.by,
  period: flags.period,
  ...(flags.pooled ? { pooled: true } : {}),
  vcov: flags.vcov,
  interval: flags.ci,
  ...(flags.effects ? { effects: true } : {}),
  ...clusterOf(flags),
  ...drawOptionsOf(flags),
  ...(flags.compare === undefined ? {} : { compare: flags.compare }),
  ...(flags.against === undefined ? {} : { against: flags.against }),
  level: flags.level,
  relativeTo: flags.relativeTo ?? null,
  where: flags.where ?? null,
  ...(flags.within === undefined ? {} : { within: flags.within }),
  threshold: flags.threshold ?? null,
});

const bundleName = 'bundle.arrow';

interface Computed {
  readonly result: RunResult;
  readonly compared: ComparedResult | null;
}

/** What is written, by name; the digest is that of the CSV tables whatever the format. */
async function filesOf({ result, compared }: Computed, flags: RunFlags, data: readonly RegisterFile[]): Promise<{ files: Map<string, string | Uint8Array>; digest: string }> {
  const csv = resultFiles(result, compared);
  const digest = await resultDigest(csv);
  const files = new Map<string, string | Uint8Array>([...resultNotes(result, compared), ...tableFiles(resultTables(result, compared), flags)]);
  const context = {
    engineVersion: packageVersion,
    runtime: `node ${process.versions.node} ${process.platform} ${process.arch}`,
    workers: flags.workers,
    files: data.map((file) => file.name),
    ...(data[0]?.reading ? { reading: data[0].reading } : {}),
    seed: compared?.options.seed ?? result.options.seed ?? null,
    ...(compared ? { comparison: compared.options } : {}),
    resultDigest: digest,
    resultFiles: [...csv.keys()].sort(),
  };
  if (flags.bundle) files.set(bundleName, writeBundle(bundleOf(result, { engineVersion: packageVersion })));
  files.set(manifestName, await manifestJson(result, context, files));
  return { files, digest };
}

function fitLine(fit: Fit): string {
  const name = fit.population === '' ? fit.outcome : `${fit.outcome} (${fit.population})`;
  const share = fit.rSquared ?? fit.pseudoRSquared;
  const measure = fit.rSquared === null ? 'pseudo-R²' : 'R²';
  return `  ${name}: n ${fit.n}, rank ${fit.rank}, ${measure} ${share === null ? 'not defined' : share.toFixed(4)}`;
}

function report({ result, compared }: Computed, out: string, files: number): string {
  const warnings = result.warnings.map((warning) => `warning: ${inWords(en, warning)}`);
  const comparison = compared ? comparisonLines(compared, result) : [];
  return `${[...warnings, `${result.rows} rows; ${files} files in ${out}`, ...result.fits.map(fitLine), ...comparison].join('\n')}\n`;
}

function summary(result: RunResult, flags: RunFlags, names: readonly string[], digest: string): object {
  const { rows, persons, months, specDigest, dataDigest, warnings, timings } = result;
  const fits = result.fits.map(({ outcome, population, family, n, rank, setAside, rSquared, pseudoRSquared, trace }) => ({
    outcome, population, family, n, rank, setAside, rSquared, pseudoRSquared, iterations: trace.at(-1)?.iteration ?? 0,
  }));
  return { command: 'run', out: flags.out, model: result.spec.name, rows, persons, months: months.length, fits, files: names, digest, specDigest, dataDigest, warnings: warnings.map((warning) => spelledOut(en, warning)), timings };
}

async function run(data: readonly string[], flags: RunFlags, signal: AbortSignal): Promise<void> {
  if (flags.pooled && flags.period === 'month' && flags.compare === undefined) throw new EngineError('usage.pooled-months', {});
  if (flags.within !== undefined && flags.bundle) throw new EngineError('usage.within-bundle', {});
  const comparison = unitOptions(flags);
  const options = optionsOf(flags);
  const spec = await loadSpec(flags.model);
  const inputs = [...data, ...modelFile(flags.model)];
  await keepApart(inputs, flags.out);
  const registerFiles = await listRegisterFiles(data, readingOf(flags), signal);
  const folder = await openStagedFolder(flags.out, { force: flags.force, inputs });
  const progress = openProgress(process.stderr, flags.quiet ?? false);
  try {
    const pool = await openPool({ workers: flags.workers });
    let result: RunResult;
    let compared: ComparedResult | null;
    try {
      result = await runModel({ spec, source: { files: registerFiles }, options, pool, keep: flags.bundle ?? false, signal, onProgress: progress.report });
      compared = comparison && compareResult(result, comparison, comparisonMath(pool.kernels));
    } finally {
      await pool.close();
    }
    const computed = performance.now();
    const { files, digest } = await filesOf({ result, compared }, flags, registerFiles);
    for (const [name, content] of files) await folder.write(name, content);
    signal.throwIfAborted();
    await folder.commit();
    const timings = [...result.timings, { phase: 'write', milliseconds: performance.now() - computed }];
    progress.stop();
    if (!flags.quiet) tell(report({ result, compared }, flags.out, files.size));
    if (flags.json) printJson(summary({ ...result, timings }, flags, [...files.keys()].sort(), digest));
  } finally {
    progress.stop();
    await folder.discard();
  }
}

export function addRunCommand(program: Command): void {
  const command = program
    .command('run')
    .description('estimate the expected outcomes and write the result tables')
    .argument('<data...>', 'files or folders: CSV, Parquet or Arrow IPC')
    .requiredOption('--out <dir>', 'folder for the result tables')
    .option('--model <model>', 'main, table4, or a file with a model spec', 'main')
    .option('--by <columns>', 'breakdowns, as in county,office,county+support_group', breakdowns, [])
    .addOption(new Option('--period <period>', 'what a row of the indicator covers').choices(['month', 'tertial', 'quarter', 'year', 'all']).default('month'))
    .option('--pooled', 'means over the rows of a period, with --period and --compare; else periods are unweighted means of their months')
    .addOption(new Option('--vcov <kind>', 'standard errors of the coefficients; cluster is by person').choices(['iid', 'hc0', 'cluster']).default('iid'))
    .addOption(new Option('--ci <method>', "standard errors of the indicator: the outcome's, the residual's, analytic ones with what the estimates add, the same by drawn weights, or by estimating again with them").choices(['outcome', 'residual', 'analytic', 'score', 'bootstrap']).default('outcome'))
    .addOption(new Option('--cluster <unit>', 'rows that go together in the last three; each by itself where left out').choices(['person']))
    .addOption(new Option('--resample <unit>', 'the same, of what is drawn').choices(['row', 'person']))
    .option('--replicates <n>', 'draws of the methods that draw', wholeNumber(2, 100_000), 200)
    .option('--seed <n>', 'of the draws', wholeNumber(0, 2 ** 32 - 1), 1)
    .addOption(new Option('--draw <weights>', 'of the methods that draw: Poisson weights of each row or person, or as many draws with replacement as there are').choices(['poisson', 'multinomial']).default('poisson'))
    .addOption(new Option('--ends <ends>', 'of the intervals of the methods that draw: standard error times the normal quantile, or percentiles of the draws').choices(['normal', 'percentile']).default('normal'))
    .addOption(new Option('--refit <steps>', "of the bootstrap's probits: one Newton step from the estimate, or until its own is reached").choices(['one-step', 'full']).default('one-step'))
    .option('--level <percent>', 'level of the intervals', percent, 95)
    .option('--relative-to <month>', 'month whose actual mean divides the relative deviation, else the whole period', monthText)
    .option('--where <sql>', "condition on the table's columns: only these rows are read, and the model is theirs", condition)
    .option('--within <sql>', 'condition on columns that are no outcomes: only these rows are shown, with the model of all that are read', condition)
    .option('--effects', 'also average marginal effects of the probits, in percentage points')
    .option('--threshold <n>', 'withhold cells of fewer persons, and what would tell of them (docs/withholding.md)', wholeNumber(1, 1e9));
  addReadingOptions(addTableOptions(addCompareOptions(command)))
    .option('--workers <n>', 'threads', wholeNumber(1, 64), Math.min(availableParallelism(), 64))
    .option('--bundle', 'also write bundle.arrow: sums for what-if without the rows, small cells withheld')
    .option('--force', 'replace what an earlier run wrote there')
    .option('--json', 'print a summary as JSON')
    .option('--quiet', 'nothing on stderr but errors')
    .action((data: string[], flags: RunFlags) => interruptible((signal) => run(data, flags, signal)));
}
