import type { Basis, MonthChoice, Predictor, ProbitOptions, SignedQuestion } from '../estimate/passes.ts';
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

/** What stands in the place of the numeric terms, and how large it may be in rows that stay. */
export interface CoreTerms {
  readonly basis: Basis;
  readonly limits: readonly number[];
}

interface LeftOptions {
  readonly aside: Float64Array;
  readonly numericShift: number;
  readonly months: MonthChoice | undefined;
  readonly core: CoreTerms | null;
}

/** Counts and Σ y over the rows whose `aside` predictor is 0; weights of 0 and 1. */
export function leftPass(rows: RowBlocks, o: number, { aside, numericShift, months, core }: LeftOptions) {
  const { kernels } = rows;
  return rows.scratch(async (alloc) => {
    const asides = rows.asides(alloc, aside, months);
    const [stays, w, wide, v] = [alloc(8 * BLOCK), alloc(8 * BLOCK), alloc(8 * BLOCK), alloc(8 * BLOCK)];
    const terms = rows.numericTerms(alloc, core?.basis ?? null);
    const gram = gramTable(rows, alloc, 'weights', terms);
    const sums = sumTable(rows, alloc, terms);
    const reach = new Float64Array(rows.sample.numerics.length);
    await rows.blocks(0, rows.end(months), (block) => {
      asides(block, stays);
      const here = kernels.arena.f64(stays, block.rows);
      for (let i = 0; i < block.rows; i++) here[i] = here[i] === 0 ? 1 : 0;
      const numerics = terms(block).map((ptr) => kernels.arena.f64(ptr, block.rows));
      if (core) numerics.forEach((x, d) => onlyWithin(here, x, core.limits[d]!));
      numerics.forEach((x, d) => (reach[d] = reachWithin(x, here, reach[d]!)));
      kernels.fixedProduct(stays, 0, 0, 0, block.rows, 0, w);
      gram.weigh(block, w);
      gram.addNumerics(block, { weights: stays, shift: numericShift, spare: v });
      const y = rows.outcome(o, block, wide);
      kernels.fixedProduct(stays, y, 0, 0, block.rows, 0, v);
      kernels.fixedToDouble(v, block.rows, 0, wide);
      sums.add(block, v, { doubles: wide, shift: numericShift, spare: w });
    });
    return { gram: gram.read(), sums: sums.read(), reach };
  });
}

function reachWithin(x: Float64Array, stays: Float64Array, before: number): number {
  let largest = before;
  for (let i = 0; i < x.length; i++) if (stays[i] === 1 && Math.abs(x[i]!) > largest) largest = Math.abs(x[i]!);
  return largest;
}

function onlyWithin(stays: Float64Array, x: Float64Array, limit: number): void {
  for (let i = 0; i < stays.length; i++) if (Math.abs(x[i]!) > limit) stays[i] = 0;
}

/** Log-likelihood and score sums of a probit over the estimation rows, or those of the pilot; with the weighted Gram matrix where asked. */
export function probitPass(rows: RowBlocks, o: number, { predictor, information, rows: which, shifts, basis }: ProbitOptions & { predictor: Predictor; shifts: ProbitShifts; basis: Basis | null }) {
  const { kernels, sample } = rows;
  const dense = sample.numerics.length > 0;
  return rows.scratch(async (alloc) => {
    const [eta, s, w, wide, spare] = [alloc(8 * BLOCK), alloc(8 * BLOCK), alloc(8 * BLOCK), alloc(8 * BLOCK), alloc(8 * BLOCK)];
    const predict = rows.predictor(alloc, predictor, predictor.levels);
    const terms = rows.numericTerms(alloc, basis);
    const gram = information === null ? null : gramTable(rows, alloc, 'weights', terms);
    const score = sumTable(rows, alloc, terms);
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
      // A residual with few places of its own may be times a number that is far out.
      if (basis) {
        kernels.probitResidual(eta, y, block.rows, wide);
        if (predictor.months) onlyNumbers(kernels.arena.f64(wide, block.rows));
      } else if (dense) kernels.fixedToDouble(s, block.rows, shifts.sShift, wide);
      score.add(block, s, { doubles: wide, shift: shifts.sShift, spare });
    });
    return { logLikelihood: BigInt64Array.of(logLikelihood), score: score.read(), hessian: gram && gram.read() };
  });
}

/** Rows that are not chosen have no residual. */
function onlyNumbers(values: Float64Array): void {
  for (let i = 0; i < values.length; i++) if (values[i] !== values[i]) values[i] = 0;
}

/** By numeric term, the largest of w·x² and (s/64)²·x²: what its terms in the sums of a probit come to at the most. */
export function probitReachPass(rows: RowBlocks, o: number, { predictor, information, rows: which, shifts }: ProbitOptions & { predictor: Predictor; shifts: ProbitShifts }) {
  const { kernels, sample } = rows;
  return rows.scratch(async (alloc) => {
    const [eta, s, w] = [alloc(8 * BLOCK), alloc(8 * BLOCK), alloc(8 * BLOCK)];
    const predict = rows.predictor(alloc, predictor, predictor.levels);
    const largest = new Float64Array(sample.numerics.length);
    await rows.blocks(0, which === 'pilot' ? sample.pilotRows : rows.end(predictor.months), (block) => {
      predict(block, eta);
      const y = rows.outcomeAt(o, block.start).ptr;
      kernels.probitRows(eta, y, block.rows, shifts, s, w, information === 'expected' ? 0 : 1);
      kernels.fixedToDouble(w, block.rows, shifts.wShift, w);
      kernels.probitResidual(eta, y, block.rows, s);
      const [weights, scores] = [kernels.arena.f64(w, block.rows), kernels.arena.f64(s, block.rows)];
      sample.numerics.forEach((ptr, d) => {
        const x = kernels.arena.f64(ptr + 8 * block.start, block.rows);
        let most = largest[d]!;
        for (let i = 0; i < x.length; i++) {
          const part = Math.max(weights[i]!, (scores[i]! / 64) * (scores[i]! / 64)) * x[i]! * x[i]!;
          if (part > most) most = part;
        }
        largest[d] = most;
      });
    });
    return largest;
  });
}

interface SignedOptions extends SignedQuestion {
  /** Sum over the level rows, numeric terms times these; where null, tell how far they reach there. */
  readonly basis: Basis | null;
  readonly numericShift: number;
}

/** Smallest and largest q·x′d over its size; of the rows where that is within the tolerance, the Gram table, or how far the numeric terms reach. */
export function signedPass(rows: RowBlocks, o: number, { direction, size, aside, tolerance, basis, numericShift }: SignedOptions) {
  const { kernels, sample } = rows;
  return rows.scratch(async (alloc) => {
    const [eta, out, stays, w, spare] = [alloc(8 * BLOCK), alloc(8 * BLOCK), alloc(8 * BLOCK), alloc(8 * BLOCK), alloc(8 * BLOCK)];
    const predict = rows.predictor(alloc, direction, direction.levels);
    const ofLevels = rows.predictor(alloc, { ...size, numeric: new Float64Array(size.numeric.length) }, size.levels);
    const asides = rows.asides(alloc, aside, direction.months);
    const gram = basis && gramTable(rows, alloc, 'weights', rows.numericTerms(alloc, basis));
    const reach = new Float64Array(sample.numerics.length);
    let [lowest, highest] = [Infinity, -Infinity];
    await rows.blocks(0, rows.end(direction.months), (block) => {
      predict(block, eta);
      ofLevels(block, out);
      const [values, sizes] = [kernels.arena.f64(eta, block.rows), kernels.arena.f64(out, block.rows)];
      const numerics = sample.numerics.map((ptr) => kernels.arena.f64(ptr + 8 * block.start, block.rows));
      numerics.forEach((x, d) => {
        for (let i = 0; i < block.rows; i++) sizes[i]! += size.numeric[d]! * Math.abs(x[i]!);
      });
      asides(block, stays);
      const here = kernels.arena.f64(stays, block.rows);
      const y = kernels.arena.u8(rows.outcomeAt(o, block.start).ptr, block.rows);
      for (let i = 0; i < block.rows; i++) {
        const isHere = here[i] === 0;
        here[i] = 0;
        if (!isHere) continue;
        const share = sizes[i] === 0 ? 0 : (y[i] === 1 ? values[i]! : -values[i]!) / sizes[i]!;
        if (share < lowest) lowest = share;
        if (share > highest) highest = share;
        if (Math.abs(share) > tolerance) continue;
        here[i] = 1;
        numerics.forEach((x, d) => (reach[d] = Math.max(reach[d]!, Math.abs(x[i]!))));
      }
      if (!gram) return;
      kernels.fixedProduct(stays, 0, 0, 0, block.rows, 0, w);
      gram.weigh(block, w);
      gram.addNumerics(block, { weights: stays, shift: numericShift, spare });
    });
    return { lowest, highest, reach, gram: gram && gram.read() };
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
