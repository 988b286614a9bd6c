import { DroppedCounts, type DroppedCount } from '../coding/dropped-counts.ts';
import { planRows, type RowPlan } from '../coding/row-plan.ts';
import { mergeDigitCounts } from '../coding/digit-counts.ts';
import type { SamplePlan } from '../coding/sample-plan.ts';
import { resolveSamples, type ResolvedSample, type RowSurvey, type SampleQueries } from '../coding/resolve-samples.ts';
import type { MonthChoice, SamplePasses } from '../estimate/passes.ts';
import type { CellPass } from '../indicator/cell-sums.ts';
import type { DrawPass } from '../uncertainty/arrival-law.ts';
import type { BootstrapPass } from '../uncertainty/bootstrap-pass.ts';
import type { CombinationPass } from '../uncertainty/combinations.ts';
import type { InfluencePass } from '../uncertainty/influence.ts';
import type { SpreadPass } from '../uncertainty/model-spread.ts';
import type { ScorePass } from '../uncertainty/replicates.ts';
import type { EffectPass } from '../whatif/average-effects.ts';
import { numberText } from '../spec/labels.ts';
import { EngineError } from '../errors.ts';
import { asksSql } from '../register/read-sql.ts';
import type { ModelSpec } from '../spec/model-spec.ts';
import type { Warning } from '../messages/catalogue.ts';
import type { PhaseTime, Progress } from '../run-result.ts';
import { bootstrapPasses } from './bootstrap-passes.ts';
import { drawPasses } from './draw-passes.ts';
import { checkBreakdowns } from './check-breakdowns.ts';
import { checkMemory } from './check-memory.ts';
import { checkSpan } from './check-span.ts';
import { callable, type Call, type Pool } from './pool.ts';
import type { RangeOf } from './row-store.ts';
import type { RegisterSource, WorkerSurvey } from './protocol.ts';
import { noRows } from './no-rows.ts';
import { lookAlikeColumns, lookAlikeWarnings, scientificLabelWarnings } from './look-alike-labels.ts';
import { noteWarnings, placesIn, type Places } from './read-pieces.ts';
import { readShared } from './read-shared.ts';
import { readRequest } from './read-request.ts';
import { refuseRepeatedMonths } from './repeated-months.ts';
import { settleSums, type SumScale } from './settle-sums.ts';
import { settleLabels } from './settle-labels.ts';
import { samplePasses } from './sample-passes.ts';
import { type SampleSize } from './sum-places.ts';

export interface LoadRequest {
  readonly spec: ModelSpec;
  readonly source: RegisterSource;
  readonly by: readonly (readonly string[])[];
  readonly where: string | null;
  /** SQL condition of the rows that are shown; all where absent. */
  readonly within?: string | null | undefined;
  readonly pool: Pool;
  readonly signal?: AbortSignal | undefined;
  readonly onProgress: (progress: Progress) => void;
}

/** Rows of some months (by index) that the condition of the sample holds for, or the others of them. */
export interface ChosenMonths {
  readonly months: readonly number[];
  readonly of: MonthChoice['of'];
}

/** Rows read, checked, coded and resident in the workers. */
export interface LoadedRows {
  readonly plan: RowPlan;
  readonly rows: number;
  /** Rows that are shown. */
  readonly shown: number;
  readonly persons: number;
  readonly months: readonly number[];
  readonly samples: readonly (ResolvedSample & { readonly size: SampleSize })[];
  readonly zeroOne: readonly boolean[];
  readonly dropped: readonly DroppedCount[];
  /** Rows in none of the groups that `separateBy` lists. */
  readonly ungrouped: number;
  /** What is odd with files and labels. */
  readonly warnings: readonly Warning[];
  readonly digest: string;
  readonly bytes: number;
  readonly timings: readonly PhaseTime[];
  /**
   * Passes over one of the samples; `onRows` hears of rows done. Cancelled by the load's own signal where none is given. With
   * `months` (month indices) over the rows of these months that the condition of the sample holds for, or over the others.
   */
  passes(sample: number, onRows: (rows: number) => void, signal?: AbortSignal, months?: ChosenMonths): SamplePasses & CellPass & InfluencePass & CombinationPass & SpreadPass & ScorePass & EffectPass & BootstrapPass & DrawPass;
}

/** Reads every piece of the source in the workers, settles levels and breaks over all rows, and codes them. */
export async function loadRows(request: LoadRequest): Promise<LoadedRows> {
  const { spec, by, where, within = null, pool, signal, onProgress } = request;
  const plan = planRows(spec, by, where, within);
  const clock = stopwatch();
  await pool.all((worker) => worker.begin(plan), signal);
  await checkMemory({ ...request, plan });
  await checkBreakdowns({ ...request, plan });
  const { dropped, ungrouped, places, notes } = await dealPieces(request, plan);
  const readTime = clock();

  onProgress({ phase: 'code', detail: 'levels', done: 0, total: 1, unit: 'steps' });
  const labels = await pool.all((worker) => worker.foundLabels(), signal);
  const numbers = settleLabels(plan, labels);
  const alike = lookAlikeColumns(plan, labels, numbers);
  const sought = alike.map(({ source, alike: classes }) => ({ source, labels: classes.flatMap(({ others }) => others) }));
  const spelt = alike.length === 0 ? [] : await pool.all((worker) => worker.rowsWith(sought), signal);
  const warnings = [...notes, ...scientificLabelWarnings(plan, labels), ...lookAlikeWarnings(alike, spelt, places)];
  const surveys = await pool.all((worker) => worker.survey(by, numbers), signal);
  const survey = mergeSurveys(surveys);
  const rows = surveys.reduce((sum, part) => sum + part.rows, 0);
  if (rows === 0) throw noRows(where);
  if (within !== null && surveys.every((part) => part.shown === 0)) throw new EngineError('data.within-nobody', { condition: within });
  checkSpan(survey.months);
  const scales = await settleSums({ plan, surveys, pool, places, signal });
  const resolved = await resolveSamples({
    rowPlan: plan, survey, by, queries: queriesOf(pool, signal), interactions: spec.interactions ?? [],
  });
  let coded = 0;
  const total = rows * resolved.length;
  const tick = callable((n: number) => onProgress({ phase: 'code', detail: 'rows', done: (coded += n), total, unit: 'rows' }));
  const reports = await pool.all((worker) => worker.code(resolved.map((sample) => sample.plan), tick), signal);
  refuseRepeatedMonths(reports.map((report) => report.repeated), places);
  const codeTime = clock();

  const samples = await Promise.all(resolved.map(async (sample, s) => ({ ...sample, size: await sizeOf(pool, s, sample, scales) })));
  return {
    plan,
    rows,
    shown: surveys.reduce((sum, part) => sum + part.shown, 0),
    persons: surveys.reduce((sum, part) => sum + part.persons, 0),
    months: survey.months,
    samples,
    zeroOne: plan.outcomes.map((_, o) => surveys.every((part) => part.zeroOne[o]!)),
    dropped: numbers.population ? ofNumbers(dropped) : dropped,
    ungrouped,
    warnings,
    digest: mergeDigests(surveys.map((part) => part.digest)),
    bytes: reports.reduce((sum, report) => sum + report.bytes, 0),
    timings: [{ phase: 'read', milliseconds: readTime }, { phase: 'code', milliseconds: codeTime }],
    passes: (s, onRows, own = signal, months) => {
      const { plan: coded, size } = samples[s]!;
      const options = { plan: coded, size, hooks: { signal: own, onRows } };
      return { ...samplePasses(pool, s, { ...options, months: months && { table: monthTable(coded, months.months), of: months.of } }), ...bootstrapPasses(pool, s, options), ...drawPasses(pool, s, options) };
    },
  };
}

/** 0 for the chosen months, NaN for the others. */
function monthTable({ firstMonth, months: span }: SamplePlan, months: readonly number[]): Float64Array {
  const table = new Float64Array(span).fill(NaN);
  for (const month of months) table[month - firstMonth] = 0;
  return table;
}

/** Each worker takes the next piece when it is done with its last, and deals its rows out. */
async function dealPieces(
  request: LoadRequest,
  plan: RowPlan,
): Promise<
  Pick<LoadedRows, 'dropped' | 'ungrouped'> & { readonly places: Places; readonly notes: readonly Warning[] }
> {
  const { pool, signal } = request;
  const deliver = callable(pool.deliver);
  const { pieces, reports, warnings } = await readShared({
    ...request,
    withSql: asksSql(readRequest(plan)),
    beginAgain: () => pool.all((worker) => worker.begin(plan), signal),
    read: (worker, piece, number, tick) => worker.read(piece, number, deliver, tick),
  });
  const dropped = new DroppedCounts();
  for (const report of reports) for (const count of report.dropped) dropped.add(count);
  const ungrouped = reports.reduce((sum, report) => sum + report.ungrouped, 0);
  return {
    dropped: dropped.list(),
    ungrouped,
    places: placesIn(pieces, reports),
    notes: [...warnings, ...noteWarnings(reports)],
  };
}

/** Counted as the rows were read: of one number that is written in several ways, together. */
function ofNumbers(dropped: readonly DroppedCount[]): DroppedCount[] {
  const counts = new DroppedCounts();
  for (const count of dropped) counts.add({ ...count, population: count.population === null ? null : (numberText(count.population, true) ?? count.population) });
  return counts.list();
}

function mergeSurveys(surveys: readonly WorkerSurvey[]): RowSurvey {
  const first = surveys[0]!;
  const union = (lists: readonly (readonly string[])[]): string[] => [...new Set(lists.flat())];
  return {
    months: [...new Set(surveys.flatMap((part) => part.months))].sort((a, b) => a - b),
    stateDifferences: first.stateDifferences.map((row, a) => row.map((_, b) => surveys.reduce((sum, part) => sum + part.stateDifferences[a]![b]!, 0))),
    inputLabels: first.inputLabels.map((labels, i) => (labels === null ? null : union(surveys.map((part) => part.inputLabels[i] ?? [])))),
    populations: union(surveys.map((part) => part.populations)),
    groups: first.groups.map((_, b) => [...new Map(surveys.flatMap((part) => part.groups[b]!).map((group) => [group.join('\u0000'), group])).values()]),
  };
}

async function sizeOf(pool: Pool, s: number, sample: ResolvedSample, scales: readonly SumScale[]): Promise<SampleSize> {
  const sizes = await pool.all((worker) => worker.size(s));
  return {
    estimated: sizes.reduce((sum, size) => sum + size.estimated, 0),
    rows: sizes.reduce((sum, size) => sum + size.rows, 0),
    clusters: sizes.reduce((sum, size) => sum + size.clusters, 0),
    scales: sample.plan.outcomes.map((o) => scales[o]!),
    reach: sizes[0]!.reach.map((_, d) => Math.max(...sizes.map((size) => size.reach[d]!))),
    outside: sizes.reduce((sum, size) => sum + size.outside, 0),
  };
}

function queriesOf(pool: Pool, signal: AbortSignal | undefined): SampleQueries {
  // A common scale asks for the same ranges once a sample.
  const ranges = new Map<string, Promise<RangeOf>>();
  return {
    range(input, sample, positive) {
      const key = JSON.stringify([input, sample, positive]);
      if (!ranges.has(key)) ranges.set(key, rangeOver(pool, signal, (worker) => worker.range(input, sample, positive)));
      return ranges.get(key)!;
    },
    digits: (input, sample, positive) => async (request) => {
      return mergeDigitCounts(
        await pool.all((worker) => worker.countDigits(input, { sample, positive, request }), signal),
      );
    },
    async countLevels(source, levels, sample) {
      const parts = await pool.all((worker) => worker.countLevels(source, levels, sample), signal);
      return parts.reduce((sum, part) => sum.map((count, i) => count + part[i]!));
    },
  };
}

async function rangeOver(pool: Pool, signal: AbortSignal | undefined, range: Call<RangeOf>): Promise<RangeOf> {
  const parts = await pool.all(range, signal);
  return parts.reduce((all, part) => ({ n: all.n + part.n, lo: Math.min(all.lo, part.lo), hi: Math.max(all.hi, part.hi) }));
}

function mergeDigests(parts: readonly bigint[]): string {
  return BigInt.asUintN(64, parts.reduce((sum, part) => sum + part, 0n)).toString(16).padStart(16, '0');
}

function stopwatch(): () => number {
  let last = performance.now();
  return () => {
    const now = performance.now();
    const elapsed = now - last;
    last = now;
    return elapsed;
  };
}
