import { normalCdf, normalDensity } from '../distributions.ts';
import type { Design } from './design.ts';

/** A fit, and what it says of each row. */
export interface WholeFit {
  readonly columnsOf: Design['columnsOf'];
  /** By column; 0 for a column that was dropped. */
  readonly beta: Float64Array;
  readonly kept: boolean[];
  /** By column, clusters as given. */
  readonly standardError: Float64Array;
  readonly mean: Float64Array;
  /** ∂μ/∂η. */
  readonly slope: Float64Array;
  /** H⁻¹, the observed Hessian's, p rows of p. */
  readonly inverse: readonly Float64Array[];
  /** By cluster: Σ s·x, and which of its entries are not 0. */
  readonly scores: readonly { readonly at: Uint16Array; readonly value: Float64Array }[];
}

interface FitOf {
  readonly design: Design;
  readonly y: Float64Array;
  readonly family: 'gaussian' | 'probit';
  readonly clusterOf: Int32Array;
  readonly clusters: number;
}

/** Least squares by normal equations and refinement from the rows; probit by Newton's steps; loops over rows. */
export function wholeFit({ design: { columnsOf, places, limit }, y, family, clusterOf, clusters }: FitOf): WholeFit {
  const p = places.length;
  const rows = y.length;
  const gramOf = (weight: (i: number) => number): Float64Array[] => {
    const gram = Array.from({ length: p }, () => new Float64Array(p));
    columnsOf.forEach((columns, i) => {
      if (limit[i] !== -1) return;
      const w = weight(i);
      for (const a of columns) for (const b of columns) gram[a]![b]! += w;
    });
    return gram;
  };
  const kept = independent(gramOf(() => 1));
  const beta = new Float64Array(p);
  const eta = new Float64Array(rows);
  const s = new Float64Array(rows);
  const [observed, expected] = [new Float64Array(rows).fill(1), new Float64Array(rows).fill(1)];
  const look = (): void => columnsOf.forEach((columns, i) => {
    eta[i] = 0;
    for (const a of columns) eta[i]! += beta[a]!;
    if (family === 'gaussian') s[i] = y[i]! - eta[i]!;
    else if (limit[i] === -1) {
      const q = 2 * y[i]! - 1;
      s[i] = (q * normalDensity(eta[i]!)) / normalCdf(q * eta[i]!);
      observed[i] = s[i]! * (s[i]! + eta[i]!);
      expected[i] = normalDensity(eta[i]!) ** 2 / (normalCdf(eta[i]!) * normalCdf(-eta[i]!));
    }
  });
  const gradient = (): Float64Array => {
    const sums = new Float64Array(p);
    columnsOf.forEach((columns, i) => {
      if (limit[i] === -1) for (const a of columns) sums[a]! += s[i]!;
    });
    return sums;
  };
  look();
  let inverse = inverseOf(gramOf((i) => observed[i]!), kept);
  for (let step = 0, left = Infinity; left > 1e-13; step++) {
    if (step === 60) throw new Error('the plain estimate does not converge');
    const sums = gradient();
    const move = inverse.map((row) => row.reduce((sum, value, j) => sum + value * sums[j]!, 0));
    left = Math.max(...move.map((d, j) => (kept[j] ? Math.abs(d) / Math.max(Math.abs(beta[j]!), Math.sqrt(inverse[j]![j]!)) : 0)));
    move.forEach((d, j) => (beta[j]! += d));
    look();
    if (family === 'probit') inverse = inverseOf(gramOf((i) => observed[i]!), kept);
    else if (step > 3) break;
  }
  const bread = family === 'probit' ? inverseOf(gramOf((i) => expected[i]!), kept) : inverse;
  const dense = Array.from({ length: clusters }, () => new Map<number, number>());
  columnsOf.forEach((columns, i) => {
    if (limit[i] !== -1) return;
    const own = dense[clusterOf[i]!]!;
    for (const a of columns) own.set(a, (own.get(a) ?? 0) + s[i]!);
  });
  const scores = dense.map((own) => ({ at: Uint16Array.from(own.keys()), value: Float64Array.from(own.values()) }));
  const variance = new Float64Array(p);
  for (const { at, value } of scores) {
    for (let j = 0; j < p; j++) {
      let sum = 0;
      for (let k = 0; k < at.length; k++) sum += bread[j]![at[k]!]! * value[k]!;
      variance[j]! += sum * sum;
    }
  }
  const isSet = (i: number): boolean => limit[i] !== -1;
  return {
    columnsOf, beta, kept, inverse, scores,
    standardError: variance.map(Math.sqrt),
    mean: eta.map((e, i) => (family === 'gaussian' ? e : isSet(i) ? limit[i]! : normalCdf(e))),
    slope: eta.map((e, i) => (family === 'gaussian' ? 1 : isSet(i) ? 0 : normalDensity(e))),
  };
}

/** Columns, in order, of which those before leave something. */
function independent(gram: readonly Float64Array[]): boolean[] {
  const left = gram.map((row) => row.slice());
  return left.map((row, j) => {
    const pivot = row[j]!;
    if (!(pivot > 1e-9 * gram[j]![j]!)) return false;
    for (let i = j + 1; i < left.length; i++) {
      const share = left[i]![j]! / pivot;
      if (share !== 0) for (let k = j; k < left.length; k++) left[i]![k]! -= share * row[k]!;
    }
    return true;
  });
}

/** Gauss–Jordan of the kept rows and columns; the matrix is positive definite. */
function inverseOf(matrix: readonly Float64Array[], kept: readonly boolean[]): Float64Array[] {
  const p = matrix.length;
  const rows = matrix.map((row, i) => {
    const both = new Float64Array(2 * p);
    both.set(row);
    both[p + i] = 1;
    return both;
  });
  for (let k = 0; k < p; k++) {
    if (!kept[k]) continue;
    const pivot = rows[k]![k]!;
    for (let j = 0; j < 2 * p; j++) rows[k]![j]! /= pivot;
    for (let i = 0; i < p; i++) {
      const factor = rows[i]![k]!;
      if (i === k || !kept[i] || factor === 0) continue;
      for (let j = 0; j < 2 * p; j++) rows[i]![j]! -= factor * rows[k]![j]!;
    }
  }
  return rows.map((row, i) => row.subarray(p).map((value, j) => (kept[i] && kept[j] ? value : 0)));
}
