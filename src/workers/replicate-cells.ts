import type { Predictor } from '../estimate/passes.ts';
import { LANES } from '../kernels/replicate-kernels.ts';
import type { BootstrapRequest } from '../uncertainty/bootstrap-pass.ts';
import { clustersOf } from './clusters.ts';
import { stretchWeights } from './draw-weights.ts';
import type { Alloc, Block, RowBlocks } from './row-blocks.ts';

/** What replicates add to the predictor, in the lanes of every level cell (i32), and the places of that and of residuals. */
export interface LaneChanges {
  readonly table: Int32Array;
  readonly shift: number;
}

export interface ReplicateCellsOptions {
  readonly request: BootstrapRequest;
  /** The predictor of every replicate. */
  readonly predictors: readonly Predictor[];
  /** Of least squares on levels alone: estimation rows go LANES replicates at once. */
  readonly lanes: LaneChanges | null;
  /** Places of residuals of replicates one by one. */
  readonly shift: number;
  /** Which of the sample's groupings. */
  readonly groupings: readonly number[];
}

/** Σ w and Σ w·(y − μ) by cell of one grouping, to be added up over workers. */
export interface ReplicateCellTables {
  /** By cell and lane, over the estimation rows, of replicates that went together; empty where none did. */
  readonly counts: Uint32Array;
  readonly sums: BigInt64Array;
  /** By lane, cell, and Σ w or Σ w·(y − μ), of all other rows; empty where there are none. */
  readonly others: BigInt64Array;
}

interface CellsInHand {
  add(block: Block, weights: number): void;
  read(grouping: number): BigInt64Array;
}

/** Rows of this worker with the weights of LANES replicates and their own expected values. */
export function replicateCellsPass(rows: RowBlocks, o: number, options: ReplicateCellsOptions): Promise<ReplicateCellTables[]> {
  const { request, predictors, lanes, groupings } = options;
  return rows.scratch(async (alloc) => {
    const { room, hasOthers, stretches } = clustersOf(rows);
    const weights = stretchWeights(rows, alloc, { room, ...request });
    const cells = cellTables(rows, alloc, { groupings, room });
    const inLanes = lanes && laneCells(rows, alloc, { o, room, request, lanes, cells });
    const one = (list: readonly Float64Array[]): CellsInHand => cellsOneByOne(rows, alloc, { o, room, levels: list, cells, ...options });
    const own = inLanes ? null : one(predictors.map(({ levels }) => levels));
    const others = hasOthers ? one(predictors.map(({ levelsOutside }) => levelsOutside)) : null;
    for (const stretch of stretches()) {
      weights.draw(stretch);
      (inLanes ?? own!).add(stretch.own, weights.own);
      others?.add(stretch.other, weights.other);
      rows.tick(stretch.own.rows + stretch.other.rows);
      await rows.control.breathe();
    }
    return groupings.map((_, g) => ({
      ...(inLanes?.read(g) ?? { counts: new Uint32Array(0), sums: new BigInt64Array(0) }),
      others: added([own, others].flatMap((tables) => tables?.read(g) ?? [])),
    }));
  });
}

function added([first, second]: readonly BigInt64Array[]): BigInt64Array {
  if (!first) return new BigInt64Array(0);
  return second ? first.map((value, at) => value + second[at]!) : first;
}

interface CellTables {
  readonly sizes: readonly number[];
  /** Cells of a block's rows by one of the groupings. */
  fill(g: number, block: Block): number;
}

function cellTables({ kernels, sample }: RowBlocks, alloc: Alloc, { groupings, room }: Pick<ReplicateCellsOptions, 'groupings'> & { room: number }): CellTables {
  const cells = alloc(4 * room);
  const counts = groupings.map((g) => sample.plan.groupings[g]!.groups.length);
  return {
    sizes: counts.map((groups) => groups * sample.plan.months),
    fill(g, { start, rows }) {
      kernels.cellIndex(sample.groups[groupings[g]!]!, sample.months, start, rows, counts[g]!, cells);
      return cells;
    },
  };
}

/** Rows at a time: their residuals in all lanes stay in the nearest cache. */
const laneRows = 256;

type LaneCellsOf = Pick<ReplicateCellsOptions, 'request'> & { readonly o: number; readonly room: number; readonly lanes: LaneChanges; readonly cells: CellTables };

function laneCells(rows: RowBlocks, alloc: Alloc, { o, room, request: { predictor }, lanes, cells }: LaneCellsOf) {
  const { kernels, set } = rows;
  const { arena } = kernels;
  const [eta, wide, r, left] = [alloc(8 * room), alloc(8 * room), alloc(8 * room), alloc(4 * LANES * laneRows)];
  const predict = rows.predictor(alloc, predictor, predictor.levels);
  const change = alloc(4 * LANES * set.levelCells);
  arena.i32(change, LANES * set.levelCells).set(lanes.table);
  const tables = cells.sizes.map((size) => ({ size, counts: alloc(4 * LANES * size), sums: alloc(8 * LANES * size) }));
  return {
    add(block: Block, weights: number): void {
      predict(block, eta);
      kernels.gaussianRows(eta, rows.outcome(o, block, wide), block.rows, lanes.shift, r);
      for (let from = 0; from < block.rows; from += laneRows) {
        const part = { start: block.start + from, rows: Math.min(laneRows, block.rows - from) };
        kernels.changeReplicates(set, part.start, part.rows, r + 8 * from, change, left);
        tables.forEach(({ counts, sums }, g) => {
          kernels.sumReplicateCells(cells.fill(g, part), part.rows, left, weights + 2 * LANES * from, counts, sums);
        });
      }
    },
    read(g: number): Pick<ReplicateCellTables, 'counts' | 'sums'> {
      const { size, counts, sums } = tables[g]!;
      return { counts: arena.u32(counts, LANES * size).slice(), sums: arena.i64(sums, LANES * size).slice() };
    },
  };
}

type CellsOneByOneOf = Omit<ReplicateCellsOptions, 'lanes'> & { readonly o: number; readonly room: number; readonly levels: readonly Float64Array[]; readonly cells: CellTables };

/** Replicate by replicate: any family, numeric terms, and rows outside the estimation sample. */
function cellsOneByOne(rows: RowBlocks, alloc: Alloc, { o, room, request: { family }, predictors, levels, cells, shift }: CellsOneByOneOf): CellsInHand {
  const { kernels } = rows;
  const [eta, wide] = [alloc(8 * room), alloc(8 * room)];
  const predict = predictors.map((predictor, lane) => rows.predictor(alloc, predictor, levels[lane]!));
  const tables = cells.sizes.map((size) => alloc(16 * LANES * size));
  return {
    add(block, weights) {
      predict.forEach((fill, lane) => {
        fill(block, eta);
        if (family === 'probit') kernels.probitMean(eta, block.rows, eta);
        rows.residual(o, block, eta, wide);
        rows.hide(block, eta);
        tables.forEach((table, g) => {
          kernels.weighedCells(cells.fill(g, block), block.rows, eta, weights, { lane, shift }, table + 16 * lane * cells.sizes[g]!);
        });
      });
    },
    read: (g) => kernels.arena.i64(tables[g]!, 2 * LANES * cells.sizes[g]!).slice(),
  };
}
