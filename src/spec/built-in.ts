import type { Covariate, ModelSpec, Outcome } from './model-spec.ts';

/** Hours a week: no week has more. */
const hoursRange = [0, 168] as const;

const outcomes: readonly Outcome[] = [
  { name: 'atid3', family: 'gaussian', horizon: 3, range: hoursRange },
  { name: 'atid12', family: 'gaussian', horizon: 12, range: hoursRange },
  { name: 'jobb3', family: 'probit', horizon: 3 },
  { name: 'jobb12', family: 'probit', horizon: 12 },
];

const flag = (name: string): Covariate => ({ name, coding: 'values', min: 0, max: 1, reference: 0 });

const deciles = Array.from({ length: 10 }, (_, k) => `decile_${k + 1}`);

const duration = (longest: number): Covariate => ({
  name: 'duration',
  column: 'duration_months',
  coding: 'values',
  min: 0,
  max: longest,
  reference: 0,
});

const beforeDuration: readonly Covariate[] = [
  { name: 'age', coding: 'values', min: 18, max: 67, reference: 40 },
  { name: 'children', coding: 'values', min: 0, max: 4, reference: 0 },
  flag('recent_higher_education'),
  flag('married'),
  flag('female'),
  flag('laid_off'),
  flag('health_benefit'),
  flag('work_benefit'),
  flag('disability_pension'),
  {
    name: 'hours_at_measurement',
    coding: 'intervals',
    breaks: [0, 8, 16, 24, 32, 38],
    labels: ['0', '0_8', '8_16', '16_24', '24_32', '32_38', 'over_38'],
    reference: '0',
  },
  {
    name: 'wage_income_before',
    coding: 'quantiles',
    groups: 10,
    zero: 'separate',
    labels: ['none', ...deciles],
    reference: 'none',
  },
  // Those who came before 2015 have pension-earning income in the place of wages, everybody else a missing value.
  { name: 'pension_income_before', coding: 'present', labels: ['none', 'has_income'], reference: 'none' },
  {
    name: 'pension_income_before',
    coding: 'quantiles',
    groups: 10,
    zero: 'separate',
    labels: ['zero_or_missing', ...deciles],
    reference: 'zero_or_missing',
    missing: 'reference',
  },
  {
    name: 'country_group',
    coding: 'values',
    min: -1,
    max: 3,
    labels: ['unknown', '0', '1', '2', '3'],
    reference: '0',
  },
  {
    name: 'residence_time',
    column: 'residence_months',
    coding: 'intervals',
    breaks: [12, 24, 36, 48, 120],
    labels: ['up_to_12', '13_24', '25_36', '37_48', '49_120', 'over_120'],
    reference: 'over_120',
  },
  {
    name: 'history',
    column: 'history_months',
    coding: 'intervals',
    breaks: [0, 6, 12, 18, 24, 36, 60],
    labels: ['none', '1_6', '7_12', '13_18', '19_24', '25_36', '37_60', 'over_60'],
    reference: 'none',
  },
];

const unemploymentInflow: Covariate = {
  name: 'unemployment_inflow',
  column: 'unemployment_inflow_{horizon}',
  coding: 'equal-width',
  groups: 20,
  scale: 'common',
  reference: 1,
};

const expectedEmployment: Covariate = {
  name: 'expected_employment',
  coding: 'equal-width',
  groups: 20,
  scale: 'common',
  reference: 1,
};

const common = {
  person: 'person_id',
  month: 'month',
  outcomes,
  interactions: [['country_group', 'residence_time']],
  seasonal: {
    reference: {
      '3': ['2017-12/2019-11', '2022-04/2024-03'],
      '12': ['2017-12/2018-11', '2022-04/2023-06'],
    },
  },
} as const satisfies Partial<ModelSpec>;

/** Appendix D of the 2025 report, in production since April 2025: 162 columns with the constant. */
export const main: ModelSpec = {
  name: 'main',
  ...common,
  covariates: [...beforeDuration, duration(19), unemploymentInflow],
};

/** Table 4 of the 2025 report: 222 columns with the constant. */
export const table4: ModelSpec = {
  name: 'table4',
  ...common,
  covariates: [...beforeDuration, duration(60), unemploymentInflow, expectedEmployment],
};

export const builtInSpecs: ReadonlyMap<string, ModelSpec> = new Map([main, table4].map((spec) => [spec.name, spec]));
