import type { EstimationMath, TableDots } from '../estimate/estimation-math.ts';
import type { CellSums } from '../indicator/cell-sums.ts';
import { isWithheldCell, type GroupSums, type KeptSums } from './kept-sums.ts';

/** Sums by cell of one breakdown with expected values; Σ (y − μ)² is not kept. */
export interface WhatIfCells extends CellSums {
  readonly by: readonly string[];
  readonly groups: readonly (readonly string[])[];
  readonly firstMonth: number;
  readonly months: number;
  /** A byte a cell, 1 where it, or a part of it that its expected value would take, is withheld; nothing is where absent. */
  readonly withheld?: Uint8Array;
}

export interface ExpectedCells {
  readonly groupings: readonly WhatIfCells[];
  /**
   * Cells without an expected value: they hold rows outside the estimation sample at a level that has no estimate. Which
   * rows those are is known from the rows alone, and so the whole cell is left out.
   */
  readonly withoutExpected: number;
}

export interface LinearPrediction {
  /** Coefficients by column of the frame. */
  readonly coefficients: Float64Array;
  /** Columns of the frame that have no estimate. */
  readonly unestimated: readonly number[];
  /** Months of the estimation sample. */
  readonly months: readonly number[];
  /** Factors of the frame that are in the model. */
  readonly factors: readonly number[];
  /** For a probit, the fit about which it is linear; null for least squares, which is linear everywhere. */
  readonly fitted: FittedProbit | null;
}

/** A probit's fit: Φ(x′γ) ≈ Φ(x′b) + φ(x′b)·x′(γ − b). */
export interface FittedProbit {
  /** Index among the outcomes that are kept. */
  readonly outcome: number;
  /** b by column of the frame. */
  readonly coefficients: Float64Array;
  /** Columns of the frame whose rows are set aside, at the limit 0 or 1. */
  readonly aside: readonly number[];
}

/** What expected sums are made of: Σ μ = start + moments·(γ − at), by cell. */
export interface CellMoments {
  readonly values: Uint32Array | Float32Array;
  /** Null stands for zeros. */
  readonly start: Float64Array | null;
  readonly at: Float64Array | null;
}

/** Σ x for least squares; for a probit Σ φ·x about its fit. */
export function cellMoments(kept: KeptSums, grouping: GroupSums, { fitted }: LinearPrediction): CellMoments {
  if (fitted === null) return { values: grouping.x, start: null, at: null };
  const { expected, density } = kept.probits[fitted.outcome]!.groupings[kept.groupings.indexOf(grouping)]!;
  return { values: density, start: expected, at: fitted.coefficients };
}

/** Σ y and Σ μ of an outcome by cell of every breakdown. */
export function expectedCells(kept: KeptSums, outcome: number, { prediction, math }: { prediction: LinearPrediction; math: ExpectedRequest['math'] }): ExpectedCells {
  const outside = rowsOutside(kept, prediction);
  let withoutExpected = 0;
  const groupings = kept.groupings.map((grouping): WhatIfCells => {
    const expected = expectedSums(grouping, cellMoments(kept, grouping, prediction), { coefficients: prediction.coefficients, math });
    for (const cell of cellsHolding(grouping, outside)) {
      expected[cell] = NaN;
      withoutExpected++;
    }
    return whatIfCells(grouping, outcome, expected);
  });
  return { groupings, withoutExpected };
}

/**
 * The cells of a breakdown with these expected sums. What does not change from question to question is made once.
 *
 * @param untold cells whose expected sums take what is withheld elsewhere
 */
export function whatIfCells(grouping: GroupSums, outcome: number, expected: Float64Array, untold?: ReadonlySet<number>): WhatIfCells {
  const { by, groups, firstMonth, months } = grouping;
  let same = unchanging.get(grouping);
  if (!same) unchanging.set(grouping, (same = {
    n: Float64Array.from(grouping.n),
    residualSquared: new Float64Array(grouping.n.length).fill(NaN),
    withheld: Uint8Array.from(grouping.n, (_, cell) => Number(isWithheldCell(grouping, cell))),
  }));
  const withheld = untold && untold.size > 0 ? same.withheld.map((byte, cell) => (untold.has(cell) ? 1 : byte)) : same.withheld;
  return { by, groups, firstMonth, months, ...same, withheld, outcome: grouping.outcome[outcome]!, outcomeSquared: grouping.outcomeSquared[outcome]!, expected };
}

const unchanging = new WeakMap<GroupSums, Required<Pick<WhatIfCells, 'n' | 'residualSquared' | 'withheld'>>>();

/** Σ μ by cell, by column of the frame the coefficient that counts there; 0 for groups that are not among `only`. */
export function expectedSums({ n, groups }: Pick<GroupSums, 'n' | 'groups'>, { values, start, at }: CellMoments, { coefficients, only, math }: ExpectedRequest): Float64Array {
  const change = at ? coefficients.map((value, a) => value - at[a]!) : coefficients;
  const few = only && 8 * only.size < groups.length;
  const out = dotsOf(values, coefficients.length, math)(change, few ? cellsOf(groups.length, n.length, only) : undefined);
  for (let cell = 0; cell < out.length; cell++) {
    if (n[cell] === 0 || (only && !only.has(cell % groups.length))) out[cell] = 0;
    else if (start) out[cell]! += start[cell]!;
  }
  return out;
}

export interface ExpectedRequest {
  readonly coefficients: Float64Array;
  readonly only?: ReadonlySet<number> | undefined;
  readonly math: Pick<EstimationMath, 'tableDots'>;
}

function* cellsOf(groups: number, cells: number, only: ReadonlySet<number>): Iterable<number> {
  for (const group of only) for (let cell = group; cell < cells; cell += groups) yield cell;
}

/** Tables that are at hand to be multiplied, for as long as they are kept. */
const atHand = new WeakMap<Uint32Array | Float32Array, TableDots>();

function dotsOf(values: Uint32Array | Float32Array, columns: number, math: ExpectedRequest['math']): TableDots {
  let dots = atHand.get(values);
  if (!dots) atHand.set(values, (dots = math.tableDots(values, columns)));
  return dots;
}

/** Months (by index) in which rows outside the estimation sample are at a column without an estimate, each with those columns. */
export function rowsOutside({ groupings: [whole], months, frame }: KeptSums, prediction: LinearPrediction): Map<number, number[]> {
  const found = new Map<number, number[]>();
  if (prediction.unestimated.length === 0 || !whole) return found;
  const inSample = new Set(prediction.months);
  const grams = new Map(months.filter(({ month }) => inSample.has(month)).map(({ month, gram }) => [month, gram]));
  const length = frame.columns.length;
  for (let t = 0; t < whole.months; t++) {
    const gram = grams.get(whole.firstMonth + t);
    // Where the whole is withheld, so is whether any of its rows are outside: any could be.
    const columns = isWithheldCell(whole, t) ? prediction.unestimated : prediction.unestimated.filter((a) => whole.x[t * length + a]! > (gram ? gram[(a * (a + 3)) / 2]! : 0));
    if (columns.length > 0) found.set(whole.firstMonth + t, [...columns]);
  }
  return found;
}

/** Cells with rows at any of a month's columns. */
export function* cellsHolding({ x, n, groups, firstMonth }: GroupSums, byMonth: ReadonlyMap<number, readonly number[]>): Iterable<number> {
  const length = x.length / Math.max(n.length, 1);
  for (const [month, columns] of byMonth) {
    for (let g = 0; g < groups.length; g++) {
      const cell = (month - firstMonth) * groups.length + g;
      if (columns.some((a) => x[cell * length + a]! > 0)) yield cell;
    }
  }
}
