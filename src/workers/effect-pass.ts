import type { Predictor } from '../estimate/passes.ts';
import { BLOCK } from '../kernels/kernels.ts';
import { given } from './comlink-handlers.ts';
import { sumTable } from './frame-tables.ts';
import type { RowBlocks } from './row-blocks.ts';

/** Binary places of Σ Φ and of Σ φ·x. */
export interface EffectShifts {
  readonly mean: number;
  readonly slope: number;
}

/** Σ Φ(η) and Σ φ(η)·x over the estimation rows for each of some predictors, x the rows' own columns of the frame. */
export function effectPass(rows: RowBlocks, { predictors, shifts }: { predictors: readonly Predictor[]; shifts: EffectShifts }) {
  const { kernels, sample } = rows;
  return rows.scratch(async (alloc) => {
    const [eta, mu, v, spare] = [alloc(8 * BLOCK), alloc(8 * BLOCK), alloc(8 * BLOCK), alloc(8 * BLOCK)];
    const each = predictors.map((predictor) => ({ predict: rows.predictor(alloc, predictor, predictor.levels), sums: sumTable(rows, alloc), mean: 0n }));
    await rows.blocks(0, sample.estimationRows, (block) => {
      for (const one of each) {
        one.predict(block, eta);
        kernels.probitMean(eta, block.rows, mu);
        kernels.fixedProduct(mu, 0, 0, 0, block.rows, shifts.mean, v);
        one.mean += kernels.sumFixed(v, block.rows);
        kernels.probitDensity(eta, block.rows, mu);
        kernels.fixedProduct(mu, 0, 0, 0, block.rows, shifts.slope, v);
        one.sums.add(block, v, { doubles: mu, shift: shifts.slope, spare });
      }
    });
    const length = rows.cells.count;
    const slopes = new BigInt64Array(predictors.length * length);
    each.forEach(({ sums }, k) => slopes.set(sums.read(), k * length));
    return given({ means: BigInt64Array.from(each, ({ mean }) => mean), slopes });
  });
}
