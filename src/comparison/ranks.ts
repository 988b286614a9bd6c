import { defaultDraws, jointDraws, type DrawOptions } from './joint-draws.ts';
import { dependenceOf, usableEstimates, type Dependence, type JointEstimates } from './joint-estimates.ts';
import type { ComparisonMath } from './math.ts';
import { percentileInterval, percentileOrder } from './percentile.ts';
import { addTallies, quarterShares, rankOfOrder, tallyRanks, type DrawRange, type RankTally } from './rank-tally.ts';

/** A unit's rank, which is never given without its interval. Rank 1 is the highest estimate. */
export interface UnitRank {
  readonly label: string;
  readonly estimate: number;
  readonly standardError: number;
  readonly rank: number;
  readonly rankMedian: number;
  readonly rankLow: number;
  readonly rankHigh: number;
  /** Probability of being among the ⌊units/4⌋ highest, and lowest. NaN with fewer than four units. */
  readonly probabilityTop: number;
  readonly probabilityBottom: number;
}

export interface Ranks extends DrawOptions {
  readonly level: number;
  readonly dependence: Dependence;
  /** Places in the top quarter, and in the bottom quarter. */
  readonly places: number;
  readonly units: readonly UnitRank[];
  /** How many of the rank intervals cover the middle of the order. */
  readonly coverMiddle: number;
  readonly leftOut: readonly string[];
}

export interface RankOptions extends Partial<DrawOptions> {
  /** Of the rank interval, in per cent; 95 unless given. */
  readonly level?: number;
}

/**
 * Ranks with percentile intervals over draws from N(estimate, covariance). Goldstein and Spiegelhalter (1996), League tables and
 * their limitations, JRSS A 159. Units without a standard error are left out.
 */
export function ranks(all: JointEstimates, options: RankOptions, math: ComparisonMath): Ranks {
  const draws = options.draws ?? defaultDraws.draws;
  return ranksOfTallies(all, [rankDraws(all, { first: 0, end: draws }, options.seed ?? defaultDraws.seed, math)], options);
}

/** The tally of a part of the draws, for several workers; `ranksOfTallies` puts the parts together. */
export function rankDraws(all: JointEstimates, range: DrawRange, seed: number, math: ComparisonMath): RankTally {
  const { estimates } = usableEstimates(all);
  const deviation = jointDraws(estimates, seed, math);
  return tallyRanks(estimates.labels.length, range, tieWithin(estimates), (draw) => deviation(draw).map((d, i) => estimates.estimate[i]! + d));
}

/** What rounding cannot tell apart is a tie: units that are one and the same under two names. */
const tieWithin = ({ standardError }: JointEstimates): number => 1e-10 * standardError.reduce((least, se) => Math.min(least, se), Infinity);

/** Ranks from the tallies of all draws, in any order and division. */
export function ranksOfTallies(all: JointEstimates, tallies: readonly RankTally[], { level = 95, seed = defaultDraws.seed }: RankOptions): Ranks {
  const { estimates, leftOut } = usableEstimates(all);
  const tally = tallies.reduce(addTallies);
  const point = tallyRanks(estimates.labels.length, { first: 0, end: 1 }, tieWithin(estimates), () => estimates.estimate);
  const [low, high] = percentileInterval(tally.draws, level);
  const units = estimates.labels.map((label, i): UnitRank => {
    const quarters = quarterShares(tally, i);
    return {
      label,
      estimate: estimates.estimate[i]!,
      standardError: estimates.standardError[i]!,
      rank: rankOfOrder(point, i, 1),
      rankMedian: rankOfOrder(tally, i, percentileOrder(tally.draws, 50)),
      rankLow: rankOfOrder(tally, i, low),
      rankHigh: rankOfOrder(tally, i, high),
      probabilityTop: tally.places === 0 ? NaN : quarters.top,
      probabilityBottom: tally.places === 0 ? NaN : quarters.bottom,
    };
  });
  const middle = (1 + units.length) / 2;
  return {
    draws: tally.draws,
    seed,
    level,
    dependence: dependenceOf(estimates),
    places: tally.places,
    units,
    coverMiddle: units.filter(({ rankLow, rankHigh }) => rankLow <= middle && middle <= rankHigh).length,
    leftOut,
  };
}
