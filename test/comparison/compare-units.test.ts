import { beforeAll, describe, expect, it } from 'vitest';
import { compareUnits, type ComparedUnits, type UnitOptions } from '../../src/comparison/compare-units.ts';
import { differences } from '../../src/comparison/differences.ts';
import { funnel } from '../../src/comparison/funnel.ts';
import type { ComparisonMath } from '../../src/comparison/math.ts';
import { ranks } from '../../src/comparison/ranks.ts';
import type { JointMeans } from '../../src/uncertainty/joint-means.ts';
import { joint, openMath } from './fixtures.ts';

let math: ComparisonMath;
beforeAll(async () => {
  math = await openMath();
});

const options: UnitOptions = { level: 80, seed: 7, overdispersion: false, discovery: 'BH', threshold: null };
const covariance = (i: number, j: number): number => (i === j ? 0.04 * (i + 1) : 0.005);

/** Five units and the whole. */
function means(change: Partial<Record<'estimate' | 'n' | 'standardError', readonly (readonly [place: number, value: number])[]>> = {}): JointMeans {
  const estimates = joint([0.9, -0.2, 0.1, 0.3, -0.6, 0.05], covariance);
  const own = { n: Float64Array.of(50, 3, 40, 30, 20, 143), estimate: estimates.estimate, standardError: estimates.standardError, covariance: estimates.covariance!, state: Array.from(estimates.labels, () => 'ok' as const), freedom: new Float64Array(6).fill(Infinity) };
  for (const [column, values] of Object.entries(change)) for (const [place, value] of values) own[column as 'n'][place] = value;
  return own;
}

const compared = (of: JointMeans, changed: Partial<UnitOptions> = {}): ComparedUnits => {
  const found = compareUnits(of, { ...options, ...changed }, math);
  if (typeof found === 'string') throw new Error(found);
  return found;
};

describe('units held against the whole', () => {
  it('are what each comparison makes of them alone', () => {
    const of = means();
    const units = { ...joint([0.9, -0.2, 0.1, 0.3, -0.6], covariance), labels: ['0', '1', '2', '3', '4'] };
    const all = { ...joint(Array.from(of.estimate), covariance), labels: ['0', '1', '2', '3', '4', '5'] };
    const found = compared(of);
    const drawn = { draws: 10_000, seed: 7 };
    expect(found.centre).toBe(0.05);
    expect(found.funnel).toEqual(funnel({ estimates: units, n: of.n, centre: 0.05, draws: drawn }, math));
    expect(found.ranks).toEqual(ranks(units, { level: 80, ...drawn }, math));
    expect(found.differences).toEqual(differences(all, [0, 1, 2, 3, 4].map((place) => ({ of: place, from: 5 })), { kind: 'difference', level: 80 }, math).map((one) => ({ ...one, from: 'whole', months: NaN })));
    expect(found.differences[0]!.standardError).toBeCloseTo(Math.sqrt(0.04 + 0.24 - 0.01), 14);
    expect([found.bands.level, found.shrinkage!.units.length, found.discoveries.method]).toEqual([80, 5, 'BH']);
    expect([found.withoutEstimate, found.underThreshold]).toEqual([[], []]);
  });

  it('have wider limits, named, with over-dispersion, and other p-values by the other method', () => {
    const [narrow, wide] = [compared(means()), compared(means(), { overdispersion: true, discovery: 'BY' })];
    expect(narrow.funnel.overdispersion).toBeNull();
    expect(wide.funnel.overdispersion!.method).toContain('Spiegelhalter');
    expect(wide.funnel.points[0]!.high[0]! > narrow.funnel.points[0]!.high[0]!).toBe(true);
    expect(wide.discoveries.adjusted[0]! > narrow.discoveries.adjusted[0]!).toBe(true);
  });

  it('are left out where they have no estimate, no standard error, or too few rows, everywhere', () => {
    const { funnel: plot, ranks: order, shrinkage: drawn, bands: band, differences: rows, withoutEstimate, underThreshold } = compared(
      means({ estimate: [[2, NaN]], standardError: [[2, NaN]] }), { threshold: 4 },
    );
    expect([withoutEstimate, underThreshold]).toEqual([[2], [1]]);
    for (const labels of [plot.points, order.units, drawn!.units, band.points].map((units) => units.map(({ label }) => label))) expect(labels).toEqual(['0', '3', '4']);
    expect(rows.map(({ of }) => of)).toEqual(['0', '3', '4']);
    expect(plot.points.map(({ n }) => n)).toEqual([50, 30, 20]);
  });

  it('are not compared where the whole is not there, or no mean can vary', () => {
    expect(compareUnits(means({ estimate: [[5, NaN]], standardError: [[5, NaN]] }), options, math)).toBe('not-observed');
    const fixed = means();
    expect(compareUnits({ ...fixed, standardError: new Float64Array(6), covariance: new Float64Array(36), state: Array.from({ length: 6 }, () => 'held_at_zero' as const) }, options, math)).toBe('held-at-zero');
    const one = compared(means({ estimate: [0, 1, 2, 3].map((place) => [place, NaN] as const), standardError: [0, 1, 2, 3].map((place) => [place, NaN] as const) }));
    expect([one.funnel.points.length, one.shrinkage, one.ranks.units[0]!.rank]).toEqual([1, null, 1]);
  });
});
