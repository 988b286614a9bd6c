import type { IndicatorTable } from '../src/indicator/table.ts';
import { completePeriods, parseMonth } from '../src/spec/months.ts';

/** Periods over which groups can be compared in one outcome: `all`, and the years and tertials whose months all have it, newest first. */
export function comparisonPeriods(whole: IndicatorTable, outcome: string): { readonly years: string[]; readonly tertials: string[] } {
  const months = whole.periods.filter((_, row) => whole.outcome[row] === outcome && whole.n[row]! > 0).map((month) => parseMonth(month)!);
  const newest = (period: 'year' | 'tertial'): string[] => [...completePeriods(months, period).keys()].reverse();
  return { years: newest('year'), tertials: newest('tertial') };
}
