import type { CellState } from '../indicator/cell-state.ts';
import type { MeanError } from '../indicator/indicator.ts';
import type { IndicatorCovariance } from './analytic-errors.ts';
import type { ComparedSets } from './compared-sets.ts';
import type { CellMeans } from './influence.ts';

/**
 * Indicators of a breakdown's groups over a period, and last of the whole, with their joint covariance. A group that lacks months of
 * the whole has its difference from the whole over the months that both have, added to the whole's mean.
 */
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

/** Means of all sets of a comparison with their joint covariance, those of the groups and of the whole first. */
export type SetMeans = Pick<JointMeans, 'estimate' | 'standardError' | 'covariance' | 'freedom'>;

/** `errors`: of the groups and the whole, each over its own months. */
export function setMeans({ outcome, expected }: CellMeans, { sets }: ComparedSets, { functionals, values }: IndicatorCovariance, errors: readonly MeanError[]): SetMeans {
  const { count, layers, divisor } = functionals;
  const units = errors.length - 1;
  const sums = new Float64Array(count);
  for (const { ofCell, weight } of layers) {
    ofCell.forEach((f, cell) => {
      if (f < count) sums[f]! += weight[cell]! * (outcome[cell]! - expected[cell]!);
    });
  }
  const isHeld = (f: number): boolean => errors[f]?.state === 'held_at_zero';
  const covariance = new Float64Array(count * count);
  for (let a = 0; a < count; a++) {
    for (let b = 0; b <= a; b++) {
      const value = isHeld(a) || isHeld(b) ? 0 : values[(a * (a + 1)) / 2 + b]!;
      covariance[a * count + b] = value;
      covariance[b * count + a] = value;
    }
  }
  /** Other sets are of one group, of all, or of some: at least as much is known of these as of the largest of them. */
  const freedomOf = (f: number): number => {
    if (f <= units) return errors[f]!.freedom;
    const { members } = sets[f]!;
    return members.length === units ? errors[units]!.freedom : members.reduce((most, g) => Math.max(most, errors[g]!.freedom || 0), 0);
  };
  return {
    estimate: sums.map((sum, f) => (divisor[f]! > 0 ? sum / divisor[f]! : NaN)),
    standardError: sums.map((_, f) => (Number.isNaN(errors[f]?.standardError ?? 0) ? NaN : Math.sqrt(Math.max(0, covariance[f * (count + 1)]!)))),
    freedom: Float64Array.from({ length: count }, (_, f) => freedomOf(f)),
    covariance,
  };
}

/** The groups and the whole, each group moved to the whole's months. */
export function jointMeans(means: SetMeans, { sets, wholeOf }: ComparedSets, n: Float64Array, errors: readonly MeanError[]): JointMeans {
  const units = wholeOf.length;
  const size = means.estimate.length;
  const combined = Array.from({ length: units + 1 }, (_, g): readonly (readonly [set: number, weight: number])[] =>
    (g === units || wholeOf[g] === units ? [[g, 1]] : [[g, 1], [wholeOf[g]!, -1], [units, 1]]));
  const covariance = new Float64Array((units + 1) * (units + 1));
  combined.forEach((a, i) => combined.forEach((b, j) => {
    let sum = 0;
    for (const [f, by] of a) for (const [g, and] of b) sum += by * and * means.covariance[f * size + g]!;
    covariance[i * (units + 1) + j] = sum;
  }));
  return {
    n: n.slice(0, units + 1),
    state: errors.map(({ state }) => state),
    freedom: means.freedom.slice(0, units + 1),
    estimate: Float64Array.from(combined, (parts, g) => (sets[g]!.months.length === 0 ? NaN : parts.reduce((sum, [f, by]) => sum + by * means.estimate[f]!, 0))),
    standardError: Float64Array.from(combined, (_, g) => (Number.isNaN(means.standardError[g]!) ? NaN : Math.sqrt(Math.max(0, covariance[g * (units + 2)]!)))),
    covariance,
  };
}
