import type { PersonCounts } from '../indicator/person-counts.ts';

/** What is told of the rounding of sums of doubles: a person has over half where it is more than this. */
const half = 0.5 + 1e-9;

/**
 * Whether one outcome's cell is withheld by itself: fewer persons than the threshold; for 0/1 as few with or without the outcome; for
 * hours as few above 0, or all alike; or one person with over half of the rows or of the hours. A cell without rows is not withheld:
 * there is nothing in it.
 *
 * @param signed whether the outcome can be below 0, so that 0 says nothing of it
 */
export function isSensitive(counts: PersonCounts, cell: number, { threshold, zeroOne, signed }: { readonly threshold: number; readonly zeroOne: boolean; readonly signed: boolean }): boolean {
  const { rows, persons, above, below, mostRows, size, mostSize, lowest, highest } = counts;
  if (rows[cell] === 0) return false;
  if (persons[cell]! < threshold || mostRows[cell]! > half * rows[cell]!) return true;
  if (zeroOne) return above[cell]! < threshold || below[cell]! < threshold;
  if (lowest[cell] === highest[cell] || mostSize[cell]! > half * size[cell]!) return true;
  return !signed && above[cell]! < threshold;
}
