import { normalCdf, normalDensity } from './distributions.ts';
import { estimatedRows, type EstimatedOf } from './estimated-rows.ts';
import { leastSquares } from './least-squares.ts';
import { scoreResidual } from './probit.ts';
import type { Row } from './table.ts';

export interface BootstrapOf extends EstimatedOf {
  /** Weights of a row, one a replicate. */
  readonly weights: (row: Row) => ArrayLike<number>;
  readonly replicates: number;
  /** Probits to their maximum, from nothing; else one step from the estimate. */
  readonly refit?: 'full';
}

interface Mean {
  readonly weight: number;
  readonly inSet: (row: Row) => boolean;
}

/**
 * Estimates again in every replicate on columns multiplied by the roots of the weights, by orthogonalization: least squares, or for a
 * probit one step from its estimate.
 *
 * @returns for a list of sets of rows with weights, the standard deviation over replicates of the weighted sum of their
 * indicators, replicates in which a set has no rows left out, and its percentiles; and in how many replicates a column lost its estimate,
 * or went to its limit
 */
export function bootstrapReference({ spec, rows, outcome, fit, weights, replicates, refit }: BootstrapOf) {
  const { actual, observed, isEstimated, sample, columns, beta } = estimatedRows({ spec, rows, outcome, fit });
  const probit = outcome.family === 'probit';
  const x = sample.map((row) => columns.map((one) => one.value(row)));
  const dot = (a: readonly number[], b: readonly number[]): number => a.reduce((sum, value, j) => sum + value * b[j]!, 0);
  const steps = sample.map((row, i) => {
    const [y, eta] = [actual(row), dot(x[i]!, beta)];
    if (!probit) return { response: y, information: 1 };
    const q = 2 * y - 1;
    const lambda = (q * normalDensity(eta)) / normalCdf(q * eta);
    const information = lambda * (lambda + eta);
    return { response: lambda / information, information };
  });
  let dropped = 0;
  // By replicate: y − μ of every observed row, null where the replicate has no expected value for it.
  let separated = 0;
  const y = Float64Array.from(sample, (row) => actual(row));
  const estimateOf = (b: number): { own: number[]; kept: boolean[] } => {
    if (refit === 'full') {
      const found = weightedProbit({ x, y, weights: sample.map((row) => weights(row)[b]!) });
      if (found.beta.some((value) => Math.abs(value) > 4)) separated++;
      return { own: found.beta, kept: found.kept };
    }
    const root = sample.map((row, i) => Math.sqrt(weights(row)[b]! * steps[i]!.information));
    const scaled = columns.map((_, j) => Float64Array.from(sample, (__, i) => root[i]! * x[i]![j]!));
    const solved = leastSquares(scaled, Float64Array.from(sample, (_, i) => root[i]! * steps[i]!.response));
    return { own: solved.beta.map((value, j) => (probit ? beta[j]! + value : value)), kept: solved.kept };
  };
  const residuals = Array.from({ length: replicates }, (_, b) => {
    const { own, kept } = estimateOf(b);
    if (kept.includes(false)) dropped++;
    return new Map(observed.map((row) => {
      const values = columns.map((one) => one.value(row));
      if (!isEstimated(row) && values.some((value, j) => value !== 0 && !kept[j])) return [row, null];
      const eta = dot(values, own);
      return [row, actual(row) - (probit ? normalCdf(eta) : eta)];
    }));
  });
  const valuesOf = (sets: readonly Mean[]): number[] =>
    residuals.flatMap((residual, b) => {
      let total = 0;
      for (const { weight, inSet } of sets) {
        let [sum, n] = [0, 0];
        for (const row of observed) {
          const r = residual.get(row)!;
          if (r === null || !inSet(row)) continue;
          sum += weights(row)[b]! * r;
          n += weights(row)[b]!;
        }
        total += (weight * sum) / n;
      }
      return Number.isNaN(total) ? [] : [total];
    });
  const errorOf = (sets: readonly Mean[]): number => {
    const values = valuesOf(sets);
    const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
    return Math.sqrt(values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / (values.length - 1));
  };
  /** The smallest value that this share of all does not exceed, at either end of an interval of the level in percent. */
  const endsOf = (sets: readonly Mean[], level: number): [number, number] => {
    const values = valuesOf(sets).sort((a, b) => a - b);
    const quantile = (percent: number): number => values.find((value) => 100 * values.filter((other) => other <= value).length >= percent * values.length - 1e-9)!;
    return [quantile((100 - level) / 2), quantile((100 + level) / 2)];
  };
  return { errorOf, endsOf, dropped, separated };
}

/** Maximum likelihood with weights by Fisher scoring from 0, until no row's expected value changes. */
function weightedProbit({ x, y, weights }: { x: readonly (readonly number[])[]; y: Float64Array; weights: readonly number[] }): { beta: number[]; kept: boolean[] } {
  const p = x[0]!.length;
  const columnsTimes = (factor: (i: number) => number): Float64Array[] => Array.from({ length: p }, (_, j) => Float64Array.from(x, (row, i) => factor(i) * row[j]!));
  const { kept } = leastSquares(columnsTimes((i) => Math.sqrt(weights[i]!)), new Float64Array(y.length));
  let beta = new Array<number>(p).fill(0);
  let means = x.map(() => 0.5);
  for (let step = 0; step < 300; step++) {
    const eta = x.map((row) => row.reduce((sum, value, j) => sum + value * beta[j]!, 0));
    const root = eta.map((e) => normalDensity(e) / Math.sqrt(normalCdf(e) * normalCdf(-e)));
    const response = Float64Array.from(y, (value, i) => (Math.sqrt(weights[i]!) * scoreResidual(value, eta[i]!)) / root[i]!);
    const change = leastSquares(columnsTimes((i) => Math.sqrt(weights[i]!) * root[i]!), response, kept).beta;
    beta = beta.map((value, j) => value + change[j]!);
    const next = x.map((row) => normalCdf(row.reduce((sum, value, j) => sum + value * beta[j]!, 0)));
    const largest = Math.max(...next.map((value, i) => (weights[i]! > 0 ? Math.abs(value - means[i]!) : 0)));
    means = next;
    if (largest < 1e-12) return { beta, kept };
  }
  throw new Error('the reference probit does not converge');
}
