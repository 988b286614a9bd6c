import type { StandardErrors } from '../indicator/indicator.ts';
import type { ZeroMeans } from '../indicator/zero-means.ts';

/**
 * The same errors, but without an interval for means over all rows of groups that least squares holds at zero: they do not vary,
 * whatever a formula makes of the spread of their outcomes. `place` is where such a mean stands among a group's weights.
 */
export function withHeldMeans(errors: StandardErrors, zero: readonly ZeroMeans[], place: number): StandardErrors {
  const held = new Map(zero.map((one) => [one.outcome, one.zero.map((kind) => kind === 'exact')]));
  return {
    ...errors,
    ofMonths(outcome, months) {
      const { group, weights } = months;
      const isWhole = weights[place] === 1 && weights.every((weight, at) => at === place || weight === 0);
      const error = errors.ofMonths(outcome, months);
      return isWhole && held.get(outcome.outcome)?.[group] ? { ...error, state: 'held_at_zero' } : error;
    },
  };
}
