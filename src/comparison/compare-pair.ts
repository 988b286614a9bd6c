import type { JointMeans } from '../uncertainty/joint-means.ts';
import { jointEstimates, type UnitOptions } from './compare-units.ts';
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
export function comparePair(means: JointMeans, pair: Pair, { level, threshold }: Pick<UnitOptions, 'level' | 'threshold'>, math: Pick<ComparisonMath, 'normal' | 'student'>): ComparedPair {
  const estimates = jointEstimates(means, threshold);
  const [difference] = differences(estimates, [pair], { kind: 'difference', level }, math);
  const [percent] = differences(estimates, [pair], { kind: 'percent-change', level }, math);
  const estimate = estimates.estimate[pair.from]!;
  const reach = distributionOf(estimates.freedom?.[pair.from] ?? Infinity, math).quantile(0.5 + level / 200) * estimates.standardError[pair.from]!;
  return { difference: difference!, percent: percent!, base: { estimate, confLow: estimate - reach, confHigh: estimate + reach } };
}
