import type { ModelColumns } from './coding/model-columns.ts';
import { EngineError } from './errors.ts';
import type { Estimate } from './estimate/estimate.ts';
import { estimationMath } from './estimate/math.ts';
import type { GramPass } from './estimate/passes.ts';
import type { CellSums } from './indicator/cell-sums.ts';
import type { StandardErrors } from './indicator/indicator.ts';
import type { GroupComparison, Progress, RunOptions } from './run-result.ts';
import { completePeriods, formatMonth } from './spec/months.ts';
import { analyticErrors, type IndicatorCovariance } from './uncertainty/analytic-errors.ts';
import { bootstrapReplicates } from './uncertainty/bootstrap.ts';
import { jointMeans } from './uncertainty/joint-means.ts';
import { replicateStandardErrors, scoreErrors, type Replicates } from './uncertainty/score-errors.ts';
import { cellStandardErrors, jointStandardErrors } from './uncertainty/standard-error.ts';
import type { LoadedRows } from './workers/load-rows.ts';
import type { Pool } from './workers/pool.ts';

export interface OutcomeEstimate extends Estimate {
  readonly model: ModelColumns;
  readonly gram: GramPass;
  /** Coded sample, and the outcome's place in it and in the spec. */
  readonly sample: number;
  readonly index: number;
  readonly outcome: number;
}

export interface EstimateAll {
  readonly rows: LoadedRows;
  readonly options: RunOptions;
  readonly pool: Pool;
  readonly signal: AbortSignal | undefined;
  readonly onProgress: (progress: Progress) => void;
}

/** Sums by cell of one outcome in one sample, by grouping. */
export interface OutcomeCellSums extends Pick<OutcomeEstimate, 'sample' | 'index' | 'outcome'> {
  readonly groupings: readonly CellSums[];
  /** Rows that have no expected value, and are in no cell. */
  readonly withoutExpected: number;
}

export interface Uncertainty {
  /** Standard errors of the method asked for, by grouping. */
  readonly errors: readonly StandardErrors[];
  readonly comparisons: readonly GroupComparison[];
  /** Warnings of months of groups that had no rows in some draws. */
  readonly skipped: readonly string[];
}

export interface Summed extends EstimateAll {
  readonly cells: readonly OutcomeCellSums[];
}

/** What methods by influence functions are asked of one outcome, and its sums by grouping. */
function influenceRequest({ rows, cells, options, pool, signal, onProgress }: Summed, { sample, index, model, gram, kept, predictor, fit }: OutcomeEstimate) {
  if (fit.population !== '') {
    throw new EngineError('usage', 'Analytic intervals are not there for separate populations: a person may be in several of them. Choose the intervals outcome or residual.', { outcome: fit.outcome, population: fit.population });
  }
  const { interval, replicates = 200 } = options;
  let total = rows.samples[sample]!.size.rows;
  let done = 0;
  const passes = rows.passes(sample, (n) => onProgress({ phase: 'indicator', detail: `${fit.outcome}, intervals`, done: (done += n) % Math.max(1, total), total, unit: 'rows' }), signal);
  // A bootstrap goes over the rows twice for every few replicates.
  if (interval === 'bootstrap') total *= 2 * Math.ceil(replicates / passes.atATime);
  const request = { passes, gram, model, kept, index, family: fit.family, predictor, cluster: options.cluster ?? 'row', math: estimationMath(pool.kernels) };
  return { request, own: cells.find((sums) => sums.sample === sample && sums.index === index)!.groupings };
}

export interface CompareRequest extends Pick<EstimateAll, 'options' | 'pool'>, Partial<Pick<EstimateAll, 'signal' | 'onProgress'>> {
  readonly outcome: string;
  /** Which of the breakdowns of the options. */
  readonly breakdown: number;
  readonly period: string;
}

/** The groups of one breakdown held against each other over a period, in one outcome. */
export async function compareGroups({ outcome, breakdown, period, options, pool, signal, onProgress = () => {} }: CompareRequest, { rows, estimates, cells }: Pick<Summed, 'rows' | 'cells'> & { readonly estimates: readonly OutcomeEstimate[] }): Promise<GroupComparison> {
  const { groupings, firstMonth, months } = rows.samples[0]!.plan;
  const { groups } = groupings[breakdown + 1]!;
  const means = { groups: groups.length, ...comparePeriod(period, firstMonth, months) };
  const { request, own } = influenceRequest({ rows, cells, options, pool, signal, onProgress }, estimates.find(({ fit }) => fit.outcome === outcome)!);
  const covariance = await (await analyticErrors(request)).byGroup(breakdown + 1, own[breakdown + 1]!, means);
  return { outcome, by: options.by[breakdown]!, groups, period, ...jointMeans(own[breakdown + 1]!, covariance, means) };
}

/** How sure the indicator is, and its groups held against each other: one pass over the rows a breakdown and outcome. */
export async function uncertainty({ estimates, ...summed }: Summed & { estimates: readonly OutcomeEstimate[] }): Promise<Uncertainty> {
  const { rows, options } = summed;
  const { groupings, firstMonth, months } = rows.samples[0]!.plan;
  const { interval, period, compare, replicates = 200, seed = 1 } = options;
  const byCell = interval === 'outcome' || interval === 'residual' ? groupings.map(() => cellStandardErrors(interval)) : null;
  if (byCell && compare === undefined) return { errors: byCell, comparisons: [], skipped: [] };
  const wanted = compare === undefined ? null : comparePeriod(compare, firstMonth, months);
  const found = groupings.map(() => ({ byMonth: new Map<string, IndicatorCovariance>(), byGroup: new Map<string, IndicatorCovariance>() }));
  const drawn = groupings.map(() => ({ byMonth: new Map<string, Replicates>(), byGroup: new Map<string, Replicates>() }));
  const everyMonth = { months: Array.from({ length: months }, (_, t) => t), mean: 'rows' } as const;
  const comparisons: GroupComparison[] = [];
  const skipped: string[] = [];
  for (const estimate of estimates) {
    const { fit } = estimate;
    const { request, own } = influenceRequest(summed, estimate);
    if (interval === 'score') {
      const errors = await scoreErrors({ ...request, replicates, seed });
      for (const [g, { groups }] of groupings.entries()) {
        drawn[g]!.byMonth.set(fit.outcome, await errors.byMonth(g, groups.length, own[g]!));
        if (period === 'all') drawn[g]!.byGroup.set(fit.outcome, await errors.byGroup(g, own[g]!, { groups: groups.length, ...everyMonth }));
      }
      if (!wanted) continue;
    }
    if (interval === 'bootstrap') {
      const found = await bootstrapReplicates({ ...request, replicates, seed, groupings: groupings.map(({ groups }, g) => ({ groups: groups.length, cells: own[g]! })) });
      drawn.forEach((grouping, g) => {
        grouping.byMonth.set(fit.outcome, found.byMonth[g]!);
        grouping.byGroup.set(fit.outcome, found.byGroup[g]!);
      });
      if (found.skipped > 0) {
        skipped.push(`${fit.outcome}: ${found.cellsSkipped} months of groups had no rows in some of the ${replicates} replicates (${found.skipped} in all), which are left out of their standard errors.`);
      }
      if (!wanted) continue;
    }
    const errors = await analyticErrors(request);
    for (const [g, { groups }] of groupings.entries()) {
      if (interval === 'analytic') {
        found[g]!.byMonth.set(fit.outcome, await errors.byMonth(g, groups.length, own[g]!));
        if (period === 'all') found[g]!.byGroup.set(fit.outcome, await errors.byGroup(g, own[g]!, { groups: groups.length, ...everyMonth }));
      }
      if (wanted && g > 0) {
        const means = { groups: groups.length, ...wanted };
        comparisons.push({ outcome: fit.outcome, by: options.by[g - 1]!, groups, period: compare!, ...jointMeans(own[g]!, await errors.byGroup(g, own[g]!, means), means) });
      }
    }
  }
  return { errors: byCell ?? (interval === 'analytic' ? found.map(jointStandardErrors) : drawn.map(replicateStandardErrors)), comparisons, skipped };
}

/** Months of a period, counted from the first; all of them are pooled over rows, others are the mean of their months. */
function comparePeriod(text: string, firstMonth: number, months: number): { months: number[]; mean: 'rows' | 'months' } {
  const every = Array.from({ length: months }, (_, t) => firstMonth + t);
  if (text === 'all') return { months: every.map((month) => month - firstMonth), mean: 'rows' };
  for (const period of ['month', 'tertial', 'quarter', 'year'] as const) {
    const members = completePeriods(every, period).get(text);
    if (members) return { months: members.map((month) => month - firstMonth), mean: 'months' };
  }
  throw new EngineError('usage', `compare: ${text} is no period that the data have whole, from ${formatMonth(firstMonth)} to ${formatMonth(firstMonth + months - 1)}; write all, 2023, 2023-T1, 2023-Q1 or 2023-01.`);
}
