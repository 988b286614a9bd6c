import type { TableColumn } from '../../src/synthetic/table.ts';
import { numbers, reference } from './draw.ts';

/** Plain reading of the report's Table 4 on the written columns: levels by the contract's rules, one look-up after the other. */
const coefficient = new Map<string, number[]>();
for (const row of reference('coefficients')) {
  coefficient.set(`${row.variable}/${row.level}`, ['atid3', 'atid12', 'jobb3', 'jobb12'].map((name) => Number(row[name])));
}

const level = (breaks: readonly number[], value: number): number => {
  const found = breaks.findIndex((upper) => value <= upper);
  return found < 0 ? breaks.length : found;
};
const hoursLabels = ['0', '0_8', '8_16', '16_24', '24_32', '32_38', 'over_38'];
const residenceLabels = ['up_to_12', '13_24', '25_36', '37_48', '49_120', 'over_120'];
const historyLabels = ['none', '1_6', '7_12', '13_18', '19_24', '25_36', '37_60', 'over_60'];

/** Deciles of the positive values, R's type 1. */
export const decileBreaks = (values: Float64Array): number[] => {
  const positive = values.filter((value) => value > 0).sort();
  return Array.from({ length: 9 }, (_, k) => positive[Math.ceil((positive.length * (k + 1)) / 10) - 1]!);
};

export const equalWidth = (value: number, low: number, high: number): number => {
  let k = 1;
  while (k < 20 && value > low + ((high - low) * k) / 20) k++;
  return k;
};

const range = (...columns: Float64Array[]): [number, number] => [
  Math.min(...columns.map((values) => values.reduce((a, b) => Math.min(a, b)))),
  Math.max(...columns.map((values) => values.reduce((a, b) => Math.max(a, b)))),
];

/** Terms of Table 4 in each row, `variable/level` each; `horizon` 3 or 12. Borders are given so that they can be the population's. */
export const termsOf = (table: ReadonlyMap<string, TableColumn>, horizon: 3 | 12, wageBreaks: readonly number[], pensionBreaks: readonly number[]) => {
  const c = Object.fromEntries([...table.keys()].map((name) => [name, numbers(table, name)])) as Record<string, Float64Array>;
  const [low, high] = range(c.unemployment_inflow_3!, c.unemployment_inflow_12!);
  const [least, most] = range(c.expected_employment!);
  const flags = ['recent_higher_education', 'married', 'female', 'laid_off', 'health_benefit', 'work_benefit', 'disability_pension'];
  return (row: number): string[] => {
    const at = (name: string): number => c[name]![row]!;
    const country = at('country_group') < 0 ? 'unknown' : String(at('country_group'));
    const residence = residenceLabels[level([12, 24, 36, 48, 120], at('residence_months'))]!;
    const wage = at('wage_income_before');
    const pension = at('pension_income_before');
    return [
      'constant/',
      `age/${Math.min(Math.max(at('age'), 18), 67)}`,
      `children/${Math.min(at('children'), 4)}`,
      ...flags.filter((name) => at(name) === 1).map((name) => `${name}/1`),
      `hours_at_measurement/${hoursLabels[level([0, 8, 16, 24, 32, 38], at('hours_at_measurement'))]}`,
      `wage_income_before/${wage > 0 ? `decile_${1 + level(wageBreaks, wage)}` : 'none'}`,
      ...(Number.isNaN(pension) ? [] : ['pension_income_before/has_income']),
      ...(pension > 0 ? [`pension_income_before/decile_${1 + level(pensionBreaks, pension)}`] : []),
      `country_group/${country}`,
      `residence_time/${residence}`,
      ...(country === '0' ? [] : [`country_group:residence_time/${country}:${residence}`]),
      `history/${historyLabels[level([0, 6, 12, 18, 24, 36, 60], at('history_months'))]}`,
      `duration/${Math.min(at('duration_months'), 60)}`,
      `unemployment_inflow/${equalWidth(at(`unemployment_inflow_${horizon}`), low, high)}`,
      `expected_employment/${equalWidth(at('expected_employment'), least, most)}`,
    ];
  };
};

/** α + xβ of outcome 0 … 3 for one row's terms. */
export const expectedValue = (terms: readonly string[], outcome: number): number =>
  terms.reduce((sum, term) => {
    const found = coefficient.get(term);
    if (!found) throw new Error(`Table 4 has no ${term}`);
    return sum + found[outcome]!;
  }, 0);
