/** Variation between units beyond their standard errors, added to the limits of a funnel plot. */
export interface Overdispersion {
  readonly method: 'additive tau², Spiegelhalter';
  /** Share of the z-scores drawn in at each end. */
  readonly winsorised: number;
  /** Mean squared winsorised z-score. */
  readonly phi: number;
  /** Variance between units, in the square of the estimates' unit. */
  readonly tau2: number;
}

/**
 * φ = Σ z²/I over winsorised z-scores, τ² = max(0, (Iφ − (I − 1)) / (Σw − Σw²/Σw)) with w = 1/se². Spiegelhalter (2005), Funnel
 * plots for comparing institutional performance, Statistics in Medicine 24; Spiegelhalter et al. (2012), JRSS A 175. The
 * z-scores beyond the quantiles are set to them; quantiles by linear interpolation (R's type 7), as FunnelPlotR has them.
 */
export function overdispersion(z: Float64Array, standardError: Float64Array, winsorised: number): Overdispersion {
  const n = z.length;
  // The inverse distribution function would not draw in both ends alike: of twenty, one at the lower end and two at the upper.
  const sorted = z.toSorted();
  const low = interpolatedQuantile(sorted, winsorised);
  const high = interpolatedQuantile(sorted, 1 - winsorised);
  let squares = 0;
  let weights = 0;
  let weightsSquared = 0;
  for (let i = 0; i < n; i++) {
    const drawnIn = Math.min(Math.max(z[i]!, low), high);
    const weight = 1 / (standardError[i]! * standardError[i]!);
    squares += drawnIn * drawnIn;
    weights += weight;
    weightsSquared += weight * weight;
  }
  const spread = weights - weightsSquared / weights;
  return {
    method: 'additive tau², Spiegelhalter',
    winsorised,
    phi: squares / n,
    tau2: n > 1 ? Math.max(0, (squares - (n - 1)) / spread) : 0,
  };
}

function interpolatedQuantile(sorted: Float64Array, share: number): number {
  const place = (sorted.length - 1) * share;
  const below = Math.floor(place);
  const above = Math.min(below + 1, sorted.length - 1);
  return sorted[below]! + (place - below) * (sorted[above]! - sorted[below]!);
}
