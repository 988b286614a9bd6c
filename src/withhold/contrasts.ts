import type { Coefficient, Fit } from '../estimate/fit.ts';
import { joinNames, splitNames } from '../spec/level-names.ts';

type Named = Pick<Coefficient, 'term' | 'level'>;

/** A level of a term as one text. */
export const nameOf = ({ term, level }: Named): string => JSON.stringify([term, level]);

export interface Contrasts {
  /** The reference of a term, if it has one. */
  references(term: string): readonly string[];
  /** Names of the levels and crossed cells whose means the coefficient holds against each other. */
  of(coefficient: Named): readonly string[];
}

/**
 * What each coefficient of a fit is a contrast of: its own levels and the references in their place; in interactions, crossed cells of them and of
 * the other covariate's reference. The constant is the mean where every covariate is at its reference.
 */
export function contrastsOf({ coefficients }: Pick<Fit, 'coefficients'>): Contrasts {
  const reference = new Map(coefficients.flatMap(({ term, level, status }) => (status === 'reference' ? [[term, level] as const] : [])));
  const crossed = [...new Set(coefficients.map(({ term }) => term))].map(splitNames).filter((parts) => parts.length === 2);
  const references = (term: string): string[] => (reference.has(term) ? [reference.get(term)!] : []);
  return {
    references,
    of({ term, level }) {
      const levels = splitNames(level);
      const own = new Map(splitNames(term).map((part, k) => [part, [levels[k]!, ...references(part)]]));
      const isConstant = term === 'constant' && level === '';
      const at = (part: string): readonly string[] => own.get(part) ?? references(part);
      const alone = [...own].flatMap(([part, all]) => all.map((one) => ({ term: part, level: one })));
      const together = crossed.filter((parts) => isConstant || parts.some((part) => own.has(part)));
      return [
        { term, level }, ...alone,
        ...(isConstant ? [...reference].map(([part, one]) => ({ term: part, level: one })) : []),
        ...together.flatMap((parts) => at(parts[0]!).flatMap((a) => at(parts[1]!).map((b) => ({ term: joinNames(parts), level: joinNames([a, b]) })))),
      ].map(nameOf);
    },
  };
}
