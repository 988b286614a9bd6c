/** Murmur3's finaliser; 0 stays 0. */
const finalise = (word: number): number => {
  let h = Math.imul(word ^ (word >>> 16), 0x85ebca6b);
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35);
  return (h ^ (h >>> 16)) >>> 0;
};

/** A word for each seed of a structure: 0 for seed 0, the calibrated one. */
export const structureKey = (seed: number): number => (finalise(seed >>> 0) ^ finalise(Math.imul(Math.floor(seed / 4294967296), 0x27d4eb2f))) >>> 0;

/** The next key to try, where a structure does not reach what it has to. */
export const nextKey = (key: number): number => finalise(key + 0x9e3779b9);

/** A fixed number in [0, 1) for a pair, the same in every population of the structure. */
export const fixedNoise = (a: number, b: number, key: number): number =>
  finalise(Math.imul(a + 1, 0x9e3779b1) ^ Math.imul(b + 1, 0x85ebca6b) ^ key) / 4294967296;
