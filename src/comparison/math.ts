import type { EstimationMath } from '../estimate/estimation-math.ts';
import { estimationMath } from '../estimate/math.ts';
import type { Kernels } from '../kernels/kernels.ts';
import { randomNormals, type RandomNormals } from './random-normals.ts';

/** Functions of the kernels that comparisons need. */
export interface ComparisonMath extends Pick<EstimationMath, 'factorize' | 'log' | 'normal'> {
  /** The standard normals of a seed. */
  normals(seed: number): RandomNormals;
}

export function comparisonMath(kernels: Kernels): ComparisonMath {
  const { factorize, log, normal } = estimationMath(kernels);
  return { factorize, log, normal, normals: (seed) => randomNormals(kernels, seed) };
}
