import type { Covariate, ModelSpec, Outcome } from './model-spec.ts';

/** Stands in a covariate's column for the outcome's horizon. */
export const horizonPlaceholder = '{horizon}';

export const outcomeColumn = (outcome: Outcome): string => outcome.column ?? outcome.name;

/** The covariate's column for an outcome with this horizon. */
export const covariateColumn = (covariate: Covariate, horizon: number): string =>
  (covariate.column ?? covariate.name).replaceAll(horizonPlaceholder, String(horizon));

/** Columns whose levels have coefficients, and the one that tells populations apart. */
export function modelledColumns({ covariates, outcomes, separateBy = null }: Pick<ModelSpec, 'covariates' | 'outcomes' | 'separateBy'>): Set<string> {
  const listed = separateBy !== null && typeof separateBy === 'object' ? separateBy.groups.flatMap((group) => group.covariates ?? covariates) : covariates;
  const columns = new Set(listed.flatMap((covariate) => outcomes.map(({ horizon }) => covariateColumn(covariate, horizon))));
  if (separateBy !== null) columns.add(typeof separateBy === 'string' ? separateBy : separateBy.column);
  return columns;
}
