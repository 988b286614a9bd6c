import type { Coefficient, Fit } from '../src/estimate/fit.ts';
import type { AverageEffect } from '../src/whatif/average-effects.ts';

/** The levels of a fit with their average effect, in percentage points, in the place of the coefficient. */
export function effectRows({ population, coefficients }: Pick<Fit, 'population' | 'coefficients'>, effects: readonly AverageEffect[]): Coefficient[] {
  const known = new Map(effects.filter((effect) => effect.population === population).map((effect) => [`${effect.term}\n${effect.level}`, effect]));
  return coefficients.flatMap((row): Coefficient[] => {
    const effect = known.get(`${row.term}\n${row.level}`);
    if (effect === undefined) return [];
    const { status, effect: share, standardError, confLow, confHigh } = effect;
    return [{ ...row, status, estimate: percent(share), standardError: percent(standardError), statistic: null, pValue: null, confLow: percent(confLow), confHigh: percent(confHigh) }];
  });
}

const percent = (share: number | null): number | null => (share === null ? null : 100 * share);
