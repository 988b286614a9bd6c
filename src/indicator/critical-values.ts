import type { EstimationMath } from '../estimate/estimation-math.ts';

/**
 * Two-sided critical values of a level in percent, by degrees of freedom: of Student's t, and for infinite ones of the normal
 * distribution.
 */
export function criticalValues(level: number, { normal, student }: Pick<EstimationMath, 'normal' | 'student'>): (freedom: number) => number {
  const probability = 0.5 + level / 200;
  const found = new Map<number, number>();
  return (freedom) => {
    const known = found.get(freedom);
    if (known !== undefined) return known;
    const value = (freedom > mostFreedom ? normal : student(freedom)).quantile(probability);
    found.set(freedom, value);
    return value;
  };
}

/** The kernels' Student distribution goes no further, and is the normal one to eight digits there. */
const mostFreedom = 1e8;
