import type { Kernels } from '../kernels/kernels.ts';

/**
 * Standard normals, each a function of the seed, the draw's number and the place in the draw alone: draws may be made in any
 * order and by any number of workers.
 */
export interface RandomNormals {
  /** The first `n` normals of draw `draw`, an integer from 0 to 2³² − 1. */
  draw(draw: number, n: number): Float64Array;
}

/** Last word of the counter: these draws share no block with others of the same seed, whose last word is 0. */
const jointDraws = 0x6a6f696e;

/** Φ⁻¹ of Philox uniforms; `seed` is an integer from 0 to 2⁵³ − 1. */
export function randomNormals(kernels: Kernels, seed: number): RandomNormals {
  const { arena } = kernels;
  const key = [seed >>> 0, Math.floor(seed / 4294967296) >>> 0] as const;
  return {
    draw(draw, n) {
      const mark = arena.mark();
      const at = arena.alloc(8 * n);
      kernels.uniforms({ key, counter: [0, draw, 0, jointDraws] }, n, at);
      kernels.normalQuantile(at, n, at);
      const values = arena.f64(at, n).slice();
      arena.release(mark);
      return values;
    },
  };
}
