import { modelGram, modelSums } from '../coding/model-columns.ts';
import { coefficientTable } from './coefficients.ts';
import { columnStatus, unestimatedColumns } from './column-status.ts';
import { effectiveReferences, replacedReferences } from './effective-references.ts';
import { askedFields, type Estimate, type EstimateRequest } from './estimate.ts';
import { diagonalSum } from './frame-sums.ts';
import { gaussianSummary } from './gaussian-summary.ts';
import { largestOf, leastSquares } from './ols.ts';
import { predictorOf } from './predictor.ts';
import { sandwich } from './sandwich.ts';

/** Least squares: one pass over the rows. */
export async function estimateGaussian(request: EstimateRequest): Promise<Estimate> {
  const { passes, gram, math, vcov } = request;
  const model = effectiveReferences(passes.frame, request.model, gram.gram);
  const { crossProduct, sumOfSquares } = gram.outcomes[request.index]!;
  const solved = leastSquares({ n: gram.n, gram: modelGram(model, gram.gram), crossProduct: modelSums(model, crossProduct), sumOfSquares }, math.factorize);
  const { kept } = solved.factor;
  const rows = { all: gram.gram, left: gram.gram };
  const status = columnStatus(model, rows, kept);
  const unestimated = unestimatedColumns(model, rows, status, []);
  const predictor = predictorOf(passes.frame, model, { beta: solved.beta, kept, unestimated, aside: null });
  const summary = gaussianSummary(solved, { n: gram.n, total: crossProduct[0]! }, math);
  const covariance =
    vcov === 'iid' ? solved.bread.map((value) => value * summary.sigmaSquared) : await sandwich({ ...request, model }, solved.bread, predictor);
  return {
    model,
    predictor,
    kept,
    unestimated,
    covariance,
    fit: {
      ...askedFields(request),
      coefficients: coefficientTable({
        model,
        beta: solved.beta,
        covariance,
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
