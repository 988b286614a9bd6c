/** A small table held as plain records, for calculations whose only aim is to be easy to check. */

export type Value = string | number | boolean | null;
export type Row = Readonly<Record<string, Value>>;

/** The value as a number; null where missing. */
export function numberOf(row: Row, column: string): number | null {
  const value = row[column];
  if (value === null || value === undefined || value === '') return null;
  return Number(value);
}

/** The value as a level or group label; '' where missing. */
export function labelOf(row: Row, column: string): string {
  const value = row[column];
  if (value === null || value === undefined) return '';
  return typeof value === 'boolean' ? String(Number(value)) : String(value);
}

/** Labels by number where all are numbers, else by code unit; an empty one first. */
export function sortedLabels(labels: Iterable<string>): string[] {
  const list = [...new Set(labels)];
  const numeric = list.every((label) => label === '' || Number.isFinite(Number(label)));
  return list.sort((a, b) => {
    if (a === '' || b === '') return a === b ? 0 : a === '' ? -1 : 1;
    if (numeric && Number(a) !== Number(b)) return Number(a) - Number(b);
    return a < b ? -1 : 1;
  });
}

/** 12 × year + month − 1 of `YYYY-MM`. */
export const monthNumber = (text: string): number => 12 * Number(text.slice(0, 4)) + Number(text.slice(5, 7)) - 1;

export function withinRanges(month: string, ranges: readonly string[]): boolean {
  return ranges.some((range) => {
    const [from, to] = range.split('/');
    return month >= from! && month <= (to ?? from!);
  });
}
