import { sixteenWords, x0, x1, x2, x3 } from './philox';

// Poisson(1) by inversion: the number of cumulative probabilities, in units of 2^−32, that a uniform word reaches.

const CUMULATIVE: usize = memory.data<u32>([
  1580030169, 3160060337, 3950075422, 4213413783, 4279248374, 4292415292, 4294609778, 4294923276, 4294962463, 4294966817, 4294967253, 4294967292,
]);
const STEPS: i32 = 12;
/** Steps that one word in a thousand goes beyond. */
const FIRST_STEPS: i32 = 5;

/** How many of the `count` u32 steps at `steps` the words of each lane have reached, plus `offset`. */
// @ts-ignore: decorator
@inline
export function stepsReached(words: v128, steps: usize, count: i32, offset: v128): v128 {
  let sum = offset;
  let k = 0;
  // A lane of a mask is −1 where the word has reached the step.
  for (const first = min(FIRST_STEPS, count); k < first; k++) sum = i32x4.sub(sum, i32x4.ge_u(words, v128.load_splat<u32>(steps + (<usize>k << 2))));
  if (k == count || !v128.any_true(i32x4.ge_u(words, v128.load_splat<u32>(steps + (<usize>k << 2))))) return sum;
  for (; k < count; k++) sum = i32x4.sub(sum, i32x4.ge_u(words, v128.load_splat<u32>(steps + (<usize>k << 2))));
  return sum;
}

/**
 * For each of n clusters `replicates` draws, from replicate `first` on, plus `offset`, i32. Cluster i is known by the two words at ids + 8i and by `third` (u8 column,
 * plus 1; 0 where there is none): its draws depend on nothing else, so that they are the same wherever it is.
 */
export function poissonWeights(key0: u32, key1: u32, ids: usize, third: usize, n: i32, first: i32, replicates: i32, offset: i32, out: usize): void {
  const offsets = i32x4.splat(offset);
  let at = out;
  for (let i: usize = 0; i < <usize>n; i++) {
    const id0 = load<u32>(ids + (i << 3));
    const id1 = load<u32>(ids + (i << 3), 4);
    const month: u32 = third ? <u32>load<u8>(third + i) + 1 : 0;
    for (let b = 0; b < replicates; b += 16) {
      sixteenWords(key0, key1, <u32>(first + b) >>> 2, id0, id1, month);
      v128.store(at, stepsReached(x0, CUMULATIVE, STEPS, offsets));
      if (b + 4 < replicates) v128.store(at, stepsReached(x1, CUMULATIVE, STEPS, offsets), 16);
      if (b + 8 < replicates) v128.store(at, stepsReached(x2, CUMULATIVE, STEPS, offsets), 32);
      if (b + 12 < replicates) v128.store(at, stepsReached(x3, CUMULATIVE, STEPS, offsets), 48);
      at += min(16, replicates - b) << 2;
    }
  }
}
