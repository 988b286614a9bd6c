import type { Basis, MonthChoice, Predictor, ProbitOptions } from '../estimate/passes.ts';
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

/** Largest |η| of each predictor over the estimation rows. */
export function reachPass(rows: RowBlocks, { predictors }: { predictors: readonly Predictor[] }) {
  const { kernels, sample } = rows;
  return rows.scratch(async (alloc) => {
    const eta = alloc(8 * BLOCK);
    const predict = predictors.map((predictor) => rows.predictor(alloc, predictor, predictor.levels));
    const largest = predictors.map(() => 0);
    await rows.blocks(0, sample.estimationRows, (block) => predict.forEach((fill, k) => {
      fill(block, eta);
      largest[k] = largestOf(kernels.arena.f64(eta, block.rows), largest[k]!);
    }));
    return largest;
  });
}

/** Σ η² of each predictor over the estimation rows, at a shift of its own. */
export function squaresPass(rows: RowBlocks, { predictors, shifts }: { predictors: readonly Predictor[]; shifts: readonly number[] }) {
  const { kernels, sample } = rows;
  return rows.scratch(async (alloc) => {
    const [eta, v] = [alloc(8 * BLOCK), alloc(8 * BLOCK)];
    const predict = predictors.map((predictor) => rows.predictor(alloc, predictor, predictor.levels));
    const squares = new BigInt64Array(predictors.length);
    await rows.blocks(0, sample.estimationRows, (block) => predict.forEach((fill, k) => {
      fill(block, eta);
      kernels.fixedProduct(0, eta, eta, 0, block.rows, shifts[k]!, v);
      squares[k]! += kernels.sumFixed(v, block.rows);
    }));
    return squares;
  });
}

/** Largest |y − η| over the estimation rows. */
export function residualReachPass(rows: RowBlocks, o: number, { predictor }: { predictor: Predictor }) {
  const { kernels, sample } = rows;
  return rows.scratch(async (alloc) => {
    const [r, wide] = [alloc(8 * BLOCK), alloc(8 * BLOCK)];
    const predict = rows.predictor(alloc, predictor, predictor.levels);
    let largest = 0;
    await rows.blocks(0, sample.estimationRows, (block) => {
      predict(block, r);
      rows.residual(o, block, r, wide);
      largest = largestOf(kernels.arena.f64(r, block.rows), largest);
    });
    return largest;
  });
}

interface ResidualSumsOptions {
  readonly predictor: Predictor;
  readonly basis: Basis | null;
  readonly shifts: { readonly numeric: number; readonly r: number; readonly r2: number };
}

/** Counts by pair of columns, Σ r·x and Σ r² of r = y − η, a basis in the place of the numeric terms where there is one. */
export function residualSumsPass(rows: RowBlocks, o: number, { predictor, basis, shifts }: ResidualSumsOptions) {
  const { kernels, sample } = rows;
  return rows.scratch(async (alloc) => {
    const [r, wide, v] = [alloc(8 * BLOCK), alloc(8 * BLOCK), alloc(8 * BLOCK)];
    const predict = rows.predictor(alloc, predictor, predictor.levels);
    const terms = rows.numericTerms(alloc, basis);
    const gram = gramTable(rows, alloc, 'counts', terms);
    const sums = sumTable(rows, alloc, terms);
    let squares = 0n;
    await rows.blocks(0, sample.estimationRows, (block) => {
      gram.count(block);
      gram.addNumerics(block, { weights: 0, shift: shifts.numeric, spare: v });
      predict(block, r);
      rows.residual(o, block, r, wide);
      kernels.fixedProduct(0, r, r, 0, block.rows, shifts.r2, v);
      squares += kernels.sumFixed(v, block.rows);
      kernels.fixedProduct(0, r, 0, 0, block.rows, shifts.r, v);
      sums.add(block, v, { doubles: r, shift: shifts.r, spare: v });
    });
    return { gram: gram.read(), sums: sums.read(), squares: BigInt64Array.of(squares) };
  });
}

function largestOf(values: Float64Array, before: number): number {
  let largest = before;
  for (let i = 0; i < values.length; i++) largest = Math.max(largest, Math.abs(values[i]!));
  return largest;
}
