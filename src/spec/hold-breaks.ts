import type { Covariate, ModelSpec } from './model-spec.ts';

interface FoundBreaks {
  readonly covariate: string;
  readonly column: string;
  readonly breaks: readonly number[];
}

/**
 * The spec with the breaks that were found for its covariates, as if they had been given. Where outcomes have different
 * ones, all get those found first.
 */
export function holdBreaks(spec: ModelSpec, found: readonly FoundBreaks[]): ModelSpec {
  const columnsOf = ({ name, column = name }: Covariate): string[] => spec.outcomes.map(({ horizon }) => column.replace('{horizon}', String(horizon)));
  const covariates = spec.covariates.map((covariate) => {
    if ((covariate.coding !== 'quantiles' && covariate.coding !== 'equal-width') || covariate.breaks) return covariate;
    const columns = columnsOf(covariate);
    const held = found.find((one) => one.covariate === covariate.name && columns.includes(one.column));
    return held ? { ...covariate, breaks: held.breaks } : covariate;
  });
  return { ...spec, covariates };
}
