import type { DesignMatrix } from '../coding/design-matrix.ts';
import { sortLabels } from '../coding/levels.ts';
import { EngineError } from '../errors.ts';
import { formatMonth } from '../spec/months.ts';
import type { GroupSums, KeptSums, ProbitSums } from './kept-sums.ts';

/*
 * Months in and out of kept sums. Every sum is of one month or of one cell of one month, so that taking months together
 * adds nothing up: the answer is, to the bit, what a pass over all the rows with the same breaks gives.
 */

/** Takes months out. Throws `EngineError('spec')` where one is not there, or none would be left. */
export function dropMonths(kept: KeptSums, months: readonly number[]): KeptSums {
  const there = new Set(kept.months.map(({ month }) => month));
  const missing = months.filter((month) => !there.has(month));
  if (missing.length > 0) throw new EngineError('spec.kept-months-absent', { months: missing.map(formatMonth), kept: there.size });
  const out = new Set(months);
  if (out.size === there.size) throw new EngineError('spec.kept-no-month-left', {});
  return joined(kept, [{ sums: kept, months: new Set([...there].filter((month) => !out.has(month))) }]);
}

/** Puts months in. Throws `EngineError('spec')` where one is there already, or is not coded with the same levels and breaks. */
export function addMonths(kept: KeptSums, more: KeptSums): KeptSums {
  const there = new Set(kept.months.map(({ month }) => month));
  const twice = more.months.filter(({ month }) => there.has(month)).map(({ month }) => formatMonth(month));
  if (twice.length > 0) throw new EngineError('spec.kept-months-twice', { months: twice });
  return replaceMonths(kept, more);
}

/** Puts months in, in the place of those that are there already. */
export function replaceMonths(kept: KeptSums, more: KeptSums): KeptSums {
  checkSameCoding(kept, more);
  const theirs = new Set(more.months.map(({ month }) => month));
  const ours = new Set(kept.months.map(({ month }) => month).filter((month) => !theirs.has(month)));
  return joined(kept, [{ sums: kept, months: ours }, { sums: more, months: theirs }]);
}

interface Part {
  readonly sums: KeptSums;
  readonly months: ReadonlySet<number>;
}

function joined(kept: KeptSums, parts: readonly Part[]): KeptSums {
  const months = parts.flatMap(({ sums, months: wanted }) => sums.months.filter(({ month }) => wanted.has(month))).sort((a, b) => a.month - b.month);
  const groupings = kept.groupings.map((_, g) => joinedGroups(parts, g, months.map(({ month }) => month)));
  return {
    ...kept,
    months,
    outcomes: kept.outcomes.map((outcome, o) => ({ ...outcome, zeroOne: parts.every(({ sums }) => sums.outcomes[o]!.zeroOne) })),
    groupings,
    probits: kept.probits.map((probit) => probit && joinedProbits(kept, parts, { probit, groupings })),
  };
}

/** What a probit is like near the fit is known of the months of the fit's own load alone. */
function joinedProbits(kept: KeptSums, parts: readonly Part[], { probit, groupings }: { probit: ProbitSums; groupings: readonly GroupSums[] }): ProbitSums {
  const own = new Set(parts.filter(({ sums }) => sums === kept).flatMap(({ months: ours }) => [...ours]));
  return {
    months: probit.months.filter(({ month }) => own.has(month)),
    groupings: kept.groupings.map((from, g) => {
      const { groups, firstMonth, months: span } = groupings[g]!;
      const { expected, density } = probit.groupings[g]!;
      const columns = density.length / Math.max(expected.length, 1);
      const out = { expected: new Float64Array(span * groups.length).fill(NaN), density: new Float32Array(span * groups.length * columns) };
      for (const month of own) {
        out.expected.fill(0, (month - firstMonth) * groups.length, (month - firstMonth + 1) * groups.length);
        eachCells(from, { groups, firstMonth }, month, (source, target, cells) => {
          copyCells(expected, out.expected, { source, target, cells });
          copyCells(density, out.density, { source, target, cells, columns });
        });
      }
      return out;
    }),
  };
}

function joinedGroups(parts: readonly Part[], g: number, months: readonly number[]): GroupSums {
  const { by, outcome, n: { length: cellsBefore }, x: { length: sumsBefore } } = parts[0]!.sums.groupings[g]!;
  const columns = sumsBefore / Math.max(cellsBefore, 1);
  const groups = groupsWithRows(parts, g);
  const firstMonth = months[0] ?? 0;
  const span = months.length === 0 ? 0 : months.at(-1)! - firstMonth + 1;
  const cells = span * groups.length;
  const out = {
    n: new Uint32Array(cells),
    x: new Uint32Array(cells * columns),
    outcome: outcome.map(() => new Float64Array(cells)),
    outcomeSquared: outcome.map(() => new Float64Array(cells)),
  };
  for (const { sums, months: wanted } of parts) {
    const from = sums.groupings[g]!;
    for (const month of wanted) {
      eachCells(from, { groups, firstMonth }, month, (source, target, cells) => {
        copyCells(from.n, out.n, { source, target, cells });
        copyCells(from.x, out.x, { source, target, cells, columns });
        out.outcome.forEach((values, o) => copyCells(from.outcome[o]!, values, { source, target, cells }));
        out.outcomeSquared.forEach((values, o) => copyCells(from.outcomeSquared[o]!, values, { source, target, cells }));
      });
    }
  }
  return { by, groups, firstMonth, months: span, ...out };
}

const key = (group: readonly string[]): string => JSON.stringify(group);

type Cells = Pick<GroupSums, 'groups' | 'firstMonth'>;

/** Where cells of a month stand in one breakdown and in another: all at once where the groups are the same. */
function eachCells(from: Cells, to: Cells, month: number, each: (source: number, target: number, cells: number) => void): void {
  const [source, target] = [from, to].map(({ groups, firstMonth }) => (month - firstMonth) * groups.length) as [number, number];
  const index = placesOf(from.groups, to.groups);
  if (index === null) return each(source, target, to.groups.length);
  index.forEach((place, k) => {
    if (place >= 0) each(source + k, target + place, 1);
  });
}

/** Place of each group among others, −1 where it has none; null where they are the same in the same order. */
function placesOf(groups: GroupSums['groups'], others: GroupSums['groups']): number[] | null {
  let known = places.get(others)?.get(groups);
  if (known === undefined) {
    const index = new Map(others.map((group, k) => [key(group), k]));
    const found = groups.map((group) => index.get(key(group)) ?? -1);
    known = groups.length === others.length && found.every((place, k) => place === k) ? null : found;
    if (!places.has(others)) places.set(others, new WeakMap());
    places.get(others)!.set(groups, known);
  }
  return known;
}

const places = new WeakMap<GroupSums['groups'], WeakMap<GroupSums['groups'], number[] | null>>();

function copyCells<T extends Uint32Array | Float32Array | Float64Array>(from: T, to: T, { source, target, cells, columns = 1 }: { source: number; target: number; cells: number; columns?: number }): void {
  to.set(from.subarray(source * columns, (source + cells) * columns) as never, target * columns);
}

/** Groups with a row, or a withheld cell, in any of the months; in the order of the labels. */
function groupsWithRows(parts: readonly Part[], g: number): (readonly string[])[] {
  const found = new Map<string, readonly string[]>();
  for (const { sums, months } of parts) {
    const { groups, firstMonth, n, outcome } = sums.groupings[g]!;
    groups.forEach((group, k) => {
      const cells = [...months].map((month) => (month - firstMonth) * groups.length + k);
      if (cells.some((cell) => n[cell]! > 0 || Number.isNaN(outcome[0]?.[cell]))) found.set(key(group), group);
    });
  }
  const list = [...found.values()];
  const ranks = (list[0] ?? []).map((_, c) => new Map(sortLabels([...new Set(list.map((group) => group[c]!))]).map((label, rank) => [label, rank])));
  const difference = (a: readonly string[], b: readonly string[]): number =>
    ranks.reduce((found, rank, c) => found || rank.get(a[c]!)! - rank.get(b[c]!)!, 0);
  return list.sort(difference);
}

function checkSameCoding(a: KeptSums, b: KeptSums): void {
  const fault = differs('outcomes', a.outcomes.map(({ zeroOne: _, ...rest }) => rest), b.outcomes.map(({ zeroOne: _, ...rest }) => rest))
    ?? differs('population', a.population, b.population)
    ?? differs('levels', codingOf(a.frame), codingOf(b.frame))
    ?? differs('breaks', a.breaks, b.breaks)
    ?? differs('breakdowns', a.groupings.map(({ by }) => by), b.groupings.map(({ by }) => by));
  if (fault) throw new EngineError('spec.kept-coding-differs', { differs: fault });
}

const codingOf = ({ factors, interactions, terms }: DesignMatrix) => ({ factors: factors.map(({ name, labels }) => ({ name, labels })), interactions, terms });
const differs = <What extends string>(what: What, a: unknown, b: unknown): What | null => (JSON.stringify(a) === JSON.stringify(b) ? null : what);
