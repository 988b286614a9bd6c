import { describe, expect, it } from 'vitest';
import { provedWidths as widths, type HiddenNumbers } from '../../src/withhold/widths.ts';

const provedWidths = (hidden: HiddenNumbers) => widths(hidden, () => 0);

const sum = (...places: number[]) => ({ places, signs: places.map(() => 1) });

describe('proved widths', () => {
  it('of two numbers with a known sum are within the truth, and no less than their ellipsoid', () => {
    // Each lies between 0 and 7: half of that and the root of two times as much is what the ellipsoid of the centre has.
    const [a, b] = provedWidths({ values: Float64Array.of(2, 5), least: new Float64Array(2), sums: [sum(0, 1)] });
    expect(a).toBeCloseTo(b!, 6);
    expect(a).toBeGreaterThan(4.5);
    expect(a).toBeLessThan(7);
  });

  it('follow a line to its ends where more is needed: of twenty numbers that add up to 40, all of it', () => {
    const [one] = widths({ values: new Float64Array(20).fill(2), least: new Float64Array(20), sums: [sum(...Array.from({ length: 20 }, (_, i) => i))] }, () => 30);
    expect(one).toBeGreaterThan(39);
    expect(one).toBeLessThanOrEqual(40 + 1e-9);
  });

  it('are 0 for a number that a sum tells alone', () => {
    const [a] = provedWidths({ values: Float64Array.of(2), least: new Float64Array(1), sums: [sum(0)] });
    expect(a).toBeCloseTo(0, 6);
  });

  it('of a two-way table with one cycle are those of the cycle, and 0 off it', () => {
    // Rows (0, 1), (2, 3), columns (0, 2), (1, 3); 4 hangs on by itself.
    const [a, b, c, d, e] = provedWidths({ values: Float64Array.of(3, 4, 2, 5, 9), least: new Float64Array(5), sums: [sum(0, 1), sum(2, 3), sum(0, 2), sum(1, 3, 4), sum(4)] });
    for (const width of [a, b, c, d]) expect(width).toBeGreaterThan(3);
    for (const width of [a, b, c, d]) expect(width).toBeLessThanOrEqual(5);
    expect(e).toBeCloseTo(0, 6);
  });

  it('need no number to be known where the total is hidden too', () => {
    const [total, part, other] = provedWidths({ values: Float64Array.of(5, 2, 3), least: new Float64Array(3), sums: [{ places: [0, 1, 2], signs: [1, -1, -1] }] });
    for (const width of [total, part, other]) expect(width).toBeGreaterThan(3);
  });
});
