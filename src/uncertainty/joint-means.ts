import type { IndicatorCovariance } from './analytic-errors.ts';
import type { CellMeans, PeriodMeans } from './influence.ts';

/** Indicators of a breakdown's groups over a period, and last of the whole, with their joint covariance. */
export interface JointMeans {
  readonly n: Float64Array;
  /** NaN where a group has no mean over the period. */
  readonly estimate: Float64Array;
  readonly standardError: Float64Array;
  /** (groups + 1) × (groups + 1), row-major and symmetric. */
  readonly covariance: Float64Array;
}

export function jointMeans({ outcome, expected }: CellMeans, { functionals, values }: IndicatorCovariance, { groups }: PeriodMeans): JointMeans {
  const { count, layers, ofCell, weight, divisor, rows } = functionals;
  const cells = ofCell.length / layers;
  const sums = new Float64Array(count);
  for (let at = 0; at < ofCell.length; at++) {
    const f = ofCell[at]!;
    if (f < count) sums[f]! += weight[at]! * (outcome[at % cells]! - expected[at % cells]!);
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
    standardError: Float64Array.from({ length: groups + 1 }, (_, f) => (rows[f]! > 1 ? Math.sqrt(Math.max(0, covariance[f * (count + 1)]!)) : NaN)),
    covariance,
  };
}
