import { BLOCK } from '../kernels/kernels.ts';
import type { Block, RowBlocks } from './row-blocks.ts';

/** Clusters whose rows fit the blocks of a pass: `from` … `to` − 1, their estimation rows and their other rows. */
export interface Stretch {
  readonly from: number;
  readonly to: number;
  readonly own: Block;
  readonly other: Block;
}

/** The persons of a sample, stretch by stretch. Blocks need room for `room` rows. */
export function clustersOf({ kernels, sample }: RowBlocks): { readonly room: number; readonly longest: number; readonly hasOthers: boolean; stretches(): Iterable<Stretch> } {
  const { clusters, personStart, otherStart } = sample;
  const starts = kernels.arena.u32(personStart, clusters + 1).slice();
  const others = otherStart === 0 ? null : kernels.arena.u32(otherStart, clusters + 1).slice();
  const rowsBetween = (list: Uint32Array | null, from: number, to: number): number => (list ? list[to]! - list[from]! : 0);
  let longest = 1;
  for (let c = 0; c < clusters; c++) longest = Math.max(longest, rowsBetween(starts, c, c + 1), rowsBetween(others, c, c + 1));
  const room = BLOCK + longest;
  function* stretches(): Generator<Stretch> {
    for (let from = 0; from < clusters; ) {
      let to = from + 1;
      while (to < clusters && rowsBetween(starts, from, to + 1) <= room && rowsBetween(others, from, to + 1) <= room) to++;
      yield {
        from, to,
        own: { start: starts[from]!, rows: rowsBetween(starts, from, to) },
        other: { start: others ? others[from]! : 0, rows: rowsBetween(others, from, to) },
      };
      from = to;
    }
  }
  return { room, longest, hasOthers: others !== null, stretches };
}
