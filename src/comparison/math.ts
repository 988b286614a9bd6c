import type { ReferenceDistribution } from '../estimate/coefficients.ts';
import type { EstimationMath } from '../estimate/estimation-math.ts';
import { estimationMath } from '../estimate/math.ts';
import type { Kernels } from '../kernels/kernels.ts';
import { randomNormals, type RandomNormals } from './random-normals.ts';

/** Functions of the kernels that comparisons need. */
export interface ComparisonMath extends Pick<EstimationMath, 'factorize' | 'log' | 'normal' | 'student'> {
  /** The standard normals of a seed. */
  normals(seed: number): RandomNormals;
}

export function comparisonMath(kernels: Kernels): ComparisonMath {
  const { factorize, log, normal, student } = estimationMath(kernels);
  return { factorize, log, normal, student, normals: (seed) => randomNormals(kernels, seed) };
}

/** Student's t with so many degrees of freedom; the normal distribution where they are next to infinite, or not known. */
export const distributionOf = (freedom: number, { normal, student }: Pick<ComparisonMath, 'normal' | 'student'>): ReferenceDistribution =>
  freedom > 0 && freedom < 1e8 ? student(freedom) : normal;
