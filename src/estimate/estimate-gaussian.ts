import { columnSums, sumAt } from '../coding/design-matrix.ts';
import { coefficientTable } from './coefficients.ts';
import { columnStatus } from './column-status.ts';
import { askedFields, type Estimate, type EstimateRequest } from './estimate.ts';
import { gaussianSummary } from './gaussian-summary.ts';
import { gramMatrix } from './gram-matrix.ts';
import { largestOf, leastSquares } from './ols.ts';
import { predictorOf } from './predictor.ts';
import { sandwich } from './sandwich.ts';

/** Least squares: one pass over the rows. */
export async function estimateGaussian(request: EstimateRequest): Promise<Estimate> {
  const { passes, gram, math, vcov } = request;
  const { design } = passes;
  const { totals, sumOfSquares } = gram.outcomes[request.index]!;
  const solved = leastSquares(
    { n: gram.n, gram: gramMatrix(design, gram.joint), crossProduct: columnSums(design, totals.total, totals.byLevel, totals.numeric), sumOfSquares },
    math.factorize,
  );
  const { kept } = solved.factor;
  const status = columnStatus(design, gram.joint, kept, null);
  const predictor = predictorOf(design, solved.beta, { kept, status, aside: null });
  const summary = gaussianSummary(solved, { n: gram.n, total: totals.total }, math);
  const covariance =
    vcov === 'iid' ? solved.bread.map((value) => value * summary.sigmaSquared) : await sandwich(request, solved.bread, predictor);
  return {
    predictor,
    fit: {
      ...askedFields(request),
      coefficients: coefficientTable({
        design,
        beta: solved.beta,
        covariance,
        status,
        separatedReferences: new Set(),
        n: gram.n,
        rowsAt: (wanted) => sumAt(design, gram.joint.joint, wanted),
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
