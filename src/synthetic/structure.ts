import { effectsOf, type Effects } from './effects.ts';
import { structureKey } from './fixed-noise.ts';
import { labourMarket, type LabourMarket } from './labour-market.ts';

/** What all populations of a structure share, whoever lives in it: what regions are like, and what months and offices add. */
export interface Structure {
  readonly market: LabourMarket;
  readonly effects: Effects;
}

let last: { readonly seed: number; readonly structure: Structure } | undefined;

/** The structure of a seed; 0 is the calibrated one. Table 4, counties, seasons, measures and main groups are the same in all. */
export const structureOf = (seed: number): Structure => {
  if (last?.seed !== seed) {
    const key = structureKey(seed);
    last = { seed, structure: { market: labourMarket(key), effects: effectsOf(key) } };
  }
  return last.structure;
};
