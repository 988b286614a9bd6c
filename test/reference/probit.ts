import type { Design } from './design.ts';
import { normalCdf, normalDensity } from './distributions.ts';
import { leastSquares } from './least-squares.ts';
import type { Row } from './table.ts';

export interface SetAside {
  readonly left: readonly number[];
  /** By index of row. */
  readonly limits: ReadonlyMap<number, 0 | 1>;
  /** `term level` of the columns and references that were named. */
  readonly named: ReadonlySet<string>;
  /** Limits of the separated levels that a row outside the sample has. */
  limitsOf(row: Row): ReadonlySet<0 | 1>;
}

/** Sets rows aside whose level, or crossed cell, knows one outcome only; again until nothing changes. */
export function setAside({ coded, pairs }: Design, rows: readonly Row[], y: Float64Array): SetAside {
  const cells = [
    ...coded.flatMap((c) => c.labels.map((label, k) => ({ name: `${c.covariate.name} ${label}`, within: (row: Row) => c.level(row) === k }))),
    ...pairs.flatMap(([a, b]) =>
      a.labels.flatMap((labelA, k) =>
        b.labels.map((labelB, l) => ({ name: `${a.covariate.name}:${b.covariate.name} ${labelA}:${labelB}`, within: (row: Row) => a.level(row) === k && b.level(row) === l })),
      ),
    ),
  ];
  let left = rows.map((_, i) => i);
  const limits = new Map<number, 0 | 1>();
  const named = new Set<string>();
  const rules: { within: (row: Row) => boolean; limit: 0 | 1 }[] = [];
  for (;;) {
    const found = cells.flatMap(({ name, within }) => {
      const at = left.filter((i) => within(rows[i]!));
      const ones = at.filter((i) => y[i] === 1).length;
      return at.length > 0 && (ones === 0 || ones === at.length) ? [{ name, within, limit: ones === 0 ? (0 as const) : (1 as const), at }] : [];
    });
    if (found.length === 0) break;
    for (const { name, within, limit, at } of found) {
      named.add(name);
      rules.push({ within, limit });
      for (const i of at) limits.set(i, limit);
    }
    left = left.filter((i) => !limits.has(i));
  }
  return { left, limits, named, limitsOf: (row) => new Set(rules.filter(({ within }) => within(row)).map(({ limit }) => limit)) };
}

export interface Probit {
  readonly beta: number[];
  readonly kept: boolean[];
  readonly rank: number;
  /** Inverse of the expected information. */
  readonly inverse: number[][];
  readonly logLikelihood: number;
}

/** Maximum likelihood by Fisher scoring, each step a weighted least squares of the score residuals. */
export function fitProbit(columns: readonly Float64Array[], y: Float64Array): Probit {
  const n = y.length;
  const { kept, rank } = leastSquares(columns, y);
  let beta = new Array<number>(columns.length).fill(0);
  for (let step = 0; step < 200; step++) {
    const eta = Float64Array.from({ length: n }, (_, i) => columns.reduce((sum, x, j) => sum + x[i]! * beta[j]!, 0));
    const weight = eta.map((e) => normalDensity(e) / Math.sqrt(normalCdf(e) * normalCdf(-e)));
    const weighted = columns.map((x) => x.map((value, i) => value * weight[i]!));
    const response = y.map((value, i) => scoreResidual(value, eta[i]!) / weight[i]!);
    const { beta: change, inverse } = leastSquares(weighted, response, kept);
    const largest = Math.max(...change.map((d, j) => (kept[j] ? Math.abs(d) / Math.sqrt(inverse[j]![j]!) : 0)));
    beta = beta.map((b, j) => b + change[j]!);
    // Steps shrink by a factor of three or more, so that what is left is below this one; rounding allows no less.
    if (largest < 1e-10) {
      return { beta, kept, rank, inverse, logLikelihood: y.reduce((sum, value, i) => sum + Math.log(normalCdf(value === 1 ? eta[i]! : -eta[i]!)), 0) };
    }
  }
  throw new Error('the reference probit does not converge');
}

/** φ(y − Φ)/(Φ(1 − Φ)). */
export const scoreResidual = (y: number, eta: number): number =>
  y === 1 ? normalDensity(eta) / normalCdf(eta) : -normalDensity(eta) / normalCdf(-eta);
