import type { CellColumns } from '../coding/model-columns.ts';
import type { Family, Predictor } from '../estimate/passes.ts';

/**
 * Means over cells of one breakdown whose joint covariance is wanted. Each cell belongs to one functional, or to none, and
 * each functional to a block: covariances are taken within blocks.
 */
export interface Functionals {
  readonly count: number;
  /** By cell: its functional, 2³² − 1 for none, and what is taken from each r = y − μ before it is summed: the mean. */
  readonly ofCell: Uint32Array;
  readonly centre: Float64Array;
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
interface CellMeans {
  readonly n: Float64Array;
  readonly outcome: Float64Array;
  readonly expected: Float64Array;
}

/** A functional a cell, month by month, and a block a group: all that is linear in a group's months follows from it. */
export function functionalsByMonth({ n, outcome, expected }: CellMeans, { months, groups }: { months: number; groups: number }): Functionals {
  const size = (months * (months + 1)) / 2;
  return {
    count: n.length,
    ofCell: Uint32Array.from(n, (rows, cell) => (rows > 0 ? cell : noFunctional)),
    centre: n.map((rows, cell) => (rows > 0 ? (outcome[cell]! - expected[cell]!) / rows : 0)),
    rows: n,
    base: Uint32Array.from(n, (_, cell) => (cell % groups) * size),
    place: Uint32Array.from(n, (_, cell) => Math.floor(cell / groups)),
    pairs: groups * size,
  };
}

/** A functional a group, the mean over its rows of the given months, all in one block: groups can be held against each other. */
export function functionalsByGroup({ n, outcome, expected }: CellMeans, { groups, months }: { groups: number; months: readonly number[] }): Functionals {
  const wanted = new Set(months);
  const inside = (cell: number): boolean => n[cell]! > 0 && wanted.has(Math.floor(cell / groups));
  const sum = (values: (cell: number) => number): Float64Array => {
    const sums = new Float64Array(groups);
    n.forEach((_, cell) => inside(cell) && (sums[cell % groups]! += values(cell)));
    return sums;
  };
  const rows = sum((cell) => n[cell]!);
  const excess = sum((cell) => outcome[cell]! - expected[cell]!);
  return {
    count: groups,
    ofCell: Uint32Array.from(n, (_, cell) => (inside(cell) ? cell % groups : noFunctional)),
    centre: n.map((_, cell) => (inside(cell) ? excess[cell % groups]! / rows[cell % groups]! : 0)),
    rows,
    base: new Uint32Array(groups),
    place: Uint32Array.from({ length: groups }, (_, g) => g),
    pairs: (groups * (groups + 1)) / 2,
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

/** Sums over clusters, with e = Σ (r − centre) of the cluster's rows in a functional and g = Σ s·x of its estimation rows. */
export interface InfluenceTotals {
  /** Σ e·e′ by block, lower triangles. */
  readonly pairs: Float64Array;
  /** Σ e·g, a row of p a functional. */
  readonly cross: Float64Array;
  /** Σ ∂μ/∂β over the functional's rows, a row of p a functional. */
  readonly slopes: Float64Array;
}

/** The pass over all rows that covariances of functionals are made of. */
export interface InfluencePass {
  influence(outcome: number, request: InfluenceRequest): Promise<InfluenceTotals>;
}
