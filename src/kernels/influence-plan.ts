import type { Arena } from './arena.ts';
import type { InfluencePlan } from './kernels.ts';

/** Writes the descriptor that assembly/cluster-plan.ts reads, and clears the scratch memory behind it. */
export function writeInfluencePlan(arena: Arena, plan: InfluencePlan): number {
  const { set, columns, dense, s, rows, others, layers, blocks, functionals, longest, factors, shares } = plan;
  const p = columns.count;
  const cleared = (bytes: number): number => {
    const ptr = arena.alloc(bytes);
    arena.u8(ptr, bytes).fill(0);
    return ptr;
  };
  const written = (words: readonly number[]): number => {
    const ptr = arena.alloc(4 * words.length);
    arena.u32(ptr, words.length).set(words);
    return ptr;
  };
  const locals = 2 * longest * layers.length;
  return written([
    set.ptr, p, columns.start, columns.columns, dense.count, dense.ptrs, dense.columns, s,
    rows.r, rows.density, others.r, others.density,
    layers.length, written(layers.flatMap(({ functional, weight, centre, own, others: cells, joint, slopes }) => [functional, weight, centre, own, cells, Number(joint), Number(slopes)])),
    cleared(8 * p), cleared(8 * p), cleared(4 * p + 4), cleared(4 * functionals), cleared(4 * locals), cleared(8 * locals), cleared(8 * locals), cleared(4 * locals), blocks,
    cleared(8 * Math.ceil(p / 64)), cleared(8 * longest), cleared(4 * longest), cleared(8 * longest), cleared(8 * longest),
    cleared(8 * locals), factors, shares,
  ]);
}
