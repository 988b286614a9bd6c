import type { DesignTerms, Factor } from '../coding/design-matrix.ts';
import { everyPlace, placeName, type ModelColumns } from '../coding/model-columns.ts';
import { EngineError } from '../errors.ts';
import type { EstimationMath } from '../estimate/estimation-math.ts';
import type { Coefficient, Fit } from '../estimate/fit.ts';
import { escapedName, joinNames, placeOfLevel } from '../spec/level-names.ts';
import { nearest } from '../spec/nearest.ts';
import { unknownLevel } from './frame.ts';

/** A person's level of each covariate by its label, or a number for a numeric one; a list where covariates share the name. */
export type PersonLevels = Readonly<Record<string, string | number | readonly (string | number)[]>>;

/** One term of the sum that makes up the expected value. */
export interface PersonTerm {
  readonly term: string;
  readonly level: string;
  /** On the scale of the linear predictor. */
  readonly contribution: number;
  readonly reference: boolean;
}

export interface OnePerson {
  readonly outcome: string;
  /** Constant, covariates, interactions: those that are a reference contribute 0. */
  readonly terms: readonly PersonTerm[];
  /** Their sum. */
  readonly linearPredictor: number;
  /** The sum itself for least squares, Φ of it for a probit. */
  readonly expected: number;
}

export interface PersonRequest {
  readonly fit: Pick<Fit, 'outcome' | 'family' | 'coefficients'>;
  /** Terms of the fit. */
  readonly model: DesignTerms;
  readonly levels: PersonLevels;
  /** Crossed cells without an estimate, as `term level` of the coefficient table: those of a reference are not in it. */
  readonly unestimated?: ReadonlySet<string>;
}

/** Crossed cells of a model all of whose columns of the frame are without an estimate. */
export function crossedUnestimated(model: ModelColumns, columns: readonly number[]): ReadonlySet<string> {
  const without = new Set(columns);
  return new Set(everyPlace(model.terms).flatMap((place) => {
    if (place.length < 2 || !model.at(place).every((column) => without.has(column))) return [];
    const { term, level } = placeName(model.terms, place);
    return [`${term} ${level}`];
  }));
}

/** How the expected value of one person adds up. Throws `EngineError('spec')` for a covariate without a level, or a level that nobody has. */
export function onePerson({ fit, model, levels, unestimated }: PersonRequest, math: EstimationMath): OnePerson {
  checkNames(model, levels);
  const table = new Map(fit.coefficients.map((coefficient) => [`${coefficient.term}\n${coefficient.level}`, coefficient]));
  const termOf = (term: string, level: string, value = 1): PersonTerm => {
    const coefficient = table.get(`${term}\n${level}`);
    return { term, level, contribution: value * estimateOf(fit.outcome, coefficient, { term, level }), reference: coefficient?.status === 'reference' };
  };
  const chosen = model.factors.map((factor) => levelOf(model, factor, levels));
  const terms = [
    termOf('constant', ''),
    ...model.terms.map((term) => {
      if ('factor' in term) return termOf(escapedName(model.factors[term.factor]!.name), model.factors[term.factor]!.labels[chosen[term.factor]!]!);
      const { name } = model.numerics[term.numeric]!;
      return { ...termOf(escapedName(name), '', numberOf(name, levels)), level: String(numberOf(name, levels)) };
    }),
    ...model.interactions.map(([a, b]): PersonTerm => {
      const [first, second] = [model.factors[a]!, model.factors[b]!];
      const term = joinNames([first.name, second.name].map(escapedName));
      const level = joinNames([first.labels[chosen[a]!]!, second.labels[chosen[b]!]!]);
      const isReference = chosen[a] === first.reference || chosen[b] === second.reference;
      // Crossed cells of a reference are in the table where they are separated.
      const isEstimable = !unestimated?.has(`${term} ${level}`) && !table.has(`${term}\n${level}`);
      return isReference && isEstimable ? { term, level, contribution: 0, reference: true } : termOf(term, level);
    }),
  ];
  const linearPredictor = terms.reduce((sum, { contribution }) => sum + contribution, 0);
  return { outcome: fit.outcome, terms, linearPredictor, expected: fit.family === 'probit' ? normalCdf(linearPredictor, math) : linearPredictor };
}

function estimateOf(outcome: string, coefficient: Coefficient | undefined, { term, level }: { term: string; level: string }): number {
  if (coefficient?.estimate !== null && coefficient?.estimate !== undefined) return coefficient.estimate;
  const { status = 'empty' } = coefficient ?? {};
  const known = status === 'empty' || status === 'collinear' || status === 'separated';
  throw new EngineError('spec.what-if-no-estimate', { outcome, term, level, status: known ? status : 'absent' });
}

function checkNames(model: DesignTerms, levels: PersonLevels): void {
  const names = [...new Set([...model.factors, ...model.numerics].map(({ name }) => name))];
  const unknown = Object.keys(levels).find((name) => !names.includes(name));
  if (unknown !== undefined) throw new EngineError('spec.what-if-not-in-model', { covariate: unknown, nearest: nearest(unknown, names), covariates: names });
  const missing = names.filter((name) => levels[name] === undefined);
  if (missing.length > 0) throw new EngineError('spec.what-if-person-lacks', { missing });
}

const listOf = (levels: PersonLevels, name: string): string[] => [levels[name]!].flat().map(String);

function levelOf(model: DesignTerms, factor: Factor, levels: PersonLevels): number {
  const given = listOf(levels, factor.name);
  const sharing = model.factors.filter(({ name }) => name === factor.name);
  const strange = given.find((label) => !sharing.some(({ labels }) => placeOfLevel(labels, label) >= 0));
  if (strange !== undefined) throw unknownLevel(sharing, strange);
  const found = given.map((label) => placeOfLevel(factor.labels, label)).filter((place) => place >= 0);
  if (found.length === 1) return found[0]!;
  throw new EngineError('spec.what-if-person-levels', { covariate: factor.name, sharing: sharing.length, levels: factor.labels, given: found.length });
}

function numberOf(name: string, levels: PersonLevels): number {
  const [given, ...rest] = listOf(levels, name);
  const value = given === undefined || given.trim() === '' ? NaN : Number(given);
  if (!Number.isFinite(value) || rest.length > 0) throw new EngineError('spec.what-if-person-number', { covariate: name, given: JSON.stringify(levels[name]) });
  return value;
}

function normalCdf(x: number, math: EstimationMath): number {
  const tail = math.normal.twoSided(x) / 2;
  return x > 0 ? 1 - tail : tail;
}
