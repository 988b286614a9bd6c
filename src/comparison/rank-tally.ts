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
  const counts = new Uint32Array(units * (2 * units - 1));
  const top = new Float64Array(units);
  const bottom = new Float64Array(units);
  for (let draw = first; draw < end; draw++) {
    eachTie(value(draw), tie, (order, from, to) => {
      const share = (from_: number, to_: number): number => Math.round((whole * Math.max(0, to_ - from_)) / (to - from));
      const inTop = share(from, Math.min(to, places));
      const inBottom = share(Math.max(from, units - places), to);
      for (let at = from; at < to; at++) {
        const unit = order[at]!;
        counts[unit * (2 * units - 1) + from + to - 1]!++;
        top[unit]! += inTop;
        bottom[unit]! += inBottom;
      }
    });
  }
  return { units, draws: end - first, places, counts, top, bottom };
}

/** Runs of tied values in descending order: `order[from … to − 1]` are the places of one run's values. */
function eachTie(values: Float64Array, tie: number, visit: (order: readonly number[], from: number, to: number) => void): void {
  const order = Array.from(values.keys()).sort((a, b) => values[b]! - values[a]!);
  for (let from = 0; from < order.length; ) {
    let to = from + 1;
    while (to < order.length && values[order[to - 1]!]! - values[order[to]!]! <= tie) to++;
    visit(order, from, to);
    from = to;
  }
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
