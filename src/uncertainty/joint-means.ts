import type { CellState } from '../indicator/cell-state.ts';
import type { MeanError } from '../indicator/indicator.ts';
import type { IndicatorCovariance } from './analytic-errors.ts';
import type { CellMeans } from './influence.ts';

/** Indicators of a breakdown's groups over a period, and last of the whole, with their joint covariance. */
export interface JointMeans {
  readonly n: Float64Array;
  /** Units other than `ok` are not compared. */
  readonly state: readonly CellState[];
  /** Satterthwaite's degrees of freedom. */
  readonly freedom: Float64Array;
  /** NaN where a group has no mean over the period. */
  readonly estimate: Float64Array;
  readonly standardError: Float64Array;
  /** (groups + 1) × (groups + 1), row-major and symmetric. */
  readonly covariance: Float64Array;
}

export function jointMeans({ outcome, expected }: CellMeans, { functionals, values }: IndicatorCovariance, errors: readonly MeanError[]): JointMeans {
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
      const held = [a, b].some((f) => errors[f]!.state === 'held_at_zero');
      const value = held ? 0 : values[(a * (a + 1)) / 2 + b]!;
      covariance[a * count + b] = value;
      covariance[b * count + a] = value;
    }
  }
  return {
    n: rows,
    estimate: sums.map((sum, f) => (divisor[f]! > 0 ? sum / divisor[f]! : NaN)),
    standardError: rows.map((_, f) => (Number.isNaN(errors[f]!.standardError) ? NaN : Math.sqrt(Math.max(0, covariance[f * (count + 1)]!)))),
    state: errors.map(({ state }) => state),
    freedom: Float64Array.from(errors, ({ freedom }) => freedom),
    covariance,
  };
}
