import type { CellColumns } from '../coding/model-columns.ts';
import type { Family, Predictor } from '../estimate/passes.ts';
import { pooledSums, type PooledPeriod } from '../indicator/pooled.ts';

/**
 * Means over cells whose joint covariance is wanted: each is Σ weight · Σ y − μ of its cells, over `divisor`. A functional
 * belongs to one block: covariances are taken within blocks.
 */
export interface Functionals {
  readonly count: number;
  readonly layers: readonly Layer[];
  /** By functional; 0 where it has no row. */
  readonly divisor: Float64Array;
  /** Rows with an expected value, by functional. */
  readonly rows: Float64Array;
  /** By functional: first place of its block's lower triangle, and its row in it. */
  readonly base: Uint32Array;
  readonly place: Uint32Array;
  /** Places of all blocks together. */
  readonly pairs: number;
  /** Groups, where the functionals are their months and pooled periods, a block a group. */
  readonly groupsByMonth?: number;
}

/** The functional of each cell of one breakdown; a cell may belong to one in each of several layers. */
export interface Layer {
  /** Which of the sample's groupings the cells are of. */
  readonly grouping: number;
  /** Whether its functionals are in one block with those of the layer before. */
  readonly joint: boolean;
  /** By cell: its functional, 2³² − 1 for none; its weight; and what is taken from each r = y − μ, the cell's mean. */
  readonly ofCell: Uint32Array;
  readonly weight: Float64Array;
  readonly centre: Float64Array;
  /** Blocks whose slopes add up to those of its one block, place by place, by their first functionals; null where its own are summed. */
  readonly slopesOf: { readonly first: number; readonly blocks: number; readonly own: number } | null;
}

export const noFunctional = 0xffffffff;

/** Sums of n, y and μ by cell: what the centres are made of. */
export interface CellMeans {
  readonly n: Float64Array;
  readonly outcome: Float64Array;
  readonly expected: Float64Array;
}

/** A breakdown's cells: which of the sample's groupings it is, and how many groups it has. */
export interface GroupingCells {
  readonly grouping: number;
  readonly groups: number;
  /** With Σ (y − μ)². */
  readonly cells: CellMeans & { readonly residualSquared: Float64Array };
}

/**
 * A functional a cell, month by month, and after the months one for all rows of each pooled period; a block a group: all that is
 * linear in a group's months and periods follows from it.
 */
export function functionalsByMonth({ grouping, groups, cells }: GroupingCells, pooled: readonly PooledPeriod[] = []): Functionals {
  const months = cells.n.length / groups;
  const all = pooledMeans(cells, groups, pooled);
  const places = months + pooled.length;
  const size = (places * (places + 1)) / 2;
  const layer = (periodOf: (t: number) => number | undefined, joint: boolean): Layer => {
    const functional = Uint32Array.from(cells.n, (rows, cell) => {
      const period = periodOf(Math.floor(cell / groups));
      return rows > 0 && period !== undefined ? period * groups + (cell % groups) : noFunctional;
    });
    return {
      grouping,
      joint,
      ofCell: functional,
      weight: new Float64Array(functional.length).fill(1),
      centre: Float64Array.from(functional, (f) => (f === noFunctional ? 0 : (all.outcome[f]! - all.expected[f]!) / all.n[f]!)),
      slopesOf: null,
    };
  };
  const periodOf = new Map(pooled.flatMap((period, p) => period.months.map((t) => [t, months + p] as const)));
  return {
    count: all.n.length,
    layers: [layer((t) => t, false), ...(pooled.length > 0 ? [layer((t) => periodOf.get(t), true)] : [])],
    groupsByMonth: groups,
    divisor: all.n,
    rows: all.n,
    base: Uint32Array.from(all.n, (_, f) => (f % groups) * size),
    place: Uint32Array.from(all.n, (_, f) => Math.floor(f / groups)),
    pairs: groups * size,
  };
}

const pooledMeans = ({ n, outcome, expected }: CellMeans, groups: number, periods: readonly PooledPeriod[]): CellMeans => ({
  n: pooledSums(n, groups, periods), outcome: pooledSums(outcome, groups, periods), expected: pooledSums(expected, groups, periods),
});

export interface PeriodMeans {
  /** Months of the period, counted from the first. */
  readonly months: readonly number[];
  /** Over all rows, or the unweighted mean of the months. */
  readonly mean: 'rows' | 'months';
  /** A group that lacks one of the months has no mean; else the mean is over those that it has. */
  readonly whole: boolean;
}

/** Several as one, their blocks apart. */
export function joined(parts: readonly Functionals[]): Functionals {
  const [counts, pairs] = [parts.map(({ count }) => count), parts.map((part) => part.pairs)];
  const count = total(counts);
  const all = { divisor: new Float64Array(count), rows: new Float64Array(count), base: new Uint32Array(count), place: new Uint32Array(count) };
  const [firsts, bases] = [startsOf(counts), startsOf(pairs)];
  parts.forEach(({ divisor, rows, base, place }, k) => {
    all.divisor.set(divisor, firsts[k]!);
    all.rows.set(rows, firsts[k]!);
    all.base.set(base.map((at) => bases[k]! + at), firsts[k]!);
    all.place.set(place, firsts[k]!);
  });
  // The months of the whole have the rows of the months of all groups of any breakdown.
  const source = parts.findIndex(({ groupsByMonth = 0 }) => groupsByMonth > 1);
  const layers = parts.flatMap((part, k) => part.layers.map((layer) => ({
    ...layer,
    ofCell: layer.ofCell.map((f) => (f === noFunctional ? f : firsts[k]! + f)),
    slopesOf: part.groupsByMonth === 1 && source >= 0 ? { first: firsts[source]!, blocks: parts[source]!.groupsByMonth!, own: firsts[k]! } : null,
  })));
  return { count, layers, ...all, pairs: total(pairs) };
}

/** Those that one pass takes together: its tables, of so many bytes a functional, stay within bounds, and its weights are much alike. */
export function batchesOf(wanted: readonly Functionals[], bytesEach: number): Functionals[][] {
  const batches: Functionals[][] = [];
  let [bytes, weight] = [0, NaN];
  for (const functionals of wanted) {
    const [own, heaviest] = [functionals.count * bytesEach + 8 * functionals.pairs, heaviestOf(functionals)];
    // The places of all follow the heaviest: others beside it would be rounded more than by themselves.
    if (heaviest !== weight || bytes + own > mostBytes) {
      batches.push([]);
      [bytes, weight] = [0, heaviest];
    }
    batches.at(-1)!.push(functionals);
    bytes += own;
  }
  return batches;
}

/** Largest weight of a cell, 1 or more. */
export function heaviestOf({ layers }: Functionals): number {
  return layers.reduce((most, { weight, ofCell }) => weight.reduce((largest, w, cell) => (ofCell[cell] === noFunctional ? largest : Math.max(largest, w)), most), 1);
}

/** Of the tables of a pass, in each worker. */
const mostBytes = 2 ** 28;

/** Where the values of each part begin in a table of them all, `width` values an item. */
export function partsOf(values: Float64Array, counts: readonly number[], width = 1): Float64Array[] {
  const starts = startsOf(counts);
  return counts.map((count, k) => values.subarray(starts[k]! * width, (starts[k]! + count) * width));
}

const total = (counts: readonly number[]): number => counts.reduce((sum, count) => sum + count, 0);

function startsOf(counts: readonly number[]): number[] {
  let sum = 0;
  return counts.map((count) => (sum += count) - count);
}

export interface InfluenceRequest {
  readonly predictor: Predictor;
  readonly family: Family;
  /** The model's columns by level cell; p of them. */
  readonly columns: CellColumns;
  readonly functionals: Functionals;
  /** Clusters are persons, or rows by themselves. */
  readonly cluster: 'person' | 'row';
  /** Whether e is over √(1 − h), h being the cluster's share of the functional's weight: CR2 for a mean. */
  readonly smallSample?: boolean;
}

/**
 * Sums over clusters, with e = Σ weight · (r − centre) of the cluster's rows in a functional and g = Σ s·x of its estimation rows. Each
 * functional has a scale of its own, so that one of few rows keeps its digits beside one of many.
 */
export interface InfluenceTotals {
  /** By functional: what its e is multiplied by, a power of two. */
  readonly scale: Float64Array;
  /** Σ e·e′ by block, lower triangles, times the scales of both. */
  readonly pairs: Float64Array;
  /** Σ e·g times the scale, a row of p a functional. */
  readonly cross: Float64Array;
  /** Σ weight · ∂μ/∂β over the functional's rows, a row of p a functional. */
  readonly slopes: Float64Array;
  /** Σ g·g′ over persons, p × p; empty where rows are the clusters. */
  readonly meat: Float64Array;
}

/** The pass over all rows that covariances of functionals are made of. */
export interface InfluencePass {
  influence(outcome: number, request: InfluenceRequest): Promise<InfluenceTotals>;
  /** The slopes of the same alone. */
  slopes(outcome: number, request: InfluenceRequest): Promise<Float64Array>;
}

/** None at all: for bounds that functionals do not matter for. */
export const noFunctionals: Functionals = {
  count: 0, layers: [], divisor: new Float64Array(), rows: new Float64Array(), base: new Uint32Array(), place: new Uint32Array(), pairs: 0,
};
