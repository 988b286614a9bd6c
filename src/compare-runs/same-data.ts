import type { IndicatorShift } from './compare-indicator.ts';
import type { ComparedRun } from './compared-run.ts';

/**
 * `same`: the digests are equal. `different`: rows, persons, months or outcomes differ. `alike`: the digests differ, as
 * they do between models that read other columns or code them otherwise, and nothing else does.
 */
export type DataVerdict = 'same' | 'alike' | 'different';

/** Means of one outcome over the same rows may differ in the last places, whose number follows from the model. */
const rounding = 1e-9;

export interface SameData {
  readonly verdict: DataVerdict;
  /** What differs, in words; empty for `same`. */
  readonly reasons: readonly string[];
}

export function sameData(a: ComparedRun, b: ComparedRun, tables: readonly IndicatorShift[]): SameData {
  if (a.data.digest === b.data.digest) return { verdict: 'same', reasons: [] };
  const reasons: string[] = [];
  const counted = (what: string, ofA: unknown, ofB: unknown): void => {
    if (ofA !== ofB) reasons.push(`${what} ${String(ofA)} in A, ${String(ofB)} in B`);
  };
  counted('rows', a.data.rows, b.data.rows);
  counted('persons', a.data.persons, b.data.persons);
  counted('first month', a.data.firstMonth, b.data.firstMonth);
  counted('last month', a.data.lastMonth, b.data.lastMonth);
  const otherMeans = tables.reduce((sum, table) => sum + meansThatDiffer(table), 0);
  if (otherMeans > 0) reasons.push(`mean outcome of ${otherMeans} points with as many rows in both`);
  return reasons.length > 0 ? { verdict: 'different', reasons } : { verdict: 'alike', reasons: ['digests of the data'] };
}

function meansThatDiffer({ a, b }: IndicatorShift): number {
  let count = 0;
  a.n.forEach((n, i) => {
    const [before, after] = [a.actual[i]!, b.actual[i]!];
    if (n === b.n[i] && Math.abs(after - before) > rounding * Math.max(1, Math.abs(before))) count++;
  });
  return count;
}
