import type { DesignTerms, Factor } from '../coding/design-matrix.ts';
import { EngineError } from '../errors.ts';
import { placeOfLevel } from '../spec/level-names.ts';
import { nearest } from '../spec/nearest.ts';

/** Factors of that name: several where covariates share it. Throws where none is kept. */
export function factorsNamed(frame: DesignTerms, name: string): number[] {
  const found = [...frame.factors.keys()].filter((f) => frame.factors[f]!.name === name);
  if (found.length > 0) return found;
  const names = [...new Set(frame.factors.map((factor) => factor.name))];
  throw new EngineError('spec.what-if-not-kept', { covariate: name, nearest: nearest(name, names), kept: names });
}

/** Factor of that name, and its level of that label. Throws where nobody can have it. */
export function levelNamed(frame: DesignTerms, name: string, label: string): { factor: number; level: number } {
  const named = factorsNamed(frame, name);
  for (const factor of named) {
    const level = placeOfLevel(frame.factors[factor]!.labels, label);
    if (level >= 0) return { factor, level };
  }
  throw unknownLevel(named.map((f) => frame.factors[f]!), label);
}

export function unknownLevel(factors: readonly Pick<Factor, 'name' | 'labels'>[], label: string): EngineError {
  const labels = factors.flatMap((factor) => factor.labels);
  return new EngineError('spec.what-if-no-level', { covariate: factors[0]!.name, level: label, nearest: nearest(label, labels), levels: labels });
}

export const unknownOutcome = (name: string, outcomes: readonly string[]): EngineError =>
  new EngineError('spec.what-if-outcome', { outcome: name, nearest: nearest(name, outcomes), outcomes });

/** Index of the interaction of two covariates, in either order; -1 where it is not among them. */
export function interactionNamed({ factors, interactions }: Pick<DesignTerms, 'factors' | 'interactions'>, [a, b]: readonly [string, string]): number {
  return interactions.findIndex(([first, second]) => {
    const [x, y] = [factors[first]!.name, factors[second]!.name];
    return (x === a && y === b) || (x === b && y === a);
  });
}
