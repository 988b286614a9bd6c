import type { Arena } from './arena.ts';

/** Weighted sums of the months of groups: assembly/combinations.ts. */
export interface CombinationPlan {
  readonly groupings: readonly CombinationTables[];
  /** Most estimation rows, and most other rows, of a person. */
  readonly longest: number;
}

export interface CombinationTables {
  readonly groups: number;
  /** u32 blocks of cells, of the estimation rows and of the others. */
  readonly own: number;
  readonly others: number;
  /** f64 by cell: what is taken from r, and what that and the weight of a row are multiplied by. */
  readonly centre: number;
  readonly scale: number;
  readonly patterns: readonly PatternTables[];
  /** By group. */
  readonly patternOf: Uint32Array;
  /** Sums of each group: a multiple of 8. */
  readonly lanes: number;
  /** f64 [groups × p × lanes]. */
  readonly slopes: number;
  /** [groups × 9 × lanes] f64 factors, and after them as many i64 sums. */
  readonly tables: number;
}

/** Weights by month and lane, in blocks of 8 lanes that are not all 0. */
export interface PatternTables {
  /** u32 [months + 1], u32 by entry, f64 [8] by entry twice (constants 0: there are none), f64 by lane. */
  readonly rowStart: number;
  readonly blockOf: number;
  readonly weights: number;
  readonly constants: number;
  /** 1 / the lane's absolute weight. */
  readonly inverse: number;
}

/** Lanes come in blocks of so many. */
export const combinationLanes = 8;

/** Writes the descriptor that assembly/combinations.ts reads, and clears the scratch memory behind it. */
export function writeCombinationPlan(arena: Arena, { groupings, longest }: CombinationPlan): number {
  const cleared = (bytes: number): number => {
    const ptr = arena.alloc(bytes);
    arena.u8(ptr, bytes).fill(0);
    return ptr;
  };
  const written = (words: ArrayLike<number>): number => {
    const ptr = arena.alloc(4 * Math.max(words.length, 1));
    arena.u32(ptr, words.length).set(words);
    return ptr;
  };
  const pattern = ({ rowStart, blockOf, weights, constants, inverse }: PatternTables): number => written([rowStart, blockOf, weights, constants, inverse]);
  const table = groupings.flatMap(({ groups, own, others, centre, scale, patterns, patternOf, lanes, slopes, tables }) => {
    const places = patterns.map(pattern);
    return [groups, own, others, centre, scale, written(Uint32Array.from(patternOf, (k) => places[k]!)), lanes, slopes, tables];
  });
  const lanes = groupings.reduce((most, grouping) => Math.max(most, grouping.lanes), combinationLanes);
  const blocks = lanes / combinationLanes;
  return written([
    groupings.length, written(table), cleared(4 * 2 * longest), cleared(8 * 2 * longest), cleared(8 * lanes), cleared(8 * lanes), cleared(4 * blocks), cleared(blocks),
  ]);
}
