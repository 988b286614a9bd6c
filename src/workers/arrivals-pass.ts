import type { ArrivalLaw, Arrivals } from '../uncertainty/arrival-law.ts';
import { clustersOf } from './clusters.ts';
import { given } from './comlink-handlers.ts';
import { clusterKeys, drawsOf, putLaw, type Draws } from './draw-weights.ts';
import type { RowBlocks } from './row-blocks.ts';

export interface ArrivalsRequest extends Pick<Draws, 'seed' | 'of' | 'first' | 'replicates'> {
  readonly cluster: 'person' | 'row';
  readonly law: ArrivalLaw;
}

/** Times at a time, beyond those of one cluster. */
const roomBeside = 4096;

/** Arrivals of this worker's clusters: how many before the window, and when in it. */
export function arrivalsPass(rows: RowBlocks, { cluster, law, seed, of, first, replicates }: ArrivalsRequest): Promise<Arrivals> {
  const { kernels, control, tick } = rows;
  const { arena } = kernels;
  return rows.scratch(async (alloc) => {
    const { room, stretches } = clustersOf(rows);
    const keys = clusterKeys(rows, alloc, room);
    const key = [seed >>> 0, drawsOf[of]] as const;
    const lawHere = putLaw(kernels, alloc, law);
    const listed = replicates * law.most + roomBeside;
    const [sums, list, lanes, next] = [alloc(4 * replicates), alloc(8 * listed), alloc(4 * listed), alloc(4)];
    const totals = new Float64Array(replicates);
    const [times, owners]: [Float64Array[], Uint32Array[]] = [[], []];
    for (const stretch of stretches()) {
      const clusters = cluster === 'person' ? keys.persons(stretch) : keys.rows(stretch);
      arena.u8(sums, 4 * replicates).fill(0);
      for (let from = 0; from < clusters.n; from = arena.i32(next, 1)[0]!) {
        const count = kernels.arrivalTimes({ key, first, replicates, law: lawHere, ...clusters }, { from, totals: sums, list, lanes, room: listed, next });
        times.push(arena.f64(list, count).slice());
        owners.push(arena.u32(lanes, count).slice());
      }
      arena.i32(sums, replicates).forEach((value, b) => (totals[b]! += value));
      tick(stretch.own.rows + stretch.other.rows);
      await control.breathe();
    }
    const all = times.reduce((sum, { length }) => sum + length, 0);
    const tables = { totals, times: new Float64Array(all), lanes: new Uint32Array(all) };
    let at = 0;
    times.forEach((own, k) => {
      tables.times.set(own, at);
      tables.lanes.set(owners[k]!, at);
      at += own.length;
    });
    return given(tables);
  });
}
