import { modelCells, modelGram, type ModelColumns } from '../coding/model-columns.ts';
import { restrict } from '../estimate/cholesky.ts';
import type { EstimationMath } from '../estimate/estimation-math.ts';
import type { Family, GramPass, Predictor, SamplePasses } from '../estimate/passes.ts';
import type { CellSums } from '../indicator/cell-sums.ts';
import { covariances, type EstimateCovariance } from './analytic.ts';
import { functionalsByGroup, functionalsByMonth, type Functionals, type InfluencePass, type PeriodMeans } from './influence.ts';

/** An estimated outcome whose indicator is to have analytic standard errors. */
export interface AnalyticRequest {
  readonly passes: SamplePasses & InfluencePass;
  readonly gram: GramPass;
  readonly model: ModelColumns;
  /** 1 where the column has an estimate. */
  readonly kept: Uint8Array;
  /** Index among the sample's outcomes. */
  readonly index: number;
  readonly family: Family;
  readonly predictor: Predictor;
  readonly cluster: 'person' | 'row';
  readonly math: Pick<EstimationMath, 'factorize' | 'multiply'>;
}

/** Covariances of the months of each group of a breakdown, or of its groups over all their rows. */
export interface IndicatorCovariance {
  readonly functionals: Functionals;
  /** By place in the blocks' lower triangles. */
  readonly values: Float64Array;
}

export interface AnalyticErrors {
  /** Of the months of each group: a block a group. */
  byMonth(grouping: number, groups: number, cells: CellSums): Promise<IndicatorCovariance>;
  /** Of the groups' means over a period, and last the whole's, among each other. */
  byGroup(grouping: number, cells: CellSums, period: PeriodMeans): Promise<IndicatorCovariance>;
}

/** Sums of scores and the inverse Hessian at the estimate: two passes over the rows, then one a breakdown. */
export async function analyticErrors(request: AnalyticRequest): Promise<AnalyticErrors> {
  const { passes, model, index, family, predictor, cluster, math } = request;
  const columns = modelCells(passes.frame, model);
  const parameters: EstimateCovariance = { inverseHessian: await inverseHessian(request), meat: await clusterMeat(request) };
  const of = async (grouping: number, functionals: Functionals): Promise<IndicatorCovariance> => {
    const totals = await passes.influence(index, { predictor, family, grouping, columns, functionals, cluster });
    return { functionals, values: covariances(functionals, totals, parameters, math.multiply) };
  };
  return {
    byMonth: (grouping, groups, cells) => of(grouping, functionalsByMonth(cells, groups)),
    byGroup: (grouping, cells, period) => of(grouping, functionalsByGroup(cells, period)),
  };
}

/** Inverse of the observed Hessian at the estimate, p × p; 0 where a column has no estimate. */
export async function inverseHessian({ passes, gram, model, kept, index, family, predictor, math }: AnalyticRequest): Promise<Float64Array> {
  const hessian = family === 'gaussian' ? gram.gram : (await passes.probit(index, predictor, { information: 'observed', rows: 'all' })).hessian!;
  // The columns were chosen by the rank rule: what is kept has full rank.
  return math.factorize(restrict(modelGram(model, hessian), kept), model.columns.length, 0).inverse();
}

async function clusterMeat({ passes, model, index, family, predictor, cluster }: AnalyticRequest): Promise<Float64Array> {
  return cluster === 'person'
    ? passes.personScores(index, predictor, { family, columns: modelCells(passes.frame, model) })
    : modelGram(model, await passes.squaredScores(index, predictor, family));
}
