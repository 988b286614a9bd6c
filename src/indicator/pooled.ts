import { completePeriods, type Period } from '../spec/months.ts';
import type { CellSums } from './cell-sums.ts';

/** A period as one set of rows. */
export interface PooledPeriod {
  readonly label: string;
  /** Counted from the first month of the span. */
  readonly months: readonly number[];
}

export interface Span {
  readonly firstMonth: number;
  readonly months: number;
}

/** The periods that the span has whole. */
export function pooledPeriods({ firstMonth, months }: Span, period: Period): PooledPeriod[] {
  const every = Array.from({ length: months }, (_, t) => firstMonth + t);
  return [...completePeriods(every, period)].map(([label, members]) => ({ label, months: members.map((month) => month - firstMonth) }));
}

/** The cells of the months and, after those of the last, the cells of the periods, whose rows are those of their months. */
export function withPooled(cells: CellSums, groups: number, periods: readonly PooledPeriod[]): CellSums {
  return {
    n: pooledSums(cells.n, groups, periods),
    outcome: pooledSums(cells.outcome, groups, periods),
    outcomeSquared: pooledSums(cells.outcomeSquared, groups, periods),
    expected: pooledSums(cells.expected, groups, periods),
    residualSquared: pooledSums(cells.residualSquared, groups, periods),
  };
}

export function pooledSums(values: Float64Array, groups: number, periods: readonly PooledPeriod[]): Float64Array {
  const all = new Float64Array(values.length + periods.length * groups);
  all.set(values);
  periods.forEach(({ months }, p) => {
    for (let g = 0; g < groups; g++) {
      all[values.length + p * groups + g] = months.reduce((sum, t) => sum + values[t * groups + g]!, 0);
    }
  });
  return all;
}
