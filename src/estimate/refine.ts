import { modelGram, modelSums } from '../coding/model-columns.ts';
import { multiply, product, rankTolerance, restrict, transposed, type Factorization } from './cholesky.ts';
import type { EstimateRequest } from './estimate.ts';
import type { LeastSquares } from './ols.ts';
import { leastLeft, ownColumns, stepTowardsOrthogonal, type NumericBasis } from './orthogonal.ts';
import type { Basis } from './passes.ts';
import { predictorFrom } from './predictor.ts';
import { columnsInOrder } from './rank.ts';

/** Least squares, and the columns that its sums over rows are taken over where those are not the model's own. */
export interface RefinedLeastSquares extends LeastSquares {
  /** The columns summed over are the model's times this: p × p, row-major. Null where they are the same. */
  readonly transform: Float64Array | null;
  readonly basis: Basis | null;
}

/** Share of Σ y² that the residuals must have for differences of large sums to be exact enough. */
const smallResiduals = 1e-4;

/** Rounds of orthogonalization; each takes a condition number to about the square root of what is left of it. */
const mostRounds = 5;

const hasNumerics = ({ model }: EstimateRequest): boolean => model.columns.some(({ numeric }) => numeric !== null);

/** Share of a column from which on sums of products tell how much of it is left. */
const tellingShare = 1e-6;

/** Whether normal equations may lose digits that the rows have: numeric covariates, or an outcome far from zero. */
export function losesDigits(request: EstimateRequest, solved: LeastSquares, sumOfSquares: number): boolean {
  return hasNumerics(request) || solved.residualSumOfSquares < smallResiduals * sumOfSquares;
}

/**
 * Least squares as exact as an orthogonal decomposition of the rows: numeric columns are replaced by their residuals from
 * all others, the normal equations are taken over those, and solved for what is left of y, twice. The Cholesky QR of
 * Yamamoto, Nakatsukasa, Yanagisawa and Fukaya (2015, ETNA 44:306–326), with dummies left as they are: their sums are exact.
 */
export async function refinedLeastSquares(request: EstimateRequest, rough: LeastSquares): Promise<RefinedLeastSquares> {
  const { passes, model, index, gram: { n, gram, outcomes }, math } = request;
  const p = model.columns.length;
  const own = modelGram(model, gram);
  const kept = hasNumerics(request) ? await columnsInOrder(request, own) : rough.factor.kept.slice();
  const beta = new Float64Array(p);
  beta[0] = outcomes[index]!.crossProduct[0]! / n;
  const residuals = async (basis: Basis | null) => {
    const predictor = predictorFrom(request, beta);
    const reach = await passes.residualReach(index, predictor);
    const { gram: lower, crossProduct, sumOfSquares } = await passes.residualSums(index, { predictor, basis, reach });
    return { gram: modelGram(model, lower), score: modelSums(model, crossProduct).map((value, j) => (kept[j] ? value : 0)), sumOfSquares };
  };

  let columns: NumericBasis = ownColumns(p);
  let first = { gram: own, score: new Float64Array(p), sumOfSquares: 0 };
  for (let round = 0; round < mostRounds; round++) {
    const step = stepTowardsOrthogonal(request, restrict(first.gram, kept), columns, kept);
    for (const { column, left, share } of step.left) {
      const told = share > tellingShare || round === mostRounds - 1;
      if (told && left <= leastLeft(request, own, column)) kept[column] = 0;
    }
    if (round > 0 && step.orthogonal) break;
    columns = await step.next(kept);
    first = await residuals(columns.basis);
    if (columns.basis === null) break;
  }
  const { basis, transform } = columns;
  const orthogonal = restrict(first.gram, kept);
  const factor = math.factorize(orthogonal, p, rankTolerance);
  const move = (by: Factorization, score: Float64Array): Float64Array => {
    const found = by.solve(score);
    (transform ? multiply(transform, found) : found).forEach((value, j) => (beta[j]! += value));
    return found;
  };
  move(factor, first.score);
  const second = await residuals(basis);
  const last = move(factor, second.score);
  const moved = multiply(orthogonal, last);
  const inverse = factor.inverse();
  return {
    beta,
    factor,
    basis,
    transform,
    bread: transform ? product(product(transform, inverse, p), transposed(transform, p), p) : inverse,
    residualSumOfSquares: Math.max(0, second.sumOfSquares - last.reduce((sum, value, j) => sum + value * second.score[j]!, 0)),
    totalSumOfSquares: first.sumOfSquares - (first.score[0]! * first.score[0]!) / n,
    score: second.score.map((value, j) => (factor.kept[j] ? value - moved[j]! : 0)),
  };
}
