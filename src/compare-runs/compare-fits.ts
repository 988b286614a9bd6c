import type { ComparedFit } from './compared-run.ts';
import type { Pair } from './pairs.ts';

/** One number about the fit of an outcome in both runs; null where a run has none. */
export interface FitNumber {
  readonly outcome: string;
  readonly population: string;
  readonly measure: string;
  readonly a: number | null;
  readonly b: number | null;
  /** B − A; null where the two are not of one kind. */
  readonly difference: number | null;
}

type Log = (x: number) => number;

/** Likelihoods say something of each other only where rows and family are the same. */
const likelihoods = new Set(['log_likelihood', 'aic', 'bic']);

/** Numbers about the fit side by side, a row per fit and measure. */
export function compareFits(fits: readonly Pair<ComparedFit>[], log: Log): FitNumber[] {
  return fits.flatMap(({ a, b }) => {
    const { outcome, population } = a ?? b;
    const [ofA, ofB] = [a && measures(a, log), b && measures(b, log)];
    const alike = a !== null && b !== null && a.family === b.family && a.n === b.n && a.setAside === b.setAside;
    return Object.keys((ofA ?? ofB)!).map((measure): FitNumber => {
      const [before, after] = [ofA?.[measure] ?? null, ofB?.[measure] ?? null];
      const comparable = before !== null && after !== null && (alike || !likelihoods.has(measure));
      return { outcome, population, measure, a: before, b: after, difference: comparable ? after - before : null };
    });
  });
}

/** AIC = 2k − 2 log L and BIC = k log n − 2 log L, with σ among the k parameters of least squares, as in R. */
function measures(fit: ComparedFit, log: Log): Record<string, number | null> {
  const { n, persons, rank, setAside, meanOutcome, rSquared, pseudoRSquared, sigma, logLikelihood } = fit;
  const parameters = rank + (fit.family === 'gaussian' ? 1 : 0);
  return {
    n, persons, rank, set_aside: setAside, mean_outcome: meanOutcome, r_squared: rSquared, pseudo_r_squared: pseudoRSquared, sigma,
    log_likelihood: logLikelihood,
    aic: 2 * parameters - 2 * logLikelihood,
    bic: n > setAside ? parameters * log(n - setAside) - 2 * logLikelihood : null,
  };
}
