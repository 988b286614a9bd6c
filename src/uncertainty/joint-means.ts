import type { IndicatorCovariance } from './analytic-errors.ts';
import type { CellMeans } from './influence.ts';

/** Indicators of a breakdown's groups over a period, and last of the whole, with their joint covariance. */
export interface JointMeans {
  readonly n: Float64Array;
  /** NaN where a group has no mean over the period. */
  readonly estimate: Float64Array;
  readonly standardError: Float64Array;
  /** (groups + 1) × (groups + 1), row-major and symmetric. */
  readonly covariance: Float64Array;
}

export function jointMeans({ outcome, expected }: CellMeans, { functionals, values }: IndicatorCovariance): JointMeans {
  const { count, layers, divisor, rows } = functionals;
  const sums = new Float64Array(count);
  for (const { ofCell, weight } of layers) {
    ofCell.forEach((f, cell) => {
      if (f < count) sums[f]! += weight[cell]! * (outcome[cell]! - expected[cell]!);
    });
  }
  const covariance = new Float64Array(count * count);
  for (let a = 0; a < count; a++) {
    for (let b = 0; b <= a; b++) {
      const value = values[(a * (a + 1)) / 2 + b]!;
      covariance[a * count + b] = value;
      covariance[b * count + a] = value;
    }
  }
  return {
    n: rows,
    estimate: sums.map((sum, f) => (divisor[f]! > 0 ? sum / divisor[f]! : NaN)),
    // One row says nothing of how much a mean of such rows varies.
    standardError: rows.map((n, f) => (n > 1 ? Math.sqrt(Math.max(0, covariance[f * (count + 1)]!)) : NaN)),
    covariance,
  };
}
