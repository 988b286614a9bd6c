import type { Equation } from './equations.ts';
import { provedWidths } from './widths.ts';

/** One kind of number of every cell of a month, and how far apart the bounds on a hidden one have to be. */
export interface ProtectedNumbers {
  /** By variable. */
  readonly values: ArrayLike<number>;
  /** Cells that are there: the others are known to have no rows. */
  readonly present: ArrayLike<number>;
  /** What is known of a hidden one that is there: that a cell with a row of its own in the table has at least one. */
  readonly least: number;
  needed(value: number): number;
}

export interface ProtectRequest {
  /** By variable: the most rows of any outcome; 0 where the cell is not there. */
  readonly rows: ArrayLike<number>;
  readonly equations: readonly Equation[];
  /** Places of the equations of each variable. */
  readonly equationsOf: readonly (readonly number[])[];
  readonly numbers: readonly ProtectedNumbers[];
}

/**
 * Hides further cells, the smallest first, until bounds on every hidden number that follow from the sums are proved to be as far apart
 * as they have to be, or nothing is left to hide. Changes `hidden`, and returns how many were added.
 */
export function protect(request: ProtectRequest, hidden: Uint8Array): number {
  const sound = new Set<string>();
  let added = 0;
  for (;;) {
    const more = new Set<number>();
    for (const members of connected(request, hidden)) {
      const key = members.join();
      if (sound.has(key)) continue;
      const wanted = narrow(request, members).flatMap((one) => nextToHide(request, hidden, { ...one, members }) ?? []);
      if (wanted.length === 0) sound.add(key);
      for (const cell of wanted) more.add(cell);
    }
    if (more.size === 0) return added;
    for (const cell of more) hidden[cell] = 1;
    added += more.size;
  }
}

/** Hidden cells that share sums, directly or through others. */
function connected({ equations, equationsOf, rows }: ProtectRequest, hidden: Uint8Array): number[][] {
  const seen = new Uint8Array(hidden.length);
  const found: number[][] = [];
  for (let start = 0; start < hidden.length; start++) {
    if (!hidden[start] || seen[start] || !(rows[start]! > 0)) continue;
    const members = [start];
    seen[start] = 1;
    for (let k = 0; k < members.length; k++) {
      for (const e of equationsOf[members[k]!]!) {
        for (const side of [equations[e]!.one, equations[e]!.other]) {
          for (const cell of side) {
            if (!hidden[cell] || seen[cell] || !(rows[cell]! > 0)) continue;
            seen[cell] = 1;
            members.push(cell);
          }
        }
      }
    }
    found.push(members.sort((a, b) => a - b));
  }
  return found;
}

interface Narrow {
  readonly cell: number;
  readonly numbers: ProtectedNumbers;
}

/** Cells one of whose numbers is not proved to be told only to within what is needed: one a sum at the most. */
function narrow(request: ProtectRequest, members: readonly number[]): Narrow[] {
  const taken = new Set<number>();
  return request.numbers.flatMap((numbers) => {
    const cells = members.filter((cell) => numbers.present[cell]! > 0);
    const widths = widthsOf(request, cells, numbers);
    const failing = cells.filter((cell, i) => widths[i]! < numbers.needed(numbers.values[cell]!)).sort((a, b) => numbers.values[a]! - numbers.values[b]! || a - b);
    return failing.flatMap((cell) => {
      const own = request.equationsOf[cell]!;
      if (own.some((e) => taken.has(e))) return [];
      for (const e of own) taken.add(e);
      return [{ cell, numbers }];
    });
  });
}

function widthsOf({ equations, equationsOf }: ProtectRequest, cells: readonly number[], { values, least, needed }: ProtectedNumbers): Float64Array {
  const place = new Map(cells.map((cell, i) => [cell, i]));
  const told = new Set<number>();
  const sums = new Map<string, { places: number[]; signs: number[] }>();
  const rebuild = (): void => {
    sums.clear();
    for (const e of new Set(cells.flatMap((cell) => equationsOf[cell]!))) {
      const { one, other } = equations[e]!;
      const free = (cell: number): boolean => place.has(cell) && !told.has(cell);
      const [plus, minus] = [one.filter(free), other.filter(free)];
      if (plus.length + minus.length === 0) continue;
      const [left, right] = plus[0] === undefined || (minus[0] ?? Infinity) < plus[0] ? [minus, plus] : [plus, minus];
      sums.set(`${left.join()}=${right.join()}`, { places: [...left, ...right].map((cell) => place.get(cell)!), signs: [...left.map(() => 1), ...right.map(() => -1)] });
    }
  };
  // What a sum tells outright is told, and then the next sum may tell more.
  for (let before = -1; before !== told.size; ) {
    before = told.size;
    rebuild();
    for (const { places, signs } of sums.values()) {
      const alike = signs.every((sign) => sign === signs[0]);
      const nothing = alike && places.every((i) => values[cells[i]!]! <= least);
      if (places.length === 1 || nothing) for (const i of places) told.add(cells[i]!);
    }
  }
  const open = cells.filter((cell) => !told.has(cell));
  const widths = new Float64Array(cells.length);
  if (open.length === 0) return widths;
  const renumbered = new Map(open.map((cell, i) => [place.get(cell)!, i]));
  const found = provedWidths({
    values: Float64Array.from(open, (cell) => values[cell]!),
    least: new Float64Array(open.length).fill(least),
    sums: [...sums.values()].map(({ places, signs }) => ({ places: places.map((i) => renumbered.get(i)!), signs })),
  }, (i) => needed(values[open[i]!]!));
  open.forEach((cell, i) => (widths[place.get(cell)!] = found[i]!));
  return widths;
}

/**
 * The cheapest cell that is shown and shares a sum with the one that is told too well; else with any that it is connected with. What is
 * no part of anything, as the whole is not, comes last.
 */
function nextToHide(request: ProtectRequest, hidden: Uint8Array, { cell, numbers, members }: Narrow & { readonly members: readonly number[] }): number | null {
  const { rows, equations, equationsOf } = request;
  const near = (cells: readonly number[]): number[] =>
    [...new Set(cells.flatMap((one) => equationsOf[one]!).flatMap((e) => [...equations[e]!.one, ...equations[e]!.other]))].filter((one) => !hidden[one] && rows[one]! > 0);
  const isPart = (one: number): boolean => equationsOf[one]!.some((e) => equations[e]!.other.includes(one));
  const cheapestOf = (cells: readonly number[]): number | null => {
    const helpful = cells.filter((one) => numbers.values[one]! > 0);
    const [cheapest] = (helpful.length > 0 ? helpful : cells).map((one) => ({ one, cost: costOf(request, hidden, one) })).sort((a, b) => a.cost - b.cost || a.one - b.one);
    return cheapest?.one ?? null;
  };
  return cheapestOf(near([cell]).filter(isPart)) ?? cheapestOf(near(members).filter(isPart)) ?? cheapestOf(near(members));
}

/** Rows of a cell, counted again for each sum in which it would be hidden alone, and so ask for another. */
function costOf({ rows, equations, equationsOf }: ProtectRequest, hidden: Uint8Array, cell: number): number {
  const isAlone = ({ one, other }: Equation): boolean => ![...one, ...other].some((next) => next !== cell && hidden[next] && rows[next]! > 0);
  return rows[cell]! * (1 + equationsOf[cell]!.filter((e) => isAlone(equations[e]!)).length);
}
