import { defaultDraws, jointDraws, type DrawOptions } from './joint-draws.ts';
import { dependenceOf, usableEstimates, type Dependence, type JointEstimates } from './joint-estimates.ts';
import { distributionOf, type ComparisonMath } from './math.ts';
import { percentileOrder } from './percentile.ts';

export interface BandPoint {
  readonly label: string;
  readonly estimate: number;
  readonly standardError: number;
  /** Covers this one at the level. */
  readonly pointwiseLow: number;
  readonly pointwiseHigh: number;
  /** Covers all of them at once at the level. */
  readonly simultaneousLow: number;
  readonly simultaneousHigh: number;
}

export interface Bands extends DrawOptions {
  readonly level: number;
  readonly dependence: Dependence;
  /** What the standard errors are multiplied by. */
  readonly critical: { readonly pointwise: number; readonly simultaneous: number; readonly bonferroni: number };
  readonly points: readonly BandPoint[];
  readonly leftOut: readonly string[];
}

export interface BandOptions extends Partial<DrawOptions> {
  /** In per cent; 95 unless given. */
  readonly level?: number;
}

/**
 * Sup-t bands: estimate ± c·se with c the quantile of max |Zᵢ| over draws of Z with the estimates' correlations. Montiel Olea and
 * Plagborg-Møller (2019), Simultaneous confidence bands, Journal of Applied Econometrics 34. c lies between the pointwise and the
 * Bonferroni value, as it must, whatever the draws.
 */
export function bands(all: JointEstimates, { level = 95, draws = defaultDraws.draws, seed = defaultDraws.seed }: BandOptions, math: ComparisonMath): Bands {
  const { estimates, leftOut } = usableEstimates(all);
  const k = estimates.labels.length;
  const pointwise = math.normal.quantile(0.5 + level / 200);
  const bonferroni = k === 0 ? pointwise : math.normal.quantile(1 - (1 - level / 100) / (2 * k));
  const drawn = k === 0 ? pointwise : largestOfDraws(estimates, { draws, seed }, math)[percentileOrder(draws, level) - 1]!;
  const simultaneous = Math.min(Math.max(drawn, pointwise), bonferroni);
  return {
    draws,
    seed,
    level,
    dependence: dependenceOf(estimates),
    critical: { pointwise, simultaneous, bonferroni },
    points: estimates.labels.map((label, i) => {
      const estimate = estimates.estimate[i]!;
      const standardError = estimates.standardError[i]!;
      const reach = distributionOf(estimates.freedom?.[i] ?? Infinity, math).quantile(0.5 + level / 200) * standardError;
      return {
        label,
        estimate,
        standardError,
        pointwiseLow: estimate - reach,
        pointwiseHigh: estimate + reach,
        simultaneousLow: estimate - Math.max(simultaneous * standardError, reach),
        simultaneousHigh: estimate + Math.max(simultaneous * standardError, reach),
      };
    }),
    leftOut,
  };
}

/** max |deviation / se| of every draw, sorted. */
function largestOfDraws(estimates: JointEstimates, { draws, seed }: DrawOptions, math: ComparisonMath): Float64Array {
  const deviations = jointDraws(estimates, seed, math);
  const largest = new Float64Array(draws);
  for (let draw = 0; draw < draws; draw++) {
    const deviation = deviations(draw);
    for (let i = 0; i < deviation.length; i++) largest[draw] = Math.max(largest[draw]!, Math.abs(deviation[i]!) / estimates.standardError[i]!);
  }
  return largest.sort();
}
