import type { Funnel } from './funnel.ts';

/** Limits as curves, to be drawn behind the points. A unit is judged by its own limits, not by the curve. */
export interface FunnelCurve {
  readonly over: 'n' | 'precision';
  readonly x: Float64Array;
  /** One curve a limit. */
  readonly low: readonly Float64Array[];
  readonly high: readonly Float64Array[];
}

/**
 * centre ± z·√(s(x)² + τ²) from the smallest to the largest unit, at evenly spaced precisions (their squares over n).
 * Over precision s = 1/x. Over n, s = σ/√x with σ² = Σn²se²/Σn, the rows' mean of the units' n·se².
 */
export function funnelCurve({ points, centre, limits, overdispersion }: Funnel, over: 'n' | 'precision', steps = 101): FunnelCurve {
  const place = points.map(({ n, precision }) => (over === 'n' ? Math.sqrt(n) : precision));
  const [least, most] = [Math.min(...place), Math.max(...place)];
  const share = Float64Array.from({ length: points.length === 0 ? 0 : steps }, (_, k) => k / (steps - 1));
  const root = share.map((k) => least + k * (most - least));
  const sigma = over === 'n' ? rowDeviation(points) : 1;
  const spread = root.map((value) => Math.sqrt((sigma / value) * (sigma / value) + (overdispersion?.tau2 ?? 0)));
  return {
    over,
    x: over === 'n' ? root.map((value) => value * value) : root,
    low: limits.map((z) => spread.map((s) => centre - z * s)),
    high: limits.map((z) => spread.map((s) => centre + z * s)),
  };
}

function rowDeviation(points: Funnel['points']): number {
  let rows = 0;
  let squares = 0;
  for (const { n, modelError } of points) {
    rows += n;
    squares += n * n * modelError * modelError;
  }
  return Math.sqrt(squares / rows);
}
