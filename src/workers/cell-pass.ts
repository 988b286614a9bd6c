import type { Family, Predictor } from '../estimate/passes.ts';
import { BLOCK } from '../kernels/kernels.ts';
import type { CellShifts } from './protocol.ts';
import type { Block, RowBlocks } from './row-blocks.ts';

/** Sums of a cell, one of them unused. */
export const cellFields = 6;

/** n, Σ y, Σ y², Σ μ and Σ (y − μ)² by cell of each grouping, over all rows with an expected value. */
export function cellPass(rows: RowBlocks, o: number, { predictor, family, shifts }: { predictor: Predictor; family: Family; shifts: CellShifts }) {
  const { kernels, sample } = rows;
  const { plan } = sample;
  return rows.scratch(async (alloc) => {
    const eta = alloc(8 * BLOCK);
    const [cells, fields] = [alloc(4 * BLOCK), alloc(8 * cellFields * BLOCK)];
    const inside = rows.predictor(alloc, predictor, predictor.levels);
    const outside = rows.predictor(alloc, predictor, predictor.levelsOutside);
    const sizes = plan.groupings.map(({ groups }) => cellFields * plan.months * groups.length);
    const tables = sizes.map((size) => alloc(8 * size));
    let counted = 0;
    const add = (predict: typeof inside) => (block: Block): void => {
      predict(block, eta);
      rows.hide(block, eta);
      if (family === 'probit') kernels.probitMean(eta, block.rows, eta);
      counted += kernels.residualFields(rows.outcomeAt(o, block.start), eta, block.rows, shifts, fields);
      plan.groupings.forEach(({ groups }, g) => {
        kernels.cellIndex(sample.groups[g]!, sample.months, block.start, block.rows, groups.length, cells);
        kernels.sumFields(cells, block.rows, fields, tables[g]!);
      });
    };
    await rows.blocks(0, sample.estimationRows, add(inside));
    await rows.blocks(sample.estimationRows, sample.rows, add(outside));
    return { tables: tables.map((ptr, g) => kernels.arena.i64(ptr, sizes[g]!).slice()), withoutExpected: sample.rows - counted - rows.hiddenRows() };
  });
}
