import type { ScoreRequest } from '../uncertainty/replicates.ts';
import { given } from './comlink-handlers.ts';
import { weightDrawer } from './draw-weights.ts';
import { clusterPlan, type InfluenceShifts } from './influence-pass.ts';
import type { RowBlocks } from './row-blocks.ts';

export type ScoreShifts = Pick<InfluenceShifts, 'sShift' | 'eShift' | 'wShift' | 'dShift'> & { readonly localShift: number; readonly scoreShift: number };

/** Weighted sums of e and g for every replicate over this worker's clusters, whose weights go by identity alone. */
export function scorePass(rows: RowBlocks, o: number, { request, shifts }: { request: ScoreRequest; shifts: ScoreShifts }) {
  const { kernels, sample, control, tick } = rows;
  const { functionals, columns, cluster, seed, first, replicates, stops } = request;
  const byRow = cluster === 'row';
  return rows.scratch(async (alloc) => {
    const { plan, stretches, room, fill, order, slopes, readSlopes } = clusterPlan(rows, alloc, o, request);
    const [local, score] = [alloc(8 * functionals.count * replicates), alloc(8 * columns.count * replicates)];
    const weights = alloc(4 * 2 * room * replicates);
    const draw = weightDrawer(rows, alloc, { room, seed, of: 'score', first, replicates, offset: -1, stops });
    const { personStart, otherStart } = sample;
    for (const stretch of stretches()) {
      fill(stretch);
      if (byRow) draw.rows(stretch, weights);
      else draw.persons(stretch, weights);
      const { from, to, own, other } = stretch;
      kernels.scoreReplicates({ plan, personStart, otherStart, from, to, byRow, ...shifts, weights, replicates, local, score, slopes });
      tick(own.rows + other.rows);
      await control.breathe();
    }
    const read = (ptr: number, length: number) => kernels.arena.i64(ptr, length).slice();
    return given({
      local: order.inAskedOrder(read(local, functionals.count * replicates), replicates),
      score: read(score, columns.count * replicates),
      slopes: readSlopes(),
    });
  });
}
