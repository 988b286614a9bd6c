import type { Arena } from './arena.ts';
import type { InfluencePlan } from './kernels.ts';

/** Writes the descriptor that assembly/person.ts reads, and clears the scratch memory behind it. */
export function writeInfluencePlan(arena: Arena, plan: InfluencePlan): number {
  const { set, columns, dense, s, rows, others, centre, weight, functional, functionals, longest, layers, cells } = plan;
  const p = columns.count;
  const cleared = (bytes: number): number => {
    const ptr = arena.alloc(bytes);
    arena.u8(ptr, bytes).fill(0);
    return ptr;
  };
  const words = [
    set.ptr, p, columns.start, columns.columns, dense.count, dense.ptrs, dense.columns, s,
    rows.cells, rows.r, rows.density, others.cells, others.r, others.density, centre, weight, functional,
    cleared(8 * p), cleared(8 * p), cleared(4 * p + 4), cleared(4 * functionals), cleared(4 * layers * longest), cleared(8 * layers * longest), cleared(8 * layers * longest),
    cleared(8 * Math.ceil(p / 64)), layers, cells,
  ];
  const ptr = arena.alloc(4 * words.length);
  arena.u32(ptr, words.length).set(words);
  return ptr;
}
