import type { CellColumns } from '../coding/model-columns.ts';
import type { Basis, Family, Predictor } from '../estimate/passes.ts';
import { BLOCK } from '../kernels/kernels.ts';
import { clustersOf } from './clusters.ts';
import { gramTable } from './frame-tables.ts';
import type { Alloc, Block, RowBlocks } from './row-blocks.ts';

/** Σ s²·x·x′ by row. */
export function squaredScoresPass(rows: RowBlocks, o: number, { predictor, family, basis, shift }: { predictor: Predictor; family: Family; basis: Basis | null; shift: number }): Promise<BigInt64Array> {
  const { kernels, sample } = rows;
  return rows.scratch(async (alloc) => {
    const [s, w, spare] = [alloc(8 * BLOCK), alloc(8 * BLOCK), alloc(8 * BLOCK)];
    const predict = rows.predictor(alloc, predictor, predictor.levels);
    const gram = gramTable(rows, alloc, 'weights', rows.numericTerms(alloc, basis));
    await rows.blocks(0, sample.estimationRows, (block) => {
      predict(block, s);
      rows.scoreResidual(o, family, block, s);
      kernels.hc0Rows(s, block.rows, shift, w);
      gram.weigh(block, w);
      if (sample.numerics.length > 0) {
        // A square with few places of its own may be times a number that is far out.
        if (basis && family === 'probit') kernels.arena.f64(s, block.rows).forEach((value, i, squares) => (squares[i] = value * value));
        else kernels.fixedToDouble(w, block.rows, shift, s);
        gram.addNumerics(block, { weights: s, shift, spare });
      }
    });
    return gram.read();
  });
}

export interface PersonScores {
  readonly predictor: Predictor;
  readonly family: Family;
  readonly columns: CellColumns;
  readonly basis: Basis | null;
  readonly sShift: number;
  readonly meatShift: number;
}

/** Σ over persons of (Σ s·x)(Σ s·x)′, lower triangle of p × p. */
export function personScoresPass(rows: RowBlocks, o: number, { predictor, family, columns, basis, sShift, meatShift }: PersonScores): Promise<BigInt64Array> {
  const { kernels, sample, set, control, tick } = rows;
  const { room, longest, stretches } = clustersOf(rows);
  const p = columns.count;
  return rows.scratch(async (alloc) => {
    const s = alloc(8 * room);
    const predict = rows.predictor(alloc, predictor, predictor.levels);
    const meat = alloc(8 * p * p);
    const scratch = alloc(8 * (3 * p + 2 + longest));
    const { start: levelColumnsStart, columns: levelColumns } = rows.putColumns(alloc, columns);
    const dense = denseTerms(rows, alloc, columns);
    const place = basis === null ? null : basisTerms(rows, alloc, { columns, basis, room, ptrs: dense.ptrs });
    for (const { from, to, own } of stretches()) {
      predict(own, s);
      rows.scoreResidual(o, family, own, s);
      place?.(own);
      kernels.clusterMeat({
        set, personStart: sample.personStart, from, to, s, sShift, meatShift, p, levelColumnsStart, levelColumns, dense, scratch, longest, meat,
      });
      tick(own.rows);
      await control.breathe();
    }
    return kernels.arena.i64(meat, p * p).slice();
  });
}

/** Numeric terms that are in the model, as the cluster kernels read them. */
export function denseTerms({ kernels, sample }: RowBlocks, alloc: Alloc, columns: CellColumns): { count: number; ptrs: number; columns: number } {
  const dense = sample.numerics.map((ptr, d) => ({ ptr, column: columns.numerics[d]! })).filter(({ column }) => column > 0);
  const [ptrs, denseColumns] = [alloc(4 * Math.max(dense.length, 1)), alloc(2 * Math.max(dense.length, 1))];
  kernels.arena.u32(ptrs, dense.length).set(dense.map(({ ptr }) => ptr));
  kernels.arena.u16(denseColumns, dense.length).set(dense.map(({ column }) => column));
  return { count: dense.length, ptrs, columns: denseColumns };
}

/** Computes a basis for a stretch of rows, and tells the cluster kernels where it is. */
function basisTerms(rows: RowBlocks, alloc: Alloc, { columns, basis, room, ptrs }: { columns: CellColumns; basis: Basis; room: number; ptrs: number }): (own: Block) => void {
  const terms = rows.numericTerms(alloc, basis, room);
  const { arena } = rows.kernels;
  return (own) => {
    const at = terms(own).filter((_, d) => columns.numerics[d]! > 0);
    // The kernels add 8 bytes for each row of the sample before; addresses are numbers modulo 2³².
    arena.u32(ptrs, at.length).set(at.map((ptr) => (ptr - 8 * own.start) >>> 0));
  };
}
