import { intlLocale } from './locale.ts';
import { formatMonth, parseMonth } from '../src/spec/months.ts';

export interface NumberStyle {
  readonly digits: number;
  /** A plus sign before positive numbers, for differences. */
  readonly signed?: boolean;
}

/** A number in the page's language; an en dash where there is none. */
export function formatNumber(value: number | null, { digits, signed = false }: NumberStyle): string {
  if (value === null || Number.isNaN(value)) return '–';
  const format = new Intl.NumberFormat(intlLocale(), {
    minimumFractionDigits: digits,
    maximumFractionDigits: digits,
    signDisplay: signed ? 'exceptZero' : 'negative',
  });
  // English formats with a hyphen, Norwegian with the minus sign that belongs in text.
  return format.format(value).replace('-', '\u2212');
}

export const formatCount = (value: number): string => formatNumber(value, { digits: 0 });

/** Screen readers read the parts of a grouped number as numbers of their own. */
export const spoken = (text: string): string => text.replace(/(?<=\d)[\u00a0\u202f](?=\d)/g, '');

function monthText(month: string, options: Intl.DateTimeFormatOptions): string {
  const index = parseMonth(month);
  if (index === null) return month;
  const date = new Date(Date.UTC(Math.floor(index / 12), index % 12, 1));
  return new Intl.DateTimeFormat(intlLocale(), { timeZone: 'UTC', ...options }).format(date);
}

/** `2024-06` as “juni 2024”. */
export const formatMonthLong = (month: string): string => monthText(month, { month: 'long', year: 'numeric' });

/** `2024-06` as “jun. 2024”. */
export const formatMonthShort = (month: string): string => monthText(month, { month: 'short', year: 'numeric' });

/** Every month from the first of `months` to the last, so that a missing month leaves a gap. */
export function monthGrid(months: readonly string[]): string[] {
  const indices = months.map(parseMonth).filter((month) => month !== null);
  if (indices.length === 0) return [];
  const first = Math.min(...indices);
  return Array.from({ length: Math.max(...indices) - first + 1 }, (_, k) => formatMonth(first + k));
}

/** Text compared by the rules of the page's language. */
export const compareText = (a: string, b: string): number =>
  a.localeCompare(b, intlLocale(), { numeric: true, sensitivity: 'base' });
