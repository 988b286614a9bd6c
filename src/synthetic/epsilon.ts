import type { Draws } from './draws.ts';

/** Month-to-month correlation of what all four outcomes share, of what only the 12-month ones have, and the weight of the first in those. */
export const carry = { shared: 0.9, yearly: 0.95, weight: 0.85 } as const;

const rest = (r: number): number => Math.sqrt(1 - r * r);

/** Stationary AR(1) within each person, in place: standard normals in, standard normal margins out. */
const autoregress = (z: Float64Array, firstOf: Uint8Array, r: number): void => {
  const fresh = rest(r);
  let value = 0;
  for (let row = 0; row < z.length; row++) {
    value = firstOf[row]! ? z[row]! : r * value + fresh * z[row]!;
    z[row] = value;
  }
};

/**
 * ε of a block's rows for the 3-month and the 12-month outcomes: Gaussian, each N(0, 1) in every row, correlated over a person's
 * months and between the two; Atid and Jobb of one horizon share theirs. It depends on no covariate. `firstOf` is 1 in a person's first row.
 */
export const drawEpsilon = (draws: Draws, block: number, firstOf: Uint8Array): { three: Float64Array; twelve: Float64Array } => {
  const three = draws.normals(block, firstOf.length, 0);
  const twelve = draws.normals(block, firstOf.length, 1);
  autoregress(three, firstOf, carry.shared);
  autoregress(twelve, firstOf, carry.yearly);
  const own = rest(carry.weight);
  for (let row = 0; row < twelve.length; row++) twelve[row] = carry.weight * three[row]! + own * twelve[row]!;
  return { three, twelve };
};
