import { jointEstimates, type ComparedMeans, type UnitOptions } from './compare-units.ts';
import type { JointEstimates } from './joint-estimates.ts';
import { differences, type Difference, type Pair } from './differences.ts';
import { distributionOf, type ComparisonMath } from './math.ts';

/** Two units of a breakdown held against each other; labels are their places among the groups. */
export interface ComparedPair {
  /** The first minus the second. */
  readonly difference: Difference;
  /** The same in percent of the second. */
  readonly percent: Difference;
  /** The second from zero: what a percentage of it rests on. */
  readonly base: Pick<Difference, 'estimate' | 'confLow' | 'confHigh'>;
}

/** With the units' joint covariance. NaN throughout where a unit has no estimate, fewer rows than the threshold, or too few persons. */
export function comparePair(means: ComparedMeans, pair: Pair, { level, threshold }: Pick<UnitOptions, 'level' | 'threshold'>, math: Pick<ComparisonMath, 'normal' | 'student'>): ComparedPair {
  const estimates = overSharedMonths(means, jointEstimates(means, threshold), pair);
  const [difference] = differences(estimates, [pair], { kind: 'difference', level }, math);
  const [percent] = differences(estimates, [pair], { kind: 'percent-change', level }, math);
  const estimate = estimates.estimate[pair.from]!;
  const reach = distributionOf(estimates.freedom?.[pair.from] ?? Infinity, math).quantile(0.5 + level / 200) * estimates.standardError[pair.from]!;
  return { difference: difference!, percent: percent!, base: { estimate, confLow: estimate - reach, confHigh: estimate + reach } };
}

/** The two units' means over the months that both have, in the places of their own. */
function overSharedMonths({ pairs = [], sets }: ComparedMeans, estimates: JointEstimates, { of, from }: Pair): JointEstimates {
  const found = pairs.find((pair) => (pair.of === of && pair.from === from) || (pair.of === from && pair.from === of));
  if (!sets || !found || [of, from].some((place) => Number.isNaN(estimates.estimate[place]!))) return estimates;
  const [size, all] = [estimates.labels.length, sets.estimate.length];
  const place = new Map([[found.of, found.sets[0]], [found.from as number, found.sets[1]]]);
  const set = (unit: number): number => place.get(unit) ?? unit;
  return {
    ...estimates,
    estimate: estimates.estimate.map((value, unit) => (place.has(unit) ? sets.estimate[set(unit)]! : value)),
    standardError: estimates.standardError.map((value, unit) => (place.has(unit) ? sets.standardError[set(unit)]! : value)),
    covariance: estimates.covariance!.map((value, at) => {
      const [a, b] = [Math.floor(at / size), at % size];
      return place.has(a) && place.has(b) ? sets.covariance[set(a) * all + set(b)]! : value;
    }),
  };
}
