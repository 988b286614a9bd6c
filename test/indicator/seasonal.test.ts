import { describe, expect, it } from 'vitest';
import { seasonallyAdjusted } from '../../src/indicator/seasonal.ts';

const january2018 = 12 * 2018;
const months = (count: number): ReadonlySet<number> => new Set(Array.from({ length: count }, (_, t) => january2018 + t));

describe('seasonal adjustment', () => {
  it('takes a pure season away and leaves a trend between years alone', () => {
    const season = [3, 1, -2, 0, 5, 2, -4, 1, 0, -1, -3, -2];
    const series = Float64Array.from({ length: 36 }, (_, t) => season[t % 12]! + 10 * Math.floor(t / 12));
    const adjusted = seasonallyAdjusted(series, january2018, months(24))!;
    adjusted.forEach((value, t) => expect(value).toBeCloseTo(10 * Math.floor(t / 12), 12));
  });

  it('begins in any month', () => {
    const series = Float64Array.from({ length: 24 }, (_, t) => (t + 11) % 12);
    const adjusted = seasonallyAdjusted(series, january2018 - 1, new Set(Array.from({ length: 24 }, (_, t) => january2018 - 1 + t)))!;
    adjusted.forEach((value) => expect(value).toBeCloseTo(5.5, 12));
  });

  it('is not made where a calendar month has one reference month with data', () => {
    const series = new Float64Array(24).fill(1);
    expect(seasonallyAdjusted(series, january2018, months(23))).toBeNull();
    series[4] = NaN;
    expect(seasonallyAdjusted(series, january2018, months(24))).toBeNull();
    expect(seasonallyAdjusted(series, january2018, new Set())).toBeNull();
  });

  it('leaves a missing reference month out of both means', () => {
    const series = Float64Array.from({ length: 36 }, (_, t) => t);
    series[5] = NaN;
    const adjusted = seasonallyAdjusted(series, january2018, months(36))!;
    const there = [...series].filter((value) => !Number.isNaN(value));
    const overall = there.reduce((sum, value) => sum + value, 0) / 35;
    expect(adjusted[17]).toBeCloseTo(17 - (17 + 29) / 2 + overall, 12);
    expect(adjusted[5]).toBeNaN();
  });
});
