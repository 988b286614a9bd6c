import { EngineError } from '../errors.ts';
import { fillBlock } from './block.ts';
import { allocateColumns, sliceColumns, type Columns } from './columns.ts';
import { blockRows, type Draws } from './draws.ts';
import { defaultEffects } from './effects.ts';

export const leastRows = 1000;
export const mostRows = 23_901_114;

export interface Population {
  readonly rows: number;
  readonly seed: number;
  readonly effects: 'on' | 'off';
}

export const checkPopulation = ({ rows, seed }: Population): void => {
  if (!Number.isSafeInteger(rows) || rows < leastRows || rows > mostRows) {
    throw new EngineError('usage', `rows is ${rows}; a synthetic population has from ${leastRows} to ${mostRows} rows.`, { rows });
  }
  if (!Number.isSafeInteger(seed) || seed < 0) {
    throw new EngineError('usage', `seed is ${seed}; give a whole number from 0 to ${Number.MAX_SAFE_INTEGER}.`, { seed });
  }
};

export const blocksOf = (rows: number): number => Math.ceil(rows / blockRows);

/** Blocks from … to of the population, to left out; every block is the same whatever else is asked for. */
export const drawBlocks = (population: Population, draws: Draws, from: number, to: number): Columns => {
  const end = from < to ? Math.min(to * blockRows, population.rows) : from * blockRows;
  const columns = allocateColumns(end - from * blockRows);
  const effects = population.effects === 'on' ? defaultEffects() : null;
  for (let block = from; block < to; block++) {
    const at = (block - from) * blockRows;
    const slice = sliceColumns(columns, at, Math.min(at + blockRows, columns.rows));
    fillBlock(slice, draws, { seed: population.seed, block, effects });
  }
  return columns;
};
