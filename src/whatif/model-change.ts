import type { DesignTerms } from '../coding/design-matrix.ts';
import { modelColumns, type MergedFactor, type ModelColumns, type ModelTerms } from '../coding/model-columns.ts';
import { EngineError } from '../errors.ts';
import type { Coefficient } from '../estimate/fit.ts';
import { diagonalSum } from '../estimate/frame-sums.ts';
import { levelName, placeOfLevel } from '../spec/level-names.ts';
import { formatMonth } from '../spec/months.ts';
import { chosenMonths, type MonthChange } from './chosen-months.ts';
import { factorsNamed, interactionNamed, unknownLevel } from './frame.ts';
import type { KeptSums } from './kept-sums.ts';

/** What to change in a model. Covariates, levels and interactions go by the names of the coefficient table. */
export interface ModelChange extends MonthChange {
  /** Covariates to leave out, and to bring in. */
  readonly drop?: readonly string[];
  readonly add?: readonly string[];
  /** Levels to make one; `label` names it, `a + b` where absent. */
  readonly merge?: readonly { readonly covariate: string; readonly levels: readonly string[]; readonly label?: string }[];
  /** Levels that become the reference of their covariate. */
  readonly reference?: readonly { readonly covariate: string; readonly level: string }[];
  readonly dropInteractions?: readonly (readonly [string, string])[];
  readonly addInteractions?: readonly (readonly [string, string])[];
  /** Column whose groups are to be estimated apart: answered by saying that it is not kept. */
  readonly by?: string;
}

/** A model made of what is kept, and the months it is estimated on. */
export interface ChangedModel extends ModelColumns {
  /** Month indices, ascending. */
  readonly months: readonly number[];
}

/**
 * The model that a change makes of the base. Throws `EngineError('spec')` for whatever is not kept, not there, or there
 * already: nothing is guessed and nothing left out in silence.
 *
 * @param base terms of the model that is changed; `baseModel` gives those of the fit
 */
export function applyModelChange(kept: KeptSums, base: DesignTerms, change: ModelChange): ChangedModel {
  const { by } = change;
  if (by !== undefined) throw new EngineError('spec.what-if-separate', { by });
  const months = monthsLeft(kept, change);
  const model = { ...modelColumns(kept.frame, changedTerms(kept, base, change)), months };
  for (const { covariate, level } of change.reference ?? []) {
    const factor = model.terms.factors.findIndex(({ name, labels }) => name === covariate && labels.includes(level));
    const rows = rowsOf(kept, months, model.at([[factor, model.terms.factors[factor]!.labels.indexOf(level)]]));
    if (rows === 0) throw new EngineError('spec.what-if-empty-reference', { covariate, level });
  }
  return model;
}

/** Rows of some months that are 1 in any of these columns of the frame, no two of which go together. */
export function rowsOf(kept: KeptSums, months: readonly number[], columns: readonly number[]): number {
  const wanted = new Set(months);
  let rows = 0;
  for (const { month, gram } of kept.months) {
    if (wanted.has(month)) rows += diagonalSum(gram, columns);
  }
  return rows;
}

/** Throws for what is asked in and out at once: it would be as if neither were. */
function refuseInAndOut({ drop = [], add = [], dropInteractions = [], addInteractions = [] }: ModelChange): void {
  const names = (pairs: readonly (readonly [string, string])[]): string[] => pairs.map((pair) => pair.toSorted().join(' × '));
  const both = [...drop.filter((name) => add.includes(name)), ...names(dropInteractions).filter((name) => names(addInteractions).includes(name))];
  if (both.length > 0) throw new EngineError('spec.what-if-in-and-out', { names: [...new Set(both)] });
}

function changedTerms({ frame, references }: KeptSums, base: DesignTerms, change: ModelChange): ModelTerms {
  refuseInAndOut(change);
  const inModel = new Map<number, MergedFactor>();
  for (const factor of base.factors) {
    const source = frame.factors.findIndex(({ name, labels }) => name === factor.name && sameLabels(labels, factor.labels));
    if (source < 0) throw new EngineError('spec.what-if-other-levels', { covariate: factor.name });
    inModel.set(source, { source, labels: factor.labels, members: factor.labels.map((_, level) => [level]), reference: factor.reference });
  }
  const crossed = new Set(base.interactions.map(([a, b]) => keptInteraction(frame, [base.factors[a]!.name, base.factors[b]!.name])));

  for (const pair of change.dropInteractions ?? []) {
    if (!crossed.delete(keptInteraction(frame, pair))) throw new EngineError('spec.what-if-interaction-not-in', { interaction: pair.join(' × ') });
  }
  for (const name of change.drop ?? []) {
    const found = factorsNamed(frame, name).filter((source) => inModel.delete(source));
    if (found.length === 0) throw new EngineError('spec.what-if-covariate-not-in', { covariate: name });
  }
  for (const name of change.add ?? []) {
    const found = factorsNamed(frame, name).filter((source) => !inModel.has(source));
    if (found.length === 0) throw new EngineError('spec.what-if-covariate-in', { covariate: name });
    for (const source of found) {
      const { labels } = frame.factors[source]!;
      inModel.set(source, { source, labels, members: labels.map((_, level) => [level]), reference: references[source]! });
    }
  }
  for (const pair of change.addInteractions ?? []) {
    const source = keptInteraction(frame, pair);
    if (crossed.has(source)) throw new EngineError('spec.what-if-interaction-in', { interaction: pair.join(' × ') });
    crossed.add(source);
  }
  const gone = new Map<string, string>();
  for (const merge of change.merge ?? []) {
    const { covariate, levels, label = levels.join(' + ') } = merge;
    replace(inModel, frame, covariate, (factors) => {
      const level = levels.find((one) => gone.has(`${covariate}\n${one}`) && !factors.some(({ labels }) => placeOfLevel(labels, one) >= 0));
      if (level !== undefined) throw new EngineError('spec.what-if-merged-already', { covariate, level, into: gone.get(`${covariate}\n${level}`)! });
      return mergeLevels(factors, merge);
    });
    for (const level of levels) gone.set(`${covariate}\n${level}`, label);
  }
  const referred = new Map<number, string>();
  for (const { covariate, level } of change.reference ?? []) {
    replace(inModel, frame, covariate, (factors) => {
      const factor = factors.find(({ labels }) => placeOfLevel(labels, level) >= 0);
      if (!factor) throw unknownLevel(named(factors, covariate), level);
      const before = referred.get(factor.source);
      if (before !== undefined) throw new EngineError('spec.what-if-referred-twice', { covariate, levels: [before, level] });
      referred.set(factor.source, level);
      return { ...factor, reference: placeOfLevel(factor.labels, level) };
    });
  }

  const factors = [...inModel.values()].sort((a, b) => termOf(frame, a.source) - termOf(frame, b.source));
  const interactions = [...crossed].sort((a, b) => a - b).map((source) => {
    const pair = frame.interactions[source]!.map((f) => factors.findIndex((factor) => factor.source === f));
    if (pair.some((at) => at < 0)) {
      const [a, b] = frame.interactions[source]!.map((f) => frame.factors[f]!.name);
      throw new EngineError('spec.what-if-interaction-alone', { interaction: `${a} × ${b}` });
    }
    return { pair: pair as unknown as readonly [number, number], source };
  });
  return { factors, terms: factors.map((_, factor) => ({ factor })), interactions };
}

const sameLabels = (a: readonly string[], b: readonly string[]): boolean => a.length === b.length && a.every((label, k) => label === b[k]);
const named = (factors: readonly MergedFactor[], name: string) => factors.map(({ labels }) => ({ name, labels }));
const termOf = (frame: DesignTerms, factor: number): number => frame.terms.findIndex((term) => 'factor' in term && term.factor === factor);

function keptInteraction(frame: DesignTerms, pair: readonly [string, string]): number {
  const source = interactionNamed(frame, pair);
  if (source >= 0) return source;
  for (const name of pair) factorsNamed(frame, name);
  throw new EngineError('spec.what-if-interaction-not-kept', { interaction: pair.join(' × ') });
}

/** Puts a changed factor in the place of the one of that name in the model. */
function replace(inModel: Map<number, MergedFactor>, frame: DesignTerms, name: string, change: (factors: readonly MergedFactor[]) => MergedFactor): void {
  const factors = factorsNamed(frame, name).flatMap((source) => inModel.get(source) ?? []);
  if (factors.length === 0) throw new EngineError('spec.what-if-bring-in-first', { covariate: name });
  const changed = change(factors);
  inModel.set(changed.source, changed);
}

function mergeLevels(factors: readonly MergedFactor[], { covariate, levels, label: asked }: NonNullable<ModelChange['merge']>[number]): MergedFactor {
  const wanted = new Set(levels);
  if (wanted.size < 2) throw new EngineError('spec.what-if-merge-one', { covariate });
  const factor = factors.find(({ labels }) => levels.some((level) => placeOfLevel(labels, level) >= 0)) ?? factors[0]!;
  for (const level of wanted) if (placeOfLevel(factor.labels, level) < 0) throw unknownLevel(named([factor], covariate), level);
  const merged = [...new Set(levels.map((level) => placeOfLevel(factor.labels, level)))].sort((a, b) => a - b);
  if (merged.length < 2) throw new EngineError('spec.what-if-merge-one', { covariate });
  const label = asked === undefined ? levels.map((level) => factor.labels[placeOfLevel(factor.labels, level)]!).join(' + ') : levelName(asked);
  const kept = [...factor.labels.keys()].filter((k) => k === merged[0] || !merged.includes(k));
  const labels = kept.map((k) => (k === merged[0] ? label : factor.labels[k]!));
  if (new Set(labels).size < labels.length) throw new EngineError('spec.what-if-merge-label', { covariate, label });
  if (labels.length < 2) throw new EngineError('spec.what-if-merge-all', { covariate });
  const reference = merged.includes(factor.reference) ? merged[0]! : factor.reference;
  return {
    source: factor.source,
    labels,
    members: kept.map((k) => (k === merged[0] ? merged.flatMap((m) => factor.members[m]!).sort((a, b) => a - b) : factor.members[k]!)),
    reference: kept.indexOf(reference),
  };
}

function monthsLeft(kept: KeptSums, change: ModelChange): readonly number[] {
  const [own] = chosenMonths([kept], change);
  if (own!.months.length === 0) throw new EngineError('spec.what-if-no-month-left', {});
  const { together = [] } = kept;
  const taken = together.filter((month) => own!.months.includes(month));
  if (taken.length > 0 && taken.length < together.length) throw new EngineError('spec.what-if-months-together', { months: together.map(formatMonth) });
  return own!.months;
}

/** Terms of the model that the fit has: those of the frame that stand in its coefficient table, relative to the levels that are its references there. */
export function baseModel(kept: Pick<KeptSums, 'frame' | 'references'>, coefficients: readonly (Pick<Coefficient, 'term' | 'level'> & Partial<Pick<Coefficient, 'status'>>)[]): DesignTerms {
  const { frame, references } = kept;
  const there = new Set(coefficients.map(({ term, level }) => `${term}\n${level}`));
  const inFit = [...frame.terms.flatMap((term) => ('factor' in term ? [term.factor] : []))].filter((f) => {
    const { name, labels } = frame.factors[f]!;
    return labels.every((label) => there.has(`${name}\n${label}`));
  });
  const terms = new Set(coefficients.map(({ term }) => term));
  const own = new Set(coefficients.flatMap(({ term, level, status }) => (status === 'reference' ? [`${term}\n${level}`] : [])));
  const referenceOf = (f: number): number => {
    const { name, labels } = frame.factors[f]!;
    const level = labels.findIndex((label) => own.has(`${name}\n${label}`));
    return level < 0 ? references[f]! : level;
  };
  return {
    factors: inFit.map((f) => ({ ...frame.factors[f]!, reference: referenceOf(f) })),
    numerics: [],
    terms: inFit.map((_, factor) => ({ factor })),
    interactions: frame.interactions
      .filter(([a, b]) => terms.has(`${frame.factors[a]!.name}:${frame.factors[b]!.name}`))
      .map(([a, b]) => [inFit.indexOf(a), inFit.indexOf(b)] as const),
  };
}
