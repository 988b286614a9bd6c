import { EngineError } from '../errors.ts';

/**
 * Which factors share one composite code a row. Fewer composites mean fewer pairs of joint histograms; a composite of at
 * most `cap` levels keeps its code in a byte and its histograms in the cache.
 *
 * Both factors of an interaction stand in one composite, since its cells are the interaction's; where their levels multiply
 * to more than `cap`, that composite has two-byte codes. The rest goes first-fit by falling level count.
 *
 * @param levels number of levels of each factor
 * @param pairs factors that interact
 * @returns for each composite its factors, ascending; a factor stands in several only where interactions demand it
 */
export function packFactors(
  levels: readonly number[],
  pairs: readonly (readonly [number, number])[],
  cap = 256,
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
      throw new EngineError('spec', `An interaction has ${size(c)} cells; at most 65536 are possible. Merge levels or leave it out.`);
    }
  }
  return composites;
}
