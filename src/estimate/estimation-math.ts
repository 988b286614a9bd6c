import type { Factorize } from './cholesky.ts';
import type { ReferenceDistribution } from './coefficients.ts';

/** A·B of a rows × inner and an inner × columns matrix, row-major. */
export type Multiply = (a: Float64Array, b: Float64Array, shape: { readonly rows: number; readonly inner: number; readonly columns: number }) => Float64Array;

/** Σ table[i][k] · vector[k] by row i; 0 for rows that are not among `rows`, where some are named. */
export type TableDots = (vector: Float64Array, rows?: Iterable<number>) => Float64Array;

/** Functions of the kernels that estimation needs besides the passes. */
export interface EstimationMath {
  readonly factorize: Factorize;
  readonly multiply: Multiply;
  log(x: number): number;
  normalQuantile(p: number): number;
  normalDensity(x: number): number;
  /**
   * Rows of a table of so many columns times any vector: [rows] or the rows named. The table is copied to be at hand, and let go
   * with the function.
   */
  tableDots(table: Uint32Array | Float32Array, columns: number): TableDots;
  readonly normal: ReferenceDistribution;
  student(degreesOfFreedom: number): ReferenceDistribution;
}
