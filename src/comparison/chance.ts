import type { ComparisonMath } from './math.ts';
import { jointDraws, type DrawOptions } from './joint-draws.ts';
import { dependenceOf, type Dependence, type JointEstimates } from './joint-estimates.ts';

/** How many of the units would lie outside limits at ± z if none of them differed from the centre. */
export interface Chance {
  /** The limit. */
  readonly z: number;
  readonly observed: number;
  readonly expected: number;
  /** Probability that chance alone puts at least `observed` outside. */
  readonly atLeast: number;
  /** Whether `atLeast` comes from draws with the joint covariance or from the binomial distribution. */
  readonly dependence: Dependence;
}

export interface ChanceQuestion {
  readonly z: number;
  readonly observed: number;
}

/** Expected number of n units outside ± z: n · 2Φ(−z), whether or not they are independent. */
export const expectedByChance = (n: number, z: number, math: Pick<ComparisonMath, 'normal'>): number => n * math.normal.twoSided(z);

/**
 * For each limit, how many of the estimates chance would put outside. With a joint covariance the probability is the share of the
 * draws with at least as many; without, units are independent and it is binomial. `estimates` are usable ones.
 */
export function chanceOutside(estimates: JointEstimates, questions: readonly ChanceQuestion[], options: DrawOptions, math: ComparisonMath): Chance[] {
  const n = estimates.labels.length;
  const dependence = dependenceOf(estimates);
  const share = dependence === 'joint' ? sharesOfDraws(estimates, questions, options, math) : null;
  return questions.map(({ z, observed }, index) => ({
    z,
    observed,
    expected: expectedByChance(n, z, math),
    atLeast: share === null ? binomialTail(n, observed, math.normal.twoSided(z)) : share[index]!,
    dependence,
  }));
}

function sharesOfDraws(estimates: JointEstimates, questions: readonly ChanceQuestion[], { draws, seed }: DrawOptions, math: ComparisonMath): number[] {
  const deviations = jointDraws(estimates, seed, math);
  const reached = questions.map(() => 0);
  for (let draw = 0; draw < draws; draw++) {
    const deviation = deviations(draw);
    questions.forEach(({ z, observed }, index) => {
      let outside = 0;
      for (let i = 0; i < deviation.length; i++) if (Math.abs(deviation[i]!) > z * estimates.standardError[i]!) outside++;
      if (outside >= observed) reached[index]!++;
    });
  }
  return reached.map((count) => count / draws);
}

/** P(X ≥ k) for X binomial with n trials of probability p. Sums of positive terms only, so that small tails keep their digits. */
export function binomialTail(n: number, k: number, p: number): number {
  if (k <= 0) return 1;
  if (k > n) return 0;
  // below[j]: j so far, of fewer than k; what reaches k leaves for the tail and stays there.
  const below = new Float64Array(k);
  below[0] = 1;
  let tail = 0;
  for (let trial = 0; trial < n; trial++) {
    tail += below[k - 1]! * p;
    for (let j = Math.min(trial + 1, k - 1); j > 0; j--) below[j] = below[j]! * (1 - p) + below[j - 1]! * p;
    below[0] *= 1 - p;
  }
  return tail;
}
