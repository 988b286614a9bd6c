import { choleskyInOrder } from './cholesky.ts';
import type { EstimateRequest } from './estimate.ts';
import type { Basis, Predictor } from './passes.ts';
import { predictorFrom } from './predictor.ts';

/** Columns in the place of the model's numeric ones: the model's times `transform`, p × p row-major; null where they are its own. */
export interface NumericBasis {
  readonly p: number;
  readonly basis: Basis | null;
  readonly transform: Float64Array | null;
}

export const ownColumns = (p: number): NumericBasis => ({ p, basis: null, transform: null });

export interface OrthogonalStep {
  /**
   * By numeric column: Σ of squares of what is left of it after all dummies and the numeric ones before, on the scale it is
   * held on, and its share of what the column had before this step: a small one is rounding.
   */
  readonly left: readonly { readonly column: number; readonly left: number; readonly share: number }[];
  /** Whether the columns are near enough to orthogonal. */
  readonly orthogonal: boolean;
  /** The columns after this step, those without `kept` left as they are, each within [−1, 1] on the estimation rows. */
  next(kept: Uint8Array): Promise<NumericBasis>;
}

/** Share of a column's squares that must be left for its sums of products to be as good as the rows. */
const nearlyOrthogonal = 1e-3;

/** Of a column's own variation left by the others, squared: what R's `lm` asks of a column (1e-7 of its length). */
const leastShare = 1e-14;

/** Σ of squares that must be left of a column: a share of its own, and more than the rounding of the values that it is made of. */
export function leastLeft({ model, gram: { n } }: EstimateRequest, gram: Float64Array, j: number): number {
  const p = model.columns.length;
  const { numeric } = model.columns[j]!;
  const own = gram[j * p + j]!;
  if (numeric === null) return leastShare * own;
  const { centre, halfRange } = model.terms.numerics[numeric]!;
  const rounding = 2 ** -52 * (Math.abs(centre) / halfRange + 1);
  const total = gram[j * p]!;
  return Math.max(leastShare * (own - (total * total) / n), n * rounding * rounding);
}

/** @param gram X′X of the present columns, p × p; rows and columns without `kept` zero */
export function stepTowardsOrthogonal(request: EstimateRequest, gram: Float64Array, { p, transform }: NumericBasis, kept: Uint8Array): OrthogonalStep {
  const { passes, model } = request;
  const isNumeric = (j: number): boolean => model.columns[j]!.numeric !== null;
  const own = model.columns.flatMap((_, j) => (kept[j] ? [j] : []));
  const order = [...own.filter((j) => !isNumeric(j)), ...own.filter(isNumeric)];
  const q = order.length;
  const dummies = order.filter((j) => !isNumeric(j)).length;
  const ordered = Float64Array.from({ length: q * q }, (_, k) => gram[order[Math.floor(k / q)]! * p + order[k % q]!]!);
  const { lower, left } = choleskyInOrder(ordered, q);
  const squaredScale = (j: number): number => (transform ? transform[j * p + j]! * transform[j * p + j]! : 1);
  const numerics = order.slice(dummies).map((column, k) => ({ column, at: dummies + k, share: left[dummies + k]! / ordered[(dummies + k) * (q + 1)]! }));

  return {
    left: numerics.map(({ column, at, share }) => ({ column, left: left[at]! / squaredScale(column), share })),
    orthogonal: numerics.every(({ share }) => share > nearlyOrthogonal),
    async next(wanted) {
      const made = numerics.filter(({ column }) => wanted[column]).map(({ column, at }) => ({ column, sum: onModel(residualOf(lower, at, { q, order, wanted, p }), transform) }));
      if (made.length === 0) return ownColumns(p);
      const reach = await passes.reach(made.map(({ sum }) => predictorFrom(request, sum)));
      const next = identity(p);
      const basis: Predictor[] = passes.frame.numerics.map((_, d) => ownTerm(request, d));
      made.forEach(({ column, sum }, k) => {
        const scale = powerWithin(reach[k]!);
        for (let i = 0; i < p; i++) next[i * p + column] = sum[i]! * scale;
        basis[model.columns[column]!.numeric!] = predictorFrom(request, sum.map((value) => value * scale));
      });
      return { p, basis, transform: next };
    },
  };
}

/** What is left of an ordered column after the wanted ones before it, by column: the shares γ of those solve L′γ = its row of L. */
function residualOf(lower: Float64Array, i: number, { q, order, wanted, p }: { q: number; order: readonly number[]; wanted: Uint8Array; p: number }): Float64Array {
  const out = new Float64Array(p);
  out[order[i]!] = 1;
  const shares = lower.slice(i * q, i * q + i);
  for (let a = i - 1; a >= 0; a--) {
    const pivot = lower[a * q + a]!;
    if (pivot === 0 || !wanted[order[a]!]) continue;
    shares[a]! /= pivot;
    for (let b = 0; b < a; b++) shares[b]! -= lower[a * q + b]! * shares[a]!;
    out[order[a]!] = -shares[a]!;
  }
  return out;
}

function onModel(sum: Float64Array, transform: Float64Array | null): Float64Array {
  if (transform === null) return sum;
  const p = sum.length;
  return sum.map((_, i) => {
    let value = 0;
    for (let k = 0; k < p; k++) value += transform[i * p + k]! * sum[k]!;
    return value;
  });
}

/** A numeric term as it is. */
function ownTerm({ passes: { frame } }: EstimateRequest, d: number): Predictor {
  const none = new Float64Array(frame.levelCells);
  return { constant: 0, levels: none, levelsOutside: none, numeric: Float64Array.from(frame.numerics, (_, other) => (other === d ? 1 : 0)) };
}

/** The power of two that takes a positive number into (½, 1]; 1 for 0. */
function powerWithin(x: number): number {
  if (x === 0) return 1;
  let power = 1;
  while (x * power > 1) power /= 2;
  while (x * power <= 0.5) power *= 2;
  return power;
}

function identity(p: number): Float64Array {
  const out = new Float64Array(p * p);
  for (let j = 0; j < p; j++) out[j * p + j] = 1;
  return out;
}
