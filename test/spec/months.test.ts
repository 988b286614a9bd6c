import { describe, expect, it } from 'vitest';
import {
  completePeriods,
  formatMonth,
  monthsOfRanges,
  parseMonth,
  parseMonthRange,
  periodOfMonth,
} from '../../src/spec/months.ts';

const all = (from: string, to: string): number[] => [...monthsOfRanges([`${from}/${to}`])];

describe('months', () => {
  it('reads back every month it writes', () => {
    for (let month = 12 * 1900; month < 12 * 2100; month++) expect(parseMonth(formatMonth(month))).toBe(month);
    expect(parseMonth('2017-12')).toBe(12 * 2017 + 11);
    expect(formatMonth(0)).toBe('0000-01');
  });

  it.each(['', '2018', '2018-1', '2018-00', '2018-13', '2018-01-01', ' 2018-01', '201801'])('knows %j for no month', (text) => {
    expect(parseMonth(text)).toBeNull();
  });

  it('reads ranges with both ends', () => {
    expect(parseMonthRange('2018-03')).toEqual({ first: parseMonth('2018-03'), last: parseMonth('2018-03') });
    expect(all('2017-12', '2018-02').map(formatMonth)).toEqual(['2017-12', '2018-01', '2018-02']);
    for (const text of ['2018-03/2018-02', '2018-01/', '2018-01/2018-02/2018-03']) expect(parseMonthRange(text)).toBeNull();
    expect(monthsOfRanges(['2018-01/2018-03', '2018-03/2018-04']).size).toBe(4);
    expect(() => monthsOfRanges(['2018'])).toThrow(RangeError);
  });

  it('puts months into tertials, quarters and years', () => {
    const labels = (period: 'tertial' | 'quarter' | 'year'): string[] => all('2018-01', '2018-12').map((month) => periodOfMonth(month, period));
    expect(labels('tertial')).toEqual([1, 1, 1, 1, 2, 2, 2, 2, 3, 3, 3, 3].map((t) => `2018-T${t}`));
    expect(labels('quarter')).toEqual([1, 1, 1, 2, 2, 2, 3, 3, 3, 4, 4, 4].map((q) => `2018-Q${q}`));
    expect(new Set(labels('year'))).toEqual(new Set(['2018']));
    expect(periodOfMonth(parseMonth('2018-03')!, 'month')).toBe('2018-03');
    expect(periodOfMonth(parseMonth('2018-03')!, 'all')).toBe('all');
  });
});

describe('completePeriods', () => {
  const report = all('2017-12', '2024-06');

  it("counts the report's periods: 2017-12 belongs to none but a month", () => {
    expect(report.length).toBe(79);
    const tertials = [...completePeriods(report, 'tertial').keys()];
    expect([tertials.length, tertials[0], tertials.at(-1)]).toEqual([19, '2018-T1', '2024-T1']);
    const quarters = [...completePeriods(report, 'quarter').keys()];
    expect([quarters.length, quarters[0], quarters.at(-1)]).toEqual([26, '2018-Q1', '2024-Q2']);
    expect([...completePeriods(report, 'year').keys()]).toEqual(['2018', '2019', '2020', '2021', '2022', '2023']);
    expect(completePeriods(report, 'month').size).toBe(79);
    expect(completePeriods(report, 'all').get('all')).toEqual(report);
  });

  it('asks for every month, in any order and however often', () => {
    const tertial = all('2018-01', '2018-04');
    expect(completePeriods([...tertial, ...tertial].reverse(), 'tertial').get('2018-T1')).toEqual(tertial);
    expect(completePeriods(tertial.slice(1), 'tertial').size).toBe(0);
  });
});
