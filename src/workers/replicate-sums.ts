import type { Predictor } from '../estimate/passes.ts';
import type { BootstrapRequest } from '../uncertainty/bootstrap-pass.ts';
import { LANES } from '../kernels/replicate-kernels.ts';
import { clustersOf } from './clusters.ts';
import { stretchWeights } from './draw-weights.ts';
import { gramTable, sumTable } from './frame-tables.ts';
import type { Alloc, Block, RowBlocks } from './row-blocks.ts';

/** Binary places of score residuals, information and what numeric terms add. */
export interface ReplicateSumShifts {
  readonly sShift: number;
  readonly wShift: number;
  readonly numericShift: number;
}

export interface ReplicateSumsOptions {
  readonly request: BootstrapRequest;
  /** Where each replicate's sums of a probit are taken, null for one that is not asked for; null where all are at the estimate. */
  readonly predictors: readonly (Predictor | null)[] | null;
  /** Least squares on levels alone: weights are counted, LANES replicates at once. */
  readonly counted: boolean;
  readonly shifts: ReplicateSumShifts;
}

/** Tables of one replicate, to be added up over workers. */
export interface ReplicateTables {
  readonly gram: BigInt64Array;
  readonly score: BigInt64Array;
}

interface SumsInHand {
  /** Adds the estimation rows of a block, whose weights in any lane come to `largest` at most. */
  add(block: Block, weights: number, largest: number): void;
  read(lane: number): ReplicateTables;
}

/** Weighted Gram matrix and score of LANES replicates over this worker's estimation rows. */
export function replicateSumsPass(rows: RowBlocks, o: number, options: ReplicateSumsOptions): Promise<ReplicateTables[]> {
  const { request, counted } = options;
  return rows.scratch(async (alloc) => {
    const { room, stretches } = clustersOf(rows);
    const weights = stretchWeights(rows, alloc, { room, ...request });
    const sums = (counted ? countedSums : weighedSums)(rows, alloc, { o, room, ...options });
    for (const stretch of stretches()) {
      const largest = weights.draw(stretch);
      sums.add(stretch.own, weights.own, largest);
      rows.tick(stretch.own.rows + stretch.other.rows);
      await rows.control.breathe();
    }
    const tables: ReplicateTables[] = [];
    for (let lane = 0; lane < LANES; lane++) {
      tables.push(sums.read(lane));
      await rows.control.breathe();
    }
    return tables;
  });
}

type SumsOf = ReplicateSumsOptions & { readonly o: number; readonly room: number };

/** Replicate by replicate: any family, numeric terms too. */
function weighedSums(rows: RowBlocks, alloc: Alloc, { o, room, request: { family, predictor }, predictors, shifts }: SumsOf): SumsInHand {
  const { kernels, sample } = rows;
  const dense = sample.numerics.length > 0;
  const [eta, wide, s, h, v, spare] = [alloc(8 * room), alloc(8 * room), alloc(8 * room), alloc(8 * room), alloc(8 * room), alloc(8 * room)];
  const residualsAt = (at: Predictor): ((block: Block) => void) => {
    const predict = rows.predictor(alloc, at, at.levels);
    return (block) => {
      predict(block, eta);
      if (family === 'probit') kernels.probitRows(eta, rows.outcomeAt(o, block.start).ptr, block.rows, { ...shifts, lShift: 0 }, s, h, 1);
      else kernels.gaussianRows(eta, rows.outcome(o, block, wide), block.rows, shifts.sShift, s);
    };
  };
  const shared = predictors ? null : residualsAt(predictor);
  const own = predictors?.map((at) => at && residualsAt(at));
  const tables = Array.from({ length: LANES }, () => ({ gram: gramTable(rows, alloc, 'weights'), score: sumTable(rows, alloc) }));
  if (family === 'gaussian') kernels.arena.i64(h, room).fill(1n);
  return {
    add(block, weights) {
      const n = block.rows;
      shared?.(block);
      tables.forEach(({ gram, score }, lane) => {
        const residuals = shared ?? own![lane];
        if (!residuals) return;
        if (!shared) residuals(block);
        kernels.weighFixed(h, n, weights, lane, v);
        gram.weigh(block, v);
        if (dense) {
          kernels.fixedToDouble(v, n, shifts.wShift, wide);
          gram.addNumerics(block, { weights: wide, shift: shifts.numericShift, spare });
        }
        kernels.weighFixed(s, n, weights, lane, v);
        if (dense) kernels.fixedToDouble(v, n, shifts.sShift, wide);
        score.add(block, v, { doubles: wide, shift: shifts.sShift, spare });
      });
    },
    read: (lane) => ({ gram: tables[lane]!.gram.read(), score: tables[lane]!.score.read() }),
  };
}

/** All lanes together: pairs of codes in 16 bits, which are widened before any lane could overflow. */
function countedSums(rows: RowBlocks, alloc: Alloc, { o, room, request: { predictor }, shifts }: SumsOf): SumsInHand {
  const { kernels, set, columns } = rows;
  const { arena } = kernels;
  const pairs = set.cells - set.levelCells;
  const [eta, wide, r] = [alloc(8 * room), alloc(8 * room), alloc(8 * room)];
  const predict = rows.predictor(alloc, predictor, predictor.levels);
  const [narrow, counts, scores] = [alloc(2 * LANES * pairs), alloc(4 * LANES * pairs), alloc(8 * LANES * set.levelCells)];
  const [joint, levels, gram, sums] = [alloc(4 * set.cells), alloc(8 * set.levelCells), alloc(4 * columns.count * (columns.count + 1)), alloc(8 * columns.count)];
  let total = 0;
  const widen = (): void => {
    kernels.widenCounts(narrow, pairs, counts);
    total = 0;
  };
  return {
    add(block, weights, largest) {
      if (total + largest > 0xffff) widen();
      total += largest;
      predict(block, eta);
      kernels.gaussianRows(eta, rows.outcome(o, block, wide), block.rows, shifts.sShift, r);
      kernels.countReplicates(set, block.start, block.rows, weights, narrow);
      kernels.sumReplicates(set, block.start, block.rows, r, weights, scores);
    },
    read(lane) {
      if (total > 0) widen();
      const triangle = (columns.count * (columns.count + 1)) / 2;
      const [one, all] = [arena.u32(joint, set.cells), arena.u32(counts, LANES * pairs)];
      for (let cell = 0; cell < pairs; cell++) one[set.levelCells + cell] = all[LANES * cell + lane]!;
      kernels.foldCounts(set, joint);
      arena.i64(gram, triangle).fill(0n);
      kernels.gramOfCounts(set, columns, joint, gram);
      const [level, allLevels] = [arena.i64(levels, set.levelCells), arena.i64(scores, LANES * set.levelCells)];
      for (let cell = 0; cell < set.levelCells; cell++) level[cell] = allLevels[LANES * cell + lane]!;
      arena.i64(sums, columns.count).fill(0n);
      kernels.sumColumns(set, columns, levels, sums);
      return { gram: arena.i64(gram, triangle).slice(), score: arena.i64(sums, columns.count).slice() };
    },
  };
}
