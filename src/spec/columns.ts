import type { Covariate, Outcome } from './model-spec.ts';

/** Stands in a covariate's column for the outcome's horizon. */
export const horizonPlaceholder = '{horizon}';

export const outcomeColumn = (outcome: Outcome): string => outcome.column ?? outcome.name;

/** The covariate's column for an outcome with this horizon. */
export const covariateColumn = (covariate: Covariate, horizon: number): string =>
  (covariate.column ?? covariate.name).replaceAll(horizonPlaceholder, String(horizon));
