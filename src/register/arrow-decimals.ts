/** Decimals as the nearest doubles. */

/** Integers up to this size and powers of ten up to 10²² are doubles, and so their quotient is rounded once. */
const exactInteger = BigInt(Number.MAX_SAFE_INTEGER);
const exactPower = 22;

/**
 * Value of a decimal: a two's complement integer of some 64-bit words, low word first, over 10^scale.
 *
 * @param words of the whole column
 * @param at first word of the value
 */
export function decimalValue(words: BigUint64Array, at: number, { wordsEach, scale }: { wordsEach: number; scale: number }): number {
  let integer = BigInt.asIntN(64, words[at + wordsEach - 1]!);
  for (let k = wordsEach - 2; k >= 0; k--) integer = (integer << 64n) | words[at + k]!;
  const isExact = integer <= exactInteger && integer >= -exactInteger;
  if (isExact && scale >= 0 && scale <= exactPower) return Number(integer) / Number(`1e${scale}`);
  return Number(`${integer}e${-scale}`);
}
