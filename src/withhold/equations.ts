/** A breakdown whose cells are published month by month: cell = month · groups + group. */
export interface Margin {
  readonly by: readonly string[];
  readonly groups: readonly (readonly string[])[];
}

/** Σ cells of `one` = Σ cells of `other` in every month in which they are there. Places of variables. */
export interface Equation {
  readonly one: readonly number[];
  readonly other: readonly number[];
}

/** Where each margin's groups begin among the variables of a month. */
export const startsOf = (margins: readonly Margin[]): number[] => {
  let at = 0;
  return margins.map(({ groups }) => (at += groups.length) - groups.length);
};

/** The sums that hold whatever the data: a group is the sum of the groups of a finer breakdown that share its labels. */
export function nestedSums(margins: readonly Margin[]): Equation[] {
  const starts = startsOf(margins);
  return margins.flatMap((child, c) =>
    directParents(margins, c).flatMap((p) => {
      const parent = margins[p]!;
      const members = new Map<string, number[]>(parent.groups.map((labels) => [JSON.stringify(labels), []]));
      child.groups.forEach((labels, g) => members.get(JSON.stringify(parent.by.map((column) => labels[child.by.indexOf(column)]!)))?.push(starts[c]! + g));
      return parent.groups.map((labels, k) => ({ one: [starts[p]! + k], other: members.get(JSON.stringify(labels))! }));
    }));
}

/** Coarser breakdowns with no other in between; of two by the same columns the first. */
function directParents(margins: readonly Margin[], c: number): number[] {
  const coarser = (a: number, b: number): boolean => {
    const [fewer, more] = [margins[a]!.by, margins[b]!.by];
    return fewer.every((column) => more.includes(column)) && (fewer.length < more.length || a < b);
  };
  const parents = [...margins.keys()].filter((p) => p !== c && coarser(p, c));
  return parents.filter((p) => !parents.some((q) => q !== p && coarser(p, q)));
}

/** Two breakdowns neither of which has all columns of the other. */
export function crossedPairs(margins: readonly Margin[]): [number, number][] {
  const within = (a: Margin, b: Margin): boolean => a.by.every((column) => b.by.includes(column));
  return margins.flatMap((a, i) => margins.flatMap((b, j): [number, number][] => (j > i && !within(a, b) && !within(b, a) ? [[i, j]] : [])));
}

/**
 * The sums that hold because of who is where: where no person of some groups is outside some groups of another breakdown, their sums
 * agree, as a county's with that of its offices.
 *
 * @param component by group of the one, then of the other: which connected part it is of; −1 where it is empty
 */
export function overlapSums(margins: readonly Margin[], [i, j]: readonly [number, number], component: ArrayLike<number>): Equation[] {
  const starts = startsOf(margins);
  const own = margins[i]!.groups.length;
  const sums = new Map<number, { one: number[]; other: number[] }>();
  for (let k = 0; k < component.length; k++) {
    if (component[k]! < 0) continue;
    if (!sums.has(component[k]!)) sums.set(component[k]!, { one: [], other: [] });
    if (k < own) sums.get(component[k]!)!.one.push(starts[i]! + k);
    else sums.get(component[k]!)!.other.push(starts[j]! + k - own);
  }
  // One part is all there is, which the whole says already.
  return sums.size > 1 ? [...sums.values()] : [];
}
