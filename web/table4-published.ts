import { table4, type Table4Row } from '../src/synthetic/table4.ts';

/** Table 4 of the 2025 report: the coefficients it prints, to two decimals and without standard errors. */
export const publishedTerms: Readonly<Record<string, readonly Table4Row[]>> = table4;

const outcomeColumns = ['atid3', 'atid12', 'jobb3', 'jobb12'];

/** Looks up a printed coefficient; null where there is none. */
export type Published = (term: string, level: string, outcome: string) => number | null;

/** The printed coefficient; null where the report prints none. */
export function publishedCoefficient(term: string, level: string, outcome: string): number | null {
  const column = outcomeColumns.indexOf(outcome);
  const row = column < 0 ? undefined : publishedTerms[term]?.find(([name]) => name === level);
  return row === undefined ? null : (row[column + 1] as number);
}
