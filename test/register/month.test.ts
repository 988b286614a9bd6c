import { describe, expect, it } from 'vitest';
import { daysFromTimestamp, missingMonth, monthFromDays, monthFromInteger, monthFromText, unreadableMonth } from '../../src/register/month.ts';

const december2017 = 12 * 2017 + 11;

describe('months', () => {
  it.each(['2017-12', '2017-12-01', '2017-12-31', '2017-12-31T23:59:59Z', '2017-12-31 23:59:59.999+01:00', '2017-12-31 23:59', '201712'])('%s is December 2017', (text) => {
    expect(monthFromText(text)).toBe(december2017);
  });

  it.each(['2017-13', '2017-00', '2017-2', '17-12', '2017-02-29', '2017-04-31', '2017-12-00', '2017/12', 'des 2017', '201713', '2017', '20171201', '2017-12-01x'])(
    '%s is not a month',
    (text) => {
      expect(monthFromText(text)).toBe(unreadableMonth);
    },
  );

  it('reads integers YYYYMM and knows missing values', () => {
    expect(monthFromInteger(201712)).toBe(december2017);
    expect([201700, 201713, 2017, 20171201, 201712.5, -201712, Infinity].map(monthFromInteger)).toEqual(Array(7).fill(unreadableMonth));
    expect([monthFromInteger(NaN), monthFromText('')]).toEqual([missingMonth, missingMonth]);
    expect(monthFromText('2020-02-29')).toBe(12 * 2020 + 1);
  });

  it('agrees with the calendar of Date on every day of five centuries', () => {
    for (let day = -140_000; day < 50_000; day++) {
      const date = new Date(day * 86_400_000);
      if (monthFromDays(day) !== 12 * date.getUTCFullYear() + date.getUTCMonth()) throw new Error(`day ${day}`);
    }
    expect(monthFromDays(-1)).toBe(12 * 1969 + 11);
  });

  it.each([1, 1e3, 1e6, 1e9])('finds the day of a timestamp at %d per second exactly, a tick before midnight too', (perSecond) => {
    const halves = (value: bigint): [number, number] => [Number(BigInt.asIntN(32, value)), Number(BigInt.asIntN(32, value >> 32n))];
    const perDay = 86_400n * BigInt(perSecond);
    for (const day of [-90_000n, -1n, 0n, 1n, 17_531n, 17_532n, 90_000n]) {
      expect(daysFromTimestamp(...halves(day * perDay), perSecond)).toBe(Number(day));
      expect(daysFromTimestamp(...halves(day * perDay - 1n), perSecond)).toBe(Number(day) - 1);
    }
  });
});
