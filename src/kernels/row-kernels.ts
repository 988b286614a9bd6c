import type { checkCount, Span } from './checks.ts';

/** A column in the kernels' memory: address of row 0 and bytes a value. */
export interface StoredColumn<Width extends number> {
  readonly ptr: number;
  readonly width: Width;
}

/** Unsigned integers. */
export type IntegerWidth = 1 | 2 | 4;
/** f32 or f64. */
export type NumberWidth = 4 | 8;

/** Breaks as `addIntervals` searches them, and what it adds for each level. */
export interface IntervalTable {
  /** f64, ascending, `size` − 1 of them, filled up with infinities; `size` is a power of two. */
  readonly breaks: number;
  readonly size: number;
  /** Values up to this one are taken for themselves; −Infinity where none are. */
  readonly zero: number;
  /** u16, `size` + 2 of them: by the number of breaks below the value, then for values up to `zero`, then for NaN. */
  readonly table: number;
}

/** Prefixes of sortable keys whose next 16 bits are counted. */
export interface KeyPrefixes {
  readonly digit: 0 | 1 | 2 | 3;
  readonly count: number;
  /** u64, ascending, zeros below the first 16 · `digit` bits. */
  readonly prefixes: number;
  /** u32[65537]: prefixes that begin with the 16 bits b are first[b] … first[b + 1] − 1. */
  readonly first: number;
}

/** Counts of digits, u32[65536] a prefix, and which blocks of 256 of them are there: u8[256] a prefix. */
export interface DigitTable {
  readonly counts: number;
  readonly touched: number;
}

/** Stored exponents of doubles: 11 bits. */
export const exponentsOfDoubles = 2048;

/** Rows on their way from columns to resident codes: `n` rows from the first of each column. */
export interface RowKernels {
  // A row's hash is the sum over columns of a one-to-one function of its value; columns are told apart by `k`, from 0.

  /** sums[i] (u64) = the part of person i, four u32 words. */
  hashPersons(persons: number, n: number, sums: number): void;
  /** sums[i] += the part of an integer. */
  hashIntegers(from: StoredColumn<IntegerWidth>, n: number, k: number, sums: number): void;
  /** sums[i] += the part of table[from[i]], u32. */
  hashThrough(from: StoredColumn<IntegerWidth>, n: number, table: number, k: number, sums: number): void;
  /** sums[i] += the part of a number, the same in either width; all NaN are one, and so are 0 and −0. */
  hashNumbers(from: StoredColumn<NumberWidth>, n: number, k: number, sums: number): void;
  /** Σ over rows of the mixed sums, mod 2⁶⁴: the same in whatever order the rows come. */
  sumRowHashes(sums: number, n: number): bigint;

  /**
   * picks (u32[n]) = the rows of owner 0, then of owner 1 …, ascending: picks[starts[w]] … picks[starts[w + 1] − 1] for owner w < `workers` ≤ 256.
   * The owner is a function of the person's words alone. `owners` is room for n bytes.
   */
  dealPersons(persons: number, n: number, workers: number, owners: number, starts: number, picks: number): void;
  /** to[i] = from[picks[i]], any values of 1, 2, 4, 8 or 16 bytes. */
  gatherRows(from: StoredColumn<1 | 2 | 4 | 8 | 16>, picks: number, n: number, to: number): void;

  /** out[i] (u16) += table[from[i]], u16. */
  addThrough(from: StoredColumn<IntegerWidth>, n: number, table: number, out: number): void;
  /** out[i] (u16) += table[level of from[i]]. */
  addIntervals(from: StoredColumn<NumberWidth>, n: number, intervals: IntervalTable, out: number): void;

  /** Values above `floor` where mask[i] (u8) is 1: returns their number; out[0] (f64) is lowered to the least, out[1] raised to the largest. */
  rangeOfRows(from: StoredColumn<NumberWidth>, n: number, mask: number, floor: number, out: number): number;
  /**
   * counts[65536 · k + next 16 bits of the key] += 1, u32, for values above `floor` where mask[i] is 1 and whose key
   * begins with prefix k. Counts stand in blocks of 256: one whose byte in `touched` is 0 holds zeros, whatever stands
   * in it.
   */
  countDigits(
    from: StoredColumn<NumberWidth>,
    n: number,
    mask: number,
    floor: number,
    prefixes: KeyPrefixes,
    to: DigitTable,
  ): void;

  /** mask[i] (u8) = 1 where the two bits of states[i] from `shift` on are not 0; else it stays what it is. */
  maskPresent(states: number, n: number, shift: number, mask: number): void;
  /** mask[i] (u8) = 0 where the value is 0 or NaN; else it stays what it is. */
  maskNonZero(from: StoredColumn<NumberWidth>, n: number, mask: number): void;
  /**
   * counts[stored exponent of the double] += 1, u32[2048], where mask[i] is 1; largest[0] (f64) is raised to the
   * largest |x|. No value may be NaN.
   */
  countExponents(from: StoredColumn<NumberWidth>, n: number, mask: number, counts: number, largest: number): void;

  /** out[i] (u8) = 1 where the two bits of states[i] from `shift` on are `wanted`, else 0. */
  stateMask(states: number, n: number, shift: number, wanted: number, out: number): void;
  /** Rows whose two bits from `shift` on in one column of states (u8) are not those in the other. */
  differingStates(
    a: { readonly ptr: number; readonly shift: number },
    b: { readonly ptr: number; readonly shift: number },
    n: number,
  ): number;
  /** counts[order[persons[i]]] += mask[i]; all but the mask u32. */
  countPersons(persons: number, n: number, mask: number, order: number, counts: number): void;
  /**
   * places[i] (u32) = estimated[order[persons[i]]]++ where the mask of estimated rows is 1, the same of predicted rows, else 2³² − 1:
   * nowhere. `next` holds, by place of the person, where its next row of either kind goes. Returns how many rows are only predicted.
   */
  placeRows(
    persons: number,
    n: number,
    masks: { readonly estimated: number; readonly predicted: number },
    order: number,
    next: { readonly estimated: number; readonly predicted: number },
    places: number,
  ): number;
  /** to[places[i]] = from[i] for rows with a place; `to` as wide or narrower, the address of row 0. */
  scatterIntegers(from: StoredColumn<IntegerWidth>, places: number, n: number, to: StoredColumn<IntegerWidth>): void;
  /** to[places[i]] (f64) = (from[i] − centre) / range for rows with a place. */
  scatterNumbers(
    from: StoredColumn<NumberWidth>,
    places: number,
    n: number,
    scale: { readonly centre: number; readonly range: number },
    to: number,
  ): void;
  /** to[i] (f64) = from[i], u8, f32 or f64. */
  widenNumbers(from: StoredColumn<1 | NumberWidth>, n: number, to: number): void;
}

interface Instance {
  readonly raw: Record<string, (...values: number[]) => number>;
  readonly big: Record<string, (...values: number[]) => bigint>;
  readonly check: (kernel: string, n: Parameters<typeof checkCount>[2], ...spans: readonly Span[]) => void;
}

export function rowKernels({ raw, big, check }: Instance): RowKernels {
  const column = ({ ptr, width }: StoredColumn<number>, n: number): Span => ['from', ptr, n, width];
  return {
    hashPersons(persons, n, sums) {
      check('hashPersons', n, ['persons', persons, 4 * n, 4], ['sums', sums, n, 8]);
      raw.hashPersons!(persons, n, sums);
    },
    hashIntegers(from, n, k, sums) {
      check('hashIntegers', n, column(from, n), ['sums', sums, n, 8]);
      raw.hashIntegers!(from.ptr, from.width, n, k, sums);
    },
    hashThrough(from, n, table, k, sums) {
      check('hashThrough', n, column(from, n), ['table', table, 1, 4], ['sums', sums, n, 8]);
      raw.hashThrough!(from.ptr, from.width, n, table, k, sums);
    },
    hashNumbers(from, n, k, sums) {
      check('hashNumbers', n, column(from, n), ['sums', sums, n, 8]);
      raw.hashNumbers!(from.ptr, from.width, n, k, sums);
    },
    sumRowHashes(sums, n) {
      check('sumRowHashes', n, ['sums', sums, n, 8]);
      return BigInt.asUintN(64, big.sumRowHashes!(sums, n));
    },

    dealPersons(persons, n, workers, owners, starts, picks) {
      check('dealPersons', n, ['persons', persons, 4 * n, 4], ['owners', owners, n, 1], ['starts', starts, workers + 1, 4], ['picks', picks, n, 4]);
      raw.dealPersons!(persons, n, workers, owners, starts, picks);
    },
    gatherRows(from, picks, n, to) {
      // The widest are persons, which lie at multiples of their words.
      const aligned = Math.min(from.width, 8);
      const values = from.width / aligned;
      check('gatherRows', n, ['from', from.ptr, values, aligned], ['picks', picks, n, 4], ['to', to, n * values, aligned]);
      raw.gatherRows!(from.ptr, from.width, picks, n, to);
    },

    addThrough(from, n, table, out) {
      check('addThrough', n, column(from, n), ['table', table, 1, 2], ['out', out, n, 2]);
      raw.addThrough!(from.ptr, from.width, n, table, out);
    },
    addIntervals(from, n, { breaks, size, zero, table }, out) {
      check('addIntervals', n, column(from, n), ['breaks', breaks, size - 1, 8], ['table', table, size + 2, 2], ['out', out, n, 2]);
      raw.addIntervals!(from.ptr, from.width, n, breaks, size, zero, table, out);
    },

    rangeOfRows(from, n, mask, floor, out) {
      check('rangeOfRows', n, column(from, n), ['mask', mask, n, 1], ['out', out, 2, 8]);
      return raw.rangeOfRows!(from.ptr, from.width, n, mask, floor, out);
    },
    countDigits(from, n, mask, floor, { digit, count, prefixes, first }, { counts, touched }) {
      check(
        'countDigits',
        n,
        column(from, n),
        ['mask', mask, n, 1],
        ['prefixes', prefixes, count, 8],
        ['first', first, 65537, 4],
        ['counts', counts, 65536 * count, 4],
        ['touched', touched, 256 * count, 1],
      );
      raw.countDigits!(from.ptr, from.width, n, mask, floor, digit, prefixes, first, counts, touched);
    },

    maskPresent(states, n, shift, mask) {
      check('maskPresent', n, ['states', states, n, 1], ['mask', mask, n, 1]);
      raw.maskPresent!(states, n, shift, mask);
    },
    maskNonZero(from, n, mask) {
      check('maskNonZero', n, column(from, n), ['mask', mask, n, 1]);
      raw.maskNonZero!(from.ptr, from.width, n, mask);
    },
    countExponents(from, n, mask, counts, largest) {
      check(
        'countExponents',
        n,
        column(from, n),
        ['mask', mask, n, 1],
        ['counts', counts, exponentsOfDoubles, 4],
        ['largest', largest, 1, 8],
      );
      raw.countExponents!(from.ptr, from.width, n, mask, counts, largest);
    },

    stateMask(states, n, shift, wanted, out) {
      check('stateMask', n, ['states', states, n, 1], ['out', out, n, 1]);
      raw.stateMask!(states, n, shift, wanted, out);
    },
    differingStates(a, b, n) {
      check('differingStates', n, ['a', a.ptr, n, 1], ['b', b.ptr, n, 1]);
      return raw.differingStates!(a.ptr, a.shift, b.ptr, b.shift, n);
    },
    countPersons(persons, n, mask, order, counts) {
      check('countPersons', n, ['persons', persons, n, 4], ['mask', mask, n, 1], ['order', order, 1, 4], ['counts', counts, 1, 4]);
      raw.countPersons!(persons, n, mask, order, counts);
    },
    placeRows(persons, n, { estimated, predicted }, order, next, places) {
      check('placeRows', n, ['persons', persons, n, 4], ['estimated', estimated, n, 1], ['predicted', predicted, n, 1],
        ['order', order, 1, 4], ['next', next.estimated, 1, 4], ['nextOther', next.predicted, 1, 4], ['places', places, n, 4]);
      return raw.placeRows!(persons, n, estimated, predicted, order, next.estimated, next.predicted, places) >>> 0;
    },
    scatterIntegers(from, places, n, to) {
      check('scatterIntegers', n, column(from, n), ['places', places, n, 4], ['to', to.ptr, 1, to.width]);
      raw.scatterIntegers!(from.ptr, from.width, places, n, to.ptr, to.width);
    },
    widenNumbers(from, n, to) {
      check('widenNumbers', n, column(from, n), ['to', to, n, 8]);
      raw.widenNumbers!(from.ptr, from.width, n, to);
    },
    scatterNumbers(from, places, n, { centre, range }, to) {
      check('scatterNumbers', n, column(from, n), ['places', places, n, 4], ['to', to, 1, 8]);
      raw.scatterNumbers!(from.ptr, from.width, places, n, centre, range, to);
    },
  };
}
