/**
 * Ranks counted over draws. Rank 1 is the highest value. Units that tie share the mean of their places, so places are counted in
 * halves; and they share what places they have in the top or bottom quarter equally, in units of 2⁻³². All counts are integers:
 * tallies of parts of the draws add up to that of all.
 */
export interface RankTally {
  readonly units: number;
  readonly draws: number;
  /** Places in a quarter: ⌊units/4⌋. */
  readonly places: number;
  /** units × (2·units − 1): how often unit i had the rank 1 + h/2. */
  readonly counts: Uint32Array;
  readonly top: Float64Array;
  readonly bottom: Float64Array;
}

const whole = 4294967296;

export interface DrawRange {
  readonly first: number;
  /** One past the last. */
  readonly end: number;
}

/**
 * Ranks `value(draw)` for every draw of a range. Values that differ by at most `tie` from their neighbour in the order are tied.
 */
export function tallyRanks(units: number, { first, end }: DrawRange, tie: number, value: (draw: number) => Float64Array): RankTally {
  const places = Math.floor(units / 4);
  const width = 2 * units - 1;
  const counts = new Uint32Array(units * width);
  const top = new Float64Array(units);
  const bottom = new Float64Array(units);
  for (let draw = first; draw < end; draw++) {
    const values = value(draw);
    const sorted = values.toSorted().reverse();
    const { from, to } = tiedRuns(sorted, tie);
    for (let unit = 0; unit < units; unit++) {
      const at = placeIn(sorted, values[unit]!);
      const [start, stop] = [from[at]!, to[at]!];
      counts[unit * width + start + stop - 1]!++;
      if (start < places) top[unit]! += Math.round((whole * (Math.min(stop, places) - start)) / (stop - start));
      const above = Math.max(start, units - places);
      if (stop > above) bottom[unit]! += Math.round((whole * (stop - above)) / (stop - start));
    }
  }
  return { units, draws: end - first, places, counts, top, bottom };
}

/** For every place of a descending order, where its run of tied values begins and, one past, ends. */
function tiedRuns(sorted: Float64Array, tie: number): { readonly from: Uint32Array; readonly to: Uint32Array } {
  const n = sorted.length;
  const from = new Uint32Array(n);
  const to = new Uint32Array(n);
  for (let at = 0; at < n; at++) from[at] = at > 0 && sorted[at - 1]! - sorted[at]! <= tie ? from[at - 1]! : at;
  for (let at = n - 1; at >= 0; at--) to[at] = at + 1 < n && from[at + 1] === from[at] ? to[at + 1]! : at + 1;
  return { from, to };
}

/** A place of `value` in a descending order that has it. */
function placeIn(sorted: Float64Array, value: number): number {
  let [low, high] = [0, sorted.length - 1];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (sorted[middle]! > value) low = middle + 1;
    else high = middle;
  }
  return low;
}

export function addTallies(a: RankTally, b: RankTally): RankTally {
  return {
    ...a,
    draws: a.draws + b.draws,
    counts: a.counts.map((count, i) => count + b.counts[i]!),
    top: a.top.map((share, i) => share + b.top[i]!),
    bottom: a.bottom.map((share, i) => share + b.bottom[i]!),
  };
}

/** The `order`-th smallest rank of a unit, counted from 1. */
export function rankOfOrder({ units, counts }: RankTally, unit: number, order: number): number {
  const width = 2 * units - 1;
  let seen = 0;
  for (let half = 0; half < width; half++) {
    seen += counts[unit * width + half]!;
    if (seen >= order) return 1 + half / 2;
  }
  return NaN;
}

/** Share of the draws in which a unit was in the top and in the bottom quarter. */
export function quarterShares({ draws, top, bottom }: RankTally, unit: number): { readonly top: number; readonly bottom: number } {
  return { top: top[unit]! / whole / draws, bottom: bottom[unit]! / whole / draws };
}
