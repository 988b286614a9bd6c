/** Calendar months as one number, 12 × year + (month − 1), and the periods they make up. */

export type Period = 'month' | 'tertial' | 'quarter' | 'year' | 'all';

export interface MonthRange {
  readonly first: number;
  readonly last: number;
}

/** The month index of `YYYY-MM`; null for any other text. */
export function parseMonth(text: string): number | null {
  const match = /^(\d{4})-(0[1-9]|1[0-2])$/.exec(text);
  return match === null ? null : 12 * Number(match[1]) + Number(match[2]) - 1;
}

export function formatMonth(month: number): string {
  const year = Math.floor(month / 12);
  return `${String(year).padStart(4, '0')}-${String(month - 12 * year + 1).padStart(2, '0')}`;
}

/** `YYYY-MM` or `YYYY-MM/YYYY-MM`, both ends included; null where it does not parse or runs backwards. */
export function parseMonthRange(text: string): MonthRange | null {
  const [from, to = from, ...rest] = text.split('/');
  const first = parseMonth(from!);
  const last = parseMonth(to!);
  if (first === null || last === null || rest.length > 0 || last < first) return null;
  return { first, last };
}

/** All months in any of the ranges, which have been checked before. */
export function monthsOfRanges(ranges: readonly string[]): ReadonlySet<number> {
  const months = new Set<number>();
  for (const text of ranges) {
    const range = parseMonthRange(text);
    if (range === null) throw new RangeError(`not a month or a range of months: ${text}`);
    for (let month = range.first; month <= range.last; month++) months.add(month);
  }
  return months;
}

/** Months in one complete period; 1 for `all`, which is complete with whatever there is. */
export const periodLength: Readonly<Record<Period, number>> = { month: 1, quarter: 3, tertial: 4, year: 12, all: 1 };

/** `2018-03`, `2018-Q1`, `2018-T1`, `2018` or `all`. */
export function periodOfMonth(month: number, period: Period): string {
  if (period === 'all') return 'all';
  if (period === 'month') return formatMonth(month);
  const year = formatMonth(month).slice(0, 4);
  if (period === 'year') return year;
  const part = Math.floor((month % 12) / periodLength[period]) + 1;
  return `${year}-${period === 'tertial' ? 'T' : 'Q'}${part}`;
}

/**
 * The periods all of whose months are among `months`, in calendar order, each with its months in order. `all` is one
 * period of every month given.
 */
export function completePeriods(months: Iterable<number>, period: Period): Map<string, readonly number[]> {
  const found = new Map<string, number[]>();
  for (const month of [...new Set(months)].sort((a, b) => a - b)) {
    const label = periodOfMonth(month, period);
    const members = found.get(label);
    if (members === undefined) found.set(label, [month]);
    else members.push(month);
  }
  if (period === 'all') return found;
  return new Map([...found].filter(([, members]) => members.length === periodLength[period]));
}
