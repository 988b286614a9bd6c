import { orderStatistics } from '../coding/breaks.ts';
import { mergeDigitCounts } from '../coding/digit-counts.ts';
import type { RowPlan } from '../coding/row-plan.ts';
import { summedColumns, type SummedColumn } from '../coding/summed-columns.ts';
import { EngineError } from '../errors.ts';
import { exponentBias, firstRows, type ColumnSizes } from './column-sizes.ts';
import { bitsOf, largestPlaces, mergeCounts, powerOfTwo, sumPlaces } from './fixed-point.ts';
import type { Pool } from './pool.ts';
import type { WorkerSurvey } from './protocol.ts';
import type { Places } from './read-pieces.ts';

/** What the fixed-point places of sums of a column follow from, settled over all rows before the first is summed. */
export interface SumScale {
  /** No |y| is larger. */
  readonly largest: number;
  /** Bounds on Σ |y| and Σ y² over all rows, where some values are far larger than most; null where `largest` tells enough. */
  readonly totals: { readonly values: number; readonly squares: number } | null;
  /** What digits are told in relation to: the interquartile range of the values other than 0, or their lower quartile; 0 where all are 0. */
  readonly spread: number;
}

/** Of an outcome that is 0 or 1. */
export const zeroOneScale: SumScale = { largest: 1, totals: null, spread: 1 };

/** A value this many times the lower quartile of all sizes is far larger than most. */
const farOut = 64;

/** The unit of a sum is at most this share of the spread of what is summed. A probit sums what is far out at scales of its own. */
const coarsestShare = { leastSquares: 1e-10, probit: 1e-2 };

/** Sizes whose squares, and what is made of squares, are normal doubles. */
const mostBits = 480;
const leastBits = -500;

interface SettleSums {
  readonly plan: RowPlan;
  readonly surveys: readonly WorkerSurvey[];
  readonly pool: Pool;
  readonly places: Places;
  readonly signal: AbortSignal | undefined;
}

/**
 * Scales of the sums of each outcome. Throws `data`, with rows, for a value whose size would take digits from the sums of all
 * others, and for a column whose squares are beyond doubles.
 */
export async function settleSums(request: SettleSums): Promise<SumScale[]> {
  const { plan, surveys } = request;
  const scales = plan.outcomes.map(() => zeroOneScale);
  for (const [k, column] of summedColumns(plan).entries()) {
    const scale = await scaleOf(request, column, mergeSizes(surveys.map(({ sizes }) => sizes[k]!)));
    if (column.held === 'outcomes') scales[column.index] = scale;
  }
  return scales;
}

function mergeSizes(parts: readonly ColumnSizes[]): ColumnSizes {
  return {
    exponents: Uint32Array.from(mergeCounts(parts.map(({ exponents }) => exponents))),
    largest: parts.reduce((most, { largest }) => Math.max(most, largest), 0),
  };
}

async function scaleOf(request: SettleSums, column: SummedColumn, { exponents, largest }: ColumnSizes): Promise<SumScale> {
  const range = column.held === 'outcomes' ? request.plan.outcomes[column.index]!.range : undefined;
  const bound = range ? Math.max(Math.abs(range[0]), Math.abs(range[1])) : largest;
  const n = exponents.reduce((sum, count) => sum + count, 0);
  if (n === 0) return { largest: bound, totals: null, spread: 0 };
  const [low, high] = [1, 3].map((quarters) => quantileExponent(exponents, (n * quarters) / 4));
  const least = powerOfTwo(low!);
  const isFar = largest / farOut > least;
  // Only where it can matter: the values are gone through four times.
  const quartiles = isFar || (column.held === 'outcomes' && low === high) ? await quartilesOf(request, column, n) : null;
  const between = quartiles ? quartiles[1] - quartiles[0] : 0;
  const spread = between > 0 ? Math.min(between, farOut * least) : least;
  const coarsest = coarsestShare[column.leastSquares ? 'leastSquares' : 'probit'] * spread;
  const spoils = (places: number): boolean => isFar && powerOfTwo(-places) > coarsest;
  const refuse = (): Promise<never> => refuseSpoiling(request, column, { beyond: smallestBeyond(coarsest, farOut * least, largest), quartiles: quartiles! });
  if (spoils(largestPlaces(largest))) await refuse();
  if (bitsOf(largest) > mostBits || bitsOf(largest) < leastBits) await refuseScale(request, column, largest);
  if (bound / farOut <= least) return { largest: bound, totals: null, spread };
  if (!isFar || column.held === 'inputs') return { largest, totals: null, spread };
  const totals = totalsOf(exponents);
  if (spoils(sumPlaces(totals.values, largest))) await refuse();
  return { largest, totals, spread };
}

/** Binary exponent of the value of this rank by size. */
function quantileExponent(exponents: Uint32Array, rank: number): number {
  let before = 0;
  const found = exponents.findIndex((count) => (before += count) >= rank);
  return found - exponentBias;
}

function totalsOf(exponents: Uint32Array): { values: number; squares: number } {
  let [values, squares] = [0, 0];
  exponents.forEach((count, e) => {
    if (count === 0) return;
    const most = powerOfTwo(e - exponentBias + 1);
    values += count * most;
    squares += count * most * most;
  });
  return { values, squares };
}

async function quartilesOf({ pool, signal }: SettleSums, column: SummedColumn, n: number): Promise<readonly [number, number]> {
  const [a, b] = await orderStatistics([Math.ceil(n / 4), Math.ceil((3 * n) / 4)], async (digits) =>
    mergeDigitCounts(await pool.all((worker) => worker.countValueDigits(column, digits), signal)));
  return [a!, b!];
}

/** Size from which on a value is to be told of: one that by itself forces too coarse a unit; where none does, the largest. */
function smallestBeyond(coarsest: number, most: number, largest: number): number {
  let size = largest;
  while (size / 2 > most && powerOfTwo(-largestPlaces(size / 2)) > coarsest) size /= 2;
  return Math.min(largest, size === largest ? largest : Math.max(most, powerOfTwo(bitsOf(size) - 1)));
}

async function refuseSpoiling(request: SettleSums, { column, ...held }: SummedColumn, { beyond, quartiles }: { beyond: number; quartiles: readonly [number, number] }): Promise<never> {
  const { rows, first } = await rowsBeyond(request, { column, ...held }, beyond);
  const [low, high] = quartiles.map((value) => Number(value.toPrecision(3)));
  throw new EngineError('data.spoils-sums', { column, values: rows, first, low: low!, high: high! });
}

async function refuseScale(request: SettleSums, column: SummedColumn, largest: number): Promise<never> {
  const { first } = await rowsBeyond(request, column, largest);
  throw new EngineError('data.beyond-squares', { column: column.column, largest, first: first.slice(0, 1) });
}

async function rowsBeyond({ pool, places, signal }: SettleSums, column: SummedColumn, size: number) {
  const parts = await pool.all((worker) => worker.rowsBeyond(column, size), signal);
  const first = firstRows(parts.flatMap((part) => part.first)).map(({ file, row, value }) => ({ ...places(file, row), value }));
  return { rows: parts.reduce((sum, part) => sum + part.rows, 0), first };
}
