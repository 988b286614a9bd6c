import type { Fit } from '../../src/estimate/fit.ts';
import type { ModelSpec, Outcome } from '../../src/spec/model-spec.ts';
import { designOf } from './design.ts';
import { numberOf, withinRanges, type Row } from './table.ts';

export interface EstimatedOf {
  readonly spec: ModelSpec;
  readonly rows: readonly Row[];
  readonly outcome: Outcome;
  readonly fit: Fit;
}

/** Rows whose outcome is known, which of them are estimated on, and the columns with the engine's estimates; every level has one. */
export function estimatedRows({ spec, rows, outcome, fit }: EstimatedOf) {
  const column = outcome.column ?? outcome.name;
  const actual = (row: Row): number => numberOf(row, column)!;
  const observed = rows.filter((row) => numberOf(row, column) !== null);
  const { excludeMonths = [] } = spec.sample ?? {};
  const isEstimated = (row: Row): boolean => !withinRanges(row[spec.month] as string, excludeMonths);
  const sample = observed.filter(isEstimated);
  const { horizon } = outcome;
  const { columns } = designOf(spec, spec.covariates, { all: rows, sample, horizon, samples: [{ rows: sample, horizon }] });
  const beta = columns.map(({ term, level }) => fit.coefficients.find((c) => c.term === term && c.level === level)!.estimate!);
  return { actual, observed, isEstimated, sample, columns, beta };
}
