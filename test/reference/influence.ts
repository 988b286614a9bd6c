import { normalCdf, normalDensity } from './distributions.ts';
import { estimatedRows, type EstimatedOf } from './estimated-rows.ts';
import { labelOf, type Row } from './table.ts';

export interface InfluenceOf extends EstimatedOf {
  readonly cluster: 'person' | 'row';
}

/**
 * Influence of every cluster on the indicator of any set of rows, by dense matrices and loops over rows: nothing is packed,
 * sorted or summed ahead. The design has full rank, and nobody is set aside.
 *
 * @returns for a list of sets of rows with weights, of the weighted sum of their indicators: the standard error √Σ (a/√(1 − h) + b)², the
 * plain one √Σ (a + b)², and Satterthwaite's degrees of freedom
 */
export function influenceReference({ spec, rows, outcome, fit, cluster }: InfluenceOf): (sets: readonly WeightedSet[]) => ReferenceError {
  const { actual, observed, isEstimated, columns, beta } = estimatedRows({ spec, rows, outcome, fit });
  const probit = outcome.family === 'probit';
  const data = observed.map((row) => {
    const x = columns.map((column) => column.value(row));
    const eta = x.reduce((sum, value, j) => sum + value * beta[j]!, 0);
    const y = actual(row);
    if (!probit) return { row, x, r: y - eta, slope: 1, s: y - eta, w: 1 };
    const q = 2 * y - 1;
    const lambda = (q * normalDensity(eta)) / normalCdf(q * eta);
    return { row, x, r: y - normalCdf(eta), slope: normalDensity(eta), s: lambda, w: lambda * (lambda + eta) };
  });
  const p = columns.length;
  const hessian = Array.from({ length: p }, () => new Float64Array(p));
  for (const { row, x, w } of data) if (isEstimated(row)) for (let i = 0; i < p; i++) for (let j = 0; j < p; j++) hessian[i]![j]! += w * x[i]! * x[j]!;
  const inverse = inverted(hessian);
  const clusterOf = new Map<string, number>();
  const clusterNumber = data.map(({ row }, i) => {
    const key = cluster === 'row' ? String(i) : labelOf(row, spec.person);
    if (!clusterOf.has(key)) clusterOf.set(key, clusterOf.size);
    return clusterOf.get(key)!;
  });

  return (sets) => {
    const [own, through] = [new Float64Array(clusterOf.size), new Float64Array(clusterOf.size)];
    const weightOfRow = new Float64Array(data.length);
    let [all, taken] = [0, 0];
    for (const { weight, inSet } of sets) {
      if (weight === 0) continue;
      const members = data.filter(({ row }) => inSet(row));
      all += weight ** 2 / members.length;
      taken += weight ** 2 / members.length ** 2;
      const mean = members.reduce((sum, { r }) => sum + r, 0) / members.length;
      const slope = Array.from({ length: p }, (_, j) => members.reduce((sum, one) => sum + one.slope * one.x[j]!, 0) / members.length);
      const v = inverse.map((row) => row.reduce((sum, value, j) => sum + value * slope[j]!, 0));
      data.forEach(({ row, x, r, s }, i) => {
        if (inSet(row)) {
          own[clusterNumber[i]!]! += (weight * (r - mean)) / members.length;
          weightOfRow[i]! += weight / members.length;
        }
        if (isEstimated(row)) through[clusterNumber[i]!]! -= weight * s * x.reduce((sum, value, j) => sum + value * v[j]!, 0);
      });
    }
    const share = new Float64Array(clusterOf.size);
    weightOfRow.forEach((weight, i) => (share[clusterNumber[i]!]! += Math.abs(weight)));
    const total = share.reduce((sum, weight) => sum + weight, 0);
    const influence = new Float64Array(clusterOf.size);
    let [ownPlain, ownCorrected, plain, first, second, third] = [0, 0, 0, 0, 0, 0];
    share.forEach((n, g) => {
      const h = n / total;
      ownPlain += own[g]! ** 2;
      ownCorrected += own[g]! ** 2 / (1 - h);
      influence[g] = own[g]! / Math.sqrt(1 - h) + through[g]!;
      plain += (own[g]! + through[g]!) ** 2;
      first += (n / (total - n)) ** 2;
      second += n ** 3 / (total - n) ** 2;
      third += n ** 2 / (total - n);
    });
    const standardError = Math.sqrt(influence.reduce((sum, value) => sum + value * value, 0));
    return { influence, standardError, lost: taken / all - (1 - ownPlain / ownCorrected), plain: Math.sqrt(plain), freedom: total ** 2 / (total ** 2 * first - 2 * total * second + third ** 2) };
  };
}

export interface WeightedSet {
  readonly weight: number;
  readonly inSet: (row: Row) => boolean;
}

export interface ReferenceError {
  /** a/√(1 − h) + b by cluster: the covariance of two is the sum of their products. */
  readonly influence: Float64Array;
  readonly standardError: number;
  readonly plain: number;
  /** Share of the variance lost to the means of the sets, beyond what √(1 − h) gives back. */
  readonly lost: number;
  readonly freedom: number;
}

/** Gauss–Jordan with row exchanges. */
export function inverted(matrix: readonly Float64Array[]): number[][] {
  const p = matrix.length;
  const rows = matrix.map((row, i) => [...row, ...Array.from({ length: p }, (_, j) => Number(i === j))]);
  for (let k = 0; k < p; k++) {
    const best = rows.slice(k).reduce((at, row, i) => (Math.abs(row[k]!) > Math.abs(rows[at]![k]!) ? k + i : at), k);
    [rows[k], rows[best]] = [rows[best]!, rows[k]!];
    const pivot = rows[k]![k]!;
    rows[k] = rows[k]!.map((value) => value / pivot);
    for (let i = 0; i < p; i++) {
      if (i === k) continue;
      const factor = rows[i]![k]!;
      if (factor !== 0) rows[i] = rows[i]!.map((value, j) => value - factor * rows[k]![j]!);
    }
  }
  return rows.map((row) => row.slice(p));
}
