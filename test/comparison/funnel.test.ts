import { beforeAll, describe, expect, it } from 'vitest';
import { funnelCurve } from '../../src/comparison/funnel-curve.ts';
import { funnel, type Funnel } from '../../src/comparison/funnel.ts';
import type { ComparisonMath } from '../../src/comparison/math.ts';
import { fixture, independent, joint, largestDifference, num, openMath, unitSets } from './fixtures.ts';

let math: ComparisonMath;
beforeAll(async () => {
  math = await openMath();
});

const standardErrors = [0.5, 0.1, 0.25, 0.2];
const column = (result: Funnel, of: (point: Funnel['points'][number]) => number): number[] => result.points.map(of);

describe.each(unitSets().map((set) => [set.name, set] as const))('funnel of %s', (name, { estimates, n, centre }) => {
  const expected = fixture('funnel').filter((row) => row['set'] === name);
  const wanted = (key: string): number[] => expected.map((row) => num(row, key));

  it('has the limits of the formulas, without over-dispersion', () => {
    const result = funnel({ estimates, n, centre }, math);
    expect(result.overdispersion).toBeNull();
    expect(largestDifference(column(result, ({ z }) => z), wanted('z'))).toBeLessThan(1e-12);
    expect(largestDifference(column(result, ({ low }) => low[0]!), wanted('low95'))).toBeLessThan(1e-12);
    expect(largestDifference(column(result, ({ high }) => high[0]!), wanted('high95'))).toBeLessThan(1e-12);
  });

  it('has φ, τ² and wider limits with it', () => {
    const result = funnel({ estimates, n, centre, winsorise: 0.1 }, math);
    expect(result.overdispersion!.method).toBe('additive tau², Spiegelhalter');
    expect(largestDifference([result.overdispersion!.phi, result.overdispersion!.tau2], [wanted('phi')[0]!, wanted('tau2')[0]!])).toBeLessThan(1e-12);
    expect(largestDifference(column(result, ({ z }) => z), wanted('z_wide'))).toBeLessThan(1e-12);
    expect(largestDifference(column(result, ({ low }) => low[1]!), wanted('wide_low998'))).toBeLessThan(1e-12);
    expect(largestDifference(column(result, ({ high }) => high[1]!), wanted('wide_high998'))).toBeLessThan(1e-12);
  });

  it('says who lies outside which limit', () => {
    const { points, chance } = funnel({ estimates, n, centre }, math);
    const outside = wanted('z').map((z) => (Math.abs(z) > 3.09 ? 3.09 : Math.abs(z) > 1.96 ? 1.96 : 0));
    expect(points.map((point) => point.outside)).toEqual(outside);
    expect(points.map(({ side }) => side)).toEqual(wanted('z').map((z) => (Math.abs(z) <= 1.96 ? 'inside' : z > 0 ? 'above' : 'below')));
    expect(chance.map(({ observed }) => observed)).toEqual([outside.filter((limit) => limit > 0).length, outside.filter((limit) => limit > 2).length]);
  });
});

describe('a funnel', () => {
  it('does not depend on which end is up', () => {
    const { estimates, n } = unitSets()[0]!;
    const mirrored = { ...estimates, estimate: estimates.estimate.map((value) => -value) };
    const [one, other] = [funnel({ estimates, n, centre: 0, winsorise: 0.1 }, math), funnel({ estimates: mirrored, n, centre: 0, winsorise: 0.1 }, math)];
    expect(other.overdispersion!.tau2).toBeCloseTo(one.overdispersion!.tau2, 13);
  });

  it('leaves out units without a standard error, and keeps the others’ n', () => {
    const estimates = independent([0.1, NaN, 0.3, 0.2], [0.1, 0.1, NaN, 0.2]);
    const result = funnel({ estimates, n: [10, 20, 30, 40], centre: 0 }, math);
    expect(result.leftOut).toEqual(['u2', 'u3']);
    expect(result.points.map(({ label, n }) => [label, n])).toEqual([['u1', 10], ['u4', 40]]);
  });

  it('counts what chance does by the binomial distribution, or by draws where units vary together', () => {
    const alone = funnel({ estimates: independent([1, 1, 1, 1], standardErrors), n: [1, 1, 1, 1], centre: 0.5, limits: [1.96] }, math);
    const observed = [0.5, 0.1, 0.25, 0.2].filter((se) => 0.5 / se > 1.96).length;
    expect(observed).toBe(3);
    expect(alone.chance[0]).toMatchObject({ observed: 3, dependence: 'independent' });
    const p = 2 * 0.024997895148220435;
    expect(alone.chance[0]!.expected).toBeCloseTo(4 * p, 12);
    expect(alone.chance[0]!.atLeast).toBeCloseTo(4 * p ** 3 * (1 - p) + p ** 4, 12);
    // All one and the same: one outside means all outside.
    const together = funnel({ estimates: joint([1, 1, 1, 1], (i, j) => standardErrors[i]! * standardErrors[j]!), n: [1, 1, 1, 1], centre: 0.5, limits: [1.96] }, math);
    expect(together.chance[0]!.dependence).toBe('joint');
    expect(Math.abs(together.chance[0]!.atLeast - p)).toBeLessThan(4 * Math.sqrt((p * (1 - p)) / 10_000));
  });

  it('has curves that pass through the limits of units with the precision of the curve', () => {
    const { estimates, n, centre } = unitSets()[0]!;
    const result = funnel({ estimates, n, centre, winsorise: 0.1 }, math);
    const precision = funnelCurve(result, 'precision', 11);
    const byPrecision = result.points.toSorted((a, b) => a.precision - b.precision);
    expect(largestDifference([precision.low[0]![0]!, precision.high[1]![10]!], [byPrecision[0]!.low[0]!, byPrecision.at(-1)!.high[1]!])).toBeLessThan(1e-12);
    const even = funnel({ estimates: independent([1, 2, 3], [1, 0.5, 0.25]), n: [16, 64, 256], centre: 2 }, math);
    const curve = funnelCurve(even, 'n', 3);
    expect(Array.from(curve.x)).toEqual([16, 100, 256]);
    expect(largestDifference(curve.high[0]!, [1, 0.4, 0.25].map((se) => 2 + 1.96 * se))).toBeLessThan(1e-14);
  });
});
