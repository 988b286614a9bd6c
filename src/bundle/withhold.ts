import type { IndicatorTable } from '../indicator/table.ts';
import { groupsAlike } from '../withhold/equations.ts';
import { hiddenOf, type RunWithheld } from '../withhold/published.ts';
import { isWithheldCell, type GroupSums, type KeptSums, type ProbitGroups } from '../whatif/kept-sums.ts';

/**
 * Kept sums without those of withheld cells: n, Σ x and Σ φ·x become 0, Σ y, Σ y² and Σ μ NaN.
 *
 * Sums of the whole by month that would tell of one are kept as one for all such months, or not at all where they are no part of the fit.
 *
 * @param modelled columns whose levels the sums of the whole count
 */
export function withholdSums(sums: KeptSums, { by, byGrouping, byPopulation }: Omit<RunWithheld, 'threshold'>, modelled: ReadonlySet<string>): { sums: KeptSums; withheld: number } {
  const own = sums.population === null ? byGrouping : byPopulation.get(sums.population) ?? [];
  const hidden = sums.groupings.map((grouping) => {
    const cells = hiddenOf({ by, byGrouping: own }, grouping.by) ?? new Uint8Array(0);
    return new Set([...cells.keys()].filter((cell) => cells[cell] === 1 && grouping.n[cell]! > 0));
  });
  const before = sums.groupings.reduce((count, grouping) => count + [...grouping.n.keys()].filter((cell) => isWithheldCell(grouping, cell)).length, 0);
  if (hidden.every((cells) => cells.size === 0)) return { sums, withheld: before };
  cellsThatTell(sums, hidden, modelled).forEach((cells, g) =>
    cells.forEach((cell) => !isWithheldCell(sums.groupings[g]!, cell) && hidden[g]!.add(cell)),
  );
  const withheld = before + hidden.reduce((count, cells) => count + cells.size, 0);
  const joined = withoutMonths(sums, monthsThatTell(sums, hidden, modelled));
  return {
    sums: {
      ...joined,
      groupings: sums.groupings.map((grouping, g) => without(grouping, hidden[g]!)),
      probits: joined.probits.map((probit) => probit && { ...probit, groupings: probit.groupings.map((groups, g) => withoutProbit(groups, hidden[g]!)) }),
    },
    withheld,
  };
}

/**
 * Months in which a cell is withheld whose breakdown has columns of covariates: the sums of the whole count rows by
 * their levels, and by two together.
 */
function monthsThatTell({ groupings }: KeptSums, hidden: readonly ReadonlySet<number>[], modelled: ReadonlySet<string>): Set<number> {
  return new Set(
    groupings.flatMap(({ by, groups, firstMonth }, g) =>
      by.some((column) => modelled.has(column))
        ? [...hidden[g]!].map((cell) => firstMonth + Math.floor(cell / groups.length))
        : [],
    ),
  );
}

/**
 * Cells of other breakdowns whose Σ x counts rows of withheld ones by level: a county's women, where these are
 * withheld, and the whole's, of which the women of the other counties may be taken away. By breakdown; of those that
 * have all columns of the withheld one every cell lies in one of its cells, and counts nothing more.
 */
function cellsThatTell(
  { groupings }: KeptSums,
  hidden: readonly ReadonlySet<number>[],
  modelled: ReadonlySet<string>,
): Set<number>[] {
  const telling = groupings.map(() => new Set<number>());
  groupings.forEach((fine, d) => {
    if (!fine.by.some((column) => modelled.has(column)) || hidden[d]!.size === 0) return;
    groupings.forEach((coarse, g) => {
      if (fine.by.every((column) => coarse.by.includes(column))) return;
      const shared = fine.by.filter((column) => coarse.by.includes(column));
      const alike = groupsAlike(coarse, shared);
      for (const cell of hidden[d]!) {
        const [month, group] = [Math.floor(cell / fine.groups.length), fine.groups[cell % fine.groups.length]!];
        for (const k of alike.get(JSON.stringify(shared.map((column) => group[fine.by.indexOf(column)]))) ?? []) {
          const place = month * coarse.groups.length + k;
          if (coarse.n[place]! > 0 && !hidden[g]!.has(place)) telling[g]!.add(place);
        }
      }
    });
  });
  return telling;
}

function withoutMonths(sums: KeptSums, telling: ReadonlySet<number>): KeptSums {
  if (telling.size === 0) return sums;
  const stays = (month: number, inSample: boolean): boolean => inSample || !telling.has(month);
  const months = sums.months.filter(({ month, inSample }) => stays(month, inSample));
  const together = months.filter(({ month }) => telling.has(month)).map(({ month }) => month);
  const leftOut = sums.months.filter(({ month, inSample }) => !stays(month, inSample)).map(({ month }) => month);
  const there = new Set(months.map(({ month }) => month));
  const asOne = <T extends { readonly month: number }>(all: readonly T[], add: (a: T, b: T, sign: 0 | 1) => T): T[] => {
    const mine = all.filter(({ month }) => together.includes(month));
    return all.map((one) => {
      if (!together.includes(one.month)) return one;
      const none = add(one, one, 0);
      return one === mine[0] ? mine.reduce((sum, next) => add(sum, next, 1), none) : none;
    });
  };
  return {
    ...sums,
    ...(together.length > 0 ? { together } : {}),
    ...(leftOut.length > 0 ? { leftOut } : {}),
    months: asOne(months, (a, b, sign) => ({
      ...a,
      gram: a.gram.map((value, k) => sign * (value + b.gram[k]!)),
      outcomeSums: a.outcomeSums.map((values, o) => values.map((value, k) => BigInt(sign) * (value + b.outcomeSums[o]![k]!))),
      squares: a.squares.map((value, o) => BigInt(sign) * (value + b.squares[o]!)),
    })),
    probits: sums.probits.map((probit) => probit && {
      ...probit,
      months: asOne(probit.months.filter(({ month }) => there.has(month)), (a, b, sign) => ({
        ...a, information: a.information.map((value, k) => sign * (value + b.information[k]!)), score: a.score.map((value, k) => sign * (value + b.score[k]!)),
      })),
    }),
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

const numbers = [
  'n', 'months', 'actual', 'expected', 'indicator', 'standardError', 'confLow', 'confHigh', 'actualSeasonallyAdjusted', 'expectedSeasonallyAdjusted',
  'indicatorSeasonallyAdjusted', 'relativePercent', 'standardErrorSeasonallyAdjusted', 'confLowSeasonallyAdjusted', 'confHighSeasonallyAdjusted', 'freedom', 'freedomSeasonallyAdjusted',
] as const satisfies readonly (keyof IndicatorTable)[];

const states = ['state', 'stateSeasonallyAdjusted'] as const satisfies readonly (keyof IndicatorTable)[];

export { numbers as tableNumbers, states as tableStates };
