import { everyPlace, modelGram, modelSums } from '../coding/model-columns.ts';
import { diagonalSum } from '../estimate/frame-sums.ts';
import type { EstimationMath } from '../estimate/estimation-math.ts';
import type { Predictor, SamplePasses } from '../estimate/passes.ts';
import { predictorOf } from '../estimate/predictor.ts';
import type { InfluenceErrorsRequest } from './analytic-errors.ts';
import type { BootstrapPass, BootstrapRequest, ReplicateCells, ReplicateSums } from './bootstrap-pass.ts';
import type { DrawPass } from './arrival-law.ts';
import type { DrawKind, Refit } from './draw-options.ts';
import { functionalsByMonth, type Functionals, type GroupingCells } from './influence.ts';
import type { PooledPeriod } from '../indicator/pooled.ts';
import { oneStep, refitReplicates, type RefitRequest, type ReplicateEstimate, type WeightedScore } from './replicate-refit.ts';
import type { Replicates } from './score-errors.ts';

export interface BootstrapErrorsRequest extends Pick<InfluenceErrorsRequest, 'model' | 'kept' | 'index' | 'family' | 'predictor' | 'cluster'> {
  readonly passes: Pick<SamplePasses, 'frame'> & BootstrapPass & DrawPass;
  /** X′X of the frame over the rows that are estimated on, lower triangle. */
  readonly left: Float64Array;
  readonly seed: number;
  readonly draw: DrawKind;
  readonly replicates: number;
  /** How far a probit is estimated again. */
  readonly refit: Refit;
  readonly math: Pick<EstimationMath, 'factorize'>;
  /** All groupings of the sample, in their order, with the sums at the estimate. */
  readonly groupings: readonly GroupingCells[];
  /** Periods whose rows are taken as one set. */
  readonly pooled: readonly PooledPeriod[];
}

/** Replicates of the months and pooled periods of each group, by grouping. */
export interface BootstrapReplicates {
  readonly byGrouping: readonly Replicates[];
  /** Months of groups that had no rows in a replicate, over all of them, and replicates in which there was one. */
  readonly skipped: number;
  readonly cellsSkipped: number;
  /** Replicates whose estimate was not reached; they are left out. */
  readonly unreached: number;
}

/**
 * Replicates by estimating again with drawn weights: least squares exactly, a probit by one Newton step from its estimate with
 * the replicate's own observed Hessian, or by as many as it takes. Two passes over the rows for every few replicates, and one more for each
 * further step.
 */
export async function bootstrapReplicates(request: BootstrapErrorsRequest): Promise<BootstrapReplicates> {
  const { passes, index, family, predictor, cluster, seed, replicates, groupings, pooled } = request;
  const byGrouping = groupings.map((grouping) => held(functionalsByMonth(grouping, pooled), replicates));
  let unreached = 0;
  for (let first = 0; first < replicates; first += passes.atATime) {
    const stops = request.draw === 'multinomial' ? { stops: await passes.drawStops({ of: 'bootstrap', cluster, seed, first, replicates: passes.atATime }) } : {};
    const draw = { predictor, family, cluster, seed, first, ...stops };
    const drawn = Math.min(passes.atATime, replicates - first);
    const sums = await passes.replicateSums(index, draw);
    const estimates = await estimateAgain(request, { draw, drawn, sums });
    const changes = estimates.map((one, b) => predictorChange(request, one, weightless(request, sums[b]!)));
    const found = await passes.replicateCells(index, { ...draw, changes, groupings: groupings.map((_, g) => g) });
    const reached = [...estimates.keys()].filter((b) => b < drawn && estimates[b]!.reached);
    unreached += drawn - reached.length;
    found.forEach((cells, g) => {
      for (const b of reached) {
        const at = { b, first, lanes: passes.atATime };
        addMonths(byGrouping[g]!, groupings[g]!, cells, at);
        addPooled(byGrouping[g]!, { ...groupings[g]!, pooled }, cells, at);
      }
    });
  }
  const skips = byGrouping.flatMap(({ functionals: { divisor }, shifts }, g) =>
    Array.from(divisor.subarray(0, groupings[g]!.cells.n.length), (n, f) =>
      (n > 0 ? shifts.subarray(f * replicates, (f + 1) * replicates).filter(Number.isNaN).length - unreached : 0)));
  return { byGrouping, skipped: skips.reduce((sum, count) => sum + count, 0), cellsSkipped: skips.filter((count) => count > 0).length, unreached };
}

const held = (functionals: Functionals, replicates: number): Replicates => ({ functionals, replicates, shifts: new Float64Array(functionals.count * replicates).fill(NaN) });

/** Estimates of the replicates in hand; only those that are drawn are carried on. */
async function estimateAgain(request: BootstrapErrorsRequest, { draw, drawn, sums: atEstimate }: { draw: BootstrapRequest; drawn: number; sums: readonly ReplicateSums[] }): Promise<readonly ReplicateEstimate[]> {
  const { passes, model, kept, index, family, refit, math: { factorize } } = request;
  const scores = (sums: readonly ReplicateSums[]): WeightedScore[] =>
    sums.map(({ gram, score }) => ({ hessian: modelGram(model, gram), score: modelSums(model, score) }));
  const first = scores(atEstimate);
  if (family === 'gaussian' || refit === 'one-step') return first.map((at) => oneStep(at, kept, factorize));
  const none = first.slice(drawn).map((at) => oneStep(at, kept, factorize));
  const pass: RefitRequest['pass'] = async (estimates) =>
    scores(await passes.replicateSums(index, { ...draw, changes: [...estimates.map((one) => one && predictorChange(request, one)), ...none.map(() => null)] }));
  return [...(await refitReplicates(first.slice(0, drawn), { kept, factorize, pass })), ...none];
}

/** What a replicate's estimate adds to the predictor; a level that has lost its column has no expected value outside the sample. */
function predictorChange({ passes, model, kept }: BootstrapErrorsRequest, estimate: Pick<ReplicateEstimate, 'change' | 'kept'>, without: readonly number[] = []): Predictor {
  const lost = model.columns.flatMap((_, j) => (kept[j] && !estimate.kept[j] ? [...model.members.subarray(model.start[j], model.start[j + 1])] : []));
  return predictorOf(passes.frame, model, { beta: estimate.change, kept: estimate.kept, unestimated: [...lost, ...without], aside: null });
}

/** Columns of the frame of levels and crossed cells, references too, that have rows in the estimate and none with weight in a replicate. */
function weightless({ model, left }: BootstrapErrorsRequest, { gram }: ReplicateSums): number[] {
  return everyPlace(model.terms).flatMap((place) => {
    const columns = model.at(place);
    return diagonalSum(left, columns) > 0 && diagonalSum(gram, columns) === 0 ? columns : [];
  });
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

/** Over all rows of each pooled period. */
function addPooled(
  { functionals, replicates, shifts }: Replicates, { groups, cells, pooled }: GroupingCells & Pick<BootstrapErrorsRequest, 'pooled'>,
  { weight, excess }: ReplicateCells, { b, first, lanes }: Lane,
): void {
  pooled.forEach(({ months }, p) => {
    for (let g = 0; g < groups; g++) {
      const total = { weight: 0, excess: 0, estimate: 0 };
      for (const t of months) {
        const cell = t * groups + g;
        total.weight += weight[lanes * cell + b]!;
        total.excess += excess[lanes * cell + b]!;
        total.estimate += cells.outcome[cell]! - cells.expected[cell]!;
      }
      const f = cells.n.length + p * groups + g;
      const n = functionals.divisor[f]!;
      if (n > 0 && total.weight > 0) shifts[f * replicates + first + b] = total.excess / total.weight - total.estimate / n;
    }
  });
}
