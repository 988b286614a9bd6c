import { describe, expect, test } from 'vitest';
import { lastMonthOf12 } from '../../src/synthetic/calendar.ts';
import { missingPension } from '../../src/synthetic/columns.ts';
import { decileBorders, mainGroupKeys } from '../../src/synthetic/groups.ts';
import { labels } from '../../src/synthetic/labels.ts';
import { supportGroupKeys } from '../../src/synthetic/support.ts';
import { analysisTable } from '../../src/synthetic/table.ts';
import { drawAll, mean, numbers, reference } from './draw.ts';

const population = { rows: 1_000_000, seed: 2 } as const;
const c = drawAll({ ...population, effects: 'on' });
const table = analysisTable(c);
const column = (name: string): Float64Array => numbers(table, name);

const inGroup = (group: string): ((row: number) => boolean) => {
  const code = (mainGroupKeys as readonly string[]).indexOf(group);
  return (row) => code < 0 || c.mainGroup[row] === code;
};
const printed = (file: string, measure: string): [group: string, value: number][] =>
  reference(file)
    .filter((row) => row.measure === measure)
    .map((row) => [row.group!, Number(row.value)]);

const share = (values: ArrayLike<number>, of: (value: number) => boolean): Float64Array => Float64Array.from(values, (value) => (of(value) ? 1 : 0));
const hours = column('hours_at_measurement');

describe('shares and means near Tables 1 and 2, by main group', () => {
  // Tolerances are a few times the sampling error at this size, wider where the floor or the stationary flows bind.
  const cases: [file: string, measure: string, values: Float64Array, tolerance: number][] = [
    ['covariates_by_user_group', 'age_mean', column('age'), 1],
    ['covariates_by_user_group', 'children_under_18_mean', column('children'), 0.11],
    ['covariates_by_user_group', 'female_share', column('female'), 0.02],
    ['covariates_by_user_group', 'married_share', column('married'), 0.03],
    ...[0, 1, 2, 3].map((k): [string, string, Float64Array, number] => [
      'covariates_by_user_group', `born_country_group_${k}_share`, share(column('country_group'), (group) => group === k), 0.035,
    ]),
    ['covariates_by_user_group', 'hours_mean', hours, 0.5],
    ['covariates_by_user_group', 'disability_degree_above_0_share', column('disability_pension'), 0.015],
    ['covariates_by_user_group', 'history_mean', column('history_months'), 2],
    ['covariates_by_user_group', 'duration_mean', column('duration_months'), 1.5],
    ['outcomes_by_user_group', 'in_work_share', share(hours, (value) => value > 19), 0.04],
    ['outcomes_by_user_group', 'hours_next_3_months_mean', column('atid3'), 0.9],
    ['outcomes_by_user_group', 'hours_next_12_months_mean', column('atid12'), 1.9],
    ['outcomes_by_user_group', 'in_work_3_months_later_share', column('jobb3'), 0.03],
    ['outcomes_by_user_group', 'in_work_12_months_later_share', column('jobb12'), 0.07],
    ['outcomes_by_user_group', 'population_share', new Float64Array(c.rows).fill(1), 0],
  ];
  test.each(cases)('%s: %s', (file, measure, values, tolerance) => {
    for (const [group, value] of printed(file, measure)) {
      if (measure === 'population_share') {
        const rows = share(c.mainGroup, (code) => group === 'all' || mainGroupKeys[code] === group);
        expect(Math.abs(mean(rows) - value), group).toBeLessThan(0.012);
      } else expect(Math.abs(mean(values, inGroup(group)) - value), group).toBeLessThan(tolerance);
    }
  });

  test('health benefit: work assessment allowance and sickness benefit together', () => {
    const sickness = new Map(printed('covariates_by_user_group', 'sickness_benefit_share'));
    for (const [group, value] of printed('covariates_by_user_group', 'work_assessment_allowance_share')) {
      expect(Math.abs(mean(column('health_benefit'), inGroup(group)) - value - sickness.get(group)!), group).toBeLessThan(0.04);
    }
  });

  test('work benefit: ordinary unemployment benefit, and single parents’ besides', () => {
    for (const [group, value] of printed('covariates_by_user_group', 'ordinary_unemployment_benefit_share')) {
      expect(Math.abs(mean(column('work_benefit'), inGroup(group)) - value), group).toBeLessThan(0.03);
    }
  });

  test('the whole: outcomes within 3 % of the printed means', () => {
    for (const [outcome, value] of [['atid3', 9.31], ['atid12', 11.06], ['jobb3', 0.24], ['jobb12', 0.3]] as const) {
      expect(Math.abs(mean(column(outcome)) / value - 1), outcome).toBeLessThan(0.03);
    }
  });
});

describe('with effects, near Table 3', () => {
  const outcomes = ['atid3', 'atid12', 'jobb3', 'jobb12'] as const;
  const values = Object.fromEntries(outcomes.map((name) => [name, column(name)])) as Record<(typeof outcomes)[number], Float64Array>;
  const codes = (name: string): ArrayLike<number> => table.get(name)!.values;

  test.each(reference('outcomes_by_county').filter((row) => row.population === 'all'))('county $label_nb', (row) => {
    const county = (labels.county as readonly string[]).indexOf(row.label_nb!);
    const of = (at: number): boolean => codes('county')[at] === county;
    // Five hundred to eight thousand persons a county: the smallest have a standard error of a third of an hour.
    for (const name of outcomes) expect(Math.abs(mean(values[name], of) - Number(row[name])), name).toBeLessThan(name.startsWith('atid') ? 0.9 : 0.035);
  });

  test.each(reference('outcomes_by_support_group'))('support group $label_nb', (row) => {
    const group = (supportGroupKeys as readonly string[]).indexOf(row.support_group!);
    for (const name of outcomes) {
      expect(Math.abs(mean(values[name], (at) => c.supportGroup[at] === group) - Number(row[name])), name).toBeLessThan(name.startsWith('atid') ? 1.6 : 0.07);
    }
  });
});

describe('what decides the levels that the data themselves give', () => {
  const decile = (income: number): number => decileBorders.findIndex((border) => income <= border);

  test.each(['wage', 'pension'] as const)('%s deciles hold a tenth each, in every year', (name) => {
    // Some 2,600 persons came before 2015: their deciles have a standard error of 0.6 points, wages' in a year one of 0.2.
    const years = name === 'wage' ? [0, 12, 24, 36, 48, 60] : [0];
    for (const year of years) {
      const counts = new Float64Array(11);
      c[name].forEach((income, row) => {
        if (income > 0 && income !== missingPension && (name === 'pension' || (c.month[row]! >= year && c.month[row]! < year + 12))) counts[decile(income)]!++;
      });
      const total = counts.reduce((sum, count) => sum + count, 0);
      for (let k = 1; k <= 10; k++) expect(Math.abs(counts[k]! / total - 0.1), `decile ${k} from month ${year}`).toBeLessThan(name === 'wage' ? 0.01 : 0.02);
    }
  });

  test('every level of the regional bins has rows of its own, and bins 19 and 20 of inflow none 12 months ahead', () => {
    const counts = (bins: ArrayLike<number>, of: (row: number) => boolean): Float64Array => {
      const found = new Float64Array(21);
      for (let row = 0; row < bins.length; row++) if (of(row)) found[bins[row]!]!++;
      return found.subarray(1);
    };
    expect(Math.min(...counts(c.inflow3, () => true))).toBeGreaterThan(300);
    expect(Math.min(...counts(c.employment, () => true))).toBeGreaterThan(300);
    const yearly = counts(c.inflow12, (row) => c.month[row]! <= lastMonthOf12);
    expect(Math.min(...yearly.subarray(0, 18))).toBeGreaterThan(300);
    expect([...yearly.subarray(18)]).toEqual([0, 0]);
  });
});
