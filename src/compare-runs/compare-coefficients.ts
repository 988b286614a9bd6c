import { splitNames } from '../spec/level-names.ts';
import { commonReference, relativeTo } from './common-reference.ts';
import type { ComparedCoefficient, ComparedFit } from './compared-run.ts';
import { pairsOf, type Pair } from './pairs.ts';

/** One level in two fits of the same outcome and population. */
export interface CoefficientPair {
  readonly outcome: string;
  readonly population: string;
  readonly term: string;
  readonly level: string;
  readonly a: ComparedCoefficient | null;
  readonly b: ComparedCoefficient | null;
  /** B − A; null unless both have an estimate, of the same family and relative to the same levels. */
  readonly difference: number | null;
}

/** A covariate whose coefficients are relative to one level in A and to another in B. */
export interface ReferenceChange {
  readonly outcome: string;
  readonly population: string;
  readonly term: string;
  /** Reference levels; more than one where covariates share the name. */
  readonly a: readonly string[];
  readonly b: readonly string[];
  /** The level that both are told relative to; null where there is none, so that its coefficients have no difference. */
  readonly common: string | null;
}

export interface CoefficientComparison {
  readonly coefficients: readonly CoefficientPair[];
  readonly referenceChanges: readonly ReferenceChange[];
}

/** Coefficients side by side. Fits that only one run has stand alone. */
export function compareCoefficients(fits: readonly Pair<ComparedFit>[]): CoefficientComparison {
  const each = fits.map(compareFit);
  return { coefficients: each.flatMap(({ coefficients }) => coefficients), referenceChanges: each.flatMap(({ referenceChanges }) => referenceChanges) };
}

function compareFit({ a, b }: Pair<ComparedFit>): CoefficientComparison {
  const { outcome, population } = (a ?? b)!;
  let [ofA, ofB] = [a?.coefficients ?? [], b?.coefficients ?? []];
  const referenceChanges = a && b ? changesOf(ofA, ofB).map((change) => ({ outcome, population, ...change })) : [];
  for (const { term, common } of referenceChanges) {
    if (common !== null) [ofA, ofB] = [relativeTo(ofA, term, common), relativeTo(ofB, term, common)];
  }
  const changed = new Set(referenceChanges.flatMap(({ term, common }) => (common === null ? [term] : [])));
  const oneScale = a?.family === b?.family;
  // The constant is the expected value at all reference levels together.
  const isRelativeToOther = (term: string): boolean => changed.size > 0 && (term === 'constant' || splitNames(term).some((name) => changed.has(name)));
  const coefficients = pairsOf(ofA, ofB, ({ term, level }) => JSON.stringify([term, level])).map((pair): CoefficientPair => {
    const { term, level } = (pair.a ?? pair.b)!;
    const [before, after] = [pair.a?.estimate ?? null, pair.b?.estimate ?? null];
    const difference = before === null || after === null || !oneScale || isRelativeToOther(term) ? null : after - before;
    return { outcome, population, term, level, a: pair.a, b: pair.b, difference };
  });
  return { coefficients, referenceChanges };
}

function changesOf(a: readonly ComparedCoefficient[], b: readonly ComparedCoefficient[]): Pick<ReferenceChange, 'term' | 'a' | 'b' | 'common'>[] {
  const [ofA, ofB] = [referencesOf(a), referencesOf(b)];
  return [...ofA].flatMap(([term, levels]) => {
    const others = ofB.get(term);
    if (others === undefined || others.join('\n') === levels.join('\n')) return [];
    // Where covariates share the name it is not told which level is whose.
    return [{ term, a: levels, b: others, common: levels.length === 1 && others.length === 1 ? commonReference(a, b, term) : null }];
  });
}

/** Reference levels by term, of the terms that have levels. */
function referencesOf(coefficients: readonly ComparedCoefficient[]): Map<string, string[]> {
  const found = new Map<string, string[]>();
  for (const { term, level, status } of coefficients) {
    if (status === 'reference') found.set(term, [...(found.get(term) ?? []), level]);
  }
  return found;
}
