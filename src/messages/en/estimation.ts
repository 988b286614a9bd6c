import { counted } from '../words.ts';

export interface OneOutcome {
  readonly outcome: string;
  readonly limit: 0 | 1;
  readonly rows: number;
}

export interface Place {
  readonly term: string;
  readonly level: string;
}

const named = (places: readonly Place[]): string => `${places.slice(0, 8).map(({ term, level }) => `${term} ${level}`).join(', ')}${places.length > 8 ? `, and ${places.length - 8} more` : ''}`;

const notConverged = {
  steps: 'its step is still too large',
  likelihood: 'no step raises the log-likelihood',
  hessian: 'the Hessian is singular where X′X is not',
};

/** Of estimates. */
export const estimation = {
  'not-estimable.one-outcome': ({ outcome, limit, rows }: OneOutcome) =>
    `${outcome}: everybody has the outcome ${limit} (${counted(rows, 'row', 'rows')}), so that a probit has no estimate. Leave the outcome out, or estimate on more rows.`,
  'not-estimable.one-outcome-left': ({ outcome, limit, rows, setAside, rounds, levels }: OneOutcome & { readonly setAside: number; readonly rounds: number; readonly levels: readonly Place[] }) =>
    `${outcome}: ${counted(setAside, 'row is', 'rows are')} at levels where everybody has the same outcome and set aside, in ${counted(rounds, 'round', 'rounds')}: ${named(levels)}. ${rows === 0 ? 'No row is left' : `Everybody left has the outcome ${limit} (${counted(rows, 'row', 'rows')})`}, so that a probit has no estimate. Merge levels, leave a covariate out, or estimate on more rows.`,
  'not-estimable.separation-too-deep': ({ outcome }: { readonly outcome: string }) =>
    `${outcome}: setting aside levels where everybody has the same outcome goes on for more rounds than can be told apart. Merge levels, or leave a covariate out.`,
  'usage.intervals-of-far-values': ({ outcome, covariates }: { readonly outcome: string; readonly covariates: readonly string[] }) =>
    `${outcome}: a value of ${covariates.join(', ')} is a thousand times farther out than the bulk of them, so that sums over rows would lose the digits of intervals that know the estimates. Choose --ci outcome or residual, or code ${covariates.join(', ')} in levels or on another scale.`,
  'not-estimable.separated': ({ outcome, levels }: { readonly outcome: string; readonly levels: readonly string[] }) =>
    `${outcome}: the outcome is separated by a combination of levels, so that the probit has no finite estimate: ${levels.join(', ')}. Leave one out, merge levels, or estimate on more rows.`,
  'not-estimable.no-row': ({ outcome }: { outcome: string }) => `${outcome}: no row in the estimation sample has this outcome observed.`,
  'not-estimable.not-converged': ({ outcome, iterations, why }: { outcome: string; iterations: number; why: 'steps' | 'likelihood' | 'hessian' }) =>
    `${outcome}: the probit did not converge after ${counted(iterations, 'iteration', 'iterations')}: ${notConverged[why]}. Leave a covariate out, merge levels, or estimate on more rows.`,
};
