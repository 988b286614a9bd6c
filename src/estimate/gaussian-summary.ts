import type { ReferenceDistribution } from './coefficients.ts';
import type { EstimationMath } from './estimation-math.ts';
import type { LeastSquares } from './ols.ts';

/** What is told of a least-squares fit besides its coefficients. */
export interface GaussianSummary {
  /** RSS/(n − rank); NaN where no freedom is left. */
  readonly sigmaSquared: number;
  readonly sigma: number | null;
  /** That of β/SE with iid standard errors: t(n − rank). */
  readonly distribution: ReferenceDistribution;
  readonly rSquared: number | null;
  readonly logLikelihood: number;
  readonly meanOutcome: number;
}

/** @param sample number of rows and Σ y */
export function gaussianSummary(solved: LeastSquares, { n, total }: { n: number; total: number }, math: EstimationMath): GaussianSummary {
  const { residualSumOfSquares, totalSumOfSquares, factor } = solved;
  const freedom = n - factor.rank;
  const sigmaSquared = freedom > 0 ? residualSumOfSquares / freedom : NaN;
  return {
    sigmaSquared,
    sigma: freedom > 0 ? Math.sqrt(sigmaSquared) : null,
    distribution: freedom > 0 ? math.student(freedom) : math.normal,
    rSquared: totalSumOfSquares > 0 ? 1 - residualSumOfSquares / totalSumOfSquares : null,
    logLikelihood: -0.5 * n * (math.log(2 * Math.PI) + math.log(residualSumOfSquares / n) + 1),
    meanOutcome: total / n,
  };
}
