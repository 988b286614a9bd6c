import { EngineError } from '../errors.ts';

/** Estimates of units, periods or measures, each with its standard error, and with how they vary together where that is known. */
export interface JointEstimates {
  readonly labels: readonly string[];
  readonly estimate: Float64Array;
  /** NaN where there is none. */
  readonly standardError: Float64Array;
  /** k × k, row-major, symmetric, with the squared standard errors on the diagonal; null where it is not known. */
  readonly covariance: Float64Array | null;
  /** Degrees of freedom of each standard error; normal where absent. */
  readonly freedom?: Float64Array;
}

/** Whether a result rests on the joint covariance or takes the estimates as independent. */
export type Dependence = 'joint' | 'independent';

export const dependenceOf = ({ covariance }: Pick<JointEstimates, 'covariance'>): Dependence =>
  covariance === null ? 'independent' : 'joint';

export interface UsableEstimates {
  readonly estimates: JointEstimates;
  /** Where each stood before. */
  readonly places: readonly number[];
  /** Labels of those without an estimate or a standard error above 0. */
  readonly leftOut: readonly string[];
}

/** Those that have an estimate and a standard error above 0. Throws `internal` where lengths or diagonal do not fit. */
export function usableEstimates(all: JointEstimates): UsableEstimates {
  checkJointEstimates(all);
  const usable = (i: number): boolean => Number.isFinite(all.estimate[i]!) && all.standardError[i]! > 0 && all.standardError[i]! < Infinity;
  const places = Array.from(all.labels.keys()).filter(usable);
  const leftOut = all.labels.filter((_, i) => !usable(i));
  return { estimates: leftOut.length === 0 ? all : selected(all, places), places, leftOut };
}

/** Part of the estimates, in the order of `places`. */
export function selected(all: JointEstimates, places: readonly number[]): JointEstimates {
  const k = all.labels.length;
  const { covariance } = all;
  return {
    labels: places.map((i) => all.labels[i]!),
    estimate: Float64Array.from(places, (i) => all.estimate[i]!),
    standardError: Float64Array.from(places, (i) => all.standardError[i]!),
    covariance: covariance === null ? null : Float64Array.from(places.flatMap((i) => places.map((j) => covariance[i * k + j]!))),
    ...(all.freedom ? { freedom: Float64Array.from(places, (i) => all.freedom![i]!) } : {}),
  };
}

/** Throws `internal` where lengths do not fit or the covariance's diagonal is not that of the standard errors. */
export function checkJointEstimates({ labels, estimate, standardError, covariance }: JointEstimates): void {
  const k = labels.length;
  if (estimate.length !== k || standardError.length !== k || (covariance !== null && covariance.length !== k * k)) {
    const lengths = { labels: k, estimates: estimate.length, standardErrors: standardError.length, covariance: covariance?.length ?? null };
    throw new EngineError('internal.unexpected', { detail: `joint estimates: the lengths of ${k} units do not fit: ${JSON.stringify(lengths)}` });
  }
  if (covariance === null) return;
  for (let i = 0; i < k; i++) {
    const variance = standardError[i]! * standardError[i]!;
    if (Number.isNaN(variance) || Math.abs(covariance[i * k + i]! - variance) <= 1e-9 * variance) continue;
    throw new EngineError('internal.unexpected', { detail: `joint estimates: the variance of ${labels[i]} is ${covariance[i * k + i]}, its squared standard error ${variance}` });
  }
}
