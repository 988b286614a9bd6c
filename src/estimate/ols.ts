import { multiply, rankTolerance, type Factorization, type Factorize } from './cholesky.ts';

/** Sums over the estimation rows that suffice for least squares. */
export interface LeastSquaresSums {
  readonly n: number;
  /** X′X, p × p row-major. */
  readonly gram: Float64Array;
  /** X′y, length p. */
  readonly crossProduct: Float64Array;
  readonly sumOfSquares: number;
}

export interface LeastSquares {
  /** Length p; 0 for a column that repeats earlier ones. */
  readonly beta: Float64Array;
  readonly factor: Factorization;
  /** (X′X)⁻¹. */
  readonly bread: Float64Array;
  readonly residualSumOfSquares: number;
  /** Σ (y − ȳ)². */
  readonly totalSumOfSquares: number;
  /** X′(y − Xβ). */
  readonly score: Float64Array;
}

/** Least squares from the normal equations X′Xβ = X′y, solved by Cholesky with one step of refinement. */
export function leastSquares({ n, gram, crossProduct, sumOfSquares }: LeastSquaresSums, factorize: Factorize): LeastSquares {
  const p = crossProduct.length;
  const factor = factorize(gram, p, rankTolerance);
  const beta = factor.solve(crossProduct);
  const residual = (): Float64Array => multiply(gram, beta).map((fitted, j) => (factor.kept[j] ? crossProduct[j]! - fitted : 0));
  factor.solve(residual()).forEach((step, j) => (beta[j]! += step));
  const score = residual();
  let explained = 0;
  for (let j = 0; j < p; j++) explained += beta[j]! * (crossProduct[j]! + score[j]!);
  const mean = n > 0 ? crossProduct[0]! / n : 0;
  return {
    beta,
    factor,
    bread: factor.inverse(),
    residualSumOfSquares: Math.max(0, sumOfSquares - explained),
    totalSumOfSquares: sumOfSquares - n * mean * mean,
    score,
  };
}

/** The largest absolute element. */
export function largestOf(values: Float64Array): number {
  return values.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
}
