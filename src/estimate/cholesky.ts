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
