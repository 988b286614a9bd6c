import { EngineError } from '../errors.ts';
import { formatMonth, parseMonth } from '../spec/months.ts';

/**
 * The numbers of months whose outcome windows do not overlap: every `horizon`-th back from the last month. Months that are not
 * there leave a gap.
 */
export function everyWindow(months: readonly string[], horizon: number): number[] {
  const numbers = months.map(monthNumber);
  const last = Math.max(...numbers);
  return [...numbers.keys()].filter((i) => (last - numbers[i]!) % horizon === 0);
}

/**
 * Throws `spec` where months are not in order, or nearer to each other than the outcome looks ahead: their outcomes share months,
 * neighbouring points then move together, and limits from moving ranges would be too narrow.
 */
export function checkWindowsApart(months: readonly string[], horizon: number): void {
  const numbers = months.map(monthNumber);
  const close = numbers.flatMap((month, i) => (i > 0 && month - numbers[i - 1]! < horizon ? [i] : []));
  if (close.length === 0) return;
  const [one, other] = [months[close[0]! - 1]!, months[close[0]!]!];
  throw new EngineError('spec.xmr-overlap', { horizon, close: close.length, steps: months.length - 1, from: one, to: other });
}

function monthNumber(text: string): number {
  const month = parseMonth(text);
  if (month !== null) return month;
  throw new EngineError('spec.xmr-not-a-month', { text, example: formatMonth(24216) });
}
