import type { MonthChoice, Predictor, ProbitOptions } from '../estimate/passes.ts';
import { BLOCK } from '../kernels/kernels.ts';
import { gramTable, sumTable } from './frame-tables.ts';
import type { ProbitShifts } from './protocol.ts';
import type { RowBlocks } from './row-blocks.ts';

/** Counts by pair of columns, and Σ y·x, Σ y² of every outcome. */
export function gramPass(rows: RowBlocks, shifts: { numeric: number; outcomes: readonly { y: number; y2: number }[] }) {
  const { kernels, sample } = rows;
  return rows.scratch(async (alloc) => {
    const [v, wide] = [alloc(8 * BLOCK), alloc(8 * BLOCK)];
    const gram = gramTable(rows, alloc, 'counts');
    const outcomes = sample.outcomes.map(() => ({ table: sumTable(rows, alloc), squares: 0n }));
    await rows.blocks(0, sample.estimationRows, (block) => {
      gram.count(block);
      gram.addNumerics(block, { weights: 0, shift: shifts.numeric, spare: v });
      outcomes.forEach((outcome, o) => {
        const y = rows.outcome(o, block, wide);
        const { y: shift, y2 } = shifts.outcomes[o]!;
        kernels.fixedProduct(0, y, y, 0, block.rows, y2, v);
        outcome.squares += kernels.sumFixed(v, block.rows);
        kernels.fixedProduct(0, y, 0, 0, block.rows, shift, v);
        outcome.table.add(block, v, { doubles: y, shift, spare: v });
      });
    });
    return {
      rows: sample.estimationRows,
      persons: sample.persons,
      gram: gram.read(),
      outcomes: outcomes.map(({ table, squares }) => ({ sums: table.read(), squares: BigInt64Array.of(squares) })),
    };
  });
}

/** Counts and Σ y over the rows whose `aside` predictor is 0; weights of 0 and 1. */
export function leftPass(rows: RowBlocks, o: number, { aside, numericShift, months }: { aside: Float64Array; numericShift: number; months: MonthChoice | undefined }) {
  const { kernels } = rows;
  return rows.scratch(async (alloc) => {
    const asides = rows.asides(alloc, aside, months);
    const [stays, w, wide, v] = [alloc(8 * BLOCK), alloc(8 * BLOCK), alloc(8 * BLOCK), alloc(8 * BLOCK)];
    const gram = gramTable(rows, alloc, 'weights');
    const sums = sumTable(rows, alloc);
    await rows.blocks(0, rows.end(months), (block) => {
      asides(block, stays);
      const here = kernels.arena.f64(stays, block.rows);
      for (let i = 0; i < block.rows; i++) here[i] = here[i] === 0 ? 1 : 0;
      kernels.fixedProduct(stays, 0, 0, 0, block.rows, 0, w);
      gram.weigh(block, w);
      gram.addNumerics(block, { weights: stays, shift: numericShift, spare: v });
      const y = rows.outcome(o, block, wide);
      kernels.fixedProduct(stays, y, 0, 0, block.rows, 0, v);
      kernels.fixedToDouble(v, block.rows, 0, wide);
      sums.add(block, v, { doubles: wide, shift: 0, spare: w });
    });
    return { gram: gram.read(), sums: sums.read() };
  });
}

/** Log-likelihood and score sums of a probit over the estimation rows, or those of the pilot; with the weighted Gram matrix where asked. */
export function probitPass(rows: RowBlocks, o: number, { predictor, information, rows: which, shifts }: ProbitOptions & { predictor: Predictor; shifts: ProbitShifts }) {
  const { kernels, sample } = rows;
  const dense = sample.numerics.length > 0;
  return rows.scratch(async (alloc) => {
    const [eta, s, w, wide, spare] = [alloc(8 * BLOCK), alloc(8 * BLOCK), alloc(8 * BLOCK), alloc(8 * BLOCK), alloc(8 * BLOCK)];
    const predict = rows.predictor(alloc, predictor, predictor.levels);
    const gram = information === null ? null : gramTable(rows, alloc, 'weights');
    const score = sumTable(rows, alloc);
    let logLikelihood = 0n;
    await rows.blocks(0, which === 'pilot' ? sample.pilotRows : rows.end(predictor.months), (block) => {
      predict(block, eta);
      const y = rows.outcomeAt(o, block.start).ptr;
      if (gram === null) logLikelihood += kernels.probitScore(eta, y, block.rows, shifts, s);
      else {
        logLikelihood += kernels.probitRows(eta, y, block.rows, shifts, s, w, information === 'observed' ? 1 : 0);
        gram.weigh(block, w);
        if (dense) {
          kernels.fixedToDouble(w, block.rows, shifts.wShift, wide);
          gram.addNumerics(block, { weights: wide, shift: shifts.wShift, spare });
        }
      }
      if (dense) kernels.fixedToDouble(s, block.rows, shifts.sShift, wide);
      score.add(block, s, { doubles: wide, shift: shifts.sShift, spare });
    });
    return { logLikelihood: BigInt64Array.of(logLikelihood), score: score.read(), hessian: gram && gram.read() };
  });
}

/** Smallest and largest q·η over the rows whose `aside` predictor is 0. */
export function signedRangePass(rows: RowBlocks, o: number, { direction, aside }: { direction: Predictor; aside: Float64Array }) {
  const { kernels } = rows;
  return rows.scratch(async (alloc) => {
    const [eta, out] = [alloc(8 * BLOCK), alloc(8 * BLOCK)];
    const predict = rows.predictor(alloc, direction, direction.levels);
    const asides = rows.asides(alloc, aside, direction.months);
    let [lowest, highest] = [Infinity, -Infinity];
    await rows.blocks(0, rows.end(direction.months), (block) => {
      predict(block, eta);
      asides(block, out);
      const [values, here] = [kernels.arena.f64(eta, block.rows), kernels.arena.f64(out, block.rows)];
      const y = kernels.arena.u8(rows.outcomeAt(o, block.start).ptr, block.rows);
      for (let i = 0; i < block.rows; i++) {
        if (here[i] !== 0) continue;
        const signed = y[i] === 1 ? values[i]! : -values[i]!;
        if (signed < lowest) lowest = signed;
        if (signed > highest) highest = signed;
      }
    });
    return { lowest, highest };
  });
}
