import { EngineError } from '../errors.ts';
import type { Covariate, EqualWidthCovariate, QuantilesCovariate } from '../spec/model-spec.ts';
import { levelName, missingLabel, placeOfLevel } from '../spec/level-names.ts';
import { maxLevels, referenceLabel, staticLevels } from '../spec/levels.ts';
import { equalWidthBreaks, orderStatistics, quantileRanks, type CountDigits } from './breaks.ts';
import { designMatrix, type Factor, type MainTerm, type NumericTerm } from './design-matrix.ts';
import { mostCommonLevel, sortGroups, sortLabels } from './levels.ts';
import type { RowPlan } from './row-plan.ts';
import type { ComputedBreaks, FactorSource, Grouping, SamplePlan } from './sample-plan.ts';

/** Estimation rows of an outcome, of one population or (null) of all. */
export interface SampleRows {
  readonly outcome: number;
  readonly population: string | null;
}

/** Questions about the rows, answered exactly over all workers. */
export interface SampleQueries {
  range(input: number, sample: SampleRows, positive: boolean): Promise<{ n: number; lo: number; hi: number }>;
  digits(input: number, sample: SampleRows, positive: boolean): CountDigits;
  countLevels(source: FactorSource, levels: number, sample: SampleRows): Promise<ArrayLike<number>>;
}

/** What the rows turned out to be. */
export interface RowSurvey {
  readonly months: readonly number[];
  /** Rows on which the states of outcomes a and b differ: `stateDifferences[a][b]`. */
  readonly stateDifferences: readonly (readonly number[])[];
  /** Labels found, by input; null for inputs that are not labels. */
  readonly inputLabels: readonly (readonly string[] | null)[];
  /** Labels of `separateBy` found. */
  readonly populations: readonly string[];
  /** Groups found, by breakdown. */
  readonly groups: readonly (readonly (readonly string[])[])[];
}

export interface ResolvedSample {
  readonly plan: SamplePlan;
  readonly breaks: readonly ComputedBreaks[];
}

interface Resolving {
  readonly rowPlan: RowPlan;
  readonly survey: RowSurvey;
  readonly queries: SampleQueries;
  readonly interactions: readonly (readonly [string, string])[];
  /** Columns of each breakdown. */
  readonly by: readonly (readonly string[])[];
}

/** Settles levels, breaks and references of every distinct estimation sample. */
export async function resolveSamples(context: Resolving): Promise<ResolvedSample[]> {
  const { rowPlan, survey, by } = context;
  const groupings: Grouping[] = [{ columns: [], groups: [[]] }];
  by.forEach((columns, b) => groupings.push({ columns: columns.map((c) => rowPlan.groupColumns.indexOf(c)), groups: sortGroups(survey.groups[b]!) }));
  const frame = { firstMonth: survey.months[0] ?? 0, months: survey.months.length === 0 ? 0 : survey.months.at(-1)! - survey.months[0]! + 1, groupings };

  const samples: ResolvedSample[] = [];
  for (const population of rowPlan.populations) {
    const labels = rowPlan.separateBy === null ? [null] : population.label === null ? sortLabels(survey.populations) : [population.label];
    for (const label of labels) {
      for (const outcomes of distinctSamples(rowPlan, survey, population.inputs)) {
        const coding = await resolveCoding(context, { population, label, outcome: outcomes[0]! });
        samples.push({ plan: { within: rowPlan.within !== null, outcomes, population: label, ...coding.plan, ...frame }, breaks: coding.breaks });
      }
    }
  }
  return samples;
}

/** Outcomes with the same rows and the same columns share one sample. */
function distinctSamples(plan: RowPlan, survey: RowSurvey, inputs: readonly (readonly number[])[]): number[][] {
  const samples: number[][] = [];
  plan.outcomes.forEach((_, o) => {
    const shared = samples.find(
      ([first]) => survey.stateDifferences[first!]![o] === 0 && inputs[first!]!.every((input, c) => input === inputs[o]![c]),
    );
    if (shared) shared.push(o);
    else samples.push([o]);
  });
  return samples;
}

interface CodingOf {
  readonly population: RowPlan['populations'][number];
  readonly label: string | null;
  readonly outcome: number;
}

async function resolveCoding(context: Resolving, { population, label, outcome }: CodingOf) {
  const { queries } = context;
  const sample: SampleRows = { outcome, population: label };
  const factors: Factor[] = [];
  const factorSources: FactorSource[] = [];
  const numerics: NumericTerm[] = [];
  const numericInputs: number[] = [];
  const terms: MainTerm[] = [];
  const breaks: ComputedBreaks[] = [];

  for (const [c, covariate] of population.covariates.entries()) {
    const input = population.inputs[outcome]![c]!;
    if (covariate.coding === 'numeric') {
      terms.push({ numeric: numerics.length });
      numerics.push({ name: covariate.name, ...(await numericScale(queries, input, sample)) });
      numericInputs.push(input);
      continue;
    }
    const levels = levelLabels(covariate, context.survey.inputLabels[input] ?? null);
    let source: FactorSource = { input, missingLevel: levels.length - 1, missingHasLevel: covariate.missing === 'level' };
    if (covariate.coding === 'quantiles' || covariate.coding === 'equal-width') {
      const computed = await breaksOf(context, { population, covariate, c, input, sample });
      const zeroSeparate = covariate.coding === 'quantiles' && covariate.zero === 'separate';
      source = { ...source, breaks: computed.breaks, zeroSeparate, ...(computed.range ? { range: computed.range } : {}) };
      if (computed.range) {
        breaks.push({ covariate: covariate.name, column: context.rowPlan.inputs[input]!.column, breaks: computed.breaks });
      }
    } else if (context.survey.inputLabels[input]) {
      source = { ...source, labels: sortLabels(context.survey.inputLabels[input].filter((text) => text !== '')) };
    }
    // A value that will be moved to the reference must not have a say in which level that is.
    const counted = covariate.missing === 'level' ? source : { ...source, missingLevel: levels.length };
    const reference = await referenceLevel(covariate, { levels, source: counted, sample, queries });
    terms.push({ factor: factors.length });
    factors.push({ name: covariate.name, labels: levels, reference });
    factorSources.push(covariate.missing === 'reference' ? { ...source, missingLevel: reference } : source);
  }
  const interactions = context.interactions.map(([a, b]) => [factorNamed(factors, a), factorNamed(factors, b)] as const);
  return { plan: { design: designMatrix({ factors, numerics, terms, interactions }), factorSources, numericInputs }, breaks };
}

/** Values this many times the spread of the bulk from the median are far from all others. */
const farOut = 64;

/** A numeric covariate is held as (x − centre)/halfRange: about the middle of its range, or the median where some values are far out. */
async function numericScale(queries: SampleQueries, input: number, sample: SampleRows): Promise<Pick<NumericTerm, 'centre' | 'halfRange' | 'far'>> {
  const { n, lo, hi } = await queries.range(input, sample, false);
  if (n === 0 || !(hi > lo)) return { centre: n === 0 ? 0 : lo, halfRange: 1 };
  const at = (count: number): number => Math.max(1, Math.ceil((n * count) / 64));
  const [a = lo, b = lo, c = lo, median = lo, d = hi, e = hi, f = hi] = await orderStatistics([1, 4, 16, 32, 48, 60, 63].map(at), queries.digits(input, sample, false));
  const spread = [d - c, e - b, f - a].find((width) => width > 0) ?? 0;
  const reach = Math.max(hi - median, median - lo);
  if (spread === 0 || reach <= farOut * spread) return { centre: lo + (hi - lo) / 2, halfRange: (hi - lo) / 2 };
  let far = 1;
  while (2 * far * spread <= reach) far *= 2;
  return { centre: median, halfRange: reach, far };
}

function factorNamed(factors: readonly Factor[], name: string): number {
  const index = factors.findIndex((factor) => factor.name === name);
  if (index < 0) throw new EngineError('spec.interaction-covariate', { covariate: name });
  return index;
}

function levelLabels(covariate: Covariate, found: readonly string[] | null): string[] {
  const known = staticLevels(covariate);
  if (known) return known;
  const values = sortLabels((found ?? []).filter((text) => text !== ''));
  if (values.length === 0) throw new EngineError('data.no-value', { covariate: covariate.name });
  if (covariate.labels && covariate.labels.length !== values.length) {
    throw new EngineError('spec.label-count', { covariate: covariate.name, labels: covariate.labels.length, values });
  }
  if (values.length > maxLevels) {
    throw new EngineError('data.too-many-levels', { covariate: covariate.name, values: values.length, most: maxLevels });
  }
  const labels = (covariate.labels ?? values).map(levelName);
  return covariate.missing === 'level' ? [...labels, missingLabel] : labels;
}

interface ReferenceOf {
  readonly levels: readonly string[];
  readonly source: FactorSource;
  readonly sample: SampleRows;
  readonly queries: SampleQueries;
}

async function referenceLevel(covariate: Covariate, { levels, source, sample, queries }: ReferenceOf): Promise<number> {
  const wanted = referenceLabel(covariate);
  if (wanted === null) return mostCommonLevel(await queries.countLevels(source, levels.length, sample));
  const level = placeOfLevel(levels, wanted);
  if (level < 0) {
    throw new EngineError('spec.reference-level', { covariate: covariate.name, reference: wanted, levels });
  }
  return level;
}

interface BreaksOf {
  readonly population: RowPlan['populations'][number];
  readonly covariate: QuantilesCovariate | EqualWidthCovariate;
  /** Position among the population's covariates. */
  readonly c: number;
  readonly input: number;
  readonly sample: SampleRows;
}

/** Breaks given in the spec, or computed over the sample; `range` only where they were computed. */
async function breaksOf(context: Resolving, { population, covariate, c, input, sample }: BreaksOf) {
  const { queries, rowPlan } = context;
  if (covariate.breaks) return { breaks: covariate.breaks, range: null };
  if (covariate.coding === 'quantiles') {
    const positive = covariate.zero === 'separate';
    const { n, lo, hi } = await queries.range(input, sample, positive);
    const ranks = n === 0 ? [] : quantileRanks(n, covariate.groups);
    return { breaks: await orderStatistics(ranks, queries.digits(input, sample, positive)), range: [lo, hi] as const };
  }
  const outcomes = covariate.scale === 'common' ? rowPlan.outcomes.map((_, o) => o) : [sample.outcome];
  const ranges = await Promise.all(outcomes.map((outcome) => queries.range(population.inputs[outcome]![c]!, { ...sample, outcome }, false)));
  const lo = ranges.reduce((smallest, range) => Math.min(smallest, range.lo), Infinity);
  const hi = ranges.reduce((largest, range) => Math.max(largest, range.hi), -Infinity);
  return { breaks: equalWidthBreaks(lo, hi, covariate.groups), range: [lo, hi] as const };
}
