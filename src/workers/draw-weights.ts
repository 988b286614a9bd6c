import { EngineError } from '../errors.ts';
import type { ArrivalsOf } from '../kernels/arrival-kernels.ts';
import type { Kernels } from '../kernels/kernels.ts';
import { LANES } from '../kernels/replicate-kernels.ts';
import type { ArrivalLaw, DrawStops } from '../uncertainty/arrival-law.ts';
import type { Stretch } from './clusters.ts';
import type { Alloc, RowBlocks } from './row-blocks.ts';

/** Second word of the key: tells the draws of one method from another's with the same seed. */
export const drawsOf = { score: 0x73636f72, bootstrap: 0x626f6f74 } as const;

export interface Draws {
  /** Rows of either kind in a stretch, at most. */
  readonly room: number;
  readonly seed: number;
  readonly of: keyof typeof drawsOf;
  /** Replicates `first` … `first + replicates − 1`: multiples of 16 and of 4. */
  readonly first: number;
  readonly replicates: number;
  /** Added to every draw. */
  readonly offset: number;
  /** Where the replicates stop, of multinomial draws; those of Poisson(1) numbers where absent. */
  readonly stops?: DrawStops | undefined;
}

export interface WeightDrawer {
  /** i32 [clusters × replicates] of a stretch's persons: by their key alone. */
  persons(stretch: Stretch, out: number): void;
  /** The same of its rows, estimation rows first: by their person's key and their month. */
  rows(stretch: Stretch, out: number): void;
}

/** What a kernel knows clusters by. */
export interface ClusterKeys {
  readonly ids: number;
  readonly third: number;
  readonly n: number;
}

/** Keys of a stretch's persons, or of its rows, estimation rows first. */
export function clusterKeys({ kernels, sample }: Pick<RowBlocks, 'kernels' | 'sample'>, alloc: Alloc, room: number): { persons(stretch: Stretch): ClusterKeys; rows(stretch: Stretch): ClusterKeys } {
  const ids = alloc(8 * 2 * room);
  const months = alloc(2 * room);
  return {
    persons: ({ from, to }) => ({ ids: sample.personKeys + 8 * from, third: 0, n: to - from }),
    rows({ from, to }) {
      const keys = { from, to, keys: sample.personKeys, months: sample.months };
      const own = kernels.rowKeys({ ...keys, starts: sample.personStart }, ids, months);
      const others = sample.otherStart === 0 ? 0 : kernels.rowKeys({ ...keys, starts: sample.otherStart }, ids + 8 * own, months + own);
      return { ids, third: months, n: own + others };
    },
  };
}

/** A law in the kernels' memory. */
export function putLaw({ arena }: Pick<Kernels, 'arena'>, alloc: Alloc, { words, most }: ArrivalLaw): ArrivalsOf['law'] {
  const ptr = alloc(4 * words.length);
  arena.u32(ptr, words.length).set(words);
  return { ptr, words: words.length, most };
}

/** Weights of clusters by identity alone, wherever they are and however rows are spread. */
export function weightDrawer(rows: Pick<RowBlocks, 'kernels' | 'sample'>, alloc: Alloc, { room, seed, of, first, replicates, offset, stops }: Draws): WeightDrawer {
  const { kernels } = rows;
  const key = [seed >>> 0, drawsOf[of]] as const;
  const keys = clusterKeys(rows, alloc, room);
  const draw = stops ? stopped(stops) : (clusters: ClusterKeys, out: number): void => kernels.poissonWeights({ key, first, replicates, offset, ...clusters, out });
  return { persons: (stretch, out) => draw(keys.persons(stretch), out), rows: (stretch, out) => draw(keys.rows(stretch), out) };

  function stopped({ law, stops: places }: DrawStops): (clusters: ClusterKeys, out: number) => void {
    const at = alloc(8 * replicates);
    kernels.arena.f64(at, replicates).set(places);
    const lawHere = putLaw(kernels, alloc, law);
    return (clusters, out) => kernels.arrivalWeights({ key, first, replicates, law: lawHere, ...clusters }, { offset, stops: at, out });
  }
}

/** Draws above this do not come up. */
const mostDrawn = 12;

/** Weights of LANES replicates by row of a stretch, u16. */
export interface StretchWeights {
  readonly own: number;
  readonly other: number;
  /** Returns the largest total of a lane over the estimation rows. */
  draw(stretch: Stretch): number;
}

export interface LaneDraws extends Pick<Draws, 'room' | 'seed' | 'first' | 'stops'> {
  readonly cluster: 'person' | 'row';
}

export function stretchWeights(rows: Pick<RowBlocks, 'kernels' | 'sample'>, alloc: Alloc, { cluster, ...draws }: LaneDraws): StretchWeights {
  const { kernels, sample } = rows;
  if (draws.room * mostDrawn >= 2 ** 16) throw new EngineError('internal.unexpected', { detail: `A stretch of ${draws.room} rows could have weights beyond 16 bits.` });
  const drawer = weightDrawer(rows, alloc, { ...draws, of: 'bootstrap', replicates: LANES, offset: 0 });
  const weights = alloc(4 * LANES * 2 * draws.room);
  const [own, other] = [alloc(2 * LANES * draws.room), alloc(2 * LANES * draws.room)];
  const spread = (starts: number, from: number, to: number, n: number, drawn: number, out: number): number =>
    kernels.spreadWeights({ starts, from, to, rows: n, weights: drawn }, out);
  return {
    own,
    other,
    draw(stretch) {
      const [n, others] = [stretch.own.rows, stretch.other.rows];
      if (cluster === 'row') {
        drawer.rows(stretch, weights);
        if (others > 0) spread(0, 0, others, others, weights + 4 * LANES * n, other);
        return spread(0, 0, n, n, weights, own);
      }
      drawer.persons(stretch, weights);
      if (others > 0) spread(sample.otherStart, stretch.from, stretch.to, others, weights, other);
      return spread(sample.personStart, stretch.from, stretch.to, n, weights, own);
    },
  };
}
