import type { CellColumns } from '../coding/model-columns.ts';
import type { Family, Predictor } from '../estimate/passes.ts';
import { BLOCK } from '../kernels/kernels.ts';
import { gramTable } from './frame-tables.ts';
import type { RowBlocks } from './row-blocks.ts';

/** Σ s²·x·x′ by row. */
export function squaredScoresPass(rows: RowBlocks, o: number, { predictor, family, shift }: { predictor: Predictor; family: Family; shift: number }): Promise<BigInt64Array> {
  const { kernels, sample } = rows;
  return rows.scratch(async (alloc) => {
    const [s, w, spare] = [alloc(8 * BLOCK), alloc(8 * BLOCK), alloc(8 * BLOCK)];
    const predict = rows.predictor(alloc, predictor, predictor.levels);
    const gram = gramTable(rows, alloc, 'weights');
    await rows.blocks(0, sample.estimationRows, (block) => {
      predict(block, s);
      rows.scoreResidual(o, family, block, s);
      kernels.hc0Rows(s, block.rows, shift, w);
      gram.weigh(block, w);
      if (sample.numerics.length > 0) {
        kernels.fixedToDouble(w, block.rows, shift, s);
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
  readonly sShift: number;
  readonly meatShift: number;
}

/** Σ over persons of (Σ s·x)(Σ s·x)′, lower triangle of p × p. */
export function personScoresPass(rows: RowBlocks, o: number, { predictor, family, columns, sShift, meatShift }: PersonScores): Promise<BigInt64Array> {
  const { kernels, sample, set, control, tick } = rows;
  const p = columns.count;
  return rows.scratch(async (alloc) => {
    const starts = kernels.arena.u32(sample.personStart, sample.persons + 1).slice();
    const longest = longestPerson(starts);
    const s = alloc(8 * (BLOCK + longest));
    const predict = rows.predictor(alloc, predictor, predictor.levels);
    const meat = alloc(8 * p * p);
    const scratch = alloc(8 * (3 * p + 2));
    const { start: levelColumnsStart, columns: levelColumns } = rows.putColumns(alloc, columns);
    // A numeric term that is not in the model is left out of the sums.
    const dense = sample.numerics.map((ptr, d) => ({ ptr, column: columns.numerics[d]! })).filter(({ column }) => column > 0);
    const ptrs = alloc(4 * Math.max(dense.length, 1));
    const denseColumns = alloc(2 * Math.max(dense.length, 1));
    kernels.arena.u32(ptrs, dense.length).set(dense.map(({ ptr }) => ptr));
    kernels.arena.u16(denseColumns, dense.length).set(dense.map(({ column }) => column));
    for (let from = 0; from < sample.persons; ) {
      let to = from + 1;
      while (to < sample.persons && starts[to + 1]! - starts[from]! <= BLOCK + longest) to++;
      const block = { start: starts[from]!, rows: starts[to]! - starts[from]! };
      predict(block, s);
      rows.scoreResidual(o, family, block, s);
      kernels.clusterMeat({
        set, personStart: sample.personStart, from, to, s, sShift, meatShift, p, levelColumnsStart, levelColumns,
        dense: { count: dense.length, ptrs, columns: denseColumns }, scratch, meat,
      });
      from = to;
      tick(block.rows);
      await control.breathe();
    }
    return kernels.arena.i64(meat, p * p).slice();
  });
}

function longestPerson(starts: Uint32Array): number {
  let longest = 1;
  for (let p = 0; p + 1 < starts.length; p++) longest = Math.max(longest, starts[p + 1]! - starts[p]!);
  return longest;
}
