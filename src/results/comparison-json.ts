import type { ComparedBreakdown, ComparedResult } from '../comparison/compare-result.ts';
import { falseDiscoveryRate, type NotCompared } from '../comparison/compare-units.ts';
import { columnReading } from '../guards/column-reading.ts';
import type { ZeroMeans } from '../indicator/zero-means.ts';
import type { ModelSpec } from '../spec/model-spec.ts';

/** `comparison.json`: how units were compared, which were not and why, and which series have no XmR limits. */
export function comparisonJson({ period, options, breakdowns, xmr }: ComparedResult, { spec, cluster, zeroMeans }: { readonly spec: ModelSpec; readonly cluster: 'person' | 'row'; readonly zeroMeans: readonly ZeroMeans[] | undefined }): string {
  const { level, seed, overdispersion, discovery, threshold } = options;
  const content = {
    period,
    cluster,
    level,
    seed,
    overdispersion,
    discovery: { method: discovery, rate: falseDiscoveryRate },
    threshold,
    breakdowns: breakdowns.map((breakdown) => ({ ...breakdownJson(breakdown, period), reading: columnReading(breakdown.by, outcomeNamed(spec, breakdown.outcome), spec, zeroMeans).level })),
    xmr: {
      charts: xmr.flatMap(({ series }) => series).filter(({ chart }) => chart !== null).length,
      refused: xmr.flatMap(({ by, series }) => series.filter(({ chart }) => chart === null).map(({ outcome, group, points, refused }) => ({ outcome, by, group, points, reason: refused }))),
      ...(xmr.length === 0 ? { reason: 'XmR limits are of months: run with --period month' } : {}),
    },
  };
  return `${JSON.stringify(content, (_, value: unknown) => (typeof value === 'number' && !Number.isFinite(value) ? null : value), 2)}\n`;
}

function breakdownJson({ outcome, by, groups, units, reason }: ComparedBreakdown, period: string): object {
  if (units === null) return { outcome, by, compared: 0, reason: notComparedText(reason!, period) };
  const { funnel, shrinkage, bands, ranks, discoveries, centre, centreStandardError, withoutEstimate, underThreshold, tooFew } = units;
  return {
    outcome,
    by,
    compared: funnel.points.length,
    leftOut: [
      ...withoutEstimate.map((place) => ({ group: groups[place], reason: 'no estimate or standard error over the period' })),
      ...tooFew.map((place) => ({ group: groups[place], reason: 'too few persons, degrees of freedom, or persons with or without the outcome' })),
      ...underThreshold.map((place) => ({ group: groups[place], reason: 'fewer rows than the threshold' })),
    ],
    centre,
    centreStandardError,
    overdispersion: funnel.overdispersion,
    outside: funnel.chance,
    rankIntervalsCoveringMiddle: ranks.coverMiddle,
    draws: ranks.draws,
    shrinkage: shrinkage && { method: shrinkage.method, mean: shrinkage.mean, meanStandardError: shrinkage.meanStandardError, tau2: shrinkage.tau2, tau2StandardError: shrinkage.tau2StandardError, iterations: shrinkage.iterations },
    critical: bands.critical,
    discoveries: discoveries.count,
  };
}

export const notComparedText = (reason: NotCompared, period: string): string =>
  reason === 'held-at-zero' ? 'the estimates hold the mean of every group at zero' : `the outcome is not observed, or not in enough rows, in every month of ${period}`;

const outcomeNamed = ({ outcomes }: ModelSpec, name: string) => outcomes.find((outcome) => outcome.name === name)!;
