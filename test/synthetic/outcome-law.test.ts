import { describe, expect, test } from 'vitest';
import { hoursQuantile, longestWeek } from '../../src/synthetic/outcome-law.ts';

const means = [0.1, 0.11, 0.5, 1, 2.5, 7, 13.37, 21, 29.9, 30, 30.1, 38, 45, 52, 58];

/** Where the law leaves zero, by bisection. */
const idleShare = (m: number): number => {
  let low = 0;
  let high = 1;
  for (let k = 0; k < 60; k++) {
    const middle = (low + high) / 2;
    if (hoursQuantile(middle, m) === 0) low = middle;
    else high = middle;
  }
  return high;
};

describe.each(means)('weekly hours with mean %d', (m) => {
  test('have exactly that mean', () => {
    // Linear above the mass at zero, so the mean of the two ends of a few panels is the integral; rounding alone is left.
    const idle = idleShare(m);
    const panels = 64;
    let integral = 0;
    for (let k = 0; k < panels; k++) {
      const width = (1 - idle) / panels;
      integral += width * hoursQuantile(idle + (k + 0.5) * width, m);
    }
    expect(integral).toBeCloseTo(m, 10);
  });

  test('agree with a plain midpoint sum over the whole of (0, 1)', () => {
    const steps = 200_000;
    let sum = 0;
    for (let k = 0; k < steps; k++) sum += hoursQuantile((k + 0.5) / steps, m);
    expect(Math.abs(sum / steps - m)).toBeLessThan(longestWeek / steps);
  });

  test('lie in 0 … 60, rise with u, and have a mass at zero', () => {
    const values = Array.from({ length: 1001 }, (_, k) => hoursQuantile(k / 1000, m));
    expect(values[0]).toBe(0);
    expect(Math.max(...values)).toBeLessThanOrEqual(longestWeek);
    for (let k = 1; k < values.length; k++) expect(values[k]).toBeGreaterThanOrEqual(values[k - 1]!);
  });
});
