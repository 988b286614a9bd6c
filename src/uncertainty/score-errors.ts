import { modelCells } from '../coding/model-columns.ts';
import type { OutcomeCells, StandardErrors } from '../indicator/indicator.ts';
import { inverseHessian, type AnalyticRequest } from './analytic-errors.ts';
import { functionalsByGroup, functionalsByMonth, type CellMeans, type Functionals, type PeriodMeans } from './influence.ts';
import { replicateDeviation, replicateShifts, type ScorePass } from './replicates.ts';

export interface ScoreErrorsRequest extends AnalyticRequest {
  readonly passes: AnalyticRequest['passes'] & ScorePass;
  readonly seed: number;
  readonly replicates: number;
}

/** Functionals and how far each is from its estimate in each replicate. */
export interface Replicates {
  readonly functionals: Functionals;
  readonly replicates: number;
  /** A row of replicates a functional. */
  readonly shifts: Float64Array;
}

export interface ScoreErrors {
  byMonth(grouping: number, groups: number, cells: CellMeans): Promise<Replicates>;
  byGroup(grouping: number, cells: CellMeans, period: PeriodMeans): Promise<Replicates>;
}

/** Replicates at a time: their tables stay small, and a seed gives the same ones however they are cut. */
const atATime = 256;

/** Replicates by weighted influence functions: the inverse Hessian once, then a pass a breakdown. */
export async function scoreErrors(request: ScoreErrorsRequest): Promise<ScoreErrors> {
  const { passes, model, index, family, predictor, cluster, seed, replicates, math } = request;
  const columns = modelCells(passes.frame, model);
  const inverse = await inverseHessian(request);
  const of = async (grouping: number, functionals: Functionals): Promise<Replicates> => {
    const shifts = new Float64Array(functionals.count * replicates);
    for (let first = 0; first < replicates; first += atATime) {
      const wanted = Math.min(atATime, replicates - first);
      const drawn = 4 * Math.ceil(wanted / 4);
      const totals = await passes.scoreReplicates(index, { predictor, family, grouping, columns, functionals, cluster, seed, first, replicates: drawn });
      const part = replicateShifts(functionals, totals, inverse, math.multiply);
      for (let f = 0; f < functionals.count; f++) shifts.set(part.subarray(f * drawn, f * drawn + wanted), f * replicates + first);
    }
    return { functionals, replicates, shifts };
  };
  return {
    byMonth: (grouping, groups, cells) => of(grouping, functionalsByMonth(cells, groups)),
    byGroup: (grouping, cells, period) => of(grouping, functionalsByGroup(cells, period)),
  };
}

/** Standard deviations over replicates, by outcome. */
export function replicateStandardErrors(found: { readonly byMonth: ReadonlyMap<string, Replicates>; readonly byGroup: ReadonlyMap<string, Replicates> }): StandardErrors {
  const deviation = ({ functionals, replicates, shifts }: Replicates, parts: readonly { functional: number; weight: number }[]): number =>
    parts.some(({ functional }) => functionals.rows[functional]! <= 1) ? NaN : replicateDeviation(shifts, replicates, parts);
  return {
    ofMonths({ outcome }: OutcomeCells, { group, groups, weights }) {
      const parts = Array.from(weights, (weight, t) => ({ functional: t * groups + group, weight })).filter(({ weight }) => weight !== 0);
      return deviation(found.byMonth.get(outcome)!, parts);
    },
    ofAllRows: ({ outcome }, group) => deviation(found.byGroup.get(outcome)!, [{ functional: group, weight: 1 }]),
    acrossMonths: true,
  };
}
