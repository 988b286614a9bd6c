import { EngineError } from '../errors.ts';
import type { Kernels } from '../kernels/kernels.ts';
import { LANES } from '../kernels/replicate-kernels.ts';
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
  /** Added to every Poisson(1) draw. */
  readonly offset: number;
}

export interface WeightDrawer {
  /** i32 [clusters × replicates] of a stretch's persons: by their key alone. */
  persons(stretch: Stretch, out: number): void;
  /** The same of its rows, estimation rows first: by their person's key and their month. */
  rows(stretch: Stretch, out: number): void;
}

/** Weights of clusters by identity alone, wherever they are and however rows are spread. */
export function weightDrawer({ kernels, sample }: Pick<RowBlocks, 'kernels' | 'sample'>, alloc: Alloc, { room, seed, of, first, replicates, offset }: Draws): WeightDrawer {
  const key = [seed >>> 0, drawsOf[of]] as const;
  const ids = alloc(8 * 2 * room);
  const months = alloc(2 * room);
  const draw = (options: Pick<Parameters<Kernels['poissonWeights']>[0], 'ids' | 'third' | 'n' | 'out'>): void =>
    kernels.poissonWeights({ key, first, replicates, offset, ...options });
  return {
    persons: ({ from, to }, out) => draw({ ids: sample.personKeys + 8 * from, third: 0, n: to - from, out }),
    rows({ from, to }, out) {
      const keys = { from, to, keys: sample.personKeys, months: sample.months };
      const own = kernels.rowKeys({ ...keys, starts: sample.personStart }, ids, months);
      const others = sample.otherStart === 0 ? 0 : kernels.rowKeys({ ...keys, starts: sample.otherStart }, ids + 8 * own, months + own);
      draw({ ids, third: months, n: own + others, out });
    },
  };
}

/** No Poisson draw is above this. */
const mostDrawn = 12;

/** Weights of LANES replicates by row of a stretch, u16. */
export interface StretchWeights {
  readonly own: number;
  readonly other: number;
  /** Returns the largest total of a lane over the estimation rows. */
  draw(stretch: Stretch): number;
}

export interface LaneDraws extends Pick<Draws, 'room' | 'seed' | 'first'> {
  readonly cluster: 'person' | 'row';
}

export function stretchWeights(rows: Pick<RowBlocks, 'kernels' | 'sample'>, alloc: Alloc, { cluster, ...draws }: LaneDraws): StretchWeights {
  const { kernels, sample } = rows;
  if (draws.room * mostDrawn >= 2 ** 16) throw new EngineError('internal', `A stretch of ${draws.room} rows could have weights beyond 16 bits.`);
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
