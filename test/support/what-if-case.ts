import type { RunRequest } from '../../web/engine.ts';
import { main } from '../../src/spec/built-in.ts';

/** Few rows, so that the numbers are there in a second; by two columns, so that one can be chosen. */
export const whatIfCase: RunRequest = {
  source: { kind: 'synthetic', rows: 4000, seed: 7 },
  spec: main,
  options: { by: [['county'], ['female']], period: 'month', vcov: 'iid', interval: 'outcome', level: 95, relativeTo: null, where: null, threshold: null },
};
export const whatIfSource = { synthetic: { rows: 4000, seed: 7, effects: 'on' } } as const;
