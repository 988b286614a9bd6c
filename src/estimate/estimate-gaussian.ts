import { modelGram, modelSums } from '../coding/model-columns.ts';
import { coefficientTable } from './coefficients.ts';
import { columnStatus } from './column-status.ts';
import { askedFields, type Estimate, type EstimateRequest } from './estimate.ts';
import { diagonalSum } from './frame-sums.ts';
import { gaussianSummary } from './gaussian-summary.ts';
import { largestOf, leastSquares } from './ols.ts';
import { predictorOf } from './predictor.ts';
import { sandwich } from './sandwich.ts';

/** Least squares: one pass over the rows. */
export async function estimateGaussian(request: EstimateRequest): Promise<Estimate> {
  const { passes, model, gram, math, vcov } = request;
  const { crossProduct, sumOfSquares } = gram.outcomes[request.index]!;
  const solved = leastSquares({ n: gram.n, gram: modelGram(model, gram.gram), crossProduct: modelSums(model, crossProduct), sumOfSquares }, math.factorize);
  const { kept } = solved.factor;
  const status = columnStatus(model, gram.gram, kept, null);
  const predictor = predictorOf(passes.frame, model, { beta: solved.beta, kept, status, aside: null });
  const summary = gaussianSummary(solved, { n: gram.n, total: crossProduct[0]! }, math);
  const covariance =
    vcov === 'iid' ? solved.bread.map((value) => value * summary.sigmaSquared) : await sandwich(request, solved.bread, predictor);
  return {
    predictor,
    kept,
    covariance,
    fit: {
      ...askedFields(request),
      coefficients: coefficientTable({
        design: { ...model.terms, columns: model.columns },
        beta: solved.beta,
        covariance,
        status,
        separatedReferences: new Set(),
        n: gram.n,
        rowsAt: (wanted) => diagonalSum(gram.gram, model.at(wanted)),
        distribution: vcov === 'iid' ? summary.distribution : math.normal,
        level: request.level,
      }),
      rank: solved.factor.rank,
      setAside: 0,
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
