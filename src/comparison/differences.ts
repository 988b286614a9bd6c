import { EngineError } from '../errors.ts';
import { checkJointEstimates, type JointEstimates } from './joint-estimates.ts';
import { distributionOf, type ComparisonMath } from './math.ts';

/** Two of the estimates, by their place: a unit and the country, two units, a period and the one before, two measures. */
export interface Pair {
  readonly of: number;
  readonly from: number;
}

/** Every estimate but `reference`, from it. */
export const allFrom = (count: number, reference: number): Pair[] =>
  Array.from({ length: count }, (_, of) => ({ of, from: reference })).filter(({ of }) => of !== reference);

/** Every two, the later from the earlier. */
export const everyTwo = (count: number): Pair[] =>
  Array.from({ length: count }, (_, of) => Array.from({ length: of }, (__, from) => ({ of, from }))).flat();

/** Each from the one `lag` places before it. */
export const lagged = (count: number, lag = 1): Pair[] => Array.from({ length: Math.max(0, count - lag) }, (_, from) => ({ of: from + lag, from }));

export type DifferenceKind = 'difference' | 'percent-change';

export interface Difference {
  readonly of: string;
  readonly from: string;
  readonly estimate: number;
  readonly standardError: number;
  /** estimate / standard error; NaN, as are the p-value and the interval, where there is no standard error above 0. */
  readonly statistic: number;
  readonly pValue: number;
  readonly confLow: number;
  readonly confHigh: number;
}

export interface DifferenceOptions {
  readonly kind: DifferenceKind;
  /** In per cent. */
  readonly level: number;
}

/**
 * Differences y_of − y_from, or percent changes 100·(y_of − y_from)/y_from by the delta method, each with its standard error
 * from the joint covariance; interval and two-sided p-value by Student's t where degrees of freedom are known, else normal. NaN where an estimate is, or where a change starts at 0.
 * Throws `spec` where the covariance is not known: a unit is part of its country, a person is there in several months, and
 * standard errors alone do not tell what a difference varies by.
 */
export function differences(estimates: JointEstimates, pairs: readonly Pair[], { kind, level }: DifferenceOptions, math: Pick<ComparisonMath, 'normal' | 'student'>): Difference[] {
  const covariance = knownCovariance(estimates);
  return gradients(estimates, pairs, kind).map((gradient) => {
    const { of, from, estimate } = gradient;
    const variance = covarianceOfTwo(gradient, gradient, covariance, estimates.labels.length);
    const standardError = Math.sqrt(Math.max(0, variance));
    const statistic = standardError > 0 ? estimate / standardError : NaN;
    const distribution = distributionOf(freedomOf(gradient, estimates), math);
    const critical = distribution.quantile(0.5 + level / 200);
    return {
      of: estimates.labels[of]!,
      from: estimates.labels[from]!,
      estimate,
      standardError,
      statistic,
      pValue: Number.isNaN(statistic) ? NaN : distribution.twoSided(statistic),
      confLow: Number.isNaN(statistic) ? NaN : estimate - critical * standardError,
      confHigh: Number.isNaN(statistic) ? NaN : estimate + critical * standardError,
    };
  });
}

/** Of both estimates' own parts of the variance, as Welch and Satterthwaite put them together; ∞ where they are taken as known. */
function freedomOf({ of, from, byOf, byFrom }: Gradient, { freedom, standardError }: JointEstimates): number {
  if (!freedom) return Infinity;
  const parts = [[of, byOf], [from, byFrom]].map(([place, by]) => ({ variance: by! * by! * standardError[place!]! * standardError[place!]!, freedom: freedom[place!]! }));
  const total = parts.reduce((sum, { variance }) => sum + variance, 0);
  return (total * total) / parts.reduce((sum, { variance, freedom: own }) => sum + (variance > 0 ? (variance * variance) / own : 0), 0);
}

/** The differences as estimates with their own joint covariance, pairs × pairs: for bands, or differences of differences. */
export function jointDifferences(estimates: JointEstimates, pairs: readonly Pair[], kind: DifferenceKind): JointEstimates {
  const all = knownCovariance(estimates);
  const k = estimates.labels.length;
  const rows = gradients(estimates, pairs, kind);
  const m = rows.length;
  const covariance = new Float64Array(m * m);
  for (let a = 0; a < m; a++) {
    for (let b = 0; b <= a; b++) covariance[a * m + b] = covariance[b * m + a] = covarianceOfTwo(rows[a]!, rows[b]!, all, k);
    covariance[a * m + a] = Math.max(0, covariance[a * m + a]!);
  }
  return {
    labels: rows.map(({ of, from }) => `${estimates.labels[of]} − ${estimates.labels[from]}`),
    estimate: Float64Array.from(rows, ({ estimate }) => estimate),
    standardError: Float64Array.from(rows, (_, a) => Math.sqrt(covariance[a * m + a]!)),
    covariance,
  };
}

interface Gradient extends Pair {
  readonly estimate: number;
  /** ∂/∂y_of and ∂/∂y_from. */
  readonly byOf: number;
  readonly byFrom: number;
}

function gradients({ estimate }: JointEstimates, pairs: readonly Pair[], kind: DifferenceKind): Gradient[] {
  return pairs.map(({ of, from }) => {
    const [later, start] = [estimate[of]!, estimate[from]!];
    if (kind === 'difference') return { of, from, estimate: later - start, byOf: 1, byFrom: -1 };
    if (start === 0) return { of, from, estimate: NaN, byOf: NaN, byFrom: NaN };
    return { of, from, estimate: (100 * (later - start)) / start, byOf: 100 / start, byFrom: (-100 * later) / (start * start) };
  });
}

/** g′Σh; what rounding leaves of terms that cancel is 0. */
function covarianceOfTwo(g: Gradient, h: Gradient, covariance: Float64Array, k: number): number {
  const terms = [
    g.byOf * h.byOf * covariance[g.of * k + h.of]!,
    g.byOf * h.byFrom * covariance[g.of * k + h.from]!,
    g.byFrom * h.byOf * covariance[g.from * k + h.of]!,
    g.byFrom * h.byFrom * covariance[g.from * k + h.from]!,
  ];
  const sum = terms[0]! + terms[3]! + (terms[1]! + terms[2]!);
  const size = terms.reduce((total, term) => total + Math.abs(term), 0);
  return Math.abs(sum) <= 1e-14 * size ? 0 : sum;
}

function knownCovariance(estimates: JointEstimates): Float64Array {
  checkJointEstimates(estimates);
  if (estimates.covariance !== null) return estimates.covariance;
  throw new EngineError('spec.difference-needs-covariance', { estimates: estimates.labels.length });
}
