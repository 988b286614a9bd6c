import { EngineError } from '../errors.ts';
import { digitFinder, type DigitCounts } from './digit-counts.ts';

/**
 * Break k of `groups` intervals of equal width, lo + ((hi − lo)·k)/groups in doubles, k = 1 … groups − 1.
 * lo = hi gives no break, so that every value is in level 1.
 */
export function equalWidthBreaks(lo: number, hi: number, groups: number): number[] {
  if (!(hi > lo)) return [];
  return Array.from({ length: groups - 1 }, (_, i) => lo + ((hi - lo) * (i + 1)) / groups);
}

/** Ranks, from 1, of the quantiles of R's type 1: ⌈n·k/groups⌉ for k = 1 … groups − 1, in integer arithmetic. */
export function quantileRanks(n: number, groups: number): number[] {
  return Array.from({ length: groups - 1 }, (_, i) => {
    const product = n * (i + 1);
    const remainder = product % groups;
    return (product - remainder) / groups + (remainder > 0 ? 1 : 0);
  });
}

/** Level of x among intervals open to the left: the number of breaks below x. */
export function intervalLevel(breaks: Float64Array, x: number): number {
  let level = 0;
  while (level < breaks.length && x > breaks[level]!) level++;
  return level;
}

/**
 * A request for the next 16 bits of the keys that begin with one of `prefixes` (each `16 × digit` bits long). The key of a double is its
 * bit pattern changed so that keys, as unsigned 64-bit integers, order as the values do; −0 counts as 0.
 */
export interface DigitRequest {
  readonly digit: 0 | 1 | 2 | 3;
  /** Key prefixes as text of hexadecimal digits, ascending, '' at digit 0. */
  readonly prefixes: readonly string[];
}

/** Counts of the next digit for each prefix, in the order of the request. */
export type CountDigits = (request: DigitRequest) => Promise<DigitCounts>;

/**
 * Exact order statistics of values spread over workers, without moving them: the sortable keys are found digit by digit
 * (16 bits at a time) from counts, which are integers and so do not depend on how the rows are spread.
 *
 * @param ranks ranks from 1, none beyond the number of values
 * @returns the values, in the order of the ranks
 */
export async function orderStatistics(ranks: readonly number[], count: CountDigits): Promise<number[]> {
  let targets = ranks.map((rank) => ({ prefix: '', rank }));
  for (const digit of [0, 1, 2, 3] as const) {
    if (targets.length === 0) break;
    const prefixes = [...new Set(targets.map((target) => target.prefix))].sort();
    const find = digitFinder(await count({ digit, prefixes }));
    targets = targets.map(({ prefix, rank }) => {
      const found = find(prefixes.indexOf(prefix), rank);
      if (found === null)
        throw new EngineError('internal.unexpected', {
          detail: `Order statistic ${rank} lies beyond the values counted.`,
        });
      return { prefix: prefix + found.digit.toString(16).padStart(4, '0'), rank: found.rank };
    });
  }
  return targets.map(({ prefix }) => keyValue(prefix));
}

function keyValue(key: string): number {
  const words = new Uint32Array(2);
  const high = parseInt(key.slice(0, 8), 16);
  const low = parseInt(key.slice(8), 16);
  const positive = high >>> 31 === 1;
  words[1] = positive ? high & 0x7fffffff : ~high;
  words[0] = positive ? low : ~low;
  return new Float64Array(words.buffer)[0]!;
}
