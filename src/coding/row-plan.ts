import type { Covariate, ModelSpec, Outcome } from '../spec/model-spec.ts';
import type { ColumnRequest } from '../register/partition.ts';
import { staticLevelCount } from '../spec/levels.ts';
import { parseMonthRange, type MonthRange } from '../spec/months.ts';

/**
 * One column in the form a covariate needs it, held once however many covariates and outcomes use it:
 * `codes`, levels known before the data, the code `levels` for missing; `labels`, levels found in the data;
 * `numbers`, values kept until their breaks are known, or for good where they enter as they are.
 */
export type CovariateInput =
  | { readonly held: 'codes'; readonly column: string; readonly covariate: Covariate; readonly levels: number }
  | { readonly held: 'labels'; readonly column: string }
  | { readonly held: 'numbers'; readonly column: string };

export interface PlannedOutcome extends Outcome {
  readonly column: string;
}

/** The covariates of one population (the whole, or a group of `separateBy`). */
export interface PlannedPopulation {
  /** Label of the group; null where the groups are those found in the data, or there is one population. */
  readonly label: string | null;
  readonly covariates: readonly Covariate[];
  /** `inputs[outcome][covariate]`: index into `RowPlan.inputs`. */
  readonly inputs: readonly (readonly number[])[];
}

/** What is read of each row and what is held of it, from the spec and the breakdowns alone. */
export interface RowPlan {
  readonly requests: readonly ColumnRequest[];
  /** SQL condition of the estimation sample. */
  readonly where: string | null;
  /** SQL condition of the rows that are shown: others are estimated on, and in no cell. */
  readonly within: string | null;
  /** SQL condition of the rows that are read at all. */
  readonly filter: string | null;
  /** SQL expressions of derived columns, by name. */
  readonly derived: Readonly<Record<string, string>>;
  readonly person: string;
  readonly month: string;
  readonly outcomes: readonly PlannedOutcome[];
  readonly inputs: readonly CovariateInput[];
  readonly populations: readonly PlannedPopulation[];
  readonly separateBy: string | null;
  /** Columns of all breakdowns, each once. */
  readonly groupColumns: readonly string[];
  /** Null means every month. */
  readonly months: readonly MonthRange[] | null;
  readonly excludeMonths: readonly MonthRange[];
}

export function planRows(spec: ModelSpec, by: readonly (readonly string[])[], filter: string | null, within: string | null = null): RowPlan {
  const outcomes = spec.outcomes.map((outcome) => ({ ...outcome, column: outcome.column ?? outcome.name }));
  const inputs: CovariateInput[] = [];
  const keys: string[] = [];
  const inputOf = (covariate: Covariate, horizon: number): number => {
    const input = covariateInput(covariate, horizon);
    const key = JSON.stringify([input.held, input.column, input.held === 'codes' ? codingKey(input.covariate) : null]);
    const known = keys.indexOf(key);
    if (known >= 0) return known;
    keys.push(key);
    return inputs.push(input) - 1;
  };
  const separate = spec.separateBy ?? null;
  const listed = separate !== null && typeof separate !== 'string' ? separate.groups : null;
  const populations = (listed ?? [{ label: null, covariates: spec.covariates }]).map((group) => {
    const covariates = group.covariates ?? spec.covariates;
    return {
      label: group.label,
      covariates,
      inputs: outcomes.map((outcome) => covariates.map((covariate) => inputOf(covariate, outcome.horizon))),
    };
  });
  const separateBy = separate === null ? null : typeof separate === 'string' ? separate : separate.column;
  const groupColumns = [...new Set(by.flat())];

  const requests: ColumnRequest[] = [
    { column: spec.person, as: 'person' },
    { column: spec.month, as: 'month' },
    ...outcomes.map(({ column }) => ({ column, as: 'number' as const })),
    ...inputs.map(({ column, held }) => ({ column, as: held === 'labels' ? ('label' as const) : ('number' as const) })),
    ...[...groupColumns, ...(separateBy === null ? [] : [separateBy])].map((column) => ({ column, as: 'label' as const })),
  ];
  // Labels of the month column are made from the months, so that they are the same for text, dates and numbers.
  const read = requests.filter(({ column, as }) => as !== 'label' || column !== spec.month);
  return {
    requests: read.filter((r, i) => read.findIndex((other) => other.column === r.column && other.as === r.as) === i),
    where: spec.sample?.where ?? null,
    within,
    filter,
    derived: spec.derived ?? {},
    person: spec.person,
    month: spec.month,
    outcomes,
    inputs,
    populations,
    separateBy,
    groupColumns,
    months: spec.sample?.months ? monthRanges(spec.sample.months) : null,
    excludeMonths: monthRanges(spec.sample?.excludeMonths ?? []),
  };
}

/** Whether a month lies in the estimation sample. */
export function monthInSample(plan: RowPlan, month: number): boolean {
  const within = (ranges: readonly MonthRange[]): boolean => ranges.some(({ first, last }) => month >= first && month <= last);
  return (plan.months === null || within(plan.months)) && !within(plan.excludeMonths);
}

/** The spec has been checked: every range parses. */
function monthRanges(ranges: readonly string[]): MonthRange[] {
  return ranges.map((text) => parseMonthRange(text)!);
}

function covariateInput(covariate: Covariate, horizon: number): CovariateInput {
  const column = (covariate.column ?? covariate.name).replaceAll('{horizon}', String(horizon));
  switch (covariate.coding) {
    case 'numeric':
    case 'quantiles':
    case 'equal-width':
      return { held: 'numbers', column };
    default: {
      const levels = staticLevelCount(covariate);
      return levels === null ? { held: 'labels', column } : { held: 'codes', column, covariate, levels };
    }
  }
}

function codingKey(covariate: Covariate): unknown {
  switch (covariate.coding) {
    case 'values':
      return [covariate.coding, covariate.min, covariate.max];
    case 'intervals':
      return [covariate.coding, covariate.breaks];
    default:
      return [covariate.coding];
  }
}
