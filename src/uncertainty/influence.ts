import type { CellColumns } from '../coding/model-columns.ts';
import type { Family, Predictor } from '../estimate/passes.ts';

/**
 * Means over cells of one breakdown whose joint covariance is wanted: each is Σ weight · Σ y − μ of its cells, over `divisor`.
 * A cell may belong to one functional in each of several layers, and a functional to one block: covariances are taken
 * within blocks.
 */
export interface Functionals {
  readonly count: number;
  readonly layers: number;
  /** By layer and cell: its functional, 2³² − 1 for none; its weight; and what is taken from each r = y − μ, the cell's mean. */
  readonly ofCell: Uint32Array;
  readonly weight: Float64Array;
  readonly centre: Float64Array;
  /** By functional; 0 where it has no row. */
  readonly divisor: Float64Array;
  /** Rows with an expected value, by functional. */
  readonly rows: Float64Array;
  /** By functional: first place of its block's lower triangle, and its row in it. */
  readonly base: Uint32Array;
  readonly place: Uint32Array;
  /** Places of all blocks together. */
  readonly pairs: number;
}

export const noFunctional = 0xffffffff;

/** Sums of n, y and μ by cell: what the centres are made of. */
export interface CellMeans {
  readonly n: Float64Array;
  readonly outcome: Float64Array;
  readonly expected: Float64Array;
}

/** A functional a cell, month by month, and a block a group: all that is linear in a group's months follows from it. */
export function functionalsByMonth({ n, outcome, expected }: CellMeans, groups: number): Functionals {
  const months = n.length / groups;
  const size = (months * (months + 1)) / 2;
  return {
    count: n.length,
    layers: 1,
    ofCell: Uint32Array.from(n, (rows, cell) => (rows > 0 ? cell : noFunctional)),
    weight: new Float64Array(n.length).fill(1),
    centre: n.map((rows, cell) => (rows > 0 ? (outcome[cell]! - expected[cell]!) / rows : 0)),
    divisor: n,
    rows: n,
    base: Uint32Array.from(n, (_, cell) => (cell % groups) * size),
    place: Uint32Array.from(n, (_, cell) => Math.floor(cell / groups)),
    pairs: groups * size,
  };
}

export interface PeriodMeans {
  readonly groups: number;
  /** Months of the period, counted from the first. */
  readonly months: readonly number[];
  /** Over all rows, or the unweighted mean of the months; a group that lacks one of them has no mean of months. */
  readonly mean: 'rows' | 'months';
}

/** A functional a group, its mean over a period, and last the whole: all in one block, so that they can be held against each other. */
export function functionalsByGroup(cells: CellMeans, { groups, months, mean }: PeriodMeans): Functionals {
  const count = groups + 1;
  const size = cells.n.length;
  const layers = [cells, wholeOf(cells, groups)].map((layer, l) => layerOf(layer, { groups: l === 0 ? groups : 1, months, mean }));
  const [own, whole] = [layers[0]!, layers[1]!];
  const both = (ofGroup: (cell: number) => number, ofWhole: (month: number) => number): number[] => [
    ...Array.from({ length: size }, (_, cell) => ofGroup(cell)),
    ...Array.from({ length: size }, (_, cell) => ofWhole(Math.floor(cell / groups))),
  ];
  return {
    count,
    layers: 2,
    ofCell: Uint32Array.from(both((cell) => (own.inside(cell) ? cell % groups : noFunctional), (month) => (whole.inside(month) ? groups : noFunctional))),
    weight: Float64Array.from(both(own.weight, whole.weight)),
    centre: Float64Array.from(both(own.centre, whole.centre)),
    divisor: Float64Array.of(...own.divisor, ...whole.divisor),
    rows: Float64Array.of(...own.rows, ...whole.rows),
    base: new Uint32Array(count),
    place: Uint32Array.from({ length: count }, (_, g) => g),
    pairs: (count * (count + 1)) / 2,
  };
}

function wholeOf({ n, outcome, expected }: CellMeans, groups: number): CellMeans {
  const sums = (values: Float64Array): Float64Array =>
    Float64Array.from({ length: values.length / groups }, (_, t) => values.subarray(t * groups, (t + 1) * groups).reduce((sum, value) => sum + value, 0));
  return { n: sums(n), outcome: sums(outcome), expected: sums(expected) };
}

function layerOf({ n, outcome, expected }: CellMeans, { groups, months, mean }: PeriodMeans) {
  const wanted = new Set(months);
  const cellsOf = (g: number): number[] => months.map((t) => t * groups + g);
  const sum = (values: Float64Array, g: number): number => cellsOf(g).reduce((total, cell) => total + values[cell]!, 0);
  const groupNumbers = Array.from({ length: groups }, (_, g) => g);
  const complete = groupNumbers.map((g) => (mean === 'rows' ? sum(n, g) > 0 : cellsOf(g).every((cell) => n[cell]! > 0)));
  const rows = groupNumbers.map((g) => (complete[g] ? sum(n, g) : 0));
  const excess = groupNumbers.map((g) => sum(outcome, g) - sum(expected, g));
  return {
    rows,
    divisor: rows,
    inside: (cell: number): boolean => n[cell]! > 0 && wanted.has(Math.floor(cell / groups)) && complete[cell % groups]!,
    // A month's rows share in its part of the mean: with weights around 1 as over all rows.
    weight: (cell: number): number => (mean === 'rows' || !(n[cell]! > 0) ? 1 : rows[cell % groups]! / (months.length * n[cell]!)),
    centre: (cell: number): number => (!(n[cell]! > 0) ? 0 : mean === 'rows' ? excess[cell % groups]! / (rows[cell % groups] || 1) : (outcome[cell]! - expected[cell]!) / n[cell]!),
  };
}

export interface InfluenceRequest {
  readonly predictor: Predictor;
  readonly family: Family;
  /** Which of the sample's groupings the cells are of. */
  readonly grouping: number;
  /** The model's columns by level cell; p of them. */
  readonly columns: CellColumns;
  readonly functionals: Functionals;
  /** Clusters are persons, or rows by themselves. */
  readonly cluster: 'person' | 'row';
}

/** Sums over clusters, with e = Σ weight · (r − centre) of the cluster's rows in a functional and g = Σ s·x of its estimation rows. */
export interface InfluenceTotals {
  /** Σ e·e′ by block, lower triangles. */
  readonly pairs: Float64Array;
  /** Σ e·g, a row of p a functional. */
  readonly cross: Float64Array;
  /** Σ weight · ∂μ/∂β over the functional's rows, a row of p a functional. */
  readonly slopes: Float64Array;
}

/** The pass over all rows that covariances of functionals are made of. */
export interface InfluencePass {
  influence(outcome: number, request: InfluenceRequest): Promise<InfluenceTotals>;
}
