import type { Coefficient, Fit } from '../estimate/fit.ts';
import type { IndicatorTable } from '../indicator/table.ts';
import type { AverageEffect } from '../whatif/average-effects.ts';

/** A named column of a result table. In numbers and counts, null and NaN are an empty cell. */
export type ResultColumn =
  | { readonly name: string; readonly kind: 'text'; readonly values: readonly string[] }
  | { readonly name: string; readonly kind: 'number' | 'count'; readonly values: ArrayLike<number | null> };

export const text = (name: string, values: readonly string[]): ResultColumn => ({ name, kind: 'text', values });
export const number = (name: string, values: ArrayLike<number | null>): ResultColumn => ({ name, kind: 'number', values });
export const count = (name: string, values: ArrayLike<number | null>): ResultColumn => ({ name, kind: 'count', values });

/** The columns of `coefficients.csv`: a row per fit and coefficient. */
export function coefficientColumns(fits: readonly Pick<Fit, 'outcome' | 'population' | 'coefficients'>[]): ResultColumn[] {
  const rows = fits.flatMap((fit) => fit.coefficients.map((coefficient) => ({ fit, coefficient })));
  const values = <T>(of: (coefficient: Coefficient) => T): T[] => rows.map((row) => of(row.coefficient));
  return [
    text('outcome', rows.map((row) => row.fit.outcome)),
    text('population', rows.map((row) => row.fit.population)),
    text('term', values((c) => c.term)),
    text('level', values((c) => c.level)),
    number('estimate', values((c) => c.estimate)),
    number('std_error', values((c) => c.standardError)),
    number('statistic', values((c) => c.statistic)),
    number('p_value', values((c) => c.pValue)),
    number('conf_low', values((c) => c.confLow)),
    number('conf_high', values((c) => c.confHigh)),
    count('n', values((c) => c.n)),
    text('status', values((c) => c.status)),
  ];
}

/** The columns of `effects.csv`, in percentage points: a row per probit, covariate and level. */
export function effectColumns(effects: readonly AverageEffect[]): ResultColumn[] {
  const percent = (of: (effect: AverageEffect) => number | null): (number | null)[] => effects.map((effect) => (of(effect) === null ? null : 100 * of(effect)!));
  return [
    text('outcome', effects.map(({ outcome }) => outcome)),
    text('population', effects.map(({ population }) => population)),
    text('term', effects.map(({ term }) => term)),
    text('level', effects.map(({ level }) => level)),
    number('effect', percent(({ effect }) => effect)),
    number('std_error', percent(({ standardError }) => standardError)),
    number('conf_low', percent(({ confLow }) => confLow)),
    number('conf_high', percent(({ confHigh }) => confHigh)),
    text('status', effects.map(({ status }) => status)),
  ];
}

/** The columns of an indicator table; breakdown columns stand after the outcome. */
export function indicatorColumns(table: IndicatorTable): ResultColumn[] {
  return [
    text('outcome', table.outcome),
    ...table.by.map((name, index) => text(name, table.groups[index]!)),
    text(table.period === 'month' ? 'month' : 'period', table.periods),
    count('n', table.n),
    ...(table.period === 'month' ? [] : [count('months', table.months)]),
    number('actual', table.actual),
    number('expected', table.expected),
    number('indicator', table.indicator),
    number('std_error', table.standardError),
    number('conf_low', table.confLow),
    number('conf_high', table.confHigh),
    text('state', table.state),
    number('df', table.freedom),
    number('actual_seasonally_adjusted', table.actualSeasonallyAdjusted),
    number('expected_seasonally_adjusted', table.expectedSeasonallyAdjusted),
    number('indicator_seasonally_adjusted', table.indicatorSeasonallyAdjusted),
    number('relative_percent', table.relativePercent),
    number('std_error_seasonally_adjusted', table.standardErrorSeasonallyAdjusted),
    number('conf_low_seasonally_adjusted', table.confLowSeasonallyAdjusted),
    number('conf_high_seasonally_adjusted', table.confHighSeasonallyAdjusted),
    text('state_seasonally_adjusted', table.stateSeasonallyAdjusted),
    number('df_seasonally_adjusted', table.freedomSeasonallyAdjusted),
    ...relativeErrorColumns(table),
  ];
}

/** The error of the relative deviation with its divisor taken as known, and that it is: the mean outcome's own error is not in it. */
function relativeErrorColumns({ indicator, relativePercent, standardError }: IndicatorTable): ResultColumn[] {
  const errors = Array.from(indicator, (value, i) => Math.abs(relativePercent[i]! / value) * standardError[i]!);
  return [number('std_error_relative_percent', errors), text('relative_error', errors.map((error) => (Number.isFinite(error) ? 'divisor_fixed' : '')))];
}

/** Names that no breakdown column may have: they are columns of every indicator table. */
export const ownIndicatorColumns: readonly string[] = [
  'outcome',
  'month',
  'period',
  'n',
  'months',
  'actual',
  'expected',
  'indicator',
  'std_error',
  'conf_low',
  'conf_high',
  'state',
  'df',
  'actual_seasonally_adjusted',
  'expected_seasonally_adjusted',
  'indicator_seasonally_adjusted',
  'relative_percent',
  'std_error_seasonally_adjusted',
  'conf_low_seasonally_adjusted',
  'conf_high_seasonally_adjusted',
  'state_seasonally_adjusted',
  'df_seasonally_adjusted',
  'std_error_relative_percent',
  'relative_error',
];
