import type { IndicatorTable } from '../indicator/table.ts';
import type { RunWithheld } from '../withhold/published.ts';
import { isWithheldCell, type GroupSums, type KeptSums, type ProbitGroups } from '../whatif/kept-sums.ts';

/**
 * Kept sums without those of withheld cells: n, Σ x and Σ φ·x become 0, Σ y, Σ y² and Σ μ NaN.
 *
 * @param by breakdowns of the run, in the order of `withheld`
 */
export function withholdSums(sums: KeptSums, { byGrouping, byPopulation }: Pick<RunWithheld, 'byGrouping' | 'byPopulation'>, by: readonly (readonly string[])[]): { sums: KeptSums; withheld: number } {
  const places = sums.groupings.map((grouping) => [[], ...by].findIndex((columns) => columns.join('\n') === grouping.by.join('\n')));
  const own = sums.population === null ? byGrouping : byPopulation.get(sums.population) ?? [];
  const hidden = sums.groupings.map(({ n }, g) => new Set([...(own[places[g]!] ?? []).keys()].filter((cell) => own[places[g]!]![cell] === 1 && n[cell]! > 0)));
  const before = sums.groupings.reduce((count, grouping) => count + [...grouping.n.keys()].filter((cell) => isWithheldCell(grouping, cell)).length, 0);
  const withheld = before + hidden.reduce((count, cells) => count + cells.size, 0);
  if (withheld === before) return { sums, withheld };
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
