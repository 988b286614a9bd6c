/** Calendar months of instants in a time zone. */

import { EngineError } from '../errors.ts';
import { daysFromMonth, monthFromDays } from './month.ts';

const day = 86400;

/** Seconds that a zone's clock is ahead of UTC at an instant, in seconds since 1970. */
type Ahead = (instant: number) => number;

const fixed = /^([+-])(\d{2}):?(\d{2})$/;

function aheadOf(zone: string): Ahead {
  const parts = fixed.exec(zone);
  if (parts !== null) {
    const seconds = 60 * (60 * Number(parts[2]) + Number(parts[3]));
    return () => (parts[1] === '-' ? -seconds : seconds);
  }
  const clock = new Intl.DateTimeFormat('en-US', {
    timeZone: zone, calendar: 'gregory', numberingSystem: 'latn', hourCycle: 'h23',
    year: 'numeric', month: 'numeric', day: 'numeric', hour: 'numeric', minute: 'numeric', second: 'numeric', era: 'short',
  });
  return (instant) => {
    const at = Object.fromEntries(clock.formatToParts(new Date(1000 * instant)).map(({ type, value }) => [type, Number(value)]));
    return Date.UTC(at['year']!, at['month']! - 1, at['day'], at['hour'], at['minute'], at['second']) / 1000 - instant;
  };
}

const calendars = new Map<string, (instant: number) => number>();

/**
 * Month, as `monthFromDays` has them, of whole seconds since 1970 on the clocks of a zone: a name of the IANA data base or a fixed
 * offset such as `+01:00`. Throws EngineError 'data' for a zone that is not known.
 */
export function monthsIn(zone: string): (instant: number) => number {
  let monthOf = calendars.get(zone);
  if (monthOf === undefined) calendars.set(zone, (monthOf = calendar(zone)));
  return monthOf;
}

function calendar(zone: string): (instant: number) => number {
  let ahead: Ahead;
  try {
    ahead = aheadOf(zone);
  } catch (cause) {
    throw new EngineError('data.time-zone', { zone }, { cause });
  }
  const starts = new Map<number, number>();
  /** The first instant of a month. */
  const startOf = (month: number): number => {
    let start = starts.get(month);
    if (start === undefined) {
      const onClock = day * daysFromMonth(month);
      // The second round is for clocks that are set between the two instants.
      start = onClock - ahead(onClock - ahead(onClock));
      starts.set(month, start);
    }
    return start;
  };
  return (instant) => {
    const month = monthFromDays(Math.floor(instant / day));
    if (month < 0) return month;
    if (instant < startOf(month)) return month - 1;
    return instant >= startOf(month + 1) ? month + 1 : month;
  };
}

/** In the place of a zone: moments of which the file does not say in which zone their months are. */
export const instantZone = 'instant';

export function isTimeZone(zone: string): boolean {
  try {
    aheadOf(zone)(0);
    return true;
  } catch {
    return false;
  }
}
