import { EngineError } from './errors.ts';
import { estimationMath } from './estimate/math.ts';
import type { StandardErrors } from './indicator/indicator.ts';
import { pooledPeriods, type PooledPeriod } from './indicator/pooled.ts';
import type { Warning } from './messages/catalogue.ts';
import type { EstimateAll, OutcomeCellSums, OutcomeEstimate } from './run-estimates.ts';
import type { GroupComparison, RunOptions } from './run-result.ts';
import { formatMonth } from './spec/months.ts';
import { analyticCovariances, type IndicatorCovariance } from './uncertainty/analytic-errors.ts';
import { bootstrapReplicates, type BootstrapReplicates } from './uncertainty/bootstrap.ts';
import { checkDrawOptions, usualReplicates } from './uncertainty/draw-options.ts';
import { functionalsByGroup, functionalsByMonth, type GroupingCells, type PeriodMeans } from './uncertainty/influence.ts';
import { jointMeans } from './uncertainty/joint-means.ts';
import { replicateStandardErrors, scoreReplicates, type Replicates } from './uncertainty/score-errors.ts';
import { cellStandardErrors, jointStandardErrors } from './uncertainty/standard-error.ts';
import type { LoadedRows } from './workers/load-rows.ts';
import { together } from './workers/together.ts';

export interface Uncertainty {
  /** Standard errors of the method asked for, by grouping. */
  readonly errors: readonly StandardErrors[];
  readonly comparisons: readonly GroupComparison[];
  /** Warnings of months of groups that had no rows in some draws. */
  readonly skipped: readonly Warning[];
}

export interface Summed extends EstimateAll {
  readonly cells: readonly OutcomeCellSums[];
}

/** What methods by influence functions are asked of one outcome, and its sums by grouping. */
function influenceRequest({ rows, cells, options, pool, signal, onProgress }: Summed, { sample, index, model, gram, kept, predictor, fit }: OutcomeEstimate) {
  const { interval, cluster = 'row', replicates = usualReplicates } = options;
  if (fit.population !== '') {
    throw new EngineError('usage.separate-intervals', { interval, outcome: fit.outcome, population: fit.population });
  }
  // Their sums over rows have places for numeric values of about one size.
  const far = fit.family === 'probit' ? model.terms.numerics.filter(({ far: times = 1 }) => times > 1024).map(({ name }) => name) : [];
  if (far.length > 0) throw new EngineError('usage.intervals-of-far-values', { outcome: fit.outcome, covariates: far });
  let total = rows.samples[sample]!.size.rows;
  let done = 0;
  const passes = rows.passes(sample, (n) => onProgress({ phase: 'indicator', detail: `${fit.outcome}, intervals`, done: (done += n) % Math.max(1, total), total, unit: 'rows' }), signal);
  // A bootstrap goes over the rows twice for every few replicates, once more where their draws are counted, and some more for full refits.
  const passesEach = 2 + (options.draw === 'multinomial' ? 1 : 0) + (options.refit === 'full' && fit.family === 'probit' ? 4 : 0);
  if (interval === 'bootstrap') total *= passesEach * Math.ceil(replicates / passes.atATime);
  const sums = cells.find((one) => one.sample === sample && one.index === index)!.groupings;
  return {
    request: { passes, gram, model, kept, index, family: fit.family, predictor, cluster, math: estimationMath(pool.kernels) },
    groupings: rows.samples[0]!.plan.groupings.map(({ groups }, grouping): GroupingCells => ({ grouping, groups: groups.length, cells: sums[grouping]! })),
  };
}

export interface CompareRequest extends Pick<EstimateAll, 'options' | 'pool'>, Partial<Pick<EstimateAll, 'signal' | 'onProgress'>> {
  readonly outcome: string;
  /** Which of the breakdowns of the options. */
  readonly breakdown: number;
  readonly period: string;
}

/** The groups of one breakdown held against each other over a period, in one outcome. */
export async function compareGroups({ outcome, breakdown, period, options, pool, signal, onProgress = () => {} }: CompareRequest, { rows, estimates, cells }: Pick<Summed, 'rows' | 'cells'> & { readonly estimates: readonly OutcomeEstimate[] }): Promise<GroupComparison> {
  const { request, groupings } = influenceRequest({ rows, cells, options, pool, signal, onProgress }, estimates.find(({ fit }) => fit.outcome === outcome)!);
  const grouping = groupings[breakdown + 1]!;
  const [covariance] = await analyticCovariances(request, [functionalsByGroup(grouping, periodOf(period, options, rows))]);
  return { outcome, by: options.by[breakdown]!, groups: rows.samples[0]!.plan.groupings[breakdown + 1]!.groups, period, ...jointMeans(grouping.cells, covariance!) };
}

/** What is found of one outcome: by grouping, of the months and pooled periods of each group. */
interface OfOutcome {
  readonly outcome: string;
  readonly covariance: readonly IndicatorCovariance[] | null;
  readonly drawn: readonly Replicates[] | null;
  readonly comparisons: readonly GroupComparison[];
  readonly skipped: readonly Warning[];
}

/** How sure the indicator is, and its groups held against each other. Outcomes are under way at once: workers need not wait for this side. */
export async function uncertainty({ estimates, ...summed }: Summed & { estimates: readonly OutcomeEstimate[] }): Promise<Uncertainty> {
  const { rows, options } = summed;
  const { interval, compare, ends, level } = options;
  checkDrawOptions(options);
  const { groupings } = rows.samples[0]!.plan;
  const byCell = interval === 'outcome' || interval === 'residual' ? groupings.map(() => cellStandardErrors(interval)) : null;
  if (byCell && compare === undefined) return { errors: byCell, comparisons: [], skipped: [] };
  const period = compare === undefined ? null : periodOf(compare, options, rows);
  const found = await together(estimates.map((estimate) => uncertaintyOf(estimate, summed, period)));
  const errors = (): StandardErrors[] =>
    groupings.map((_, g) => (interval === 'analytic' ? jointStandardErrors(ofGrouping(found, 'covariance', g)) : replicateStandardErrors(ofGrouping(found, 'drawn', g), ends === 'percentile' ? level : null)));
  return { errors: byCell ?? errors(), comparisons: found.flatMap(({ comparisons }) => comparisons), skipped: found.flatMap(({ skipped }) => skipped) };
}

async function uncertaintyOf(estimate: OutcomeEstimate, summed: Summed, comparedPeriod: PeriodMeans | null): Promise<OfOutcome> {
  const { interval, compare, by, replicates = usualReplicates, seed = 1, draw = 'poisson', refit = 'one-step' } = summed.options;
  const { outcome } = estimate.fit;
  const { request, groupings } = influenceRequest(summed, estimate);
  const pooled = pooledOf(summed.options, summed.rows);
  const wanted = groupings.map((grouping) => functionalsByMonth(grouping, pooled));
  const compared = comparedPeriod ? groupings.slice(1).map((grouping) => functionalsByGroup(grouping, comparedPeriod)) : [];
  const bootstrap = interval === 'bootstrap' ? await bootstrapReplicates({ ...request, replicates, seed, draw, refit, groupings, pooled }) : null;
  const score = interval === 'score' ? await scoreReplicates({ ...request, replicates, seed, draw }, wanted) : null;
  const analytic = interval === 'analytic' ? wanted : [];
  const found = await analyticCovariances(request, [...analytic, ...compared]);
  return {
    outcome,
    covariance: interval === 'analytic' ? found.slice(0, wanted.length) : null,
    drawn: bootstrap?.byGrouping ?? score,
    comparisons: compared.map((_, b) => ({
      outcome, by: by[b]!, groups: summed.rows.samples[0]!.plan.groupings[b + 1]!.groups, period: compare!, ...jointMeans(groupings[b + 1]!.cells, found[analytic.length + b]!),
    })),
    skipped: bootstrap ? leftOut(outcome, bootstrap, replicates) : [],
  };
}

function leftOut(outcome: string, { skipped, cellsSkipped, unreached }: BootstrapReplicates, replicates: number): Warning[] {
  return [
    ...(unreached > 0 ? [{ code: 'warning.replicates-unreached', args: { outcome, unreached, replicates } } as const] : []),
    ...(skipped > 0 ? [{ code: 'warning.replicates-without-rows', args: { outcome, cells: cellsSkipped, skipped, replicates } } as const] : []),
  ];
}

/** What was found of one grouping, by outcome. */
function ofGrouping<K extends 'covariance' | 'drawn'>(found: readonly OfOutcome[], kind: K, g: number): Map<string, NonNullable<OfOutcome[K]>[number]> {
  type Item = NonNullable<OfOutcome[K]>[number];
  return new Map(found.flatMap(({ outcome, [kind]: own }) => {
    const item = (own as readonly Item[] | null)?.[g];
    return item ? [[outcome, item] as const] : [];
  }));
}

/** The periods that are means over rows; none where they are means of months. */
export const pooledOf = ({ pooled = false, period }: RunOptions, rows: LoadedRows): PooledPeriod[] => (pooled ? pooledPeriods(rows.samples[0]!.plan, period) : []);

/** Months of a period that groups are compared over, counted from the first. */
export const comparedMonths = (text: string, options: RunOptions, rows: LoadedRows): readonly number[] => periodOf(text, options, rows).months;

/** Months of a period, counted from the first, and what kind of mean is taken over them. */
function periodOf(text: string, { pooled = false }: RunOptions, rows: LoadedRows): PeriodMeans {
  const { firstMonth, months } = rows.samples[0]!.plan;
  for (const period of ['all', 'month', 'tertial', 'quarter', 'year'] as const) {
    const found = pooledPeriods({ firstMonth, months }, period).find(({ label }) => label === text);
    if (found) return { months: found.months, mean: pooled ? 'rows' : 'months', whole: period !== 'all' };
  }
  throw new EngineError('usage.compare-period', { period: text, first: formatMonth(firstMonth), last: formatMonth(firstMonth + months - 1) });
}
