import { placeName, type Levels, type ModelColumns } from '../coding/model-columns.ts';
import { keyOf } from './column-status.ts';
import type { Coefficient, LevelStatus } from './fit.ts';
import type { Separated } from './separation.ts';

/** Tails and quantiles of the distribution that statistics are held against. */
export interface ReferenceDistribution {
  /** P(|T| > |t|). */
  twoSided(t: number): number;
  quantile(probability: number): number;
}

export interface CoefficientInput {
  readonly model: ModelColumns;
  /** Length p, and p × p, on the scale of the columns. */
  readonly beta: Float64Array;
  readonly covariance: Float64Array;
  /** By column: the variance that independent residuals of one size would give, where the covariance is a sandwich. */
  readonly usual?: Float64Array;
  /** c′ · covariance · c where there is a better way to it than `covariance` itself, whose terms may all but cancel. */
  varianceOf?(c: Float64Array): number;
  /** By column. */
  readonly status: readonly LevelStatus[];
  /** Levels and crossed cells where everybody has the same outcome. */
  readonly separated: readonly Separated[];
  readonly n: number;
  /** Estimation rows at a factor's level, or at the crossed levels of two; set-aside rows counted. */
  rowsAt(wanted: Levels): number;
  readonly distribution: ReferenceDistribution;
  /** Confidence level in percent. */
  readonly level: number;
}

/**
 * The coefficient table: constant, every level of every covariate with its reference, interactions. A crossed cell of a
 * reference has a row only where it is separated, so that it is named.
 */
export function coefficientTable(input: CoefficientInput): Coefficient[] {
  const { model, status } = input;
  const { beta, variance } = originalScale(input);
  const critical = input.distribution.quantile(0.5 + input.level / 200);
  const usual = input.usual ?? null;
  const aside = new Set(input.separated.map(({ at }) => keyOf(at)));

  const estimated = (j: number, n: number): Coefficient => {
    const { term, level } = model.columns[j]!;
    if (status[j] !== 'estimated') return { term, level, n, status: status[j]!, ...noNumbers };
    const standardError = Math.sqrt(variance[j]!);
    if (!(standardError > 0) || isRounding(input.covariance[j * model.columns.length + j]!, usual?.[j])) {
      return { term, level, status: 'estimated', n, ...noNumbers, estimate: beta[j]! };
    }
    const statistic = beta[j]! / standardError;
    return {
      term,
      level,
      status: 'estimated',
      n,
      estimate: beta[j]!,
      standardError,
      statistic,
      pValue: input.distribution.twoSided(statistic),
      confLow: beta[j]! - critical * standardError,
      confHigh: beta[j]! + critical * standardError,
    };
  };
  const isReference = ([factor, level]: Levels[number]): boolean => model.terms.factors[factor]!.reference === level;

  let j = 0;
  const rows = [estimated(j++, input.n)];
  for (const term of model.terms.terms) {
    if ('numeric' in term) rows.push(estimated(j++, input.n));
    else model.terms.factors[term.factor]!.labels.forEach((_, level) => addRow([[term.factor, level]]));
  }
  for (const [a, b] of model.terms.interactions) {
    model.terms.factors[b]!.labels.forEach((_, y) => model.terms.factors[a]!.labels.forEach((__, x) => addRow([[a, x], [b, y]])));
  }
  function addRow(place: Levels): void {
    const n = input.rowsAt(place);
    if (!place.some(isReference)) rows.push(estimated(j++, n));
    else if (place.length === 1) rows.push({ ...placeName(model.terms, place), n, ...noNumbers, status: 'reference', estimate: 0 });
    else if (aside.has(keyOf(place))) rows.push({ ...placeName(model.terms, place), n, ...noNumbers, status: 'separated' });
  }
  if (j !== model.columns.length) throw new RangeError(`the coefficient table has ${j} columns, the design ${model.columns.length}`);
  return rows;
}

/** A sandwich's entry below this share of what independent residuals would give is what rounding leaves of an exact 0, and gives no test. */
const isRounding = (variance: number, usual: number | undefined): boolean => usual !== undefined && variance <= 1e-12 * usual;

const noNumbers = { estimate: null, standardError: null, statistic: null, pValue: null, confLow: null, confHigh: null };

/** β and its variances for x itself where the design holds (x − centre)/halfRange: a linear map of both. */
function originalScale({ model: { columns, terms }, beta, covariance, varianceOf = (c) => quadraticForm(covariance, c) }: CoefficientInput): { beta: Float64Array; variance: Float64Array } {
  const p = beta.length;
  const out = Float64Array.from(beta);
  const variance = Float64Array.from({ length: p }, (_, j) => covariance[j * p + j]!);
  const shift = new Float64Array(p);
  shift[0] = 1;
  columns.forEach(({ numeric }, j) => {
    if (numeric === null) return;
    const { centre, halfRange } = terms.numerics[numeric]!;
    shift[j] = -centre / halfRange;
    out[j] = beta[j]! / halfRange;
    out[0]! += shift[j] * beta[j]!;
    variance[j] = variance[j]! / (halfRange * halfRange);
  });
  if (terms.numerics.length > 0) variance[0] = varianceOf(shift);
  return { beta: out, variance };
}

/** c′Ac of a p × p matrix. */
export function quadraticForm(a: Float64Array, c: Float64Array): number {
  const p = c.length;
  let sum = 0;
  for (let i = 0; i < p; i++) for (let k = 0; k < p; k++) sum += c[i]! * c[k]! * a[i * p + k]!;
  return sum;
}
