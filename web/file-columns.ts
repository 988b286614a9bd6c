import { covariateColumn, outcomeColumn } from '../src/spec/columns.ts';
import type { ModelSpec } from '../src/spec/model-spec.ts';

/** Every column of the table that the model reads by name, without repetition; what SQL reads is told when the file is. */
export function modelColumns(spec: ModelSpec): string[] {
  const separate = typeof spec.separateBy === 'string' ? spec.separateBy : spec.separateBy?.column;
  const columns = [
    ...new Set([
      spec.person,
      spec.month,
      ...spec.outcomes.map(outcomeColumn),
      ...spec.covariates.flatMap((covariate) => spec.outcomes.map(({ horizon }) => covariateColumn(covariate, horizon))),
      ...(separate === undefined ? [] : [separate]),
    ]),
  ];
  return columns.filter((column) => !Object.hasOwn(spec.derived ?? {}, column));
}

/** Breakdowns that are offered already ticked, where the file has them. */
const usualBreakdowns = ['county', 'support_group', 'main_group', 'measure', 'female', 'country_group'];

/** Columns that can be broken down by, the usual ones first, derived ones last. */
export function breakdownColumns(columns: readonly string[], spec: ModelSpec): { column: string; usual: boolean }[] {
  const never = new Set([spec.person, spec.month, ...spec.outcomes.map(outcomeColumn)]);
  const usual = usualBreakdowns.filter((column) => columns.includes(column));
  const others = [...columns, ...Object.keys(spec.derived ?? {})].filter((column) => !never.has(column) && !usual.includes(column));
  return [...usual.map((column) => ({ column, usual: true })), ...others.map((column) => ({ column, usual: false }))];
}
