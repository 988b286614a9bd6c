import type { SamplePlan } from '../coding/sample-plan.ts';
import { frameOf } from '../coding/frame.ts';
import { EngineError } from '../errors.ts';
import type { Basis, Family, MonthChoice, Predictor, ProbitOptions, SamplePasses } from '../estimate/passes.ts';
import { smallestAside } from '../estimate/separation.ts';
import type { CellPass, CellSums } from '../indicator/cell-sums.ts';
import type { CombinationPass } from '../uncertainty/combinations.ts';
import { heaviestOf, noFunctionals, type InfluencePass, type InfluenceRequest } from '../uncertainty/influence.ts';
import type { SpreadPass } from '../uncertainty/model-spread.ts';
import type { ScorePass } from '../uncertainty/replicates.ts';
import type { EffectPass } from '../whatif/average-effects.ts';
import { cellFields } from './cell-pass.ts';
import type { CoreTerms } from './estimation-passes.ts';
import { combinationPlaces, crossPlaces, functionalPlaces } from './functional-places.ts';
import { digitsAt, fixedPointShift, mergeFixed, mergeFixedBy, powerOfTwo } from './fixed-point.ts';
import { callable, type Call, type Pool } from './pool.ts';
import type { CellShifts } from './protocol.ts';
import type { Tick } from './row-worker.ts';
import { outcomeShifts, probitShifts, residualPlaces, scoreBound, valuePlaces, type SampleSize } from './sum-places.ts';

export interface PassHooks {
  readonly signal?: AbortSignal | undefined;
  readonly onRows: Tick;
}

/**
 * Passes over a coded sample in all workers, their integer tables added and turned into doubles once. With months: over
 * their rows, for all that a probit asks; the Gram pass and those of covariances stay with the estimation sample.
 */
export function samplePasses(pool: Pool, sample: number, { plan, size, hooks, months }: { plan: SamplePlan; size: SampleSize; hooks: PassHooks; months?: MonthChoice | undefined }): SamplePasses & CellPass & InfluencePass & CombinationPass & SpreadPass & ScorePass & EffectPass {
  const { design } = plan;
  const frame = frameOf(design);
  const dense = frame.columns.flatMap(({ numeric }, j) => (numeric === null ? [] : [j]));
  const n = months ? size.rows : size.estimated;
  const chosen = (predictor: Predictor): Predictor => (months ? { ...predictor, months } : predictor);
  const all = <T>(call: (worker: Parameters<Call<T>>[0], tick: Tick) => Promise<T>): Promise<T[]> =>
    pool.all((worker) => call(worker, callable(hooks.onRows)), hooks.signal);
  const weight = fixedPointShift(n, 1);
  const gramOf = (parts: readonly BigInt64Array[], shift: number, numericShift = shift): Float64Array =>
    rescale(mergeFixed(parts, shift), dense, powerOfTwo(shift - numericShift));

  const isFar = design.numerics.some(({ far }) => far !== undefined);
  const none = new Float64Array(frame.levelCells);
  /** The numeric terms times these. */
  const scaled = (by: readonly number[]): Basis =>
    by.map((_, d) => ({ constant: 0, levels: none, levelsOutside: none, numeric: Float64Array.from(by, (factor, other) => (other === d ? factor : 0)) }));
  /** Sums over scaled terms as those over the terms themselves. */
  const unscaledGram = (lower: Float64Array, by: readonly number[] | null): Float64Array => {
    if (by) for (const [d, column] of dense.entries()) rescaleOwn(lower, column, 1 / by[d]!);
    return lower;
  };
  const unscaledSums = (sums: Float64Array, by: readonly number[] | null): Float64Array => {
    if (by) for (const [d, column] of dense.entries()) sums[column]! /= by[d]!;
    return sums;
  };
  /** Powers of two that take what numeric terms add to the sums of a probit to 1 at the most, where some are far out; else null. */
  const probitScales = async (outcome: number, predictor: Predictor, options: ProbitOptions): Promise<number[] | null> => {
    if (!isFar) return null;
    const parts = await all((worker, tick) => worker.probitReach(sample, { outcome, predictor: chosen(predictor), ...options, shifts: probitShifts(n) }, tick));
    return design.numerics.map(({ far = 1 }, d) => scaleTo(parts.reduce((most, part) => Math.max(most, part[d]!), 0), 64 * far));
  };

  /** Binary places of Σ g·g′ over persons, |g| of one with a row in every month within the bound: n rows come to no more than such persons would. */
  const meatPlaces = (bound: number): number => fixedPointShift(Math.ceil(n / plan.months), bound * bound);

  /** Bounds on what one cluster adds, and the places of the sums inside it. */
  const clusterBounds = (outcome: number, { predictor, family, cluster, functionals }: Pick<InfluenceRequest, 'predictor' | 'family' | 'cluster' | 'functionals'>) => {
    const y = size.scales[outcome]!.largest;
    const predicted = predictorBound(predictor, design.composites, size.reach, family);
    const expected = family === 'probit' ? 1 : predicted;
    // A person has a row a month at the most; the mean is within the range of what it is a mean of.
    const most = cluster === 'row' ? 1 : plan.months;
    const heaviest = heaviestOf(functionals);
    const e = 2 * most * (y + expected) * heaviest;
    const g = most * residualBound(family, y, predicted);
    return {
      e, g, residual: 2 * (y + expected), sShift: fixedPointShift(most, g / most), eShift: fixedPointShift(most, e / most),
      wShift: fixedPointShift(most, heaviest), dShift: fixedPointShift(size.rows, heaviest),
    };
  };

  const cellPlaces = (outcome: number, predictor: Predictor, family: Family): CellShifts => {
    const scale = size.scales[outcome]!;
    const mu = family === 'probit' ? 1 : predictorBound(predictor, design.composites, size.reach, family);
    return {
      ...valuePlaces(scale, size.rows),
      mu: fixedPointShift(size.rows, mu),
      r2: family === 'probit' ? fixedPointShift(size.rows, 1) : residualPlaces(scale, mu, size.rows),
    };
  };

  return {
    frame,

    digits(outcome, predictor, family) {
      const { spread } = size.scales[outcome]!;
      const { mu, r2 } = cellPlaces(outcome, predictor, family);
      if (family === 'probit') {
        const { sShift, wShift, lShift } = probitShifts(n);
        return { score: digitsAt(sShift, 1), information: digitsAt(wShift, 1), logLikelihood: digitsAt(lShift, 1), expected: digitsAt(mu, 1) };
      }
      const { y, y2 } = outcomeShifts(size)[outcome]!;
      const square = spread * spread;
      return { outcome: digitsAt(y, spread), squares: digitsAt(y2, square), expected: digitsAt(mu, spread), residuals: digitsAt(r2, square) };
    },

    async gram() {
      const shifts = { numeric: weight, outcomes: outcomeShifts(size) };
      const parts = await all((worker, tick) => worker.gram(sample, shifts, tick));
      const rows = parts.reduce((sum, part) => sum + part.rows, 0);
      if (rows !== n) throw new EngineError('internal.unexpected', { detail: `A pass saw ${rows} of ${n} rows.` });
      return {
        n,
        persons: parts.reduce((sum, part) => sum + part.persons, 0),
        gram: gramOf(parts.map((part) => part.gram), 0, weight),
        outcomes: shifts.outcomes.map(({ y, y2 }, o) => ({
          crossProduct: mergeFixed(parts.map((part) => part.outcomes[o]!.sums), y),
          sumOfSquares: mergeFixed(parts.map((part) => part.outcomes[o]!.squares), y2)[0]!,
        })),
      };
    },

    async left(outcome, aside, isCore = false) {
      const sumsOver = (core: CoreTerms | null, numericShift: number) => all((worker, tick) => worker.left(sample, { outcome, aside, numericShift, months, core }, tick));
      const total = (parts: Awaited<ReturnType<typeof sumsOver>>, numericShift: number, by: readonly number[] | null) => {
        const crossProduct = mergeFixed(parts.map((part) => part.sums), 0);
        for (const column of dense) crossProduct[column]! *= powerOfTwo(-numericShift);
        return { gram: unscaledGram(gramOf(parts.map((part) => part.gram), 0, numericShift), by), crossProduct: unscaledSums(crossProduct, by) };
      };
      if (!isFar) return total(await sumsOver(null, weight), weight, null);
      if (isCore) {
        const [by, places] = [design.numerics.map(({ far = 1 }) => far), fixedPointShift(n, coreLimit * coreLimit)];
        return total(await sumsOver({ basis: scaled(by), limits: design.numerics.map(({ far }) => (far ? coreLimit : Infinity)) }, places), places, by);
      }
      // The rows left may be without those that are far out.
      const first = await sumsOver(null, weight);
      const by = design.numerics.map((_, d) => scaleTo(squared(first.reduce((most, part) => Math.max(most, part.reach[d]!), 0)), 2 ** 100));
      return total(by.every((scale) => scale === 1) ? first : await sumsOver({ basis: scaled(by), limits: by.map(() => Infinity) }, weight), weight, by);
    },

    async probit(outcome, predictor, options) {
      const shifts = probitShifts(n);
      const by = await probitScales(outcome, predictor, options);
      const parts = await all((worker, tick) => worker.probit(sample, { outcome, predictor: chosen(predictor), ...options, shifts, basis: by && scaled(by) }, tick));
      return {
        logLikelihood: mergeFixed(parts.map((part) => part.logLikelihood), shifts.lShift)[0]!,
        score: unscaledSums(mergeFixed(parts.map((part) => part.score), shifts.sShift), by),
        hessian: options.information === null ? null : unscaledGram(gramOf(parts.map((part) => part.hessian!), shifts.wShift), by),
        scoreUnit: powerOfTwo(-shifts.sShift),
      };
    },

    async signed(outcome, { direction, ...question }) {
      const ask = (basis: Basis | null) => all((worker, tick) => worker.signed(sample, { outcome, direction: chosen(direction), ...question, basis, numericShift: weight }, tick));
      const first = await ask(null);
      const lowest = first.reduce((least, part) => Math.min(least, part.lowest), Infinity);
      const highest = first.reduce((most, part) => Math.max(most, part.highest), -Infinity);
      if (lowest < -question.tolerance || !(highest > question.tolerance)) return { lowest, highest, gram: null };
      const by = design.numerics.map((_, d) => scaleTo(squared(first.reduce((most, part) => Math.max(most, part.reach[d]!), 0)), 2 ** 100));
      const parts = await ask(scaled(by));
      return { lowest, highest, gram: unscaledGram(gramOf(parts.map((part) => part.gram!), 0, weight), by) };
    },

    async reach(predictors) {
      if (predictors.length === 0) return [];
      const parts = await all((worker, tick) => worker.reach(sample, { predictors }, tick));
      return predictors.map((_, k) => parts.reduce((most, part) => Math.max(most, part[k]!), 0));
    },

    async squares(predictors, reach) {
      const shifts = reach.map((bound) => fixedPointShift(n, bound * bound));
      const parts = await all((worker, tick) => worker.squares(sample, { predictors, shifts }, tick));
      return shifts.map((shift, k) => mergeFixed(parts.map((part) => part.subarray(k, k + 1)), shift)[0]!);
    },

    async residualReach(outcome, predictor) {
      return Math.max(...(await all((worker, tick) => worker.residualReach(sample, { outcome, predictor }, tick))));
    },

    async residualSums(outcome, { predictor, basis, reach }) {
      const shifts = { numeric: weight, r: fixedPointShift(n, reach), r2: fixedPointShift(n, reach * reach) };
      const parts = await all((worker, tick) => worker.residualSums(sample, { outcome, predictor, basis, shifts }, tick));
      return {
        gram: gramOf(parts.map((part) => part.gram), 0, weight),
        crossProduct: mergeFixed(parts.map((part) => part.sums), shifts.r),
        sumOfSquares: mergeFixed(parts.map((part) => part.squares), shifts.r2)[0]!,
      };
    },

    async squaredScores(outcome, predictor, family, of) {
      const by = family === 'probit' ? await probitScales(outcome, predictor, { information: 'observed', rows: 'all' }) : null;
      const bound = by ? scoreBound : (of?.reach ?? residualBound(family, size.scales[outcome]!.largest, predictorBound(predictor, design.composites, size.reach, family)));
      const shift = fixedPointShift(n, bound * bound);
      const parts = await all((worker, tick) => worker.squaredScores(sample, { outcome, predictor, family, basis: by ? scaled(by) : (of?.basis ?? null), shift }, tick));
      return unscaledGram(gramOf(parts, shift), by);
    },

    async personScores(outcome, predictor, { family, columns, of }) {
      const by = family === 'probit' ? await probitScales(outcome, predictor, { information: 'observed', rows: 'all' }) : null;
      const bound = by ? scoreBound : (of?.reach ?? residualBound(family, size.scales[outcome]!.largest, predictorBound(predictor, design.composites, size.reach, family)));
      // A person has a row a month at the most.
      const sShift = fixedPointShift(plan.months, bound);
      const meatShift = meatPlaces(plan.months * bound);
      const parts = await all((worker, tick) => worker.personScores(sample, { outcome, predictor, family, columns, basis: by ? scaled(by) : (of?.basis ?? null), sShift, meatShift }, tick));
      const lower = mergeFixed(parts, meatShift);
      if (by) columns.numerics.forEach((column, d) => column > 0 && rescaleFull(lower, column, 1 / by[d]!));
      return symmetric(lower, columns.count);
    },

    async influence(outcome, request) {
      const { e: _, residual, g, ...inside } = clusterBounds(outcome, request);
      const places = functionalPlaces(request, residual);
      const shifts = { ...inside, places, crossShift: crossPlaces(request.functionals, g), meatShift: meatPlaces(g) };
      const parts = await all((worker, tick) => worker.influence(sample, { outcome, request, shifts }, tick));
      return {
        scale: Float64Array.from(places, powerOfTwo),
        pairs: mergeFixed(parts.map((part) => part.pairs), 0),
        cross: mergeFixed(parts.map((part) => part.cross), shifts.crossShift),
        slopes: mergeFixed(parts.map((part) => part.slopes), shifts.dShift),
        meat: request.cluster === 'row' ? new Float64Array(0) : symmetric(mergeFixed(parts.map((part) => part.meat), shifts.meatShift), request.columns.count),
      };
    },

    async slopes(outcome, request) {
      const { dShift } = clusterBounds(outcome, request);
      const parts = await all((worker, tick) => worker.slopes(sample, { outcome, request, dShift }, tick));
      return mergeFixed(parts.map((part) => part.slopes), dShift);
    },

    async combinations(outcome, request) {
      const { residual, g, sShift } = clusterBounds(outcome, { ...request, cluster: 'person', functionals: noFunctionals });
      const rounded = Math.sqrt(powerOfTwo(-fixedPointShift(size.rows, residual * residual)));
      const shifts = request.groupings.map((grouping) => combinationPlaces(grouping, { residual, rounded, g }));
      const meatShift = meatPlaces(g);
      const parts = await all((worker, tick) => worker.combinations(sample, { outcome, request, shifts: { sShift, meatShift, sums: shifts } }, tick));
      const starts = shifts.map((_, k) => shifts.slice(0, k).reduce((sum, { length }) => sum + length, 0));
      const sums = shifts.map((places, k) => mergeFixedBy(parts.map((part) => part.sums.subarray(starts[k], starts[k]! + places.length)), places));
      return {
        sums,
        meat: symmetric(mergeFixed(parts.map((part) => part.meat), meatShift), request.columns.count),
      };
    },

    async modelSpread(outcome, request) {
      const { residual } = clusterBounds(outcome, { ...request, cluster: 'person', functionals: noFunctionals });
      const shifts = {
        residual: fixedPointShift(plan.months, residual),
        square: fixedPointShift(size.clusters, plan.months * residual * plan.months * residual),
        binomial: fixedPointShift(size.rows, 1 / 4),
      };
      const parts = await all((worker, tick) => worker.modelSpread(sample, { outcome, request, shifts }, tick));
      const groups = request.groupings.map((grouping) => plan.groupings[grouping]!.groups.length);
      const sum = (pick: (part: (typeof parts)[number]) => Float64Array): Float64Array => parts.map(pick).reduce((a, b) => a.map((value, k) => value + b[k]!));
      const [byUnit, binomial] = [sum((part) => part.byUnit), mergeFixed(parts.map((part) => part.binomial), shifts.binomial)];
      const starts = groups.map((_, k) => groups.slice(0, k).reduce((total, n) => total + n, 0));
      return {
        persons: sum((part) => part.persons),
        squares: mergeFixed(parts.map((part) => part.squares), shifts.square),
        units: groups.map((n, k) => ({
          persons: byUnit.slice(starts[k]! * (plan.months + 1), (starts[k]! + n) * (plan.months + 1)),
          binomial: binomial.slice(starts[k], starts[k]! + n),
        })),
      };
    },

    async scoreReplicates(outcome, request) {
      const { e, g, residual: _, ...inside } = clusterBounds(outcome, request);
      // e and g in 30 bits, times a weight of no more than 2⁴. Over √(1 − h) e is at most √2 times as large: it is minus what others add.
      const shifts = { ...inside, localShift: fixedPointShift(2 ** 32, 2 * e), scoreShift: fixedPointShift(2 ** 32, g) };
      const parts = await all((worker, tick) => worker.scoreReplicates(sample, { outcome, request, shifts }, tick));
      return {
        local: mergeFixed(parts.map((part) => part.local), shifts.localShift),
        score: mergeFixed(parts.map((part) => part.score), shifts.scoreShift),
        slopes: mergeFixed(parts.map((part) => part.slopes), shifts.dShift),
      };
    },

    async effects(predictors) {
      const shifts = { mean: weight, slope: weight };
      const parts = await all((worker, tick) => worker.effects(sample, { predictors, shifts }, tick));
      return { means: mergeFixed(parts.map((part) => part.means), shifts.mean), slopes: mergeFixed(parts.map((part) => part.slopes), shifts.slope) };
    },

    async cells(outcome, predictor, family) {
      const shifts = cellPlaces(outcome, predictor, family);
      const parts = await all((worker, tick) => worker.cells(sample, { outcome, predictor: chosen(predictor), family, shifts }, tick));
      return {
        groupings: plan.groupings.map((_, g) => cellSums(parts.map((part) => part.tables[g]!), shifts)),
        withoutExpected: parts.reduce((sum, part) => sum + part.withoutExpected, 0),
      };
    },
  };
}

/** Numeric terms of the core are at most this many times the spread of the bulk. */
const coreLimit = 8;

const squared = (x: number): number => x * x;

/** The largest power of two, no more than `most`, whose square times x is at most 1. */
function scaleTo(x: number, most: number): number {
  let scale = 1;
  while (scale < most && 4 * scale * scale * x <= 1) scale *= 2;
  while (scale * scale * x > 1) scale /= 2;
  return scale;
}

/** Multiplies a column of a lower triangle, and its row: its own element twice. */
function rescaleOwn(lower: Float64Array, column: number, factor: number): void {
  for (let i = 0, at = 0; at < lower.length; i++) {
    for (let j = 0; j <= i; j++, at++) {
      if (i === column) lower[at]! *= factor;
      if (j === column) lower[at]! *= factor;
    }
  }
}

/** The same of a square matrix. */
function rescaleFull(matrix: Float64Array, column: number, factor: number): void {
  const p = Math.round(Math.sqrt(matrix.length));
  for (let i = 0; i < p; i++) {
    matrix[i * p + column]! *= factor;
    matrix[column * p + i]! *= factor;
  }
}

/** Multiplies the rows and columns of a lower triangle that stand in `columns`. */
export function rescale(lower: Float64Array, columns: readonly number[], factor: number): Float64Array {
  if (columns.length === 0 || factor === 1) return lower;
  const wanted = new Set(columns);
  for (let i = 0, at = 0; at < lower.length; i++) for (let j = 0; j <= i; j++, at++) if (wanted.has(i) || wanted.has(j)) lower[at]! *= factor;
  return lower;
}

/**
 * No row's |η| is above this: the constant, the largest of each composite's levels, and each numeric term at its reach. Rows that a probit
 * sets aside are left out: their scores are 0.
 */
export function predictorBound({ constant, levels, numeric }: Predictor, composites: SamplePasses['frame']['composites'], reach: readonly number[], family: Family): number {
  const most = family === 'probit' ? smallestAside : Infinity;
  let bound = Math.abs(constant);
  for (const { offset, levels: count } of composites) {
    let largest = 0;
    for (let cell = offset; cell < offset + count; cell++) {
      const size = Math.abs(levels[cell]!);
      // NaN where a row would have no expected value.
      if (size > largest && size < most) largest = size;
    }
    bound += largest;
  }
  numeric.forEach((coefficient, d) => (bound += reach[d]! * Math.abs(coefficient)));
  return bound;
}

/** No score residual is larger: those of a probit are at most |η| + 1. */
export function residualBound(family: Family, largest: number, predicted: number): number {
  if (family === 'gaussian') return largest + predicted;
  return predicted + 1 < scoreBound ? predicted + 1 : scoreBound;
}

function symmetric(lower: Float64Array, p: number): Float64Array {
  for (let i = 0; i < p; i++) for (let j = 0; j < i; j++) lower[j * p + i] = lower[i * p + j]!;
  return lower;
}

function cellSums(tables: readonly BigInt64Array[], shifts: { y: number; y2: number; mu: number; r2: number }): CellSums {
  const sum = (field: number, shift: number): Float64Array => mergeFixed(tables.map((table) => strided(table, field)), shift);
  return { n: sum(0, 0), outcome: sum(1, shifts.y), outcomeSquared: sum(2, shifts.y2), expected: sum(3, shifts.mu), residualSquared: sum(4, shifts.r2) };
}

function strided(table: BigInt64Array, field: number): BigInt64Array {
  return BigInt64Array.from({ length: table.length / cellFields }, (_, cell) => table[cellFields * cell + field]!);
}
