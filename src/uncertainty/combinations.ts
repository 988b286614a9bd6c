import type { CellColumns } from '../coding/model-columns.ts';
import type { Multiply } from '../estimate/estimation-math.ts';
import type { Family, Predictor } from '../estimate/passes.ts';
import type { PooledPeriod } from '../indicator/pooled.ts';
import type { GroupingCells } from './influence.ts';

/**
 * Sums Σ u·(month's mean) of a group's months, a lane each. Where a sum is a mean over all rows of a period, r is taken from that mean,
 * which adds `constants` to the own part of a row: see `monthSums`.
 */
export interface MonthSums {
  readonly lanes: number;
  readonly months: number;
  /** [months × lanes]. */
  readonly weights: Float64Array;
  /** The same: added once for each row of the month; null where all are 0. */
  readonly constants: Float64Array | null;
}

/** The sums of one breakdown's groups; groups of the same weights share a pattern. */
export interface GroupingSums extends Pick<GroupingCells, 'grouping' | 'groups'> {
  readonly months: number;
  /** A multiple of 8: the sums of every group, filled up. */
  readonly lanes: number;
  readonly patterns: readonly MonthSums[];
  readonly patternOf: Uint32Array;
  /** By cell: what is taken from r, and 1 / n. */
  readonly centre: Float64Array;
  readonly scale: Float64Array;
  /** H⁻¹D by group, column and month: [groups × p × months]. */
  readonly slopes: Float64Array;
  /**
   * Bounds by group and lane: of what a person's own rows add, by the cells' own Σ (y − μ)², for each unit of what a row of that may be
   * rounded by, and for each unit of the largest residual; of a person's share, of Σ |v|; and the rows of the months.
   */
  readonly reach: { readonly own: Float64Array; readonly rounded: Float64Array; readonly absolute: Float64Array; readonly share: Float64Array; readonly estimate: Float64Array; readonly rows: Float64Array };
}

export interface CombinationRequest {
  readonly predictor: Predictor;
  readonly family: Family;
  readonly columns: CellColumns;
  readonly groupings: readonly GroupingSums[];
}

/** Sums by group and lane: see assembly/combinations.ts. */
export const combinationKinds = 9;

/** What a cluster with a larger share of a sum adds stands by itself. Two cannot both have more, whatever is rounded. */
export const mainShare = 9 / 16;

/** By grouping: [groups × 9 × lanes], the kinds of assembly/combinations.ts; and Σ g·g′ over persons, p × p. */
export interface CombinationTotals {
  readonly sums: readonly Float64Array[];
  readonly meat: Float64Array;
}

/** The pass over persons that variances of sums of months are made of. */
export interface CombinationPass {
  combinations(outcome: number, request: CombinationRequest): Promise<CombinationTotals>;
}

/** Rows of weights, each once. */
export class WeightRows {
  readonly rows: Float64Array[] = [];
  private readonly found = new Map<number, number[]>();

  add(weights: Float64Array): void {
    if (this.find(weights) >= 0) return;
    const hash = hashOf(weights);
    const same = this.found.get(hash);
    if (same) same.push(this.rows.length);
    else this.found.set(hash, [this.rows.length]);
    this.rows.push(weights.slice());
  }

  /** −1 where it was not asked for. */
  find(weights: Float64Array): number {
    return this.found.get(hashOf(weights))?.find((k) => same(this.rows[k]!, weights)) ?? -1;
  }
}

export const same = (a: Float64Array, b: Float64Array): boolean => a.length === b.length && a.every((value, k) => value === b[k]);

export function hashOf(values: Float64Array): number {
  const words = new Uint32Array(values.buffer, values.byteOffset, 2 * values.length);
  let hash = 0x811c9dc5;
  for (const word of words) {
    hash = Math.imul(hash ^ word, 0x9e3779b1);
    hash ^= hash >>> 15;
  }
  return hash;
}

export interface AskedSums {
  readonly grouping: GroupingCells;
  readonly pooled: readonly PooledPeriod[];
  /** By group: weights of the months and, after them, of the pooled periods. */
  readonly rows: readonly (readonly Float64Array[])[];
}

/**
 * Sums of a group as sums over its months alone. A pooled period q weighs its month t by n_t/n_q; its rows are held against the period's
 * mean I_q and not the month's I_t, and so every row of t adds W_q·(I_t − I_q)/n_q besides.
 */
export function monthSums({ grouping: { groups, cells }, pooled }: Omit<AskedSums, 'rows'>, group: number, rows: readonly Float64Array[], lanes: number): MonthSums {
  const months = cells.n.length / groups;
  const at = (t: number): number => t * groups + group;
  const weights = new Float64Array(months * lanes);
  let constants: Float64Array | null = null;
  rows.forEach((row, k) => {
    for (let t = 0; t < months; t++) weights[t * lanes + k] = row[t]!;
  });
  pooled.forEach(({ months: members }, q) => {
    const n = members.reduce((sum, t) => sum + cells.n[at(t)]!, 0);
    if (n === 0) return;
    const mean = members.reduce((sum, t) => sum + cells.outcome[at(t)]! - cells.expected[at(t)]!, 0) / n;
    rows.forEach((row, k) => {
      const weight = row[months + q]!;
      if (weight === 0) return;
      constants ??= new Float64Array(months * lanes);
      for (const t of members) {
        const here = cells.n[at(t)]!;
        if (here === 0) continue;
        weights[t * lanes + k]! += (weight * here) / n;
        constants[t * lanes + k]! += (weight / n) * ((cells.outcome[at(t)]! - cells.expected[at(t)]!) / here - mean);
      }
    });
  });
  return { lanes, months, weights, constants };
}

/** Σ |u| by lane. */
export function absoluteWeights({ lanes, months, weights }: MonthSums): Float64Array {
  const sums = new Float64Array(lanes);
  for (let t = 0; t < months; t++) for (let k = 0; k < lanes; k++) sums[k]! += Math.abs(weights[t * lanes + k]!);
  return sums;
}

/**
 * The sums of a breakdown as a pass takes them.
 *
 * @param slopes H⁻¹D by group, column and month
 */
export function groupingSums(asked: AskedSums, lanes: number, slopes: Float64Array, multiply: Multiply): GroupingSums {
  const { grouping: { grouping, groups, cells }, rows } = asked;
  const months = cells.n.length / groups;
  const patterns: MonthSums[] = [];
  const known = new Map<number, number[]>();
  const patternOf = Uint32Array.from(rows, (own, group) => {
    const sums = monthSums(asked, group, own, lanes);
    const hash = hashOf(sums.weights);
    const alike = (k: number): boolean => {
      const other = patterns[k]!;
      return same(other.weights, sums.weights) && other.constants === null && sums.constants === null;
    };
    const found = known.get(hash)?.find(alike);
    if (found !== undefined) return found;
    known.set(hash, [...(known.get(hash) ?? []), patterns.length]);
    return patterns.push(sums) - 1;
  });
  const centre = cells.n.map((n, cell) => (n > 0 ? (cells.outcome[cell]! - cells.expected[cell]!) / n : 0));
  const scale = cells.n.map((n) => (n > 0 ? 1 / n : 0));
  const part = { grouping, groups, months, lanes, patterns, patternOf, centre, scale, slopes };
  return { ...part, reach: reachOf(part, cells, multiply) };
}

function reachOf({ groups, months, lanes, patterns, patternOf, slopes }: Omit<GroupingSums, 'reach'>, { n, residualSquared }: GroupingCells['cells'], multiply: Multiply): GroupingSums['reach'] {
  const size = groups * lanes;
  const [own, rounded, absolute, share, estimate, rows] = [new Float64Array(size), new Float64Array(size), new Float64Array(size), new Float64Array(size), new Float64Array(size), new Float64Array(size)];
  const totals = patterns.map(absoluteWeights);
  const p = slopes.length / (groups * months);
  for (let g = 0; g < groups; g++) {
    const { weights, constants } = patterns[patternOf[g]!]!;
    const total = totals[patternOf[g]!]!;
    // Of the months together: much of what each has by itself cancels.
    const v = multiply(slopes.subarray(g * p * months, (g + 1) * p * months), weights, { rows: p, inner: months, columns: lanes });
    v.forEach((value, at) => (estimate[g * lanes + (at % lanes)]! += Math.abs(value)));
    for (let t = 0; t < months; t++) {
      const here = n[t * groups + g]!;
      if (here === 0) continue;
      // No deviation from the mean is larger than the root of the sum of squares.
      const largest = Math.sqrt(residualSquared[t * groups + g]!);
      for (let k = 0; k < lanes; k++) {
        const weight = Math.abs(weights[t * lanes + k]!);
        if (weight === 0) continue;
        const at = g * lanes + k;
        // A constant is no more than the residual's own bound times its weight: means are within the range of what they are means of.
        own[at]! += (weight / here) * largest + Math.abs(constants ? constants[t * lanes + k]! : 0);
        rounded[at]! += weight / Math.sqrt(here);
        absolute[at]! += (constants ? 2 : 1) * (weight / here);
        share[at]! += weight / here / total[k]!;
        rows[at]! += here;
      }
    }
  }
  return { own, rounded, absolute, share, estimate, rows };
}
