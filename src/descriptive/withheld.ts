import { nestedPairs, startsOf, sumsOf, withoutImplied, type Equation, type Margin } from '../withhold/equations.ts';
import { protect, type ProtectedNumbers } from '../withhold/protect.ts';
import { widestShare } from '../withhold/threshold.ts';
import type { Moments } from './moments.ts';

/** A group of a breakdown in one population. */
export interface CountedCell {
  readonly group: readonly string[];
  readonly rows: number;
  /** Distinct ones. */
  readonly persons: number;
  /** Persons by month: in a month a person has one row. */
  readonly months: ReadonlyMap<number, number>;
  moments(variable: number): Moments;
}

export interface CountedBreakdown {
  readonly by: readonly string[];
  readonly cells: readonly CountedCell[];
}

/** What is withheld of one population's breakdowns; all by breakdown and cell. */
export interface WithheldDescription {
  isCell(breakdown: number, cell: number): boolean;
  isMonth(breakdown: number, cell: number, month: number): boolean;
  isVariable(breakdown: number, cell: number, variable: number): boolean;
}

/**
 * Cells and months of fewer persons than the threshold; variables of fewer values, and of 0/1 with fewer of either; and as many more as it takes that none
 * follows from the whole, from coarser breakdowns, or from the months of a cell.
 */
export function withheldDescription(breakdowns: readonly CountedBreakdown[], { threshold, variables }: { readonly threshold: number; readonly variables: number }): WithheldDescription {
  const margins: Margin[] = breakdowns.map(({ by, cells }) => ({ by, groups: cells.map(({ group }) => group) }));
  const starts = startsOf(margins);
  const all = breakdowns.flatMap(({ cells }) => cells);
  const nested = withoutImplied(margins, nestedPairs(margins)).flatMap((linked) => sumsOf(margins, linked));
  const counts = hiddenCounts(all, nested, threshold);
  const byVariable = Array.from({ length: variables }, (_, v) => hiddenMoments(all.map((cell) => cell.moments(v)), { nested, threshold, cells: counts.cells }));
  const place = (breakdown: number, cell: number): number => starts[breakdown]! + cell;
  return {
    isCell: (breakdown, cell) => counts.cells[place(breakdown, cell)] === 1,
    isMonth: (breakdown, cell, month) => counts.isMonth(place(breakdown, cell), month),
    isVariable: (breakdown, cell, variable) => byVariable[variable]![place(breakdown, cell)] === 1,
  };
}

/** Rows of cells and of their months. */
function hiddenCounts(all: readonly CountedCell[], nested: readonly Equation[], threshold: number) {
  const months = [...new Set(all.flatMap((cell) => [...cell.months.keys()]))];
  const at = (cell: number, month: number): number => all.length * (1 + months.indexOf(month)) + cell;
  const values = new Float64Array(all.length * (1 + months.length));
  const hidden = new Uint8Array(values.length);
  all.forEach((cell, c) => {
    values[c] = cell.rows;
    if (cell.persons < threshold) hidden[c] = 1;
    for (const [month, persons] of cell.months) {
      values[at(c, month)] = persons;
      if (persons < threshold || cell.persons < threshold) hidden[at(c, month)] = 1;
    }
  });
  const equations = [
    ...months.flatMap((month) => nested.map(({ one, other }) => ({ one: one.map((cell) => at(cell, month)), other: other.map((cell) => at(cell, month)) }))),
    ...all.map((cell, c) => ({ one: [c], other: [...cell.months.keys()].map((month) => at(c, month)) })),
  ];
  hide({ equations, values, numbers: [{ values, present: values, least: 1, needed: () => threshold - 1 }] }, hidden);
  return { cells: hidden.subarray(0, all.length), isMonth: (cell: number, month: number) => hidden[at(cell, month)] === 1 };
}

function hiddenMoments(moments: readonly Moments[], { nested, threshold, cells }: { readonly nested: readonly Equation[]; readonly threshold: number; readonly cells: Uint8Array }): Uint8Array {
  const n = Float64Array.from(moments, (own) => own.n);
  const sums = Float64Array.from(moments, (own) => (own.n > 0 ? own.n * own.mean : 0));
  const isZeroOne = moments.every(({ n: values, mean, standardDeviation }) => values < 2 || Math.abs((standardDeviation * standardDeviation * (values - 1)) / values - mean * (1 - mean)) < 1e-9);
  const hidden = Uint8Array.from(n, (values, c) => Number(values > 0 && (cells[c] === 1 || values < threshold || (isZeroOne && (sums[c]! < threshold - 0.5 || values - sums[c]! < threshold - 0.5)))));
  const apart = (values: Float64Array, least: number): ProtectedNumbers => ({ values, present: n, least, needed: () => threshold - 1 });
  const usual = n[0]! > 0 ? Math.abs(sums[0]!) / n[0]! : 0;
  const numbers = isZeroOne
    ? [apart(sums, 0), apart(n.map((values, c) => values - sums[c]!), 0)]
    : sums.every((sum) => sum >= 0) ? [{ values: sums, present: n, least: 0, needed: (value: number) => widestShare * Math.max(value, usual) }] : [];
  hide({ equations: nested, values: n, numbers: [apart(n, 1), ...numbers] }, hidden);
  return hidden;
}

function hide({ equations, values, numbers }: { readonly equations: readonly Equation[]; readonly values: Float64Array; readonly numbers: readonly ProtectedNumbers[] }, hidden: Uint8Array): void {
  const equationsOf: number[][] = Array.from({ length: hidden.length }, () => []);
  equations.forEach(({ one, other }, e) => [...one, ...other].forEach((cell) => equationsOf[cell]!.push(e)));
  if (hidden.includes(1)) protect({ rows: values, equations, equationsOf, numbers }, hidden);
}
