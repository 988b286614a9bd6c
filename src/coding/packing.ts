import { EngineError } from '../errors.ts';

/**
 * Which factors share one composite code a row. Fewer composites mean fewer pairs of joint histograms, smaller composites
 * histograms that stay in the cache and cost little to add up. With at most 96 levels a composite, a pair's histogram of
 * 64-bit sums is 72 KiB. Measured on the main model against 256 levels: a Hessian pass takes two thirds of the time at a
 * million rows, and a third at 250,000.
 *
 * Both factors of an interaction stand in one composite, since its cells are the interaction's; where their levels multiply
 * to more than `cap`, they have a composite of their own, with two-byte codes from 257 levels on. The rest goes first-fit by falling level count.
 *
 * @param levels number of levels of each factor
 * @param pairs factors that interact
 * @returns for each composite its factors, ascending; a factor stands in several only where interactions demand it
 */
export function packFactors(
  levels: readonly number[],
  pairs: readonly (readonly [number, number])[],
  cap = 96,
): number[][] {
  const size = (factors: readonly number[]): number => factors.reduce((product, f) => product * levels[f]!, 1);
  const composites: number[][] = [];
  for (const [a, b] of pairs) {
    if (composites.some((c) => c.includes(a) && c.includes(b))) continue;
    const room = composites.find((c) => (c.includes(a) || c.includes(b)) && size([...new Set([...c, a, b])]) <= cap);
    if (room) room.push(...[a, b].filter((f) => !room.includes(f)));
    else composites.push([a, b]);
  }
  const packed = new Set(composites.flat());
  const rest = levels.map((_, f) => f).filter((f) => !packed.has(f));
  rest.sort((a, b) => levels[b]! - levels[a]! || a - b);
  for (const f of rest) {
    const room = composites
      .filter((c) => size(c) * levels[f]! <= cap)
      .reduce<number[] | null>((best, c) => (best === null || size(c) > size(best) ? c : best), null);
    if (room) room.push(f);
    else composites.push([f]);
  }
  // A design without factors still has a composite, of one level, that carries the constant.
  if (composites.length === 0) composites.push([]);
  for (const c of composites) {
    c.sort((a, b) => a - b);
    if (size(c) > 65536) {
      throw new EngineError('spec.interaction-too-large', { cells: size(c), most: 65536 });
    }
  }
  return composites;
}
