import { modelCells, modelGram } from '../coding/model-columns.ts';
import { product } from './cholesky.ts';
import type { EstimateRequest } from './estimate.ts';
import type { Predictor, ScoreFrame } from './passes.ts';

/**
 * A⁻¹ · meat · A⁻¹ with Σ s²xx′ by row (`hc0`) or Σ (Σ s·x)(Σ s·x)′ by person (`cluster`) as the meat; `bread` is A⁻¹. Over the
 * columns of a basis where `of` has one, and then the bread is to be that of the basis. NaN with one person alone: scores sum to zero
 * within the only cluster, and nothing can be said.
 */
export async function sandwich(request: EstimateRequest, bread: Float64Array, predictor: Predictor, of?: ScoreFrame): Promise<Float64Array> {
  const { passes, model, index, vcov, family } = request;
  const p = model.columns.length;
  if (vcov === 'cluster' && request.gram.persons < 2) return new Float64Array(p * p).fill(NaN);
  const meat =
    vcov === 'hc0'
      ? modelGram(model, await passes.squaredScores(index, predictor, family, of))
      : await passes.personScores(index, predictor, { family, columns: modelCells(passes.frame, model), ...(of ? { of } : {}) });
  return product(product(bread, meat, p), bread, p);
}
