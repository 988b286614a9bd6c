import { EngineError } from '../errors.ts';
import { fillBlock } from './block.ts';
import { allocateColumns, sliceColumns, type Columns } from './columns.ts';
import { blockRows, type Draws } from './draws.ts';
import type { ExpectedSums } from './expected-sums.ts';
import { structureOf } from './structure.ts';

export const leastRows = 1000;
export const mostRows = 23_901_114;

export interface Population {
  readonly rows: number;
  /** Of the persons. */
  readonly seed: number;
  /** Of what they live in; 0, the calibrated structure, where absent. */
  readonly structureSeed?: number | undefined;
  readonly effects: 'on' | 'off';
}

export const checkPopulation = ({ rows, seed, structureSeed = 0 }: Population): void => {
  if (!Number.isSafeInteger(rows) || rows < leastRows || rows > mostRows) {
    throw new EngineError('usage.synthetic-rows', { rows, least: leastRows, most: mostRows });
  }
  for (const [name, value] of Object.entries({ seed, 'structure-seed': structureSeed })) {
    if (Number.isSafeInteger(value) && value >= 0) continue;
    throw new EngineError('usage.synthetic-seed', { name, value, most: Number.MAX_SAFE_INTEGER });
  }
};

export const blocksOf = (rows: number): number => Math.ceil(rows / blockRows);

export interface BlockRange {
  readonly from: number;
  /** Left out. */
  readonly to: number;
  /** Is to count the expected outcomes of the blocks, where given. */
  readonly expected?: ExpectedSums | undefined;
}

/** Blocks from … to of the population; every block is the same whatever else is asked for. */
export const drawBlocks = (population: Population, draws: Draws, { from, to, expected }: BlockRange): Columns => {
  const end = from < to ? Math.min(to * blockRows, population.rows) : from * blockRows;
  const columns = allocateColumns(end - from * blockRows);
  const { market, effects } = structureOf(population.structureSeed ?? 0);
  const added = population.effects === 'on' ? effects : null;
  for (let block = from; block < to; block++) {
    const at = (block - from) * blockRows;
    const slice = sliceColumns(columns, at, Math.min(at + blockRows, columns.rows));
    fillBlock(slice, draws, { seed: population.seed, block, market, effects: added, expected });
  }
  return columns;
};
