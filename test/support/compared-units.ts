import type { ComparedPair } from '../../src/comparison/compare-pair.ts';
import type { ComparedBreakdown } from '../../src/comparison/compare-result.ts';
import type { ComparedUnits } from '../../src/comparison/compare-units.ts';
import type { Difference } from '../../src/comparison/differences.ts';
import type { FunnelPoint } from '../../src/comparison/funnel.ts';
import { funnelLimits } from '../../src/comparison/funnel.ts';
import { discoveries } from '../../src/comparison/multiplicity.ts';
import type { UnitRank } from '../../src/comparison/ranks.ts';
import type { RunResult } from '../../src/run-result.ts';
import type { Comparison, PairComparison } from '../../web/engine.ts';

/** With a p-value that falls with the statistic, and the 80 % interval. */
const exampleDifference = ({ of, from, estimate, standardError }: Pick<Difference, 'of' | 'from' | 'estimate' | 'standardError'>): Difference => ({
  of, from, estimate, standardError, statistic: estimate / standardError, pValue: Math.exp(-0.5 * (estimate / standardError) ** 2),
  confLow: estimate - 1.28 * standardError, confHigh: estimate + 1.28 * standardError,
});

/** Two of the units of `exampleComparison`, as if independent. */
export function examplePair(result: RunResult, { of, from, ...pair }: PairComparison): ComparedPair {
  const { points } = exampleComparison(result, { ...pair, overdispersion: false }).units!.funnel;
  const [first, second] = [points[of]!, points[from]!];
  const standardError = Math.hypot(first.standardError, second.standardError);
  const estimate = first.estimate - second.estimate;
  const difference = exampleDifference({ of: String(of), from: String(from), estimate, standardError });
  const percent = exampleDifference({ of: String(of), from: String(from), estimate: (100 * estimate) / second.estimate, standardError: Math.abs((100 * standardError) / second.estimate) });
  return { difference, percent, base: { estimate: second.estimate, confLow: second.estimate - 1.28 * second.standardError, confHigh: second.estimate + 1.28 * second.standardError } };
}

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
      label: String(k), n: own.n[k]!, estimate, standardError, modelError: standardError, precision: 1 / standardError, z, outside, side: outside === 0 ? 'inside' : z > 0 ? 'above' : 'below',
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
  const spread2 = (0.5 * scale) ** 2;
  const differences = points.map(({ label, estimate, standardError }) => exampleDifference({ of: label, from: String(places), estimate: estimate - 0.1 * scale, standardError }));
  const compared: ComparedUnits = {
    options: { level, overdispersion, discovery: 'BH', threshold: null, ...drawn },
    centre: 0.1 * scale,
    centreStandardError: 0.01,
    funnel: {
      centre: 0.1 * scale, limits: funnelLimits, points, leftOut: [],
      overdispersion: overdispersion ? { method: 'additive tau² (Spiegelhalter)', winsorised: 0.1, phi: 1.5, tau2 } : null,
      chance: funnelLimits.map((z, k) => ({ z, observed: observed(z), expected: places * [0.05, 0.002][k]!, atLeast: 0.04, dependence: 'joint' })),
    },
    ranks: { ...drawn, level, dependence: 'joint', places: Math.floor(places / 4), units, coverMiddle: places - 2, leftOut: [] },
    shrinkage: {
      method: 'normal-normal, REML', forBootstrap: false, mean: 0.1 * scale, meanStandardError: 0.1 * scale, tau2: spread2, tau2StandardError: spread2, iterations: 4, leftOut: [],
      units: points.map(({ label, estimate, standardError }) => {
        const weight = spread2 / (spread2 + standardError ** 2);
        return { label, estimate, standardError, weight, shrunken: weight * estimate + (1 - weight) * 0.1 * scale, shrunkenStandardError: standardError * Math.sqrt(weight) };
      }),
    },
    bands: {
      ...drawn, level, dependence: 'joint', critical: { pointwise: 1.28, simultaneous: 2.6, bonferroni: 2.7 }, leftOut: [],
      points: points.map(({ label, estimate, standardError: se }) => ({ label, estimate, standardError: se, pointwiseLow: estimate - 1.28 * se, pointwiseHigh: estimate + 1.28 * se, simultaneousLow: estimate - 2.6 * se, simultaneousHigh: estimate + 2.6 * se })),
    },
    differences: differences.map((one) => ({ ...one, from: 'whole', months: 12 })),
    months: new Float64Array(places + 1).fill(12),
    discoveries: discoveries(differences.map(({ pValue }) => pValue), 'BH', 5),
    withoutEstimate: [],
    underThreshold: [],
    tooFew: [],
  };
  return { ...own, units: compared, reason: null };
}
