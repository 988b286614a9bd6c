import { modelCells, modelGram, type ModelColumns } from '../coding/model-columns.ts';
import { restrict } from '../estimate/cholesky.ts';
import type { EstimationMath } from '../estimate/estimation-math.ts';
import type { Family, GramPass, Predictor, SamplePasses } from '../estimate/passes.ts';
import { covariances } from './analytic.ts';
import { batchesOf, joined, partsOf, type Functionals, type InfluencePass } from './influence.ts';

/** An estimated outcome whose indicator is to have standard errors by influence functions. */
export interface InfluenceErrorsRequest {
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

/** Analytic covariances of functionals, each as it was asked for: a pass over the rows for as many as fit. */
export async function analyticCovariances(request: InfluenceErrorsRequest, wanted: readonly Functionals[]): Promise<IndicatorCovariance[]> {
  const { passes, model, index, family, predictor, cluster, math } = request;
  if (wanted.length === 0) return [];
  const columns = modelCells(passes.frame, model);
  const inverse = await inverseHessian(request);
  const rowMeat = cluster === 'row' ? modelGram(model, await passes.squaredScores(index, predictor, family)) : null;
  const found: IndicatorCovariance[] = [];
  for (const batch of batchesOf(wanted, tableBytes * columns.count)) {
    const { scale, pairs, cross, slopes, meat } = await passes.influence(index, { predictor, family, columns, functionals: joined(batch), cluster, smallSample: true });
    const counts = batch.map(({ count }) => count);
    const [crossOf, slopesOf] = [partsOf(cross, counts, columns.count), partsOf(slopes, counts, columns.count)];
    const scaleOf = partsOf(scale, counts);
    const pairsOf = partsOf(pairs, batch.map((functionals) => functionals.pairs));
    const parameters = { inverseHessian: inverse, meat: rowMeat ?? meat };
    found.push(...batch.map((functionals, k) => ({
      functionals,
      values: covariances(functionals, { scale: scaleOf[k]!, pairs: pairsOf[k]!, cross: crossOf[k]!, slopes: slopesOf[k]! }, parameters, math.multiply),
    })));
  }
  return found;
}

/** Of Σ e·g and Σ ∂μ/∂β, by functional and column. */
const tableBytes = 16;

/** Inverse of the observed Hessian at the estimate, p × p; 0 where a column has no estimate. */
export async function inverseHessian({ passes, gram, model, kept, index, family, predictor, math }: InfluenceErrorsRequest): Promise<Float64Array> {
  const hessian = family === 'gaussian' ? gram.gram : (await passes.probit(index, predictor, { information: 'observed', rows: 'all' })).hessian!;
  // The columns were chosen by the rank rule: what is kept has full rank.
  return math.factorize(restrict(modelGram(model, hessian), kept), model.columns.length, 0).inverse();
}
