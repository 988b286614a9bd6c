import type { Fit } from '../estimate/fit.ts';

/** `fit.json`: per outcome and population everything about the fit but its coefficients. */
export function fitJson(fits: readonly Fit[]): string {
  const entries = fits.map(({ coefficients: _coefficients, trace, ...fit }) => ({
    ...fit,
    iterations: trace.at(-1)?.iteration ?? 0,
    trace,
  }));
  return `${JSON.stringify(entries, null, 2)}\n`;
}
