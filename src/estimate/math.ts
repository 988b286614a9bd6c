import type { Kernels } from '../kernels/kernels.ts';
import type { Factorization } from './cholesky.ts';
import type { EstimationMath, TableDots } from './estimation-math.ts';

/** The functions estimation needs, from the kernels: Cholesky, logarithm, normal and Student distributions. */
export function estimationMath(kernels: Kernels): EstimationMath {
  const { arena } = kernels;
  const scalar = (kernel: (x: number, n: number, out: number) => void) => (x: number): number => {
    const mark = arena.mark();
    const ptr = arena.alloc(8);
    arena.f64(ptr, 1)[0] = x;
    kernel(ptr, 1, ptr);
    const value = arena.f64(ptr, 1)[0]!;
    arena.release(mark);
    return value;
  };
  const normalCdf = scalar(kernels.normalCdf);
  const normalQuantile = scalar(kernels.normalQuantile);
  return {
    factorize: (matrix, p, tolerance) => factorize(kernels, { matrix, p, tolerance }),
    multiply: (a, b, shape) => {
      const mark = arena.mark();
      const [left, right, out] = [arena.alloc(8 * a.length), arena.alloc(8 * b.length), arena.alloc(8 * shape.rows * shape.columns)];
      arena.f64(left, a.length).set(a);
      arena.f64(right, b.length).set(b);
      kernels.multiplyMatrices(left, right, shape, out);
      const product = arena.f64(out, shape.rows * shape.columns).slice();
      arena.release(mark);
      return product;
    },
    log: scalar(kernels.log),
    normalQuantile,
    tableDots: (table, columns) => tableDots(kernels.another(), { table, columns }),
    normalDensity: scalar(kernels.normalDensity),
    normal: { twoSided: (z) => 2 * normalCdf(-Math.abs(z)), quantile: normalQuantile },
    student: (freedom) => ({
      twoSided: (t) => kernels.studentTail(t, freedom),
      quantile: (probability) => kernels.studentQuantile(probability, freedom),
    }),
  };
}

function tableDots({ arena, countDots, singleDots }: Kernels, { table, columns }: { table: Uint32Array | Float32Array; columns: number }): TableDots {
  const rows = table.length / columns;
  const [values, vector, out] = [arena.alloc(4 * table.length), arena.alloc(8 * columns), arena.alloc(8 * rows)];
  arena.u32(values, table.length).set(new Uint32Array(table.buffer, table.byteOffset, table.length));
  const dots = table instanceof Uint32Array ? countDots : singleDots;
  return (by, wanted) => {
    arena.f64(vector, columns).set(by);
    if (!wanted) dots(values, rows, columns, vector, out);
    else {
      arena.f64(out, rows).fill(0);
      for (const row of wanted) dots(values + 4 * row * columns, 1, columns, vector, out + 8 * row);
    }
    return arena.f64(out, rows).slice();
  };
}

function factorize(kernels: Kernels, { matrix, p, tolerance }: { matrix: Float64Array; p: number; tolerance: number }): Factorization {
  const { arena } = kernels;
  const mark = arena.mark();
  const a = arena.alloc(8 * p * p);
  const status = arena.alloc(p);
  arena.f64(a, p * p).set(matrix);
  const rank = kernels.cholesky(a, p, tolerance, status);
  const lower = arena.f64(a, p * p).slice();
  const kept = arena.u8(status, p).slice();
  arena.release(mark);

  /** The factor is put back for each use, so that none has to be given back by hand. */
  const withFactor = (use: (a: number, status: number, out: number) => void, size: number, given?: Float64Array): Float64Array => {
    const before = arena.mark();
    const [l, s, out] = [arena.alloc(8 * p * p), arena.alloc(p), arena.alloc(8 * size)];
    arena.f64(l, p * p).set(lower);
    arena.u8(s, p).set(kept);
    if (given) arena.f64(out, size).set(given);
    use(l, s, out);
    const result = arena.f64(out, size).slice();
    arena.release(before);
    return result;
  };
  return {
    rank,
    kept,
    lower,
    solve: (b) => withFactor((l, s, out) => kernels.choleskySolve(l, p, s, out), p, b),
    inverse: () => withFactor((l, s, out) => kernels.choleskyInverse(l, p, s, out), p * p),
  };
}
