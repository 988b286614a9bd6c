import type { ComparedBreakdown } from '../../src/comparison/compare-result.ts';
import type { ComparedUnits } from '../../src/comparison/compare-units.ts';
import type { FunnelPoint } from '../../src/comparison/funnel.ts';
import { funnelLimits } from '../../src/comparison/funnel.ts';
import type { UnitRank } from '../../src/comparison/ranks.ts';
import type { RunResult } from '../../src/run-result.ts';
import type { Comparison } from '../../web/engine.ts';

/** A comparison with the shape of a real one, made from formulas: for tests of what is shown. */
export function exampleComparison(result: RunResult, { outcome, breakdown, level, overdispersion, period }: Comparison): ComparedBreakdown {
  const table = result.tables[breakdown + 1]!;
  const labels = [...new Set(table.groups[0])];
  const own = { outcome, by: table.by, groups: labels.map((label) => [label]), n: Float64Array.from([...labels, ''], (_, k) => 1000 + 300 * k) };
  if (table.by[0] === 'female' && outcome.startsWith('atid')) return { ...own, units: null, reason: 'held-at-zero' };
  const scale = outcome.startsWith('jobb') ? 0.02 : 0.8;
  const tau2 = overdispersion ? (0.6 * scale) ** 2 : 0;
  // What is there, of a deterministic scatter: the last unit far above, the first far below.
  const points = labels.map((_, k): FunnelPoint => {
    const standardError = scale * (0.25 + 0.9 / Math.sqrt(1 + k));
    const draw = k === 0 ? -2.6 : k === labels.length - 1 ? 3.4 : 1.5 * Math.sin(7 * k + (period === 'all' ? 0 : 1));
    const spread = Math.sqrt(standardError * standardError + tau2);
    const estimate = 0.1 * scale + draw * standardError;
    const z = (draw * standardError) / spread;
    const outside = funnelLimits.filter((limit) => Math.abs(z) > limit).at(-1) ?? 0;
    return {
      label: String(k), n: own.n[k], estimate, standardError, precision: 1 / standardError, z, outside, side: outside === 0 ? 'inside' : z > 0 ? 'above' : 'below',
      low: funnelLimits.map((limit) => 0.1 * scale - limit * spread), high: funnelLimits.map((limit) => 0.1 * scale + limit * spread),
    };
  });
  const order = [...points].sort((a, b) => b.estimate - a.estimate);
  const places = points.length;
  const units = points.map((point): UnitRank => {
    const rank = order.indexOf(point) + 1;
    return { label: point.label, estimate: point.estimate, standardError: point.standardError, rank, rankMedian: rank, rankLow: Math.max(1, rank - 4), rankHigh: Math.min(places, rank + 3), probabilityTop: 0.2, probabilityBottom: 0.2 };
  });
  const observed = (limit: number): number => points.filter(({ z }) => Math.abs(z) > limit).length;
  const drawn = { draws: 10_000, seed: 1 };
  const compared: ComparedUnits = {
    options: { level, overdispersion, discovery: 'BH', threshold: null, ...drawn },
    centre: 0.1 * scale,
    centreStandardError: 0.01,
    funnel: {
      centre: 0.1 * scale, limits: funnelLimits, points, leftOut: [],
      overdispersion: overdispersion ? { method: 'additive tau² (Spiegelhalter)', winsorised: 0.1, phi: 1.5, tau2 } : null,
      chance: funnelLimits.map((z, k) => ({ z, observed: observed(z), expected: places * [0.05, 0.002][k], atLeast: 0.04, dependence: 'joint' })),
    },
    ranks: { ...drawn, level, dependence: 'joint', places: Math.floor(places / 4), units, coverMiddle: places - 2, leftOut: [] },
    shrinkage: null,
    bands: { ...drawn, level, dependence: 'joint', critical: { pointwise: 1.96, simultaneous: 2.9, bonferroni: 2.94 }, points: [], leftOut: [] },
    differences: [],
    discoveries: { method: 'BH', rate: 5, tests: 0, adjusted: new Float64Array(0), rejected: new Uint8Array(0), count: 0 },
    withoutEstimate: [],
    underThreshold: [],
  };
  return { ...own, units: compared, reason: null };
}
