import { beforeAll, describe, expect, it } from 'vitest';
import type { ComparisonMath } from '../../src/comparison/math.ts';
import { everyWindow } from '../../src/comparison/outcome-windows.ts';
import { brokenRules } from '../../src/comparison/xmr-rules.ts';
import { roundedXmrConstants, xmr, xmrConstants, type XmrOptions } from '../../src/comparison/xmr.ts';
import { formatMonth, parseMonth } from '../../src/spec/months.ts';
import { fixture, largestDifference, num, openMath } from './fixtures.ts';

let math: ComparisonMath;
beforeAll(async () => {
  math = await openMath();
});

const quarterly = (count: number, step = 3): string[] => Array.from({ length: count }, (_, i) => formatMonth(parseMonth('2018-01')! + step * i));
const ways: Record<string, Partial<XmrOptions>> = {
  exact: { shiftPoints: 8, trendPoints: 6 },
  rounded: { constants: roundedXmrConstants },
  unscreened: { screen: false, shiftPoints: 8, trendPoints: 6 },
};
const rows = fixture('xmr');
const cases = [...new Set(rows.map((row) => `${row['series']} ${row['how']}`))].map((key) => key.split(' ') as [series: string, how: string]);

it('the constants are d₂ and d₃ of the range of two normals', () => {
  const [row] = fixture('xmr-constants');
  const [d2, d3] = [num(row!, 'd2'), num(row!, 'd3')];
  expect(d2).toBeCloseTo(1.128379, 6);
  expect(xmrConstants.limit).toBeCloseTo(3 / d2, 10);
  expect(xmrConstants.range).toBeCloseTo(1 + (3 * d3) / d2, 10);
  expect([xmrConstants.limit.toFixed(2), xmrConstants.range.toFixed(3)]).toEqual([String(roundedXmrConstants.limit), String(roundedXmrConstants.range)]);
});

it.each(cases)('limits and rules of %s, %s, are those of the formulas', (series, how) => {
  const own = rows.filter((row) => row['series'] === series && row['how'] === how);
  const wanted = (key: string): number[] => own.map((row) => num(row, key));
  const { segments, points } = xmr({ months: quarterly(own.length), values: wanted('value') }, { horizon: 3, ...ways[how] }, math);
  const [{ mean, low, high, rangeHigh }] = segments as [(typeof segments)[number]];
  expect(largestDifference([mean, low, high, rangeHigh], ['mean', 'low', 'high', 'range_high'].map((key) => num(own[0]!, key)))).toBeLessThan(1e-10);
  expect(largestDifference(points.map(({ movingRange }) => movingRange), wanted('moving_range'))).toBeLessThan(1e-14);
  expect(points.map(({ screened }) => Number(screened))).toEqual(wanted('screened'));
  expect(points.map(({ rules }) => rules.join(' '))).toEqual(own.map((row) => row['rules']));
});

describe('rules', () => {
  const limits = { mean: 0, reach: 3 };
  const counts = { shiftPoints: 7, trendPoints: 7 };
  const marked = (values: readonly number[], rule: string): number[] =>
    brokenRules(values, limits, counts).flatMap((rules, i) => (rules.includes(rule as never) ? [i] : []));

  it('outside: beyond a limit, not on it', () => expect(marked([3, -3, 3.01, 0, -3.01], 'outside')).toEqual([2, 4]));
  it('shift: seven on one side, not six, and none on the mean', () => {
    expect(marked([-1, 1, 1, 1, 1, 1, 1, 1, -1], 'shift')).toEqual([1, 2, 3, 4, 5, 6, 7]);
    expect(marked([-1, 1, 1, 1, 1, 1, 1, -1], 'shift')).toEqual([]);
    expect(marked([1, 1, 1, 0, 1, 1, 1, 1], 'shift')).toEqual([]);
  });
  it('trend: seven points, six steps one way', () => {
    expect(marked([0, 2, 1, 0, -1, -2, -2.5, -2.6, 0], 'trend')).toEqual([1, 2, 3, 4, 5, 6, 7]);
    expect(marked([0, 2, 1, 0, -1, -2, -2.5, -2.5, 0], 'trend')).toEqual([]);
  });
  it('two of three: near the same limit, with the third on that side', () => {
    expect(marked([0, 2.5, 1, 2.1, 0, 0, 2.5, -1, 2.5, 0], 'two-of-three')).toEqual([1, 3]);
    expect(marked([2.5, 3.5, 1, -2.5, 2.5, 1], 'two-of-three')).toEqual([]);
  });
});

describe('XmR limits', () => {
  it('are refused where outcome windows overlap, with the reason', () => {
    const months = quarterly(40, 1);
    const values = months.map((_, i) => i % 3);
    expect(() => xmr({ months, values }, { horizon: 3 }, math)).toThrow(
      expect.objectContaining({ kind: 'spec', message: expect.stringMatching(/every 3rd month.* 39 of 39 .*2018-01 to 2018-02/) }),
    );
    expect(() => xmr({ months: quarterly(20, 2), values }, { horizon: 3 }, math)).toThrow(/19 of 19 /);
    expect(() => xmr({ months: quarterly(20, -3), values }, { horizon: 3 }, math)).toThrow(/in order/);
    expect(() => xmr({ months: quarterly(20), values }, { horizon: 12 }, math)).toThrow(/every 12th month/);
    expect(() => xmr({ months: ['2018-T1', '2018-T2'], values }, { horizon: 3 }, math)).toThrow(/"2018-T1" is none/);
    const kept = everyWindow(months, 3);
    expect(kept).toHaveLength(14);
    expect(kept.at(-1)).toBe(39);
    expect(xmr({ months: kept.map((i) => months[i]!), values: kept.map((i) => values[i]!) }, { horizon: 3 }, math).points).toHaveLength(14);
  });

  it('are rebased from the months given, each segment on its own', () => {
    const months = quarterly(20);
    const values = months.map((_, i) => (i < 12 ? i % 2 : 10 + (i % 3)));
    const { segments, points, rebase } = xmr({ months, values }, { horizon: 3, rebase: [months[12]!] }, math);
    expect(rebase).toEqual(['2021-01']);
    expect(segments.map(({ from, to, points: n, trial, mean }) => [from, to, n, trial, mean])).toEqual([
      ['2018-01', '2020-10', 12, false, 0.5],
      ['2021-01', '2022-10', 8, true, 10.875],
    ]);
    expect(points[12]).toMatchObject({ segment: 1, movingRange: NaN, screened: false });
    expect(segments[0]!.expectedOutside).toBeCloseTo(12 * 0.0026997960632601866, 12);
    expect(() => xmr({ months, values }, { horizon: 3, rebase: ['2021-02'] }, math)).toThrow(/2021-02 is not among its 20 points/);
  });

  it('need values; a series that never moves has narrow ones', () => {
    expect(() => xmr({ months: quarterly(3), values: [1, NaN, 2] }, { horizon: 3 }, math)).toThrow(expect.objectContaining({ kind: 'data' }));
    expect(xmr({ months: quarterly(3), values: [1, 1, 1] }, { horizon: 3 }, math).segments[0]).toMatchObject({ low: 1, high: 1 });
  });
});
