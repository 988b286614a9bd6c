import { EngineError } from '../errors.ts';
import { sortGroups } from '../coding/levels.ts';
import { formatMonth } from '../spec/months.ts';
import { segmentsOf, type BreakdownSums } from './cell-tally.ts';
import { limbsPerSum, sumOfLimbs } from './exact-sum.ts';
import { momentsOf, noMoments, type Moments } from './moments.ts';
import type { DescriptivePlan } from './plan.ts';
import { withheldDescription } from './withheld.ts';

/** Cells of a breakdown, population by population: one array of labels per column. */
export interface DescribedCells {
  readonly by: readonly string[];
  readonly population: readonly string[];
  readonly groups: readonly (readonly string[])[];
}

/** A row per cell. NaN where it is withheld. */
export interface ObservationTable extends DescribedCells {
  readonly rows: Float64Array;
  /** Of the rows of the population. */
  readonly share: Float64Array;
  /** Distinct persons. */
  readonly persons: Float64Array;
  /** Mean over the months of the data. */
  readonly personsPerMonth: Float64Array;
}

/** A row per cell and variable. */
export interface MomentTable extends DescribedCells {
  readonly variable: readonly string[];
  readonly n: Float64Array;
  readonly mean: Float64Array;
  readonly standardDeviation: Float64Array;
}

/** A row per cell and month that has persons. */
export interface PersonTable extends DescribedCells {
  readonly months: readonly string[];
  readonly persons: Float64Array;
}

export interface BreakdownTables {
  readonly by: readonly string[];
  readonly observations: ObservationTable;
  readonly outcomes: MomentTable;
  readonly covariates: MomentTable;
  readonly persons: PersonTable;
}

/** One breakdown's sums, from each that has some. */
export interface BreakdownParts {
  readonly by: readonly string[];
  readonly sums: readonly BreakdownSums[];
  /** Distinct persons by cell, none in two parts. */
  readonly persons: readonly { readonly groups: readonly (readonly string[])[]; readonly persons: Float64Array }[];
  /** Months in the data. */
  readonly months: number;
}

interface Cell {
  readonly population: string;
  readonly group: readonly string[];
  readonly rows: number;
  readonly persons: number;
  readonly months: ReadonlyMap<number, number>;
  moments(variable: number): Moments;
}

/** What of a cell is withheld. */
interface Held {
  readonly cell: boolean;
  month(month: number): boolean;
  variable(variable: number): boolean;
}

const nothingHeld: Held = { cell: false, month: () => false, variable: () => false };

/** The tables of every breakdown, the whole first. Cells of fewer persons than the threshold are withheld, and what would tell of them; null withholds nothing. */
export function describedTables(plan: DescriptivePlan, all: readonly BreakdownParts[], threshold: number | null): BreakdownTables[] {
  const cells = all.map((parts) => cellsOf(plan, parts));
  const held = new Map<Cell, Held>();
  if (threshold !== null) {
    for (const { name } of plan.populations) {
      const own = cells.map((list) => list.filter(({ population }) => population === name));
      const found = withheldDescription(all.map(({ by }, b) => ({ by, cells: own[b]! })), { threshold, variables: plan.variables.length });
      own.forEach((list, b) => list.forEach((cell, c) => held.set(cell, {
        cell: found.isCell(b, c), month: (month) => found.isMonth(b, c, month), variable: (variable) => found.isVariable(b, c, variable),
      })));
    }
  }
  return all.map((parts, b) => breakdownTables(plan, parts, { cells: cells[b]!, heldOf: (cell) => held.get(cell) ?? nothingHeld }));
}

/** The tables of one breakdown. Everything is a count or a sum of integers until here, and rounded once. */
function breakdownTables(plan: DescriptivePlan, parts: BreakdownParts, { cells, heldOf }: { readonly cells: readonly Cell[]; readonly heldOf: (cell: Cell) => Held }): BreakdownTables {
  const described = <T>(rows: readonly T[], cell: (row: T) => Cell): DescribedCells => ({
    by: parts.by,
    population: rows.map((row) => cell(row).population),
    groups: parts.by.map((_, c) => rows.map((row) => cell(row).group[c]!)),
  });
  const self = (cell: Cell): Cell => cell;
  const shown = (value: (cell: Cell) => number): Float64Array => Float64Array.from(cells, (cell) => (heldOf(cell).cell ? NaN : value(cell)));
  const total = new Map<string, number>();
  for (const { population, rows } of cells) total.set(population, (total.get(population) ?? 0) + rows);
  const byMonth = cells.flatMap((cell) => [...cell.months].sort(([a], [b]) => a - b).map(([month, persons]) => ({ cell, month, persons })));
  const momentTable = (table: 'outcomes' | 'covariates'): MomentTable => {
    const rows = cells.flatMap((cell) => plan.variables.flatMap((variable, v) => (variable.table === table ? [{ cell, variable, moments: heldOf(cell).variable(v) ? noMoments : cell.moments(v) }] : [])));
    const value = (of: (moments: Moments, per: number) => number): Float64Array => Float64Array.from(rows, ({ moments, variable }) => of(moments, variable.per ?? 1));
    return {
      ...described(rows, ({ cell }) => cell),
      variable: rows.map(({ variable }) => variable.name),
      n: value(({ n }) => n),
      mean: value(({ mean }, per) => mean / per),
      standardDeviation: value(({ standardDeviation }, per) => standardDeviation / per),
    };
  };
  return {
    by: parts.by,
    observations: {
      ...described(cells, self),
      rows: shown(({ rows }) => rows),
      share: shown(({ rows, population }) => rows / total.get(population)!),
      persons: shown(({ persons }) => persons),
      personsPerMonth: shown(({ rows }) => rows / parts.months),
    },
    outcomes: momentTable('outcomes'),
    covariates: momentTable('covariates'),
    persons: {
      ...described(byMonth, ({ cell }) => cell),
      months: byMonth.map(({ month }) => formatMonth(month)),
      persons: Float64Array.from(byMonth, ({ cell, month, persons }) => (heldOf(cell).month(month) ? NaN : persons)),
    },
  };
}

/** The cells that have rows: population by population, groups in the order of their labels. */
function cellsOf(plan: DescriptivePlan, { sums, persons }: BreakdownParts): Cell[] {
  const segments = segmentsOf(plan);
  const populations = plan.populations.length;
  const keyOf = (group: readonly string[]): string => JSON.stringify(group);
  const placesIn = (groups: readonly (readonly string[])[]): Map<string, number> => new Map(groups.map((group, g) => [keyOf(group), g]));
  const places = sums.map((part) => placesIn(part.groups));
  const owned = persons.map((part) => placesIn(part.groups));
  const groups = sortGroups([...new Map(sums.flatMap((part) => part.groups).map((group) => [keyOf(group), group])).values()]);
  return plan.populations.flatMap(({ name }, p) => groups.flatMap((group): Cell[] => {
    const key = keyOf(group);
    const here = places.flatMap((place, part) => {
      const first = place.get(key);
      return first === undefined ? [] : Array.from({ length: segments }, (_, segment) => ({ part, segment, cell: first * segments + segment }));
    }).filter(({ segment }) => (segment >> p) % 2 === 1);
    const months = new Map<number, number>();
    for (const { part, cell } of here) {
      for (const { month, rows } of sums[part]!.months) if (rows[cell]! > 0) months.set(month, (months.get(month) ?? 0) + rows[cell]!);
    }
    const rows = [...months.values()].reduce((sum, count) => sum + count, 0);
    if (rows === 0) return [];
    const count = owned.reduce((sum, place, part) => sum + (place.has(key) ? persons[part]!.persons[place.get(key)! * populations + p]! : 0), 0);
    if (count === 0) throw new EngineError('internal.unexpected', { detail: `The group ${key} has rows and no persons.` });
    const moments = (v: number): Moments => {
      const all = { n: 0, sum: 0n, squares: 0n };
      for (const { part, cell } of here) {
        const { n, sums: limbs, squares } = sums[part]!.moments[v]!;
        if (n[cell] === 0) continue;
        all.n += n[cell]!;
        all.sum += sumOfLimbs(limbs, cell * limbsPerSum);
        all.squares += sumOfLimbs(squares, cell * limbsPerSum);
      }
      return momentsOf(all);
    };
    return [{ population: name, group, rows, persons: count, months, moments }];
  }));
}
