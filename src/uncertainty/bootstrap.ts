import { modelGram, modelSums, type ModelColumns } from '../coding/model-columns.ts';
import { rankTolerance, restrict } from '../estimate/cholesky.ts';
import type { EstimationMath } from '../estimate/estimation-math.ts';
import type { LevelStatus } from '../estimate/fit.ts';
import type { Family, Predictor, SamplePasses } from '../estimate/passes.ts';
import { predictorOf } from '../estimate/predictor.ts';
import type { BootstrapPass, ReplicateCells, ReplicateSums } from './bootstrap-pass.ts';
import { everyMonth, functionalsByGroup, functionalsByMonth, type Functionals, type GroupingCells } from './influence.ts';
import type { Replicates } from './score-errors.ts';

export interface BootstrapErrorsRequest {
  readonly passes: Pick<SamplePasses, 'frame'> & BootstrapPass;
  readonly model: ModelColumns;
  /** 1 where the column has an estimate. */
  readonly kept: Uint8Array;
  /** Index among the sample's outcomes. */
  readonly index: number;
  readonly family: Family;
  readonly predictor: Predictor;
  readonly cluster: 'person' | 'row';
  readonly seed: number;
  readonly replicates: number;
  readonly math: Pick<EstimationMath, 'factorize'>;
  /** All groupings of the sample, in their order, with the sums at the estimate. */
  readonly groupings: readonly GroupingCells[];
}

/** Replicates by grouping: of the months of each group, and of the groups and the whole over all their rows. */
export interface BootstrapReplicates {
  readonly byMonth: readonly Replicates[];
  readonly byGroup: readonly Replicates[];
  /** Months of groups that had no rows in a replicate, over all of them, and replicates in which there was one. */
  readonly skipped: number;
  readonly cellsSkipped: number;
}

/**
 * Replicates by estimating again with Poisson(1) weights: least squares exactly, a probit by one Newton step from its estimate with
 * the replicate's own observed Hessian. Two passes over the rows for every few replicates.
 */
export async function bootstrapReplicates(request: BootstrapErrorsRequest): Promise<BootstrapReplicates> {
  const { passes, index, family, predictor, cluster, seed, replicates, groupings } = request;
  const months = groupings.map((grouping) => held(functionalsByMonth(grouping), replicates));
  const pooled = groupings.map((grouping) => held(functionalsByGroup(grouping, everyMonth(grouping)), replicates));
  for (let first = 0; first < replicates; first += passes.atATime) {
    const draw = { predictor, family, cluster, seed, first };
    const sums = await passes.replicateSums(index, draw);
    const changes = sums.map((one) => estimateAgain(request, one));
    const found = await passes.replicateCells(index, { ...draw, changes, groupings: groupings.map((_, g) => g) });
    const drawn = Math.min(passes.atATime, replicates - first);
    found.forEach((cells, g) => {
      for (let b = 0; b < drawn; b++) {
        const at = { b, first, lanes: passes.atATime };
        addMonths(months[g]!, groupings[g]!, cells, at);
        addGroups(pooled[g]!, groupings[g]!, cells, at);
      }
    });
  }
  const skips = months.flatMap(({ functionals, shifts }) =>
    Array.from(functionals.divisor, (n, f) => (n > 0 ? shifts.subarray(f * replicates, (f + 1) * replicates).reduce((sum, value) => sum + Number(Number.isNaN(value)), 0) : 0)));
  return { byMonth: months, byGroup: pooled, skipped: skips.reduce((sum, count) => sum + count, 0), cellsSkipped: skips.filter((count) => count > 0).length };
}

const held = (functionals: Functionals, replicates: number): Replicates => ({ functionals, replicates, shifts: new Float64Array(functionals.count * replicates).fill(NaN) });

/** What a replicate's estimate adds to the predictor; its rank is its own, a level without weight has no estimate. */
function estimateAgain({ passes, model, kept, math }: BootstrapErrorsRequest, { gram, score }: ReplicateSums): Predictor {
  const factor = math.factorize(restrict(modelGram(model, gram), kept), kept.length, rankTolerance);
  const beta = factor.solve(modelSums(model, score));
  const status = model.columns.map((_, j): LevelStatus => (kept[j] && !factor.kept[j] ? 'collinear' : 'estimated'));
  return predictorOf(passes.frame, model, { beta, kept: factor.kept, status, aside: null });
}

interface Lane {
  readonly b: number;
  readonly first: number;
  readonly lanes: number;
}

function addMonths({ replicates, shifts }: Replicates, { cells }: GroupingCells, { weight, excess }: ReplicateCells, { b, first, lanes }: Lane): void {
  cells.n.forEach((n, cell) => {
    const w = weight[lanes * cell + b]!;
    if (n > 0 && w > 0) shifts[cell * replicates + first + b] = excess[lanes * cell + b]! / w - (cells.outcome[cell]! - cells.expected[cell]!) / n;
  });
}

/** Over all rows: the groups, and last the whole. */
function addGroups({ functionals, replicates, shifts }: Replicates, { groups, cells }: GroupingCells, { weight, excess }: ReplicateCells, { b, first, lanes }: Lane): void {
  const totals = Array.from({ length: groups + 1 }, () => ({ weight: 0, excess: 0, estimate: 0 }));
  cells.n.forEach((_, cell) => {
    for (const total of [totals[cell % groups]!, totals[groups]!]) {
      total.weight += weight[lanes * cell + b]!;
      total.excess += excess[lanes * cell + b]!;
      total.estimate += cells.outcome[cell]! - cells.expected[cell]!;
    }
  });
  totals.forEach((total, f) => {
    const n = functionals.divisor[f]!;
    if (n > 0 && total.weight > 0) shifts[f * replicates + first + b] = total.excess / total.weight - total.estimate / n;
  });
}
