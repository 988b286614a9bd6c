import { ConnectedParts } from './connected-parts.ts';

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

/** Places of the groups by their labels in these columns of the breakdown, as JSON. */
export function groupsAlike({ by, groups }: Margin, columns: readonly string[]): Map<string, number[]> {
  const places = columns.map((column) => by.indexOf(column));
  const found = new Map<string, number[]>();
  groups.forEach((labels, k) => {
    const key = JSON.stringify(places.map((place) => labels[place]));
    if (found.has(key)) found.get(key)!.push(k);
    else found.set(key, [k]);
  });
  return found;
}

/** Two breakdowns and who of them share rows: by group of the one, then of the other, their connected part; −1 for a group that is not there. */
export interface Linked {
  readonly pair: readonly [number, number];
  readonly part: ArrayLike<number>;
}

const within = (a: Margin, b: Margin): boolean => a.by.every((column) => b.by.includes(column));

/** Two breakdowns neither of which has all columns of the other. */
export function crossedPairs(margins: readonly Margin[]): [number, number][] {
  return margins.flatMap((a, i) => margins.flatMap((b, j): [number, number][] => (j > i && !within(a, b) && !within(b, a) ? [[i, j]] : [])));
}

/** What holds whatever the data: a group is the sum of the groups of a finer breakdown that share its labels. */
export function nestedPairs(margins: readonly Margin[]): Linked[] {
  return margins.flatMap((parent, p) => margins.flatMap((child, c): Linked[] => {
    const finer = p !== c && within(parent, child) && (parent.by.length < child.by.length || (within(child, parent) && p < c));
    if (!finer) return [];
    const place = new Map(parent.groups.map((labels, k) => [JSON.stringify(labels), k]));
    const home = child.groups.map((labels) => place.get(JSON.stringify(parent.by.map((column) => labels[child.by.indexOf(column)]!))) ?? -1);
    return [{ pair: [p, c], part: Int32Array.from([...parent.groups.keys(), ...home]) }];
  }));
}

/** The sums that two breakdowns have in common, part by part. */
export function sumsOf(margins: readonly Margin[], { pair: [i, j], part }: Linked): Equation[] {
  const starts = startsOf(margins);
  const own = margins[i]!.groups.length;
  const sums = new Map<number, { one: number[]; other: number[] }>();
  for (let k = 0; k < part.length; k++) {
    if (part[k]! < 0) continue;
    if (!sums.has(part[k]!)) sums.set(part[k]!, { one: [], other: [] });
    if (k < own) sums.get(part[k]!)!.one.push(starts[i]! + k);
    else sums.get(part[k]!)!.other.push(starts[j]! + k - own);
  }
  return [...sums.values()];
}

/**
 * Without the pairs whose sums follow from those of two others, by way of a third breakdown: a county's offices by group are those of its groups, and of
 * its offices.
 */
export function withoutImplied(margins: readonly Margin[], all: readonly Linked[]): Linked[] {
  const sizeOf = (m: number): number => margins[m]!.groups.length;
  const left = [...all].sort((a, b) => stretch(b) - stretch(a));
  function stretch({ pair: [i, j] }: Linked): number {
    return Math.max(sizeOf(i), sizeOf(j)) / Math.min(sizeOf(i), sizeOf(j));
  }
  for (const one of [...left]) {
    const others = left.filter((other) => other !== one);
    const by = (m: number, d: number): Linked | undefined => others.find(({ pair }) => pair.includes(m) && pair.includes(d));
    const [i, j] = one.pair;
    const implied = [...margins.keys()].some((d) => {
      if (d === i || d === j) return false;
      const [first, second] = [by(i, d), by(d, j)];
      return first !== undefined && second !== undefined && isImplied(one, [first, second], { d, sizeOf });
    });
    if (implied) left.splice(left.indexOf(one), 1);
  }
  return left;
}

function isImplied(one: Linked, chain: readonly Linked[], { d, sizeOf }: { d: number; sizeOf: (margin: number) => number }): boolean {
  const [i, j] = one.pair;
  const offset = new Map([[i, 0], [j, sizeOf(i)], [d, sizeOf(i) + sizeOf(j)]]);
  const joined = ConnectedParts.of(sizeOf(i) + sizeOf(j) + sizeOf(d));
  for (const { pair: [a, b], part } of chain) {
    const first = new Map<number, number>();
    for (let k = 0; k < part.length; k++) {
      if (part[k]! < 0) continue;
      const thing = k < sizeOf(a) ? offset.get(a)! + k : offset.get(b)! + k - sizeOf(a);
      if (first.has(part[k]!)) joined.connect(first.get(part[k]!)!, thing);
      else first.set(part[k]!, thing);
    }
  }
  // The same groups together as by themselves: no more and no fewer.
  const wanted = new Map<number, number>();
  const found = new Map<number, number>();
  for (let k = 0; k < one.part.length; k++) {
    if (one.part[k]! < 0) continue;
    const here = joined.find(k);
    if ((wanted.get(one.part[k]!) ?? here) !== here || (found.get(here) ?? one.part[k]) !== one.part[k]) return false;
    wanted.set(one.part[k]!, here);
    found.set(here, one.part[k]!);
  }
  return true;
}
