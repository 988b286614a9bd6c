import { noFunctional, type CellMeans, type Functionals, type GroupingCells, type Layer, type PeriodMeans } from './influence.ts';

/** Rows of some groups in some months, whose mean is compared. */
export interface ComparedSet {
  readonly members: readonly number[];
  readonly months: readonly number[];
}

/** What units are held against: the whole, one of them, each other, or the groups that they are parts of (by unit, its members). */
export type Against =
  | { readonly kind: 'whole' }
  | { readonly kind: 'pairs' }
  | { readonly kind: 'unit'; readonly group: number }
  | { readonly kind: 'margin'; readonly members: readonly (readonly number[])[] };

/** Two sets over the months that both have: a unit, and what it is held against (a group, its margin's members, or null for the whole). */
export interface SetPair {
  readonly of: number;
  readonly from: number | readonly number[] | null;
  readonly sets: readonly [of: number, from: number];
  readonly months: number;
}

export interface ComparedSets {
  /** The groups, each over the months that it has of the period, the whole, and what pairs need besides. */
  readonly sets: readonly ComparedSet[];
  /** By group: the set of the whole over the group's months. */
  readonly wholeOf: readonly number[];
  readonly pairs: readonly SetPair[];
  /** Pairs that are left out because their months would need too many sets. */
  readonly leftOut: number;
}

/** More means than this have no joint covariance: 2 million places. */
const mostSets = 2048;

export function comparedSets({ groups, cells: { n } }: GroupingCells, { months, whole }: PeriodMeans, against: Against): ComparedSets {
  const numbers = Array.from({ length: groups }, (_, g) => g);
  const complete = (own: readonly number[]): readonly number[] => (whole && own.length < months.length ? [] : own);
  const monthsOf = numbers.map((g) => complete(months.filter((t) => n[t * groups + g]! > 0)));
  const ofWhole = complete(months.filter((t) => numbers.some((g) => n[t * groups + g]! > 0)));
  const sets: ComparedSet[] = [...monthsOf.map((own, g) => ({ members: [g], months: own })), { members: numbers, months: ofWhole }];
  const known = new Map(sets.map((set, s) => [keyOf(set), s]));
  const setOf = (set: ComparedSet): number | null => {
    const key = keyOf(set);
    const found = known.get(key);
    if (found !== undefined) return found;
    if (sets.length >= mostSets) return null;
    known.set(key, sets.length);
    return sets.push(set) - 1;
  };
  let leftOut = 0;
  const pairs: SetPair[] = [];
  const hold = (of: number, from: SetPair['from'], members: readonly number[], both: readonly number[]): void => {
    if (both.length === 0) return;
    const [first, second] = [setOf({ members: [of], months: both }), setOf({ members, months: both })];
    if (first === null || second === null) leftOut++;
    else pairs.push({ of, from, sets: [first, second], months: both.length });
  };
  // Of the whole there are as many as groups have different months, and they come first.
  const wholeOf = monthsOf.map((own) => (own.length === 0 ? groups : (setOf({ members: numbers, months: own }) ?? groups)));
  const common = (g: number, h: number): number[] => monthsOf[g]!.filter((t) => monthsOf[h]!.includes(t));
  for (const g of numbers) {
    if (against.kind === 'whole') hold(g, null, numbers, monthsOf[g]!);
    else if (against.kind === 'margin' && against.members[g]!.length === 1) continue;
    else if (against.kind === 'margin') hold(g, against.members[g]!, against.members[g]!, monthsOf[g]!);
    else if (against.kind === 'unit') {
      if (g !== against.group) hold(g, against.group, [against.group], common(g, against.group));
    } else for (let h = 0; h < g; h++) hold(g, h, [h], common(g, h));
  }
  return { sets, wholeOf, pairs, leftOut };
}

const keyOf = ({ members, months }: ComparedSet): string => `${members.join(',')};${months.join(',')}`;

/** A functional a set, all in one block, so that they can be held against each other: means over rows, or unweighted means of months. */
export function functionalsOfSets({ grouping, groups, cells }: GroupingCells, sets: readonly ComparedSet[], mean: PeriodMeans['mean']): Functionals {
  const layers: Layer[] = [];
  const rows = new Float64Array(sets.length);
  sets.forEach((set, f) => {
    const { n, weight, centre } = meansOf(cells, groups, set, mean);
    rows[f] = n;
    const own = set.months.flatMap((t) => set.members.map((g) => t * groups + g)).filter((cell) => cells.n[cell]! > 0);
    let layer = layers.find(({ ofCell }) => own.every((cell) => ofCell[cell] === noFunctional));
    if (!layer) {
      const size = cells.n.length;
      layer = {
        grouping, joint: layers.length > 0, slopesOf: null,
        ofCell: new Uint32Array(size).fill(noFunctional), weight: new Float64Array(size).fill(1), centre: new Float64Array(size),
      };
      layers.push(layer);
    }
    for (const cell of own) {
      const t = Math.floor(cell / groups);
      layer.ofCell[cell] = f;
      layer.weight[cell] = weight(t);
      layer.centre[cell] = centre(t);
    }
  });
  const count = sets.length;
  return {
    count, layers, divisor: rows, rows,
    base: new Uint32Array(count),
    place: Uint32Array.from({ length: count }, (_, f) => f),
    pairs: (count * (count + 1)) / 2,
  };
}

/** Rows of a set, and by month what its rows weigh, around 1, and what is taken from each. */
function meansOf({ n, outcome, expected }: CellMeans, groups: number, { members, months }: ComparedSet, mean: PeriodMeans['mean']) {
  const inMonth = (values: Float64Array, t: number): number => members.reduce((sum, g) => sum + values[t * groups + g]!, 0);
  const byMonth = new Map(months.map((t) => [t, { n: inMonth(n, t), excess: inMonth(outcome, t) - inMonth(expected, t) }]));
  const all = [...byMonth.values()].reduce((sum, month) => ({ n: sum.n + month.n, excess: sum.excess + month.excess }), { n: 0, excess: 0 });
  return {
    n: all.n,
    weight: (t: number): number => (mean === 'rows' ? 1 : all.n / (months.length * byMonth.get(t)!.n)),
    centre: (t: number): number => (mean === 'rows' ? all.excess / all.n : byMonth.get(t)!.excess / byMonth.get(t)!.n),
  };
}
