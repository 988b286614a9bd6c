import { periodOfMonth, type Period } from '../spec/months.ts';

/** Periods as a partition of months: which of them each month is in, counted from the first month; −1 for none. */
export interface PeriodPartition {
  readonly labels: readonly string[];
  readonly ofMonth: Int32Array;
}

/**
 * The persons behind the rows of one outcome that have an expected value, by cell of a breakdown and a partition of months:
 * cell = period · groups + group. A person who comes and goes counts once.
 */
export interface PersonCounts {
  readonly rows: Float64Array;
  readonly persons: Float64Array;
  /** Persons with an outcome above 0, and below 1, in some row: of a 0/1 outcome those with it, and those without. */
  readonly above: Float64Array;
  readonly below: Float64Array;
  /** Rows of the person with the most of them. */
  readonly mostRows: Float64Array;
  /** Σ |y|, and that of the person with the most; rounded as sums of doubles are. */
  readonly size: Float64Array;
  readonly mostSize: Float64Array;
  /** Smallest and largest outcome; ∞ and −∞ in a cell without rows. */
  readonly lowest: Float64Array;
  readonly highest: Float64Array;
}

/** Where the persons of one outcome in one sample get their expected values from. */
export interface PersonCountsPass {
  /** By grouping, and in it by partition. */
  persons(partitions: readonly PeriodPartition[]): Promise<PersonCounts[][]>;
}

/** The calendar's periods of a span of months, complete or not. */
export function calendarPartition(firstMonth: number, months: number, period: Period): PeriodPartition {
  const names = Array.from({ length: months }, (_, t) => periodOfMonth(firstMonth + t, period));
  const labels = [...new Set(names)];
  const place = new Map(labels.map((label, k) => [label, k]));
  return { labels, ofMonth: Int32Array.from(names, (name) => place.get(name)!) };
}
