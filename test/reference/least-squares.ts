/** Least squares by orthogonalizing the columns one after the other (Gram–Schmidt, twice), not from normal equations. */

export interface LeastSquares {
  /** 0 for a column that repeats earlier ones. */
  readonly beta: number[];
  readonly kept: boolean[];
  readonly rank: number;
  /** (X′X)⁻¹ on the kept columns, 0 elsewhere. */
  readonly inverse: number[][];
}

const dot = (a: ArrayLike<number>, b: ArrayLike<number>): number => {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += a[i]! * b[i]!;
  return sum;
};

/**
 * @param columns of X, each of length n
 * @param keep columns to use; by default those with anything left after the earlier ones
 */
export function leastSquares(columns: readonly Float64Array[], y: Float64Array, keep?: readonly boolean[]): LeastSquares {
  const p = columns.length;
  const q: (Float64Array | null)[] = [];
  const r = Array.from({ length: p }, () => new Array<number>(p).fill(0));
  const kept: boolean[] = [];
  columns.forEach((column, j) => {
    const left = column.slice();
    for (let sweep = 0; sweep < 2; sweep++) {
      for (let k = 0; k < j; k++) {
        if (q[k] === null) continue;
        const share = dot(q[k]!, left);
        r[k]![j]! += share;
        for (let i = 0; i < left.length; i++) left[i]! -= share * q[k]![i]!;
      }
    }
    // A numeric column far from zero is nearly the constant: what it repeats is told by its variation, not its size.
    const mean = column.reduce((sum, x) => sum + x, 0) / Math.max(1, column.length);
    const variation = j === 0 ? dot(column, column) : column.reduce((sum, x) => sum + (x - mean) ** 2, 0);
    const norm = dot(left, left);
    const keeps = keep ? keep[j]! : norm > 1e-10 * variation + 1e-24 * dot(column, column);
    kept.push(keeps);
    if (!keeps) return q.push(null);
    r[j]![j] = Math.sqrt(norm);
    return q.push(left.map((x) => x / r[j]![j]!));
  });
  const used = kept.flatMap((keeps, j) => (keeps ? [j] : []));

  const solve = (rhs: (j: number) => number): number[] => {
    const out = new Array<number>(p).fill(0);
    for (const j of used.toReversed()) {
      let value = rhs(j);
      for (const k of used) if (k > j) value -= r[j]![k]! * out[k]!;
      out[j] = value / r[j]![j]!;
    }
    return out;
  };
  const beta = solve((j) => dot(q[j]!, y));
  // R⁻¹ column by column; (X′X)⁻¹ = R⁻¹R⁻ᵀ.
  const inverseR = used.map((k) => solve((j) => (j === k ? 1 : 0)));
  const inverse = Array.from({ length: p }, (_, a) => Array.from({ length: p }, (__, b) => inverseR.reduce((sum, column) => sum + column[a]! * column[b]!, 0)));
  return { beta, kept, rank: used.length, inverse };
}
