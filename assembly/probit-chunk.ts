/**
 * Rows that the stages of a probit pass go over at a time, leaving what later ones need in the buffers below. A stage is short, so that a
 * processor has many rows under way at once, and takes STEP rows a step, which share the constants they load.
 */
export const CHUNK: i32 = 512;
export const STEP: i32 = 8;

/** φ(η). */
export const PHI: usize = memory.data(4096, 16);
/** −η²/2, then the logarithm of what SHARE/Q is to be multiplied by. */
export const EXPONENT: usize = memory.data(4096, 16);
/** P, Q and N of |η|. */
export const P: usize = memory.data(4096, 16);
export const Q: usize = memory.data(4096, 16);
export const N: usize = memory.data(4096, 16);
/** SHARE/Q · exp(EXPONENT) = Φ(z). */
export const SHARE: usize = memory.data(4096, 16);
