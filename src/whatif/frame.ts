import type { DesignTerms, Factor } from '../coding/design-matrix.ts';
import { EngineError } from '../errors.ts';
import { suggestion } from '../spec/nearest.ts';

/**
 * Where the columns of a frame stand: column 0 the constant, then every level of every factor in the order of the terms,
 * then every crossed cell of every interaction, the first factor fastest.
 */
export interface FrameColumns {
  readonly length: number;
  /** Column of level 0 of each factor. */
  readonly main: readonly number[];
  /** Column of cell (0, 0) of each interaction. */
  readonly crossed: readonly number[];
}

export function frameColumns({ factors, numerics, terms, interactions }: DesignTerms): FrameColumns {
  if (numerics.length > 0) {
    throw new EngineError('spec', `${numerics.map(({ name }) => name).join(', ')} has no levels: what-if without the rows keeps counts of levels only. Code it in intervals or leave it out.`);
  }
  const main = factors.map(() => -1);
  let at = 1;
  for (const term of terms) {
    if (!('factor' in term)) continue;
    main[term.factor] = at;
    at += factors[term.factor]!.labels.length;
  }
  const crossed = interactions.map(([a, b]) => {
    const first = at;
    at += factors[a]!.labels.length * factors[b]!.labels.length;
    return first;
  });
  return { length: at, main, crossed };
}

/** Factors of that name: several where covariates share it. Throws where none is kept. */
export function factorsNamed(frame: DesignTerms, name: string): number[] {
  const found = [...frame.factors.keys()].filter((f) => frame.factors[f]!.name === name);
  if (found.length > 0) return found;
  const names = [...new Set(frame.factors.map((factor) => factor.name))];
  throw new EngineError('spec', `${name} is not kept${suggestion(name, names) || '.'} Kept are ${names.join(', ')}.`, { covariate: name, kept: names });
}

/** Factor of that name, and its level of that label. Throws where nobody can have it. */
export function levelNamed(frame: DesignTerms, name: string, label: string): { factor: number; level: number } {
  const named = factorsNamed(frame, name);
  for (const factor of named) {
    const level = frame.factors[factor]!.labels.indexOf(label);
    if (level >= 0) return { factor, level };
  }
  throw unknownLevel(named.map((f) => frame.factors[f]!), label);
}

export function unknownLevel(factors: readonly Pick<Factor, 'name' | 'labels'>[], label: string): EngineError {
  const labels = factors.flatMap((factor) => factor.labels);
  const shown = `${labels.slice(0, 12).join(', ')}${labels.length > 12 ? ', …' : ''}`;
  return new EngineError('spec', `${factors[0]!.name} has no level ${label}, so nobody has it${suggestion(label, labels) || '.'} Its levels are ${shown}.`, { covariate: factors[0]!.name, level: label });
}

/** Index of the interaction of two covariates, in either order; -1 where it is not among them. */
export function interactionNamed({ factors, interactions }: Pick<DesignTerms, 'factors' | 'interactions'>, [a, b]: readonly [string, string]): number {
  return interactions.findIndex(([first, second]) => {
    const [x, y] = [factors[first]!.name, factors[second]!.name];
    return (x === a && y === b) || (x === b && y === a);
  });
}
