import { intlLocale } from './locale.ts';
import { formatMonth, parseMonth } from '../src/spec/months.ts';

export interface NumberStyle {
  readonly digits: number;
  /** A plus sign before positive numbers, for differences. */
  readonly signed?: boolean;
}

/** What formats is made once for each language and style: making it takes longer than a hundred numbers. */
function kept<Arguments extends readonly unknown[], Made>(make: (...args: Arguments) => Made): (...args: Arguments) => Made {
  const made = new Map<string, Made>();
  return (...args) => {
    const key = JSON.stringify(args);
    const found = made.get(key) ?? make(...args);
    made.set(key, found);
    return found;
  };
}

const numberFormat = kept((locale: string, digits: number, signDisplay: 'exceptZero' | 'negative') => new Intl.NumberFormat(locale, { minimumFractionDigits: digits, maximumFractionDigits: digits, signDisplay }));
const dateFormat = kept((locale: string, options: Intl.DateTimeFormatOptions) => new Intl.DateTimeFormat(locale, { timeZone: 'UTC', ...options }));
const collator = kept((locale: string) => new Intl.Collator(locale, { numeric: true, sensitivity: 'base' }));

/** A number in the page's language; an en dash where there is none. */
export function formatNumber(value: number | null, { digits, signed = false }: NumberStyle): string {
  if (value === null || Number.isNaN(value)) return '–';
  const format = numberFormat(intlLocale(), digits, signed ? 'exceptZero' : 'negative');
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
  return dateFormat(intlLocale(), options).format(date);
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
  collator(intlLocale()).compare(a, b);
