import type { Kernels } from '../kernels/kernels.ts';
import { arrowStream } from './arrow.ts';
import { openDraws } from './draws.ts';
import { blocksOf, checkPopulation, drawBlocks, type Population } from './population.ts';
import { analysisTable } from './table.ts';

export interface ArrowRequest extends Population {
  /** Part `part` of `parts`: consecutive blocks, in order of parts. There may be more parts than blocks; such parts have no rows. */
  readonly part: number;
  readonly parts: number;
}

/** Bytes of an Arrow IPC stream with one part of a synthetic population. All parts together have the same rows however many there are. */
export const generateArrow = (kernels: Kernels, request: ArrowRequest): Uint8Array => {
  checkPopulation(request);
  const mark = kernels.arena.mark();
  try {
    const blocks = blocksOf(request.rows);
    const from = Math.floor((request.part * blocks) / request.parts);
    const to = Math.floor(((request.part + 1) * blocks) / request.parts);
    const columns = drawBlocks(request, openDraws(kernels, request.seed), { from, to });
    return arrowStream(analysisTable(columns), columns.rows);
  } finally {
    kernels.arena.release(mark);
  }
};
