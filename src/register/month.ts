/** Calendar months as the number 12 × year + (month − 1), years 1000 to 9999. */

/** Stand in for a month that is not there, or that could not be read. */
export const missingMonth = -2147483648;
export const unreadableMonth = -2147483647;

const toMonth = (year: number, month: number): number =>
  year >= 1000 && year <= 9999 && month >= 1 && month <= 12 ? 12 * year + month - 1 : unreadableMonth;

const form = /^(\d{4})-(\d{2})(?:-(\d{2})(?:[T ]\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)?(?:Z|[+-]\d{2}(?::?\d{2})?)?)?)?$/;

/** `YYYY-MM`, `YYYY-MM-DD` (a time of day may follow) or `YYYYMM`; '' is missing. */
export function monthFromText(text: string): number {
  if (text === '') return missingMonth;
  const parts = form.exec(text);
  if (parts === null) return /^\d{6}$/.test(text) ? monthFromInteger(Number(text)) : unreadableMonth;
  const [year, month, day] = [Number(parts[1]), Number(parts[2]), parts[3]];
  return day === undefined || (Number(day) >= 1 && Number(day) <= daysIn(year, month)) ? toMonth(year, month) : unreadableMonth;
}

function daysIn(year: number, month: number): number {
  if (month === 2) return (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0 ? 29 : 28;
  return month === 4 || month === 6 || month === 9 || month === 11 ? 30 : 31;
}

/** The integer YYYYMM; NaN is missing. */
export function monthFromInteger(value: number): number {
  if (value !== value) return missingMonth;
  const year = Math.floor(value / 100);
  return Number.isInteger(value) ? toMonth(year, value - 100 * year) : unreadableMonth;
}

/** Days since 1970-01-01 in the proleptic Gregorian calendar; Hinnant, "chrono-compatible low-level date algorithms". */
export function monthFromDays(days: number): number {
  const shifted = days + 719468;
  const era = Math.floor(shifted / 146097);
  const dayOfEra = shifted - era * 146097;
  const yearOfEra = Math.floor((dayOfEra - Math.floor(dayOfEra / 1460) + Math.floor(dayOfEra / 36524) - Math.floor(dayOfEra / 146096)) / 365);
  const dayOfYear = dayOfEra - (365 * yearOfEra + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100));
  const marchMonth = Math.floor((5 * dayOfYear + 2) / 153);
  const month = marchMonth < 10 ? marchMonth + 3 : marchMonth - 9;
  return toMonth(yearOfEra + era * 400 + (month <= 2 ? 1 : 0), month);
}

/** Days from 1970-01-01 to the first of a month. */
export const daysFromMonth = (month: number): number => Date.UTC(Math.floor(month / 12), month % 12, 1) / 86400000;

/**
 * Seconds since 1970 of the 64-bit integer (`low`, `high`), `high` signed, counted in 1/`perSecond` seconds. Exact:
 * long division in 16-bit steps, every step under 2⁴⁶, because a double cannot hold nanoseconds.
 */
export function secondsFromTimestamp(low: number, high: number, perSecond: number): number {
  const q1 = Math.floor(high / perSecond);
  const t2 = (high - q1 * perSecond) * 65536 + (low >>> 16);
  const q2 = Math.floor(t2 / perSecond);
  const t3 = (t2 - q2 * perSecond) * 65536 + (low & 65535);
  return (q1 * 65536 + q2) * 65536 + Math.floor(t3 / perSecond);
}

/** The same in days. */
export const daysFromTimestamp = (low: number, high: number, perSecond: number): number =>
  Math.floor(secondsFromTimestamp(low, high, perSecond) / 86400);
