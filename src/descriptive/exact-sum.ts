/**
 * Sums of doubles in fixed point with one scale for whatever column comes: whole units of 2^-64, in five limbs of 32 bits
 * from 2^64 down. Incomes may be in kroner or in basic amounts, so that no bound is known before the rows are read; these
 * sums need none. What lies below a unit is cut off each value by itself, and so the same in any order.
 */

/** Limb k of a sum counts 2^(64 − 32k). */
export const limbsPerSum = 5;
export const unitBits = 64;
/** No addend may be larger. */
export const largestAddend = 2 ** 80;

const limb = 2 ** 32;
const ones = 2;
/** Whole numbers of this size have small squares, too: most columns never leave the short way. */
const small = 2 ** 16;

/** Adds x to the sum whose limbs begin at `at`. Exact for 2²⁰ addends between two carries. */
export function addLimbs(limbs: Float64Array, at: number, x: number): void {
  if (x > -limb && x < limb && Math.floor(x) === x) {
    limbs[at + ones]! += x;
    return;
  }
  const sign = x < 0 ? -1 : 1;
  let rest = x * sign;
  if (rest >= limb) {
    const highest = Math.floor(rest / (limb * limb));
    rest -= highest * (limb * limb);
    const higher = Math.floor(rest / limb);
    rest -= higher * limb;
    limbs[at]! += sign * highest;
    limbs[at + 1]! += sign * higher;
  }
  const whole = Math.floor(rest);
  rest = (rest - whole) * limb;
  const lower = Math.floor(rest);
  limbs[at + ones]! += sign * whole;
  limbs[at + 3]! += sign * lower;
  limbs[at + 4]! += sign * Math.floor((rest - lower) * limb);
}

/** Counts, sums and sums of squares of numbers by cell. */
export interface MomentSums {
  readonly n: Float64Array;
  readonly sums: Float64Array;
  readonly squares: Float64Array;
}

/** Adds values[i] and its square to the cell of row i; NaN is missing. */
export function addMoments({ n, sums, squares }: MomentSums, values: Float64Array, cells: Uint32Array): void {
  for (let i = 0; i < values.length; i++) {
    const x = values[i]!;
    if (x !== x) continue;
    const cell = cells[i]!;
    n[cell]!++;
    if (x > -small && x < small && Math.floor(x) === x) {
      sums[cell * limbsPerSum + ones]! += x;
      squares[cell * limbsPerSum + ones]! += x * x;
    } else {
      addLimbs(sums, cell * limbsPerSum, x);
      addLimbs(squares, cell * limbsPerSum, x * x);
    }
  }
}

/** Brings every limb but the highest of `count` sums under 2³² again. */
export function carryLimbs(limbs: Float64Array, count: number): void {
  for (let sum = 0; sum < count; sum++) {
    for (let at = sum * limbsPerSum + limbsPerSum - 1; at > sum * limbsPerSum; at--) {
      const carry = Math.floor(limbs[at]! / limb);
      limbs[at]! -= carry * limb;
      limbs[at - 1]! += carry;
    }
  }
}

/** The sum whose limbs begin at `at`, in units of 2^-64. */
export function sumOfLimbs(limbs: Float64Array, at: number): bigint {
  let sum = 0n;
  for (let k = 0; k < limbsPerSum; k++) sum = (sum << 32n) + BigInt(limbs[at + k]!);
  return sum;
}
