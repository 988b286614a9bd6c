import type { Factorize } from './cholesky.ts';
import type { ReferenceDistribution } from './coefficients.ts';

/** Functions of the kernels that estimation needs besides the passes. */
export interface EstimationMath {
  readonly factorize: Factorize;
  log(x: number): number;
  normalQuantile(p: number): number;
  normalDensity(x: number): number;
  readonly normal: ReferenceDistribution;
  student(degreesOfFreedom: number): ReferenceDistribution;
}
