import { fixedPointShift, sumPlaces } from './fixed-point.ts';
import type { ProbitShifts } from './protocol.ts';
import type { SumScale } from './settle-sums.ts';

/** Bounds and counts over all rows, from which the fixed-point places of every pass follow. */
export interface SampleSize {
  /** Estimation rows, and all rows that are predicted. */
  readonly estimated: number;
  readonly rows: number;
  /** Persons who have any of them. */
  readonly clusters: number;
  /** By outcome of the sample. */
  readonly scales: readonly SumScale[];
  /** Largest |x| of each numeric term over all rows. */
  readonly reach: readonly number[];
  /** Values of predicted rows outside the estimation sample's range, moved to the end bins. */
  readonly outside: number;
}

// The kernels hold |s| < 2¹⁰ and |log Φ| < 2²⁰ in any one row; the sums are those of rows with |η| of no more than 64 or so.
export const scoreBound = 64;
const scorePlaces = 40;
const logLikelihoodBound = 2048;
const logLikelihoodPlaces = 30;

/** Sums of y have places for this many rows whatever their number, so that sums of different loads can be added. */
const roomForRows = 2 ** 25;

/** Binary places of Σ y and Σ y² by outcome. */
export function outcomeShifts({ estimated, scales }: SampleSize): { y: number; y2: number }[] {
  return scales.map((scale) => valuePlaces(scale, Math.max(estimated, roomForRows)));
}

/** Binary places of Σ y and Σ y² over this many rows. */
export function valuePlaces({ largest: y, totals }: SumScale, rows: number): { y: number; y2: number } {
  if (totals === null) return { y: fixedPointShift(rows, y), y2: fixedPointShift(rows, y * y) };
  return { y: sumPlaces(totals.values, y), y2: sumPlaces(totals.squares, y * y) };
}

/** Those of Σ (y − μ)², no |μ| above `mu`: (y − μ)² ≤ 2 (y² + μ²). */
export function residualPlaces({ largest: y, totals }: SumScale, mu: number, rows: number): number {
  const r = y + mu;
  return totals === null ? fixedPointShift(rows, r * r) : sumPlaces(2 * (totals.squares + rows * mu * mu), r * r);
}

/** Binary places of the sums of a probit over this many rows. */
export function probitShifts(rows: number): ProbitShifts {
  return {
    sShift: Math.min(fixedPointShift(rows, scoreBound), scorePlaces),
    wShift: fixedPointShift(rows, 1),
    lShift: Math.min(fixedPointShift(rows, logLikelihoodBound), logLikelihoodPlaces),
  };
}

/** Binary places of sums of normal densities over the rows. */
export const densityShift = ({ rows }: SampleSize): number => fixedPointShift(rows, 1);
