import type { Factorize } from './cholesky.ts';
import type { ReferenceDistribution } from './coefficients.ts';

/** A·B of a rows × inner and an inner × columns matrix, row-major. */
export type Multiply = (a: Float64Array, b: Float64Array, shape: { readonly rows: number; readonly inner: number; readonly columns: number }) => Float64Array;

/** Functions of the kernels that estimation needs besides the passes. */
export interface EstimationMath {
  readonly factorize: Factorize;
  readonly multiply: Multiply;
  log(x: number): number;
  normalQuantile(p: number): number;
  normalDensity(x: number): number;
  readonly normal: ReferenceDistribution;
  student(degreesOfFreedom: number): ReferenceDistribution;
}
