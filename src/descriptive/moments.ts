import { unitBits } from './exact-sum.ts';

export interface Moments {
  readonly n: number;
  readonly mean: number;
  /** n − 1 in it; NaN for n = 1. */
  readonly standardDeviation: number;
}

export const noMoments: Moments = { n: NaN, mean: NaN, standardDeviation: NaN };

/** Count, Σ x and Σ x², the sums in units of 2^-64. */
export interface ExactMoments {
  readonly n: number;
  readonly sum: bigint;
  readonly squares: bigint;
}

/** Squares come rounded: less variation than one part in this many of Σ x² is none. */
const rounding = 100_000_000_000_000n;

/** Mean and standard deviation, in integers until the last division. */
export function momentsOf({ n, sum, squares }: ExactMoments): Moments {
  if (n === 0) return { n, mean: NaN, standardDeviation: NaN };
  const scaled = (BigInt(n) * squares) << BigInt(unitBits);
  const variation = scaled - sum * sum;
  const variance = variation * rounding > scaled ? (Number(variation) * 2 ** -(2 * unitBits)) / n / (n - 1) : 0;
  return { n, mean: (Number(sum) * 2 ** -unitBits) / n, standardDeviation: n > 1 ? Math.sqrt(variance) : NaN };
}
