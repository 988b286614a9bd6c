import { checkCount, checkMultiple, type Span } from './checks.ts';

/** Clusters, replicates and the law of their arrivals, as u32 words: see assembly/arrivals.ts. */
export interface ArrivalsOf {
  readonly key: readonly [number, number];
  /** As of `poissonWeights`. */
  readonly ids: number;
  readonly third: number;
  readonly n: number;
  /** Replicates from here on: a multiple of 16, and of 4. */
  readonly first: number;
  readonly replicates: number;
  readonly law: { readonly ptr: number; readonly words: number; readonly most: number };
}

export interface ArrivalKernels {
  /** out (i32 [n × replicates]) = arrivals up to each replicate's stop, f64 at `stops`, + `offset`. */
  arrivalWeights(of: ArrivalsOf, options: { readonly offset: number; readonly stops: number; readonly out: number }): void;
  /**
   * totals (i32 [replicates]) += arrivals before the window; those in it are listed, place (f64) and replicate of those in hand (u32), from
   * cluster `from` on as long as there is room. Returns how many; the first cluster that had no room is at `next` (i32).
   */
  arrivalTimes(of: ArrivalsOf, options: { readonly from: number; readonly totals: number; readonly list: number; readonly lanes: number; readonly room: number; readonly next: number }): number;
}

/** Arrivals of one cluster and replicate that the kernels have room for. */
const mostArrivals = 512;

interface Instance {
  readonly raw: Record<string, (...values: number[]) => number>;
  readonly check: (kernel: string, n: number, ...spans: readonly Span[]) => void;
}

export function arrivalKernels({ raw, check }: Instance): ArrivalKernels {
  const checked = (kernel: string, { ids, n, first, replicates, law }: ArrivalsOf, ...spans: readonly Span[]): void => {
    checkMultiple(kernel, 'first', first, 16);
    checkMultiple(kernel, 'replicates', replicates, 4);
    checkCount(kernel, 'room for a cluster', mostArrivals - law.most);
    check(kernel, n, ['ids', ids, 2 * n, 4], ['law', law.ptr, law.words, 4], ...spans);
  };
  return {
    arrivalWeights(of, { offset, stops, out }) {
      const { key, ids, third, n, first, replicates, law } = of;
      checked('arrivalWeights', of, ['stops', stops, replicates, 8], ['out', out, n * replicates, 4]);
      raw.arrivalWeights!(...key, ids, third, n, first, replicates, offset, law.ptr, stops, out);
    },
    arrivalTimes(of, { from, totals, list, lanes, room, next }) {
      const { key, ids, third, n, first, replicates, law } = of;
      checkCount('arrivalTimes', 'from', from);
      checkCount('arrivalTimes', 'room', room - replicates * law.most);
      checked('arrivalTimes', of, ['totals', totals, replicates, 4], ['list', list, room, 8], ['lanes', lanes, room, 4], ['next', next, 1, 4]);
      return raw.arrivalTimes!(...key, ids, third, from, n, first, replicates, law.ptr, totals, list, lanes, room, next);
    },
  };
}
