import { EngineError } from './errors.ts';
import { estimationMath } from './estimate/math.ts';
import { eventState } from './indicator/evidence.ts';
import type { StandardErrors } from './indicator/indicator.ts';
import { pooledPeriods, type PooledPeriod } from './indicator/pooled.ts';
import type { Warning } from './messages/catalogue.ts';
import type { EstimateAll, OutcomeCellSums, OutcomeEstimate } from './run-estimates.ts';
import type { GroupComparison, RunOptions } from './run-result.ts';
import { runPersons } from './run-persons.ts';
import { groupName } from './spec/group-name.ts';
import { formatMonth, type Period } from './spec/months.ts';
import { nearest } from './spec/nearest.ts';
import { analyticCovariances } from './uncertainty/analytic-errors.ts';
import type { AskedErrors } from './uncertainty/asked-errors.ts';
import { bootstrapReplicates, type BootstrapReplicates } from './uncertainty/bootstrap.ts';
import { checkDrawOptions, usualReplicates } from './uncertainty/draw-options.ts';
import { combinationErrors, type GroupingErrors } from './uncertainty/combination-errors.ts';
import { againstOf } from './uncertainty/against.ts';
import { comparedSets, functionalsOfSets, type Against } from './uncertainty/compared-sets.ts';
import { functionalsByMonth, type GroupingCells, type PeriodMeans } from './uncertainty/influence.ts';
import { jointMeans, setMeans } from './uncertainty/joint-means.ts';
import { modelErrors } from './uncertainty/model-spread.ts';
import { replicateStandardErrors, scoreReplicates, type Replicates } from './uncertainty/score-errors.ts';
import { cellStandardErrors, sumStandardErrors } from './uncertainty/standard-error.ts';
import { askedMeans, limitedUnit, unitErrors } from './uncertainty/unit-errors.ts';
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
function influenceRequest({ rows, cells, options, pool, signal, onProgress }: Summed, { sample, index, model, gram, kept, rows: { left }, predictor, fit }: OutcomeEstimate) {
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
    request: { passes, gram, model, kept, left, index, family: fit.family, predictor, cluster, math: estimationMath(pool.kernels) },
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
  const estimate = estimates.find(({ fit }) => fit.outcome === outcome)!;
  const [found] = await comparisonsOf({ rows, cells, options, pool, signal, onProgress }, estimate, { period, breakdowns: [breakdown] });
  return found!;
}

interface Compared {
  readonly period: string;
  /** Which of the breakdowns of the options. */
  readonly breakdowns: readonly number[];
}

/** Units of several breakdowns over a period: their means with the joint covariance, and what each one's persons leave to be said of it. */
async function comparisonsOf(summed: Summed, estimate: OutcomeEstimate, { period, breakdowns }: Compared): Promise<GroupComparison[]> {
  const { rows, options, pool, signal, onProgress } = summed;
  const { outcome } = estimate.fit;
  const { request, groupings } = influenceRequest(summed, estimate);
  const { kind, mean } = periodOf(period, options, rows);
  const compared = breakdowns.map((breakdown) => groupings[breakdown + 1]!);
  const asks = breakdowns.map((breakdown) => against(options, breakdown, rows));
  const sets = compared.map((grouping, k) => comparedSets(grouping, mean, asks[k]!));
  const covariances = await analyticCovariances(request, compared.map((grouping, k) => functionalsOfSets(grouping, sets[k]!.sets, mean.mean)));
  const asked = [groupings[0]!, ...compared];
  const errors = await combinationErrors(request, asked.map((grouping) => askedMeans(grouping, mean)));
  const counted = await runPersons({ rows, estimates: [estimate], periods: [kind], pool, signal, onProgress });
  const zeroOne = rows.zeroOne[estimate.outcome]!;
  const spread = await request.passes.modelSpread(request.index, {
    predictor: request.predictor, family: request.family, zeroOne, months: mean.months, groupings: asked.map(({ grouping }) => grouping),
  });
  const errorsByModel = spread.units.map((unit) => modelErrors(spread, unit, spread.units[0]!, zeroOne));
  const place = counted.partitions.get(kind)!.labels.indexOf(period);
  const known = asked.map((grouping, k) => {
    const counts = counted.of(estimate.outcome, grouping.grouping, kind)!;
    return unitErrors(grouping, mean, errors[k]!).map((error, g) => {
      const cell = place * grouping.groups + g;
      const persons = counts.persons[cell]!;
      return { persons, error: limitedUnit(error, { persons, events: eventState(counts, cell, zeroOne) }) };
    });
  });
  return breakdowns.map((breakdown, k) => {
    const units = [...known[k + 1]!, ...known[0]!];
    const unitError = units.map(({ error }) => error);
    const means = setMeans(compared[k]!.cells, sets[k]!, covariances[k]!, unitError);
    return {
      outcome, by: options.by[breakdown]!, groups: rows.samples[0]!.plan.groupings[breakdown + 1]!.groups, period,
      persons: Float64Array.from(units, ({ persons }) => persons),
      modelError: Float64Array.of(...errorsByModel[k + 1]!, ...errorsByModel[0]!),
      months: Float64Array.from(units, (_, g) => sets[k]!.sets[g]!.months.length),
      pairs: sets[k]!.pairs,
      leftOut: sets[k]!.leftOut,
      sets: means,
      ...jointMeans(means, sets[k]!, covariances[k]!.functionals.rows, unitError),
    };
  });
}

/** What the groups of a breakdown are held against; the whole where it has not what was asked for. */
function against({ against: text = 'whole', by }: RunOptions, breakdown: number, rows: LoadedRows): Against {
  return againstOf(text, by[breakdown]!, rows.samples[0]!.plan.groupings[breakdown + 1]!.groups) ?? { kind: 'whole' };
}

/** Throws `usage` where no breakdown has what groups are to be held against. */
function checkAgainst({ against: text, by }: RunOptions, rows: LoadedRows): void {
  const { groupings } = rows.samples[0]!.plan;
  if (text === undefined || by.some((columns, b) => againstOf(text, columns, groupings[b + 1]!.groups) !== null)) return;
  const labels = groupings.slice(1).flatMap(({ groups }, b) => groups.map((group) => groupName(by[b]!, group)));
  throw new EngineError('usage.against-unknown', { against: text, nearest: nearest(text, labels), by: by.map((columns) => columns.join('+')) });
}

/** What is found of one outcome: by grouping, of the months and pooled periods of each group. */
interface OfOutcome {
  readonly outcome: string;
  readonly errors: readonly GroupingErrors[];
  readonly drawn: readonly Replicates[] | null;
  readonly comparisons: readonly GroupComparison[];
  readonly skipped: readonly Warning[];
}

export interface UncertaintyRequest extends Summed {
  readonly estimates: readonly OutcomeEstimate[];
  /** By grouping: what the tables ask of methods that know how months vary together. */
  readonly asked: readonly AskedErrors[];
}

/** How sure the indicator is, and its groups held against each other. Outcomes are under way at once: workers need not wait for this side. */
export async function uncertainty({ estimates, asked, ...summed }: UncertaintyRequest): Promise<Uncertainty> {
  const { rows, options } = summed;
  const { interval, compare, ends, level } = options;
  checkDrawOptions(options);
  checkAgainst(options, rows);
  const { groupings } = rows.samples[0]!.plan;
  const byCell = interval === 'outcome' || interval === 'residual' ? groupings.map(() => cellStandardErrors(interval)) : null;
  if (byCell && compare === undefined) return { errors: byCell, comparisons: [], skipped: [] };
  const found = await together(estimates.map((estimate) => uncertaintyOf(estimate, summed, byCell ? null : asked)));
  const errors = (): StandardErrors[] =>
    groupings.map((_, g) => {
      const analytic = sumStandardErrors(new Map(found.map((one) => [one.outcome, one.errors[g]!])));
      if (interval === 'analytic') return analytic;
      return replicateStandardErrors(new Map(found.map((one) => [one.outcome, one.drawn![g]!])), analytic, ends === 'percentile' ? level : null);
    });
  return { errors: byCell ?? errors(), comparisons: found.flatMap(({ comparisons }) => comparisons), skipped: found.flatMap(({ skipped }) => skipped) };
}

async function uncertaintyOf(estimate: OutcomeEstimate, summed: Summed, asked: readonly AskedErrors[] | null): Promise<OfOutcome> {
  const { interval, compare, by, replicates = usualReplicates, seed = 1, draw = 'poisson', refit = 'one-step' } = summed.options;
  const { outcome } = estimate.fit;
  const { request, groupings } = influenceRequest(summed, estimate);
  const pooled = pooledOf(summed.options, summed.rows);
  const bootstrap = interval === 'bootstrap' ? await bootstrapReplicates({ ...request, replicates, seed, draw, refit, groupings, pooled }) : null;
  const score = interval === 'score' ? await scoreReplicates({ ...request, replicates, seed, draw }, groupings.map((grouping) => functionalsByMonth(grouping, pooled))) : null;
  return {
    outcome,
    errors: asked ? await combinationErrors(request, groupings.map((grouping, g) => ({ grouping, pooled, rows: asked[g]!.of(outcome) }))) : [],
    drawn: bootstrap?.byGrouping ?? score,
    comparisons: compare === undefined ? [] : await comparisonsOf(summed, estimate, { period: compare, breakdowns: [...by.keys()] }),
    skipped: bootstrap ? leftOut(outcome, bootstrap, replicates) : [],
  };
}

function leftOut(outcome: string, { skipped, cellsSkipped, unreached }: BootstrapReplicates, replicates: number): Warning[] {
  return [
    ...(unreached > 0 ? [{ code: 'warning.replicates-unreached', args: { outcome, unreached, replicates } } as const] : []),
    ...(skipped > 0 ? [{ code: 'warning.replicates-without-rows', args: { outcome, cells: cellsSkipped, skipped, replicates } } as const] : []),
  ];
}

/** The periods that are means over rows; none where they are means of months. */
export const pooledOf = ({ pooled = false, period }: RunOptions, rows: LoadedRows): PooledPeriod[] => (pooled ? pooledPeriods(rows.samples[0]!.plan, period) : []);

/** Months of a period that groups are compared over, counted from the first. */
export const comparedMonths = (text: string, options: RunOptions, rows: LoadedRows): readonly number[] => periodOf(text, options, rows).mean.months;

/** Months of a period, counted from the first, and what kind of mean is taken over them. */
function periodOf(text: string, { pooled = false }: RunOptions, rows: LoadedRows): { kind: Period; mean: PeriodMeans } {
  const { firstMonth, months } = rows.samples[0]!.plan;
  for (const period of ['all', 'month', 'tertial', 'quarter', 'year'] as const) {
    const found = pooledPeriods({ firstMonth, months }, period).find(({ label }) => label === text);
    if (found) return { kind: period, mean: { months: found.months, mean: pooled ? 'rows' : 'months', whole: period !== 'all' } };
  }
  throw new EngineError('usage.compare-period', { period: text, first: formatMonth(firstMonth), last: formatMonth(firstMonth + months - 1) });
}
