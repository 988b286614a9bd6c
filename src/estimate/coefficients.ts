import type { DesignColumn, DesignTerms } from '../coding/design-matrix.ts';
import type { Coefficient, LevelStatus } from './fit.ts';

/** Tails and quantiles of the distribution that statistics are held against. */
export interface ReferenceDistribution {
  /** P(|T| > |t|). */
  twoSided(t: number): number;
  quantile(probability: number): number;
}

export interface CoefficientInput {
  readonly design: DesignTerms & { readonly columns: readonly DesignColumn[] };
  /** Length p, and p × p, on the scale of `design`. */
  readonly beta: Float64Array;
  readonly covariance: Float64Array;
  /** By column. */
  readonly status: readonly LevelStatus[];
  /** Reference levels, as `factor:level`, whose rows were all set aside. */
  readonly separatedReferences: ReadonlySet<string>;
  readonly n: number;
  /** Estimation rows at a factor's level, or at the crossed levels of two; set-aside rows counted. */
  rowsAt(wanted: readonly (readonly [factor: number, level: number])[]): number;
  readonly distribution: ReferenceDistribution;
  /** Confidence level in percent. */
  readonly level: number;
}

/** The coefficient table: constant, every level of every covariate with its reference, interactions. */
export function coefficientTable(input: CoefficientInput): Coefficient[] {
  const { design, status } = input;
  const { beta, variance } = originalScale(input);
  const p = design.columns.length;
  const critical = input.distribution.quantile(0.5 + input.level / 200);

  const estimated = (j: number, n: number): Coefficient => {
    const { term, level } = design.columns[j]!;
    if (status[j] !== 'estimated') return { term, level, n, status: status[j]!, ...noNumbers };
    const standardError = Math.sqrt(variance[j]!);
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

  const rows: Coefficient[] = [estimated(0, input.n)];
  let j = 1;
  for (const term of design.terms) {
    if ('numeric' in term) {
      rows.push(estimated(j++, input.n));
      continue;
    }
    const factor = design.factors[term.factor]!;
    factor.labels.forEach((label, level) => {
      const n = input.rowsAt([[term.factor, level]]);
      if (level !== factor.reference) return rows.push(estimated(j++, n));
      const separated = input.separatedReferences.has(`${term.factor}:${level}`);
      return rows.push({ term: factor.name, level: label, n, ...noNumbers, status: separated ? 'separated' : 'reference', estimate: separated ? null : 0 });
    });
  }
  for (const [a, b] of design.interactions) {
    for (let levelB = 0; levelB < design.factors[b]!.labels.length; levelB++) {
      for (let levelA = 0; levelA < design.factors[a]!.labels.length; levelA++) {
        if (levelA === design.factors[a]!.reference || levelB === design.factors[b]!.reference) continue;
        rows.push(estimated(j++, input.rowsAt([[a, levelA], [b, levelB]])));
      }
    }
  }
  if (j !== p) throw new RangeError(`the coefficient table has ${j} columns, the design ${p}`);
  return rows;
}

const noNumbers = { estimate: null, standardError: null, statistic: null, pValue: null, confLow: null, confHigh: null };

/** β and its variances for x itself where the design holds (x − centre)/halfRange: a linear map of both. */
function originalScale({ design, beta, covariance }: CoefficientInput): { beta: Float64Array; variance: Float64Array } {
  const p = beta.length;
  const out = Float64Array.from(beta);
  const variance = Float64Array.from({ length: p }, (_, j) => covariance[j * p + j]!);
  const shift = new Float64Array(p);
  shift[0] = 1;
  design.columns.forEach(({ numeric }, j) => {
    if (numeric === null) return;
    const { centre, halfRange } = design.numerics[numeric]!;
    shift[j] = -centre / halfRange;
    out[j] = beta[j]! / halfRange;
    out[0]! += shift[j] * beta[j]!;
    variance[j] = variance[j]! / (halfRange * halfRange);
  });
  if (design.numerics.length > 0) {
    variance[0] = 0;
    for (let i = 0; i < p; i++) for (let k = 0; k < p; k++) variance[0] += shift[i]! * shift[k]! * covariance[i * p + k]!;
  }
  return { beta: out, variance };
}
