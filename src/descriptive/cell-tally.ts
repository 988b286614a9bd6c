import type { Partition } from '../register/partition.ts';
import { addMoments, carryLimbs, limbsPerSum, type MomentSums } from './exact-sum.ts';
import { GroupIndex, groupsOf, membersOf, valuesOf, type RowGroups } from './members.ts';
import type { DescriptivePlan } from './plan.ts';

/**
 * Sums of one breakdown by cell. A row is in one cell only, whichever populations it is of: cell = group · segments +
 * segment, and bit p of the segment says whether its rows are of population p.
 */
export interface BreakdownSums {
  readonly groups: readonly (readonly string[])[];
  /** By variable of the plan. */
  readonly moments: readonly MomentSums[];
  readonly months: readonly { readonly month: number; readonly rows: Float64Array }[];
}

export const segmentsOf = ({ populations }: DescriptivePlan): number => 2 ** populations.length;

/** A partition's rows by where they belong, for the sums and for counting persons. */
export interface RowCells {
  /** By population, one byte a row. */
  readonly members: readonly Uint8Array[];
  /** By breakdown. */
  readonly groups: readonly RowGroups[];
}

export const cellsOfRows = (plan: DescriptivePlan, partition: Partition): RowCells => ({
  members: plan.populations.map((population) => membersOf(population, partition)),
  groups: plan.breakdowns.map((by) => groupsOf(by, partition)),
});

/** The breakdowns that are summed: the whole is the sum of any other, and needs sums of its own only where there is none. */
const summed = ({ breakdowns }: DescriptivePlan): number[] => [...breakdowns.keys()].filter((b) => b > 0 || breakdowns.length === 1);

/** Counts and exact sums of the rows that one reader meets. */
export class CellTally {
  private readonly plan: DescriptivePlan;
  private readonly breakdowns: ReadonlyMap<number, BreakdownTally>;

  constructor(plan: DescriptivePlan) {
    this.plan = plan;
    this.breakdowns = new Map(summed(plan).map((b) => [b, new BreakdownTally(plan)]));
  }

  add(partition: Partition, cells: RowCells, months: Int32Array): void {
    const values = this.plan.variables.map((variable) => valuesOf(variable, partition));
    const segments = new Uint32Array(partition.rows);
    cells.members.forEach((member, p) => {
      for (let i = 0; i < segments.length; i++) segments[i]! += member[i]! * 2 ** p;
    });
    for (const [b, tally] of this.breakdowns) tally.add({ values, groups: cells.groups[b]!, segments, months });
  }

  /** By breakdown of the plan. */
  sums(): BreakdownSums[] {
    const own = [...this.breakdowns.values()].map((tally) => tally.result());
    return this.breakdowns.has(0) ? own : [together(own[0]!, segmentsOf(this.plan)), ...own];
  }
}

interface PartitionRows {
  readonly values: readonly Float64Array[];
  readonly groups: RowGroups;
  readonly segments: Uint32Array;
  readonly months: Int32Array;
}

class BreakdownTally {
  private readonly index = new GroupIndex();
  private readonly segments: number;
  private moments: MomentSums[];
  private readonly months = new Map<number, Float64Array>();

  constructor(plan: DescriptivePlan) {
    this.segments = segmentsOf(plan);
    this.moments = plan.variables.map(() => ({ n: new Float64Array(0), sums: new Float64Array(0), squares: new Float64Array(0) }));
  }

  add({ values, groups, segments, months }: PartitionRows): void {
    const first = this.index.number(groups.labels).map((group) => group * this.segments);
    this.moments = this.moments.map((sums) => this.roomy(sums));
    const cells = segments.map((segment, i) => first[groups.codes[i]!]! + segment);
    values.forEach((x, v) => addMoments(this.moments[v]!, x, cells));
    this.countMonths(months, cells);
    for (const { n, sums, squares } of this.moments) {
      carryLimbs(sums, n.length);
      carryLimbs(squares, n.length);
    }
  }

  result(): BreakdownSums {
    const cells = this.index.labels.length * this.segments;
    return {
      groups: this.index.labels,
      moments: this.moments.map(({ n, sums, squares }) => ({ n: n.slice(0, cells), sums: sums.slice(0, cells * limbsPerSum), squares: squares.slice(0, cells * limbsPerSum) })),
      months: [...this.months].map(([month, rows]) => ({ month, rows: grown(rows, cells) })),
    };
  }

  private roomy({ n, sums, squares }: MomentSums): MomentSums {
    const cells = this.index.labels.length * this.segments;
    if (n.length >= cells) return { n, sums, squares };
    const room = 2 * cells;
    return { n: grown(n, room), sums: grown(sums, room * limbsPerSum), squares: grown(squares, room * limbsPerSum) };
  }

  private countMonths(months: Int32Array, cells: Uint32Array): void {
    const room = this.index.labels.length * this.segments;
    let last = -1;
    let counts: Float64Array = new Float64Array(0);
    for (let i = 0; i < cells.length; i++) {
      if (months[i] !== last) {
        last = months[i]!;
        const held = this.months.get(last);
        counts = held !== undefined && held.length >= room ? held : grown(held ?? new Float64Array(0), 2 * room);
        if (counts !== held) this.months.set(last, counts);
      }
      counts[cells[i]!]!++;
    }
  }
}

function grown(values: Float64Array, length: number): Float64Array {
  const larger = new Float64Array(length);
  larger.set(values.subarray(0, length));
  return larger;
}

/** The sums of all groups as one. */
function together({ groups, moments, months }: BreakdownSums, segments: number): BreakdownSums {
  const one = (values: Float64Array, width: number): Float64Array => {
    const sum = new Float64Array(segments * width);
    for (let at = 0; at < groups.length * segments * width; at++) sum[at % sum.length]! += values[at]!;
    return sum;
  };
  return {
    groups: [[]],
    moments: moments.map(({ n, sums, squares }) => ({ n: one(n, 1), sums: one(sums, limbsPerSum), squares: one(squares, limbsPerSum) })),
    months: months.map(({ month, rows }) => ({ month, rows: one(rows, 1) })),
  };
}
