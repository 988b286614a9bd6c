import type { ScoreRequest } from '../uncertainty/replicates.ts';
import { given } from './comlink-handlers.ts';
import { clusterPlan, type InfluenceShifts } from './influence-pass.ts';
import type { RowBlocks } from './row-blocks.ts';
import type { Stretch } from './clusters.ts';

export type ScoreShifts = Pick<InfluenceShifts, 'sShift' | 'eShift' | 'dShift'> & { readonly localShift: number; readonly scoreShift: number };

/** Weighted sums of e and g for every replicate over this worker's clusters, whose weights go by identity alone. */
export function scorePass(rows: RowBlocks, o: number, { request, shifts }: { request: ScoreRequest; shifts: ScoreShifts }) {
  const { kernels, sample, control, tick } = rows;
  const { functionals, columns, cluster, seed, first, replicates } = request;
  const byRow = cluster === 'row';
  return rows.scratch(async (alloc) => {
    const { plan, stretches, room, fill } = clusterPlan(rows, alloc, o, request);
    const [local, score, slopes] = [alloc(8 * functionals.count * replicates), alloc(8 * columns.count * replicates), alloc(8 * functionals.count * columns.count)];
    const weights = alloc(4 * 2 * room * replicates);
    const draw = weightDrawer(rows, alloc, { room, seed, first, replicates });
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
    return given({ local: read(local, functionals.count * replicates), score: read(score, columns.count * replicates), slopes: read(slopes, functionals.count * columns.count) });
  });
}

/** Poisson(1) − 1 for every cluster of a stretch and replicate: persons by their key, rows by their person's key and their month. */
function weightDrawer({ kernels, sample }: RowBlocks, alloc: (bytes: number) => number, { room, seed, first, replicates }: { room: number; seed: number; first: number; replicates: number }) {
  const { arena } = kernels;
  // The second word tells these draws from others of the same seed.
  const key = [seed >>> 0, 0x73636f72] as const;
  const ids = alloc(8 * 2 * room);
  const months = alloc(2 * room);
  const keysOfRows = (starts: number, { from, to }: Stretch, at: number): number => {
    if (starts === 0) return at;
    const start = arena.u32(starts, to + 1);
    const keys = arena.u32(sample.personKeys, 2 * to);
    const out = arena.u32(ids, 4 * room);
    const month = arena.u8(sample.months, sample.rows);
    const monthOut = arena.u8(months, 2 * room);
    for (let c = from; c < to; c++) {
      for (let row = start[c]!; row < start[c + 1]!; row++, at++) {
        out[2 * at] = keys[2 * c]!;
        out[2 * at + 1] = keys[2 * c + 1]!;
        monthOut[at] = month[row]!;
      }
    }
    return at;
  };
  return {
    persons: ({ from, to }: Stretch, out: number): void => kernels.poissonWeights({ key, ids: sample.personKeys + 8 * from, third: 0, n: to - from, first, replicates, offset: -1, out }),
    rows(stretch: Stretch, out: number): void {
      const n = keysOfRows(sample.otherStart, stretch, keysOfRows(sample.personStart, stretch, 0));
      kernels.poissonWeights({ key, ids, third: months, n, first, replicates, offset: -1, out });
    },
  };
}
