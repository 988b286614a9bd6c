import { covariateColumn } from '../src/spec/columns.ts';
import type { ModelSpec } from '../src/spec/model-spec.ts';

/**
 * How a breakdown may be read. By a covariate, every group's mean over the whole period is zero (nearly, for a probit),
 * so levels say nothing; by what Nav itself decides, a difference may be one of who is put where.
 */
export type Reading = 'movement-only' | 'decided-by-nav' | 'comparable';

const decidedByNav = new Set(['support_group', 'main_group', 'measure', 'contract']);

export function readingOf(by: readonly string[], spec: ModelSpec): Reading {
  const controlled = new Set(
    spec.covariates.flatMap((covariate) => spec.outcomes.map(({ horizon }) => covariateColumn(covariate, horizon))),
  );
  if (by.some((column) => controlled.has(column))) return 'movement-only';
  return by.some((column) => decidedByNav.has(column)) ? 'decided-by-nav' : 'comparable';
}
