import { modelColumns, ownModel } from './coding/model-columns.ts';
import { EngineError } from './errors.ts';
import type { DroppedRows } from './estimate/fit.ts';
import { estimateOutcome } from './estimate/estimate-outcome.ts';
import { estimationMath } from './estimate/math.ts';
import { addCellSums } from './indicator/cell-sums.ts';
import type { CellEvidence } from './indicator/evidence.ts';
import { criticalValues } from './indicator/critical-values.ts';
import { withPooled } from './indicator/pooled.ts';
import type { ZeroMeans } from './indicator/zero-means.ts';
import { indicatorTable, withheldOutcome, type IndicatorRequest, type StandardErrors } from './indicator/indicator.ts';
import { periodDifferences } from './indicator/period-differences.ts';
import type { Warning } from './messages/catalogue.ts';
import type { EstimateAll, OutcomeCellSums, OutcomeEstimate } from './run-estimates.ts';
import type { GroupComparison, PhaseTime, Progress, RunOptions, RunResult } from './run-result.ts';
import { comparedMonths, pooledOf, uncertainty } from './run-uncertainty.ts';
import { zeroMeans } from './run-zero-means.ts';
import { withheldLevels } from './run-levels.ts';
import type { WithheldLevels } from './withhold/coefficients.ts';
import { evidenceOf, runPersons, type RunPersons } from './run-persons.ts';
import { runWithheld } from './run-withheld.ts';
import { hiddenOf, type RunWithheld } from './withhold/published.ts';
import { publishedThreshold } from './withhold/threshold.ts';
import { specDigest } from './spec/digest.ts';
import type { ModelSpec } from './spec/model-spec.ts';
import { formatMonth, parseMonth } from './spec/months.ts';
import { askedErrors } from './uncertainty/asked-errors.ts';
import { withHeldMeans } from './uncertainty/held-means.ts';
import { checkDrawOptions } from './uncertainty/draw-options.ts';
import { averageEffects, type AverageEffect } from './whatif/average-effects.ts';
import type { WhatIfAnswer, WhatIfRequest } from './whatif/answer.ts';
import type { ExactRows } from './whatif/exact-cells.ts';
import { openExactWhatIf } from './whatif/exact-what-if.ts';
import type { KeptSums } from './whatif/kept-sums.ts';
import { keepSums, type KeepOutcome } from './workers/keep-sums.ts';
import { loadRows, type LoadedRows } from './workers/load-rows.ts';
import type { Pool } from './workers/pool.ts';
import type { RegisterSource } from './workers/protocol.ts';

export interface RunRequest {
  readonly spec: ModelSpec;
  readonly source: RegisterSource;
  readonly options: RunOptions;
  readonly pool: Pool;
  /** Breakdowns that are shown, the first of those of the options: others are summed to tell what-if answers. All where absent. */
  readonly shown?: RunOptions['by'];
  /** Also keep the sums that answer what-if questions, and make what of the run may be published. */
  readonly keep?: boolean;
  readonly signal?: AbortSignal;
  readonly onProgress?: (progress: Progress) => void;
}

/**
 * From rows to curves: read and code the rows in the workers, estimate every outcome, sum actual and expected by group
 * and month, and make the tables. The one path that command line and app share.
 */
export async function runModel(request: RunRequest): Promise<RunResult> {
  const { spec, source, options, pool, signal, onProgress = () => {} } = request;
  // Options that cannot be are told of before the rows are read.
  relativeMonth(options.relativeTo);
  checkDrawOptions(options);
  const rows = await loadRows({ spec, source, by: options.by, where: options.where, within: options.within, pool, signal, onProgress });
  return runResident(request, rows);
}

/** From rows that are resident in the workers to curves; as often as wanted, as long as the pool reads nothing else. */
export async function runResident(request: Omit<RunRequest, 'source'>, rows: LoadedRows): Promise<RunResult> {
  checkRelativeMonth(relativeMonth(request.options.relativeTo), rows.months);
  return resultOf(request, await estimateResident(request, rows));
}

export interface WhatIfRun {
  readonly result: RunResult;
  /** Exact answers, least squares from kept sums and probits from the rows, as long as the pool reads nothing else. */
  whatIf(request: WhatIfRequest, signal?: AbortSignal): Promise<WhatIfAnswer>;
}

/** A run that keeps its sums, and answers what-if questions exactly from the rows that stay resident. */
export async function runWhatIf(request: Omit<RunRequest, 'source' | 'keep'>, rows: LoadedRows): Promise<WhatIfRun> {
  const estimated = await estimateResident(request, rows);
  const result = await resultOf({ ...request, keep: true }, estimated);
  const { estimates } = estimated;
  const source = { ...result, fits: estimates.map(({ fit }) => fit), shown: request.shown ?? request.options.by };
  return { result, whatIf: openExactWhatIf(source, exactRows({ rows, estimates, options: request.options }), estimationMath(request.pool.kernels)) };
}

function exactRows({ rows, estimates, options }: Pick<EstimateAll, 'rows' | 'options'> & { estimates: readonly OutcomeEstimate[] }): ExactRows {
  return (outcome, population, signal) => {
    const { sample, index, predictor } = estimates.find(({ fit }) => fit.outcome === outcome && fit.population === population)!;
    const { firstMonth, months: span, groupings } = rows.samples[sample]!.plan;
    return {
      index,
      predictor,
      groupings: groupings.map(({ groups }, g) => ({ by: g === 0 ? [] : options.by[g - 1]!, groups, firstMonth, months: span })),
      hasCondition: rows.plan.where !== null,
      passes: (months, of = 'condition') => rows.passes(sample, () => {}, signal, months ? { months, of } : undefined),
    };
  };
}

/** Estimates and sums by group and month of rows that stay in the workers: what tables, intervals and comparisons are made of. */
export interface Estimated {
  readonly rows: LoadedRows;
  readonly estimates: readonly OutcomeEstimate[];
  readonly cells: readonly OutcomeCellSums[];
  readonly effects: readonly AverageEffect[];
  readonly warnings: readonly Warning[];
  readonly timings: readonly PhaseTime[];
}

/** Depends on `vcov`, `level` and `effects` of the options alone. */
export async function estimateResident({ options, pool, signal, onProgress = () => {} }: Omit<RunRequest, 'source'>, rows: LoadedRows): Promise<Estimated> {
  const started = performance.now();
  const estimates = await estimateAll({ rows, options, pool, signal, onProgress });
  const estimated = performance.now();
  const effects = options.effects ? await probitEffects({ options, pool, signal, onProgress }, { rows, estimates }) : [];
  const sums = await sumCells({ rows, estimates, signal, onProgress });
  const timings = [
    { phase: 'estimate', milliseconds: estimated - started },
    { phase: 'indicator', milliseconds: performance.now() - estimated },
  ];
  return { rows, estimates, effects, ...sums, timings: [...rows.timings, ...timings] };
}

/** Tables, intervals and comparisons of estimates whose rows are still in the workers. */
export async function resultOf(request: Omit<RunRequest, 'source'>, estimated: Estimated): Promise<RunResult> {
  const { spec, options, keep = false } = request;
  const { rows, estimates, effects, warnings, timings } = estimated;
  const started = performance.now();
  const persons = await runPersons({ ...everyHook(request), rows, estimates, periods: ['month', options.period] });
  const withheld = options.threshold === null ? null : await withheldOf(request, estimated, { threshold: options.threshold, persons, populations: keep });
  const published = keep ? await publishedWithheld(request, estimated, { withheld, persons }) : null;
  const evidence = evidenceOf(persons, rows, options);
  const madeOf = (standardErrors: readonly StandardErrors[], hidden: RunWithheld | null): IndicatorRequest[] =>
    requestsOf(request, estimated, { errors: standardErrors, evidence, withheld: hidden });
  const asked = rows.samples[0]!.plan.groupings.map(({ groups }) => askedErrors(groups.length));
  if (options.interval !== 'outcome' && options.interval !== 'residual') {
    for (const made of [...madeOf(asked, withheld), ...(published ? madeOf(asked, published) : [])]) {
      indicatorTable(made);
      if (options.compare !== undefined) periodDifferences(made);
    }
  }
  const found = await uncertainty({ ...estimated, ...everyHook(request), asked, options });
  const zero = await zeroMeans({ ...everyHook(request), rows, by: options.by, estimates, cells: estimated.cells });
  const errors = { ...found, errors: heldMeans(found.errors, zero, { options, rows }) };
  const requests = madeOf(errors.errors, withheld);
  const levels = withheld && (await withheldLevels({ ...everyHook(request), spec, by: options.by, rows, estimates, withheld }));
  const shown = performance.now();
  const kept = keep ? await keepAll({ ...everyHook(request), ...estimated }) : [];
  return {
    spec,
    options,
    fits: levels?.fits ?? estimates.map(({ fit }) => fit),
    tables: requests.map(indicatorTable),
    comparisons: errors.comparisons.map((comparison) => withoutWithheld(comparison, withheld, { options, rows })),
    effects: levels ? effects.map((effect) => withheldEffect(effect, levels)) : effects,
    changes: options.compare === undefined ? [] : requests.filter(({ standardErrors }) => standardErrors.acrossMonths).map(periodDifferences),
    zeroMeans: zero,
    kept,
    hidden: withheld,
    published: published && { withheld: published, tables: madeOf(errors.errors, published).map(indicatorTable), fits: estimates.map(({ fit }) => fit) },
    rows: rows.rows,
    persons: rows.persons,
    months: rows.months.map(formatMonth),
    specDigest: await specDigest(spec),
    dataDigest: rows.digest,
    warnings: [...rowWarnings(rows), ...withinWarnings(rows, zero), ...warnings, ...errors.skipped, ...pairWarnings(errors.comparisons), ...relativeWarnings(options, estimated)],
    timings: [
      ...timings.map((time) => (time.phase === 'indicator' ? { ...time, milliseconds: time.milliseconds + shown - started } : time)),
      ...(keep ? [{ phase: 'keep', milliseconds: performance.now() - shown }] : []),
    ],
  };
}

/** Pooled over all rows, means that the model holds at zero do not vary. */
function heldMeans(errors: readonly StandardErrors[], zero: readonly ZeroMeans[], { options, rows }: Pick<EstimateAll, 'options' | 'rows'>): readonly StandardErrors[] {
  if (!options.pooled || options.period !== 'all') return errors;
  const isOf = (one: ZeroMeans, g: number): boolean => one.by.join('\n') === (g === 0 ? '' : options.by[g - 1]!.join('\n'));
  return errors.map((own, g) => withHeldMeans(own, zero.filter((one) => isOf(one, g)), rows.samples[0]!.plan.months));
}

function withheldEffect(effect: AverageEffect, { isWithheld }: WithheldLevels): AverageEffect {
  const { population, term, level, status } = effect;
  if (status === 'reference' || !isWithheld(population, term, level)) return effect;
  return { ...effect, status: 'withheld', effect: null, standardError: null, confLow: null, confHigh: null };
}

type Hooks = Pick<RunRequest, 'pool' | 'signal' | 'onProgress'>;
const everyHook = ({ pool, signal, onProgress = () => {} }: Hooks) => ({ pool, signal, onProgress });

function withheldOf(request: Omit<RunRequest, 'source'>, { rows, estimates, cells }: Estimated, { threshold, persons, populations }: { threshold: number; persons: RunPersons; populations: boolean }): Promise<RunWithheld> {
  return runWithheld({ ...everyHook(request), spec: request.spec, by: request.shown ?? request.options.by, rows, estimates, cells, threshold, persons, populations });
}

interface MadeOf extends Pick<IndicatorRequests, 'errors' | 'evidence' | 'withheld'> {}

function requestsOf({ spec, options, pool }: Omit<RunRequest, 'source'>, { rows, cells }: Estimated, { errors, evidence, withheld }: MadeOf): IndicatorRequest[] {
  return indicatorRequests({ spec, rows, cells, errors, evidence, options, pool, relativeTo: relativeMonth(options.relativeTo), withheld });
}

/** What is withheld of what may be published: nothing there is computed from it. */
async function publishedWithheld(request: Omit<RunRequest, 'source'>, estimated: Estimated, { withheld, persons }: { withheld: RunWithheld | null; persons: RunPersons }): Promise<RunWithheld> {
  if (withheld !== null && withheld.threshold >= publishedThreshold) return withheld;
  return withheldOf(request, estimated, { threshold: publishedThreshold, persons, populations: true });
}

/** A unit with a withheld month in the period is not compared. */
function withoutWithheld(comparison: GroupComparison, withheld: RunWithheld | null, { options, rows }: Pick<EstimateAll, 'options' | 'rows'>): GroupComparison {
  if (withheld === null) return comparison;
  const months = comparedMonths(comparison.period, options, rows);
  const groups = comparison.groups.length;
  const isHidden = (cells: Uint8Array, size: number, group: number): boolean => months.some((t) => cells[t * size + group] === 1);
  const own = hiddenOf(withheld, comparison.by)!;
  const held = (place: number): boolean => (place < groups ? isHidden(own, groups, place) : isHidden(hiddenOf(withheld, [])!, 1, 0));
  const shown = (values: Float64Array): Float64Array => values.map((value, place) => (held(place) ? NaN : value));
  return {
    ...comparison, n: shown(comparison.n), persons: shown(comparison.persons), estimate: shown(comparison.estimate), standardError: shown(comparison.standardError),
    modelError: shown(comparison.modelError), freedom: shown(comparison.freedom), state: comparison.state.map((state, place) => (held(place) ? 'withheld' : state)),
  };
}

/** Estimates every outcome of every sample, in the order of the spec, population by population. With the sums and tables below, a run step by step. */
export async function estimateAll({ rows, options, pool, signal, onProgress }: EstimateAll): Promise<OutcomeEstimate[]> {
  const math = estimationMath(pool.kernels);
  const estimates: OutcomeEstimate[] = [];
  for (const [s, { plan, breaks, size }] of rows.samples.entries()) {
    let detail = '';
    let done = 0;
    const passes = rows.passes(s, (n) => onProgress({ phase: 'estimate', detail, done: (done += n) % Math.max(1, size.estimated), total: size.estimated, unit: 'rows' }), signal);
    detail = plan.outcomes.map((o) => rows.plan.outcomes[o]!.name).join(', ');
    const model = modelColumns(passes.frame, ownModel(plan.design));
    const gram = await passes.gram();
    for (const [index, o] of plan.outcomes.entries()) {
      const { name, family } = rows.plan.outcomes[o]!;
      detail = plan.population === null ? name : `${name}, ${plan.population}`;
      done = 0;
      const dropped = droppedRows(rows, o, plan.population);
      const estimate = await estimateOutcome({
        outcome: name, index, family, population: plan.population, passes, model, gram, vcov: options.vcov, level: options.level, breaks, dropped, math,
      });
      const fit = { ...estimate.fit, digits: passes.digits(index, estimate.predictor, family) };
      estimates.push({ ...estimate, fit, gram, sample: s, index, outcome: o });
    }
  }
  return estimates.sort((a, b) => a.outcome - b.outcome || a.sample - b.sample);
}

/** Average marginal effects of the probits among the outcomes, or of one of them. Depends on `level` of the options alone. */
export async function probitEffects(
  { options, pool, signal, onProgress = () => {} }: Pick<RunRequest, 'options' | 'pool' | 'signal' | 'onProgress'>, { rows, estimates }: Pick<Estimated, 'rows' | 'estimates'>, outcome: string | null = null,
): Promise<AverageEffect[]> {
  const math = estimationMath(pool.kernels);
  const found: AverageEffect[] = [];
  for (const { sample, fit, ...estimate } of estimates) {
    if (fit.family !== 'probit' || (outcome !== null && fit.outcome !== outcome)) continue;
    const total = rows.samples[sample]!.size.estimated;
    let done = 0;
    const passes = rows.passes(sample, (n) => onProgress({ phase: 'estimate', detail: `${fit.outcome}, effects`, done: (done += n) % Math.max(1, total), total, unit: 'rows' }), signal);
    found.push(...(await averageEffects({ ...estimate, passes, fit, level: options.level, math })));
  }
  return found;
}

/** Rows left out of one outcome's sample of one population. */
function droppedRows(rows: LoadedRows, outcome: number, population: string | null): DroppedRows[] {
  return rows.dropped
    .filter((count) => count.outcome === outcome && (population === null || count.population === population))
    .map(({ covariate, rows: count }) => ({ reason: `${covariate} missing`, rows: count }));
}

/** Standard errors are made of sums with at least this many digits, or the run says so. */
const fewDigits = 4;

interface SumCells extends Pick<EstimateAll, 'rows' | 'signal' | 'onProgress'> {
  readonly estimates: readonly OutcomeEstimate[];
}

export async function sumCells({ rows, estimates, signal, onProgress }: SumCells): Promise<{ cells: OutcomeCellSums[]; warnings: Warning[] }> {
  const warnings: Warning[] = [];
  const cells: OutcomeCellSums[] = [];
  for (const { sample, index, outcome, predictor, fit } of estimates) {
    const { size } = rows.samples[sample]!;
    let done = 0;
    const passes = rows.passes(sample, (n) => onProgress({ phase: 'indicator', detail: fit.outcome, done: (done += n), total: size.rows, unit: 'rows' }), signal);
    const { groupings, withoutExpected } = await passes.cells(index, predictor, fit.family);
    cells.push({ sample, index, outcome, groupings, withoutExpected });
    const { outcome: name, population } = fit;
    if (size.outside > 0) warnings.push({ code: 'warning.moved-to-end-bins', args: { outcome: name, population, values: size.outside } });
    const fewest = Math.min(fit.digits?.squares ?? fewDigits, fit.digits?.residuals ?? fewDigits);
    if (fewest < fewDigits) warnings.push({ code: 'warning.few-digits', args: { outcome: name, population, digits: fewest } });
    if (withoutExpected > 0) warnings.push({ code: 'warning.without-expected', args: { outcome: name, population, rows: withoutExpected } });
  }
  return { cells, warnings: [...warnings, ...estimates.flatMap(clusterWarning)] };
}

/** Errors clustered by few persons are themselves hardly known. */
function clusterWarning({ fit: { outcome, population, vcov, persons, rank } }: OutcomeEstimate): Warning[] {
  if (vcov !== 'cluster' || persons >= 2 * rank) return [];
  return [{ code: 'warning.few-clusters', args: { outcome, population, persons, rank } }];
}

interface IndicatorRequests extends Pick<EstimateAll, 'rows' | 'options' | 'pool'> {
  readonly spec: ModelSpec;
  readonly cells: readonly OutcomeCellSums[];
  /** By grouping. */
  readonly errors: readonly StandardErrors[];
  readonly evidence: readonly CellEvidence[];
  readonly relativeTo: number | null;
  /** What is withheld; nothing where null. */
  readonly withheld: RunWithheld | null;
}

/** What the table of each breakdown is made from, the whole's first. */
export function indicatorRequests({ spec, rows, cells, errors, evidence, options, pool, relativeTo, withheld }: IndicatorRequests): IndicatorRequest[] {
  const { plan } = rows.samples[0]!;
  const critical = criticalValues(options.level, estimationMath(pool.kernels));
  const pooled = pooledOf(options, rows);
  return plan.groupings.map(({ groups }, g) => ({
    by: g === 0 ? [] : options.by[g - 1]!,
    groups,
    firstMonth: plan.firstMonth,
    months: plan.months,
    outcomes: rows.plan.outcomes.map(({ name, horizon }, o) => ({
      outcome: name,
      horizon,
      zeroOne: rows.zeroOne[o]!,
      cells: withPooled(addCellSums(cells.filter(({ outcome }) => outcome === o).map(({ groupings }) => groupings[g]!)), groups.length, pooled),
    })).map((outcome) => withheldOutcome(outcome, (withheld && hiddenOf(withheld, g === 0 ? [] : options.by[g - 1]!)) ?? null)),
    seasonalReference: spec.seasonal?.reference ?? {},
    period: options.period,
    pooled,
    standardErrors: errors[g]!,
    evidence: evidence[g]!,
    critical,
    relativeTo,
  }));
}

interface KeepAll extends Pick<EstimateAll, 'pool' | 'rows' | 'signal' | 'onProgress'> {
  readonly estimates: readonly OutcomeEstimate[];
  readonly cells: readonly OutcomeCellSums[];
}

/** Kept sums of every sample that can keep them. */
async function keepAll({ pool, rows, estimates, cells, signal, onProgress }: KeepAll): Promise<KeptSums[]> {
  const kept: KeptSums[] = [];
  for (const [sample, { plan }] of rows.samples.entries()) {
    const outcomes = await Promise.all(plan.outcomes.map(async (_, index): Promise<KeepOutcome> => {
      const isHere = (one: Pick<OutcomeEstimate, 'sample' | 'index'>): boolean => one.sample === sample && one.index === index;
      const { groupings, withoutExpected } = cells.find(isHere)!;
      const { fit, predictor } = estimates.find(isHere)!;
      const probit = fit.family === 'probit' ? { predictor, expected: groupings.map(({ expected }) => expected) } : null;
      if (withoutExpected === 0) return { cells: groupings, probit };
      // Another model may have an expected value for these rows: their outcomes are kept with the others'.
      const none = new Float64Array(plan.design.levelCells);
      const everyRow = { constant: 0, levels: none, levelsOutside: none, numeric: new Float64Array(plan.design.numerics.length) };
      return { cells: (await rows.passes(sample, () => {}, signal).cells(index, everyRow, 'gaussian')).groupings, probit };
    }));
    const onMonths = (done: number, total: number): void => onProgress({ phase: 'indicator', detail: 'sums for what-if', done, total, unit: 'steps' });
    const sums = await keepSums({ pool, rows, sample, outcomes, signal, onMonths });
    if (sums) kept.push(sums);
  }
  return kept;
}

function relativeMonth(text: string | null): number | null {
  if (text === null) return null;
  const month = parseMonth(text);
  if (month === null) throw new EngineError('usage.relative-to-shape', { month: text });
  return month;
}

/** Throws `usage` for a month that no row lies in: every relative deviation would be empty. */
function checkRelativeMonth(month: number | null, months: readonly number[]): void {
  if (month === null || months.includes(month)) return;
  throw new EngineError('usage.relative-to-without-rows', { month: formatMonth(month), first: formatMonth(months[0]!), last: formatMonth(months.at(-1)!) });
}

function rowWarnings({ ungrouped, rows, warnings }: LoadedRows): Warning[] {
  return [...warnings, ...(ungrouped === 0 ? [] : [{ code: 'warning.ungrouped' as const, args: { ungrouped, rows } }])];
}

/** What is to be known of a part that is shown with the model of all. */
function withinWarnings({ plan, rows, shown }: LoadedRows, zero: readonly ZeroMeans[]): Warning[] {
  if (plan.within === null) return [];
  const outcomes = zero.filter(({ by, zero: [kind] }) => by.length === 0 && kind === 'exact').map(({ outcome }) => outcome);
  return [{ code: 'warning.within-shown', args: { shown, rows } }, ...(outcomes.length > 0 ? [{ code: 'warning.within-zero-mean' as const, args: { outcomes } }] : [])];
}

function pairWarnings(comparisons: readonly GroupComparison[]): Warning[] {
  return comparisons.flatMap(({ outcome, by, leftOut }) => (leftOut > 0 ? [{ code: 'warning.pairs-left-out' as const, args: { outcome, by: by.join('+'), pairs: leftOut } }] : []));
}

/** Outcomes that nobody has observed in the month that divides their relative deviation. */
function relativeWarnings({ relativeTo }: RunOptions, { rows, cells }: Estimated): Warning[] {
  if (relativeTo === null) return [];
  const at = relativeMonth(relativeTo)! - rows.samples[0]!.plan.firstMonth;
  const isObserved = (o: number): boolean => cells.some(({ outcome, groupings }) => outcome === o && groupings[0]!.n[at]! > 0);
  return rows.plan.outcomes.flatMap(({ name }, o) => (isObserved(o) ? [] : [{ code: 'warning.relative-to-unobserved' as const, args: { outcome: name, month: relativeTo } }]));
}
