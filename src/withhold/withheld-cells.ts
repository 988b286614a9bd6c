import type { PersonCounts } from '../indicator/person-counts.ts';
import { groupsAlike, nestedPairs, startsOf, sumsOf, withoutImplied, type Linked, type Margin } from './equations.ts';
import { protect, type ProtectedNumbers } from './protect.ts';
import { isSensitive } from './rule.ts';
import { widestShare } from './threshold.ts';

/** One outcome of a breakdown: sums and persons by cell, cell = month · groups + group. */
export interface OutcomeCounts {
  readonly zeroOne: boolean;
  readonly n: Float64Array;
  /** Σ y. */
  readonly outcome: Float64Array;
  /** By month. */
  readonly persons: PersonCounts;
}

export interface CountedMargin extends Margin {
  /** By outcome; null where it has no estimate. */
  readonly outcomes: readonly (OutcomeCounts | null)[];
  /**
   * Columns of the breakdown by which sums over the months, and over its other columns, are published elsewhere, as `n`
   * of a fit and of its levels, or are known to be zero, as those of residuals by level.
   */
  readonly summed: readonly (readonly string[])[];
}

export interface Overlap {
  /** Places of two margins. */
  readonly pair: readonly [number, number];
  /** By month, and in it by group of the one and then of the other: its connected part, −1 where nobody is. */
  readonly component: Int32Array;
}

export interface WithholdRequest {
  readonly threshold: number;
  readonly months: number;
  /** By month: whether fits and their sums go over it. */
  readonly inSample: readonly boolean[];
  readonly margins: readonly CountedMargin[];
  readonly overlaps: readonly Overlap[];
}

/** Cells that are withheld, for all outcomes at once: by margin, a byte a cell. */
export type WithheldCells = readonly Uint8Array[];

/**
 * The cells that the rule withholds, and as many more as it takes that no hidden number follows from sums of shown ones. Outcomes
 * have the same rows or nearly so: what one hides, another's n would tell.
 */
export function withheldCells(request: WithholdRequest): WithheldCells {
  const { margins, months, threshold } = request;
  const starts = startsOf(margins);
  const hidden = Array.from({ length: months }, () => new Uint8Array(margins.reduce((sum, { groups }) => sum + groups.length, 0)));
  const signed = signedOutcomes(margins);
  margins.forEach(({ groups, outcomes }, m) => outcomes.forEach((outcome, o) => {
    if (!outcome) return;
    for (let cell = 0; cell < outcome.n.length; cell++) {
      if (isSensitive(outcome.persons, cell, { threshold, zeroOne: outcome.zeroOne, signed: signed[o]! })) hidden[Math.floor(cell / groups.length)]![starts[m]! + (cell % groups.length)] = 1;
    }
  }));
  const nested = nestedPairs(margins);
  const monthly = hidden.map((_, t) => monthRequest(request, { t, nested, signed }));
  hidden.forEach((own, t) => own.includes(1) && protect(monthly[t]!, own));
  // What is published over all months asks for more hidden months, and those for more hidden cells.
  for (let more = hideInSums(request, hidden, starts); more.size > 0; more = hideInSums(request, hidden, starts)) for (const t of more) protect(monthly[t]!, hidden[t]!);
  return margins.map(({ groups }, m) => Uint8Array.from({ length: months * groups.length }, (_, cell) => hidden[Math.floor(cell / groups.length)]![starts[m]! + (cell % groups.length)]!));
}

/** By outcome, whether any value is below 0. */
function signedOutcomes(margins: readonly CountedMargin[]): boolean[] {
  const outcomes = margins[0]?.outcomes ?? [];
  return outcomes.map((_, o) => margins.some(({ outcomes: own }) => own[o]?.persons.lowest.some((value) => value < 0)));
}

function monthRequest({ margins, overlaps, threshold }: WithholdRequest, { t, nested, signed }: { t: number; nested: readonly Linked[]; signed: readonly boolean[] }) {
  const variables = margins.reduce((sum, { groups }) => sum + groups.length, 0);
  const isThere = (m: number, k: number): boolean => margins[m]!.outcomes.some((own) => own && own.n[t * margins[m]!.groups.length + k]! > 0);
  const there = nested.map(({ pair: [p, c], part }): Linked => {
    const own = margins[p]!.groups.length;
    return { pair: [p, c], part: Int32Array.from({ length: part.length }, (_, k) => ((k < own ? isThere(p, k) : isThere(c, k - own)) ? part[k]! : -1)) };
  });
  const crossed = overlaps.map(({ pair, component }): Linked => {
    const size = margins[pair[0]]!.groups.length + margins[pair[1]]!.groups.length;
    return { pair, part: component.subarray(t * size, (t + 1) * size) };
  });
  const equations = withoutImplied(margins, [...there, ...crossed]).flatMap((linked) => sumsOf(margins, linked));
  const equationsOf: number[][] = Array.from({ length: variables }, () => []);
  equations.forEach(({ one, other }, e) => [...one, ...other].forEach((cell) => equationsOf[cell]!.push(e)));
  const ofMonth = (pick: (outcome: OutcomeCounts) => Float64Array, o: number): Float64Array =>
    Float64Array.from(margins.flatMap(({ groups, outcomes }) => groups.map((_, k) => {
      const own = outcomes[o];
      return own ? pick(own)[t * groups.length + k]! : 0;
    })));
  const counts = margins[0]!.outcomes.map((_, o) => ofMonth(({ n }) => n, o));
  const rows = Float64Array.from({ length: variables }, (_, cell) => counts.reduce((most, n) => Math.max(most, n[cell]!), 0));
  return { rows, equations, equationsOf, numbers: numbersOf({ margins, threshold, signed }, counts, (o) => ofMonth(({ outcome }) => outcome, o)) };
}

function numbersOf({ margins, threshold, signed }: Pick<WithholdRequest, 'margins' | 'threshold'> & { signed: readonly boolean[] }, counts: readonly Float64Array[], sumsOf: (outcome: number) => Float64Array): ProtectedNumbers[] {
  const apart = threshold - 1;
  const count = (values: Float64Array, present: Float64Array, least: number): ProtectedNumbers => ({ values, present, least, needed: () => apart });
  const numbers: ProtectedNumbers[] = [];
  const known = new Set<string>();
  counts.forEach((n, o) => {
    const zeroOne = margins.some(({ outcomes }) => outcomes[o]) && margins.every(({ outcomes }) => outcomes[o]?.zeroOne ?? true);
    const sums = sumsOf(o);
    const key = n.join();
    if (!known.has(key)) numbers.push(count(n, n, 1));
    known.add(key);
    if (zeroOne) numbers.push(count(sums, n, 0), count(n.map((rows, cell) => rows - sums[cell]!), n, 0));
    else if (!signed[o]) {
      // Of a cell of nothing but zeros, something at least has to be possible.
      const usual = n[0]! > 0 ? sums[0]! / n[0]! : 0;
      numbers.push({ values: sums, present: n, least: 0, needed: (value) => widestShare * Math.max(value, usual) });
    }
  });
  return numbers;
}

/**
 * Hides further cells of sums over the months that are known, until two at least are hidden and they leave room; the
 * months in which it did.
 */
function hideInSums({ margins, months, inSample, threshold }: WithholdRequest, hidden: readonly Uint8Array[], starts: readonly number[]): Set<number> {
  const more = new Set<number>();
  margins.forEach((margin, m) => {
    const size = margin.groups.length;
    for (const groups of margin.summed.flatMap((columns) => [...groupsAlike(margin, columns).values()])) {
      for (const outcome of margin.outcomes) {
        if (!outcome) continue;
        const isHidden = ({ t, k }: { t: number; k: number }): boolean => hidden[t]![starts[m]! + k] === 1;
        const there = Array.from({ length: months }, (_, t) => t).filter((t) => inSample[t])
          .flatMap((t) => groups.map((k) => ({ t, k, rows: outcome.n[t * size + k]! }))).filter(({ rows }) => rows > 0);
        const mine = there.filter(isHidden);
        let [cells, room] = [mine.length, mine.reduce((sum, { rows }) => sum + rows - 1, 0)];
        const isNarrow = (): boolean => cells > 0 && (cells === 1 || room < threshold - 1);
        if (!isNarrow()) continue;
        for (const { t, k, rows } of there
          .filter((cell) => !isHidden(cell))
          .sort((a, b) => a.rows - b.rows || a.t - b.t || a.k - b.k)) {
          if (!isNarrow()) break;
          hidden[t]![starts[m]! + k] = 1;
          more.add(t);
          [cells, room] = [cells + 1, room + rows - 1];
        }
      }
    }
  });
  return more;
}
