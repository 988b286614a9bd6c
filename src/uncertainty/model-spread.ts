import type { Family, Predictor } from '../estimate/passes.ts';

export interface SpreadRequest {
  readonly predictor: Predictor;
  readonly family: Family;
  /** Whether the outcome's values are 0 and 1. */
  readonly zeroOne: boolean;
  /** Months of the period, counted from the first. */
  readonly months: readonly number[];
  /** Groupings of the sample whose units are asked about. */
  readonly groupings: readonly number[];
}

/** How residuals vary over persons of so many rows, and who they are by unit. */
export interface ModelSpread {
  /** By number of rows in the period, over all persons: persons, and Σ (Σ r)². */
  readonly persons: Float64Array;
  readonly squares: Float64Array;
  readonly units: readonly UnitSpread[];
}

export interface UnitSpread {
  /** By unit and number of rows of a person in it: [units × (months + 1)]. */
  readonly persons: Float64Array;
  /** Σ μ(1 − μ) by unit, μ within 0 and 1; 0 where the outcome is not 0/1. */
  readonly binomial: Float64Array;
}

/** The pass over persons that the funnel's limits are made of. */
export interface SpreadPass {
  modelSpread(outcome: number, request: SpreadRequest): Promise<ModelSpread>;
}

/**
 * Standard errors of units' means that the model leads one to expect of persons of as many rows: SE₀² = Σ v(m)/n² over a unit's persons, m
 * the person's rows in it and v(m) the mean of (Σ r)² over all persons of m rows. Of a 0/1 outcome scaled by how much the unit's own
 * μ(1 − μ) is above that of all. NaN where nobody at all has so many rows.
 */
export function modelErrors({ persons, squares }: Pick<ModelSpread, 'persons' | 'squares'>, unit: UnitSpread, whole: UnitSpread, zeroOne: boolean): Float64Array {
  const size = persons.length;
  const rowsOf = (of: UnitSpread, u: number): number => {
    let rows = 0;
    for (let m = 1; m < size; m++) rows += m * of.persons[u * size + m]!;
    return rows;
  };
  const usual = whole.binomial[0]! / rowsOf(whole, 0);
  return unit.binomial.map((binomial, u) => {
    const n = rowsOf(unit, u);
    let variance = 0;
    for (let m = 1; m < size; m++) {
      const own = unit.persons[u * size + m]!;
      if (own > 0) variance += own * (squares[m]! / persons[m]!);
    }
    const scale = zeroOne ? binomial / n / usual : 1;
    return Math.sqrt(variance * scale) / n;
  });
}
