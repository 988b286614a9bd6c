/**
 * Cholesky factor of a symmetric positive semidefinite p × p matrix in the order of its columns. `kept[j]` is 0 where
 * column j repeats earlier ones: its remaining pivot was at most the tolerance times its diagonal.
 */
export interface Factorization {
  readonly rank: number;
  readonly kept: Uint8Array;
  /** L of A = LL′ on the kept columns, p × p row-major; the rows and columns of the others are 0. */
  readonly lower: Float64Array;
  /** A⁻¹b on the kept columns, 0 on the others. */
  solve(b: Float64Array): Float64Array;
  /** A⁻¹ on the kept columns, 0 elsewhere; p × p row-major. */
  inverse(): Float64Array;
}

/** Factorizes; the kernels' Cholesky stands behind it. */
export type Factorize = (matrix: Float64Array, p: number, tolerance: number) => Factorization;

/**
 * Share of a column's own variation that must be left after the earlier columns. Sums of dummies are exact integers,
 * so that rounding leaves about p·2⁻⁵² of a repeated column; a real one, even a rare level, leaves far more than this.
 */
export const rankTolerance = 1e-10;

/** A copy of a p × p matrix with the rows and columns where `keep` is 0 set to zero. */
export function restrict(matrix: Float64Array, keep: Uint8Array): Float64Array {
  const p = keep.length;
  const out = new Float64Array(p * p);
  for (let i = 0; i < p; i++) {
    if (keep[i]) for (let j = 0; j < p; j++) if (keep[j]) out[i * p + j] = matrix[i * p + j]!;
  }
  return out;
}

/** A·B for p × p row-major matrices. */
export function product(a: Float64Array, b: Float64Array, p: number): Float64Array {
  const out = new Float64Array(p * p);
  for (let i = 0; i < p; i++) {
    for (let k = 0; k < p; k++) {
      const value = a[i * p + k]!;
      if (value !== 0) for (let j = 0; j < p; j++) out[i * p + j]! += value * b[k * p + j]!;
    }
  }
  return out;
}

/** A·x for a p × p row-major matrix. */
export function multiply(a: Float64Array, x: Float64Array): Float64Array {
  const p = x.length;
  const out = new Float64Array(p);
  for (let i = 0; i < p; i++) {
    let sum = 0;
    for (let j = 0; j < p; j++) sum += a[i * p + j]! * x[j]!;
    out[i] = sum;
  }
  return out;
}

/** A′ of a p × p row-major matrix. */
export function transposed(a: Float64Array, p: number): Float64Array {
  return Float64Array.from({ length: p * p }, (_, k) => a[(k % p) * p + Math.floor(k / p)]!);
}

/**
 * L of A = LL′ row by row, and what was left of each diagonal element. A column of which nothing is left has a pivot of 0, and
 * later ones pass over it.
 */
export function choleskyInOrder(a: Float64Array, p: number): { lower: Float64Array; left: Float64Array } {
  const lower = new Float64Array(p * p);
  const left = new Float64Array(p);
  for (let i = 0; i < p; i++) {
    let rest = a[i * p + i]!;
    for (let j = 0; j < i; j++) {
      const pivot = lower[j * p + j]!;
      if (pivot === 0) continue;
      let value = a[i * p + j]!;
      for (let k = 0; k < j; k++) value -= lower[i * p + k]! * lower[j * p + k]!;
      value /= pivot;
      lower[i * p + j] = value;
      rest -= value * value;
    }
    left[i] = Math.max(0, rest);
    lower[i * p + i] = Math.sqrt(left[i]!);
  }
  return { lower, left };
}
