/** What the report's descriptive tables hold (Appendix A, Tables 1 to 3 and Figure 29), in columns of the analysis table. */

export interface DescribedVariable {
  readonly name: string;
  readonly column: string;
  readonly table: 'outcomes' | 'covariates';
  /** The share of rows above a number, or with just that value; the column's own values where absent. */
  readonly share?: { readonly above: number } | { readonly equals: number };
  /** The column's values in one unit of the variable: 12 for years out of months. */
  readonly per?: number;
  /** Smallest and largest value allowed; 0 and 1 allow nothing between. */
  readonly range?: readonly [number, number];
}

/** Rows that hold all conditions. */
export interface DescribedPopulation {
  readonly name: string;
  readonly conditions: readonly Condition[];
}
export type Condition =
  | { readonly column: string; readonly below: number }
  | { readonly column: string; readonly equals: number }
  | { readonly column: string; readonly among: readonly string[] };

const hours = [0, 168] as const;
const zeroOne = [0, 1] as const;
/** In work is more than this many hours a week. */
const workingHours = 19;

const countryGroups: readonly DescribedVariable[] = [-1, 0, 1, 2, 3].map((group) => ({
  name: group < 0 ? 'country_group_unknown' : `country_group_${group}`,
  column: 'country_group',
  table: 'covariates',
  share: { equals: group },
}));

const covariate = (column: string): DescribedVariable => ({ name: column, column, table: 'covariates' });

/** Table 1, then Table 2 and the model's other covariates. */
export const reportVariables: readonly DescribedVariable[] = [
  { name: 'in_work', column: 'hours_at_measurement', table: 'outcomes', share: { above: workingHours } },
  { name: 'jobb3', column: 'jobb3', table: 'outcomes', range: zeroOne },
  { name: 'jobb12', column: 'jobb12', table: 'outcomes', range: zeroOne },
  { name: 'hours_at_measurement', column: 'hours_at_measurement', table: 'outcomes' },
  { name: 'atid3', column: 'atid3', table: 'outcomes', range: hours },
  { name: 'atid12', column: 'atid12', table: 'outcomes', range: hours },
  covariate('age'),
  covariate('children'),
  covariate('female'),
  covariate('married'),
  ...countryGroups,
  { name: 'residence_years', column: 'residence_months', table: 'covariates', per: 12 },
  covariate('wage_income_before'),
  covariate('pension_income_before'),
  covariate('hours_at_measurement'),
  covariate('disability_pension'),
  covariate('health_benefit'),
  covariate('work_benefit'),
  covariate('history_months'),
  covariate('duration_months'),
  covariate('laid_off'),
  covariate('recent_higher_education'),
  covariate('unemployment_inflow_3'),
  covariate('unemployment_inflow_12'),
  covariate('expected_employment'),
];

/** Table 3's populations; the young are those of the ungdomsgaranti, as chapter 5 defines them. */
export const reportPopulations: readonly DescribedPopulation[] = [
  { name: 'all', conditions: [] },
  {
    name: 'young',
    conditions: [
      { column: 'age', below: 30 },
      { column: 'support_group', among: ['Situasjonsbestemt innsats', 'Spesielt tilpasset innsats'] },
    ],
  },
  { name: 'country_group_3', conditions: [{ column: 'country_group', equals: 3 }] },
];

/** Tables 1 and 2, Table 3, and Figure 29. */
export const reportBreakdowns: readonly (readonly string[])[] = [['main_group'], ['county'], ['support_group']];

export const personColumn = 'person_id';
export const monthColumn = 'month';
