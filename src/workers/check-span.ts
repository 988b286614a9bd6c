import { EngineError } from '../errors.ts';
import { formatMonth } from '../spec/months.ts';

/** A row's month is held as one byte, counted from the first of the table. */
export const mostMonths = 256;

/** Throws `data` where months, ascending, lie too far apart. */
export function checkSpan(months: readonly number[]): void {
  const [first, last] = [months[0]!, months.at(-1)!];
  const span = last - first + 1;
  if (span <= mostMonths) return;
  throw new EngineError('data.too-many-months', { first: formatMonth(first), last: formatMonth(last), months: span, most: mostMonths });
}
