import { columnMap, levelMap } from './level-map.ts';
import type { DesignMatrix } from '../coding/design-matrix.ts';
import { everyPlace, frameCoefficients, modelGram, type Levels, type ModelColumns } from '../coding/model-columns.ts';
import { restrict, type Factorize } from '../estimate/cholesky.ts';
import { keyOf, type RowsAt } from '../estimate/column-status.ts';
import type { LevelStatus } from '../estimate/fit.ts';
import { diagonalSum } from '../estimate/frame-sums.ts';
import { Asides, type Separated } from '../estimate/separation.ts';

export interface EffectModel {
  readonly frame: DesignMatrix;
  readonly model: ModelColumns;
  readonly kept: Uint8Array;
  readonly rows: RowsAt;
  readonly separated: readonly (Separated & { readonly round?: number })[];
  readonly factorize: Factorize;
  /** X′X of the frame over the rows whose `aside` predictor is 0. */
  left(aside: Float64Array): Promise<Float64Array>;
}

/** Why the data cannot tell what all rows would be at a level of a factor, the rest of each as it is; null where they can. */
export type WhyNot = Exclude<LevelStatus, 'estimated' | 'reference'> | null;

/** Share of Σ (x′v)² that is held to be rounding of 0: one row in a billion would be seen. */
const rounding = 1e-10;

/**
 * For every level of a factor, whether the linear predictor of every row with that level is an estimable function: whether
 * it is 0 along every direction in which the data say nothing of the coefficients (Searle 1971, Linear Models, section 5.4).
 * Neither the order of the covariates nor the references matter then. Rows at their limit for what else they are stay there.
 */
export async function whyNotAt(of: EffectModel, factor: number): Promise<WhyNot[]> {
  const { frame, model, rows, separated } = of;
  const { labels } = model.terms.factors[factor]!;
  const isHere = ({ at }: Pick<Separated, 'at'>): boolean => at.some(([f]) => f === factor);
  const own = separated.filter(isHere);
  const others = separated.filter((one) => !isHere(one));
  // Whose limit is this factor's would come to one of two.
  if (own.length > 0 && (await rowsAtBoth(of, others)) > 0) return labels.map(() => 'separated');
  const counts = own.length === 0 ? rows.left : await rowsBeside(of, others);
  const aside = new Set(own.map(({ at }) => keyOf(at)));
  const source = model.sources[factor]!;
  const directions = unknownDirections(of).map((v) => frameCoefficients(model, v, frame.columns.length));
  const places = everyPlace(model.terms).filter((place) => isHere({ at: place }));
  return labels.map((_, level): WhyNot => {
    const here = places.filter((place) => place.some(([f, l]) => f === factor && l === level) && isComeTo(place));
    if (here.some((place) => aside.has(keyOf(place)))) return 'separated';
    if (here.some((place) => diagonalSum(rows.all, model.at(place)) === 0)) return 'empty';
    if (here.some((place) => diagonalSum(rows.left, model.at(place)) === 0)) return 'separated';
    const map = columnMap(frame, levelMap(frame, { factor: source, level }));
    return directions.some((v) => isTold(counts, v.map((_, a) => v[map[a]!]!))) ? 'collinear' : null;
  });

  /** Whether somebody comes to a level or crossed cell, if all rows are at its level of the factor. */
  function isComeTo(place: Levels): boolean {
    const other = place.find(([f]) => f !== factor);
    return other === undefined || diagonalSum(counts, model.at([other])) > 0;
  }
}

/** X′X over the rows that are not at their limit for what has nothing to do with the factor. */
async function rowsBeside({ frame, model, rows, left }: EffectModel, others: EffectModel['separated']): Promise<Float64Array> {
  if (others.length === 0) return rows.all;
  const asides = new Asides(frame);
  for (const { at } of others) asides.add(model, [{ at, limit: 1, rows: 0 }], () => '');
  return left(asides.within);
}

/** How many rows are at levels of both limits: those at the one and at the other, without those at either. */
async function rowsAtBoth(of: EffectModel, others: EffectModel['separated']): Promise<number> {
  const [low, high] = [0, 1].map((limit) => others.filter((one) => one.limit === limit));
  if (low!.length === 0 || high!.length === 0) return 0;
  const [all, notLow, notHigh, neither] = [of.rows.all, await rowsBeside(of, low!), await rowsBeside(of, high!), await rowsBeside(of, others)];
  return all[0]! - notLow[0]! - notHigh[0]! + neither[0]!;
}

/** Vectors that X maps to 0: one for each column that repeats earlier ones. */
function unknownDirections({ model, kept, rows, factorize }: EffectModel): Float64Array[] {
  const p = model.columns.length;
  const gram = modelGram(model, rows.left);
  const repeated = [...kept.keys()].filter((j) => !kept[j] && gram[j * p + j]! > 0);
  if (repeated.length === 0) return [];
  const factor = factorize(restrict(gram, kept), p, 0);
  return repeated.map((j) => {
    const v = factor.solve(Float64Array.from(kept, (keep, i) => (keep ? -gram[i * p + j]! : 0)));
    v[j] = 1;
    return v;
  });
}

/** Whether x′v is other than 0 in some row: Σ (x′v)² = v′X′Xv. */
function isTold(lower: Float64Array, v: Float64Array): boolean {
  let [sum, scale] = [0, 0];
  for (let a = 0, at = 0; a < v.length; a++) {
    for (let b = 0; b < a; b++, at++) if (v[a] !== 0 && v[b] !== 0) sum += 2 * v[a]! * v[b]! * lower[at]!;
    const own = v[a]! * v[a]! * lower[at++]!;
    sum += own;
    scale += own;
  }
  return sum > rounding * scale;
}
