import type { IndicatorTable } from '../indicator/table.ts';
import { formatMonth } from '../spec/months.ts';
import type { GroupSums, KeptSums, ProbitGroups } from '../whatif/kept-sums.ts';

/**
 * Withholds the sums of cells with fewer rows than the threshold: n, Σ x and Σ φ·x become 0, Σ y, Σ y² and Σ μ NaN. So are further
 * cells, the smallest first, wherever a withheld one would follow from a total and the cells that are left.
 */
export function withholdSmallCells(sums: KeptSums, threshold: number): { sums: KeptSums; withheld: number } {
  const hidden = hiddenCells(sums.groupings, threshold);
  const withheld = hidden.reduce((count, cells) => count + cells.size, 0);
  if (withheld === 0) return { sums, withheld };
  return {
    sums: {
      ...sums,
      groupings: sums.groupings.map((grouping, g) => without(grouping, hidden[g]!)),
      probits: sums.probits.map((probit) => probit && { ...probit, groupings: probit.groupings.map((groups, g) => withoutProbit(groups, hidden[g]!)) }),
    },
    withheld,
  };
}

function withoutProbit(groups: ProbitGroups, cells: ReadonlySet<number>): ProbitGroups {
  if (cells.size === 0) return groups;
  const columns = groups.density.length / groups.expected.length;
  const copy = { expected: groups.expected.slice(), density: groups.density.slice() };
  for (const cell of cells) {
    copy.expected[cell] = NaN;
    copy.density.fill(0, cell * columns, (cell + 1) * columns);
  }
  return copy;
}

/** A withheld cell has no rows, and no sum either. */
export const isWithheld = ({ n, outcome }: GroupSums, cell: number): boolean => n[cell] === 0 && outcome.length > 0 && Number.isNaN(outcome[0]![cell]);

function without(grouping: GroupSums, cells: ReadonlySet<number>): GroupSums {
  if (cells.size === 0) return grouping;
  const { n, x, outcome, outcomeSquared } = grouping;
  const columns = x.length / n.length;
  const copy = { n: n.slice(), x: x.slice(), outcome: outcome.map((values) => values.slice()), outcomeSquared: outcomeSquared.map((values) => values.slice()) };
  for (const cell of cells) {
    copy.n[cell] = 0;
    copy.x.fill(0, cell * columns, (cell + 1) * columns);
    for (const values of [...copy.outcome, ...copy.outcomeSquared]) values[cell] = NaN;
  }
  return { ...grouping, ...copy };
}

function hiddenCells(groupings: readonly GroupSums[], threshold: number): Set<number>[] {
  const hidden = groupings.map(({ n }) => new Set([...n.keys()].filter((cell) => n[cell]! > 0 && n[cell]! < threshold)));
  const families = groupings.flatMap((child, c) => groupings.flatMap((parent, p) => (c !== p && parent.by.length < child.by.length && parent.by.every((column) => child.by.includes(column)) ? [{ c, p, members: membersOf(child, parent) }] : [])));
  for (let before = -1, now = 0; before !== now; ) {
    before = now;
    for (const { c, p, members } of families) {
      const [child, parent] = [groupings[c]!, groupings[p]!];
      for (let t = 0; t < child.months; t++) {
        members.forEach((groups, k) => {
          const parentCell = t * parent.groups.length + k;
          const cells = groups.map((group) => t * child.groups.length + group).filter((cell) => child.n[cell]! > 0);
          if (needsMore(child.n, { cells, hidden: hidden[c]!, parentHidden: hidden[p]!.has(parentCell), threshold })) {
            const [smallest] = cells.filter((cell) => !hidden[c]!.has(cell)).sort((a, b) => child.n[a]! - child.n[b]! || a - b);
            hidden[c]!.add(smallest!);
          }
        });
      }
    }
    now = hidden.reduce((count, cells) => count + cells.size, 0);
  }
  return hidden;
}

interface Family {
  /** Cells with rows that add up to the parent's. */
  readonly cells: readonly number[];
  readonly hidden: ReadonlySet<number>;
  readonly parentHidden: boolean;
  readonly threshold: number;
}

/** Whether what is withheld among the cells of a total follows, alone or as too small a sum, from what is shown. */
function needsMore(n: Uint32Array, { cells, hidden, parentHidden, threshold }: Family): boolean {
  const mine = cells.filter((cell) => hidden.has(cell));
  if (mine.length === cells.length) return false;
  if (parentHidden) return mine.length === 0;
  return mine.length === 1 || (mine.length > 0 && mine.reduce((sum, cell) => sum + n[cell]!, 0) < threshold);
}

/** Groups of the child by group of the parent. */
function membersOf(child: GroupSums, parent: GroupSums): number[][] {
  const place = new Map(parent.groups.map((labels, k) => [JSON.stringify(labels), k]));
  const members: number[][] = parent.groups.map(() => []);
  child.groups.forEach((labels, g) => {
    const home = place.get(JSON.stringify(parent.by.map((column) => labels[child.by.indexOf(column)]!)));
    if (home !== undefined) members[home]!.push(g);
  });
  return members;
}

const numbers = [
  'n', 'months', 'actual', 'expected', 'indicator', 'standardError', 'confLow', 'confHigh', 'actualSeasonallyAdjusted', 'expectedSeasonallyAdjusted',
  'indicatorSeasonallyAdjusted', 'relativePercent', 'standardErrorSeasonallyAdjusted', 'confLowSeasonallyAdjusted', 'confHighSeasonallyAdjusted', 'freedom', 'freedomSeasonallyAdjusted',
] as const satisfies readonly (keyof IndicatorTable)[];

const states = ['state', 'stateSeasonallyAdjusted'] as const satisfies readonly (keyof IndicatorTable)[];

/** Empties the rows of a table that have too few rows behind them, or whose cell is withheld from the sums. */
export function withholdTableRows(table: IndicatorTable, kept: readonly KeptSums[], threshold: number): { table: IndicatorTable; withheld: number } {
  const hidden = new Set(kept.flatMap((sums) => withheldNames(sums, table.by)));
  const rows = [...table.n.keys()].filter((row) => table.n[row]! < threshold || hidden.has(nameOf(table.outcome[row]!, table.groups.map((labels) => labels[row]!), table.periods[row]!)));
  if (rows.length === 0) return { table, withheld: 0 };
  const emptied = Object.fromEntries(numbers.map((name) => {
    const values = table[name].slice();
    for (const row of rows) values[row] = NaN;
    return [name, values];
  }));
  const hiddenRows = new Set(rows);
  const stated = Object.fromEntries(states.map((name) => [name, table[name].map((state, row) => (hiddenRows.has(row) ? 'withheld' : state))]));
  return { table: { ...table, ...emptied, ...stated }, withheld: rows.length };
}

const nameOf = (outcome: string, group: readonly string[], period: string): string => JSON.stringify([outcome, group, period]);

function withheldNames({ groupings, outcomes }: KeptSums, by: readonly string[]): string[] {
  const grouping = groupings.find((one) => one.by.join('\n') === by.join('\n'));
  if (!grouping) return [];
  return [...grouping.n.keys()].filter((cell) => isWithheld(grouping, cell)).flatMap((cell) =>
    outcomes.map(({ name }) => nameOf(name, grouping.groups[cell % grouping.groups.length]!, formatMonth(grouping.firstMonth + Math.floor(cell / grouping.groups.length)))));
}

export { numbers as tableNumbers, states as tableStates };
