import { EngineError } from '../errors.ts';

/**
 * How arrivals of a process of rate 1 in each of `units` clusters are drawn: u32 words for the kernels. What comes before the window
 * has no times; the `units`th arrival of all is in the window.
 */
export interface ArrivalLaw {
  readonly units: number;
  readonly words: Uint32Array<ArrayBuffer>;
  /** Arrivals in the window that one cluster can have, at most. */
  readonly most: number;
}

/** Where each replicate in hand stops: places in the window. */
export interface DrawStops {
  readonly law: ArrivalLaw;
  readonly stops: Float64Array<ArrayBuffer>;
}

/** Finds where the replicates of multinomial draws stop. */
export interface DrawPass {
  drawStops(request: { readonly cluster: 'person' | 'row'; readonly of: 'bootstrap' | 'score'; readonly seed: number; readonly first: number; readonly replicates: number }): Promise<DrawStops>;
}

/** The chance that a replicate is done before or after the window is under 2·exp(−this), by Chernoff's bound. */
const exponent = 25;

/** The law for a number of clusters: tables from sums of powers over factorials, by + − × / alone. */
export function arrivalLaw(units: number): ArrivalLaw {
  const start = Math.max(0, 1 - Math.sqrt((2 * exponent) / units));
  const end = (units + exponent + Math.sqrt(exponent * exponent + 2 * exponent * units)) / units;
  const earlier = cumulative(start);
  const later = cumulative(end - start);
  const none = later[0]!;
  const limit = Math.min(Math.round(none * 2 ** 32), 2 ** 32 - 1);
  const full = steps(earlier, 2 ** 32);
  const others = steps(later.slice(1).map((value) => (value - none) / (1 - none)), 2 ** 32);
  const words = Uint32Array.of(limit, full.length, others.length, ...earlier.slice(0, full.length).map((value) => Math.round(value * limit)), ...full, ...others);
  return { units, words, most: 1 + others.length };
}

/** P(N ≤ k) of a Poisson number, k = 0, 1, … */
function cumulative(mean: number): number[] {
  const sums: number[] = [];
  let [term, sum] = [1, 0];
  for (let k = 1; term > 2 ** -60 * sum; k++) {
    sum += term;
    sums.push(sum);
    term *= mean / k;
  }
  return sums.map((value) => value / sum);
}

/** In whole units, as far as a word can reach them. */
const steps = (probabilities: readonly number[], whole: number): number[] => probabilities.map((value) => Math.round(value * whole)).filter((value) => value < whole);

/** Arrivals of some clusters, by replicate in hand. */
export interface Arrivals {
  /** Before the window. */
  readonly totals: Float64Array<ArrayBuffer>;
  /** Places in the window, and whose replicate's they are. */
  readonly times: Float64Array<ArrayBuffer>;
  readonly lanes: Uint32Array<ArrayBuffer>;
}

/**
 * Stops each replicate at the arrival that makes its total the number of clusters. Whose that is says nothing of where the others
 * are, so that the numbers of arrivals by cluster are multinomial, exactly.
 *
 * @param first number of the first replicate in hand, for messages
 * @throws EngineError `usage` where a replicate is done outside its window, or two arrivals are one: both all but impossible
 */
export function drawStops(parts: readonly Arrivals[], law: ArrivalLaw, first: number): DrawStops {
  const replicates = parts[0]!.totals.length;
  const places = Array.from({ length: replicates }, (): number[] => []);
  for (const { times, lanes } of parts) times.forEach((time, i) => places[lanes[i]!]!.push(time));
  const stops = Float64Array.from(places, (own, b) => {
    const before = parts.reduce((sum, { totals }) => sum + totals[b]!, 0);
    const sorted = Float64Array.from(own).sort();
    const last = law.units - before - 1;
    const stop = sorted[last];
    if (stop === undefined || stop === sorted[last + 1]) {
      throw new EngineError('usage.unlucky-seed', { replicate: first + b + 1, units: law.units });
    }
    return stop;
  });
  return { law, stops };
}
