import { modelGram, modelSums } from '../coding/model-columns.ts';
import { multiply, product, transposed } from './cholesky.ts';
import { coefficientTable, quadraticForm } from './coefficients.ts';
import { columnStatus, unestimatedColumns } from './column-status.ts';
import { effectiveReferences, replacedReferences } from './effective-references.ts';
import { askedFields, type Estimate, type EstimateRequest } from './estimate.ts';
import { diagonalSum } from './frame-sums.ts';
import { gaussianSummary } from './gaussian-summary.ts';
import { largestOf, leastSquares } from './ols.ts';
import { predictorOf } from './predictor.ts';
import type { Predictor } from './passes.ts';
import { losesDigits, refinedLeastSquares, type RefinedLeastSquares } from './refine.ts';
import { sandwich } from './sandwich.ts';

/** Least squares: one pass over the rows, and more where sums of products have too few digits. */
export async function estimateGaussian(request: EstimateRequest): Promise<Estimate> {
  const { passes, gram, math, vcov } = request;
  const model = effectiveReferences(passes.frame, request.model, gram.gram);
  const { crossProduct, sumOfSquares } = gram.outcomes[request.index]!;
  const rough = leastSquares({ n: gram.n, gram: modelGram(model, gram.gram), crossProduct: modelSums(model, crossProduct), sumOfSquares }, math.factorize);
  const refine = losesDigits({ ...request, model }, rough, sumOfSquares);
  const solved: RefinedLeastSquares = refine ? await refinedLeastSquares({ ...request, model }, rough) : { ...rough, basis: null, transform: null };
  const { kept } = solved.factor;
  const rows = { all: gram.gram, left: gram.gram };
  const status = columnStatus(model, rows, kept);
  const unestimated = unestimatedColumns(model, rows, status, []);
  const predictor = predictorOf(passes.frame, model, { beta: solved.beta, kept, unestimated, aside: null });
  const summary = gaussianSummary(solved, { n: gram.n, total: crossProduct[0]! }, math);
  const variances = await covarianceOf({ ...request, model }, solved, { sigmaSquared: isPerfect(solved, sumOfSquares) ? NaN : summary.sigmaSquared, predictor });
  return {
    model,
    predictor,
    kept,
    rows,
    separated: [],
    unestimated,
    covariance: variances.covariance,
    fit: {
      ...askedFields(request),
      coefficients: coefficientTable({
        model,
        beta: solved.beta,
        ...variances,
        status,
        separated: [],
        n: gram.n,
        rowsAt: (wanted) => diagonalSum(gram.gram, model.at(wanted)),
        distribution: vcov === 'iid' ? summary.distribution : math.normal,
        level: request.level,
      }),
      rank: solved.factor.rank,
      setAside: 0,
      separated: [],
      references: replacedReferences(request.model, model, status),
      rSquared: summary.rSquared,
      sigma: summary.sigma,
      logLikelihood: summary.logLikelihood,
      pseudoRSquared: null,
      meanOutcome: summary.meanOutcome,
      trace: [{ iteration: 1, pass: 'gram', logLikelihood: null, remainingStep: null, halvings: 0 }],
      largestScore: largestOf(solved.score),
    },
  };
}

/** A residual variance that rounding alone makes gives no test: next to the outcome's variation, or to its size where it has none. */
const isPerfect = ({ residualSumOfSquares, totalSumOfSquares }: RefinedLeastSquares, sumOfSquares: number): boolean =>
  residualSumOfSquares <= 1e-13 * totalSumOfSquares || residualSumOfSquares <= 1e-28 * sumOfSquares;

/** Of β by the vcov asked for: sums over rows are taken at places that fit the residuals, and over the columns that β was estimated on. */
async function covarianceOf(request: EstimateRequest, solved: RefinedLeastSquares, { sigmaSquared, predictor }: { sigmaSquared: number; predictor: Predictor }) {
  const { bread, factor, basis, transform } = solved;
  const p = request.model.columns.length;
  const inner = transform ? factor.inverse() : bread;
  const own =
    request.vcov === 'iid'
      ? inner.map((value) => value * sigmaSquared)
      : await sandwich(request, inner, predictor, { basis, reach: await request.passes.residualReach(request.index, predictor) });
  const diagonal = (matrix: Float64Array): Float64Array => Float64Array.from({ length: p }, (_, j) => sigmaSquared * matrix[j * p + j]!);
  // Of a fit without residuals there is no error by any of them.
  if (Number.isNaN(sigmaSquared)) own.fill(NaN);
  if (transform === null) return { covariance: own, usual: diagonal(inner) };
  const back = transposed(transform, p);
  return { covariance: product(product(transform, own, p), back, p), usual: diagonal(product(product(transform, inner, p), back, p)), varianceOf: (c: Float64Array) => quadraticForm(own, multiply(back, c)) };
}
