import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readingTables } from '../../src/results/reading-columns.ts';
import type { RunResult } from '../../src/run-result.ts';
import type { Covariate, ModelSpec } from '../../src/spec/model-spec.ts';
import type { Pool } from '../../src/workers/pool.ts';
import type { Row } from '../reference/table.ts';
import { openBuiltPool } from '../support/built-engine.ts';
import { outcomes, panelSpec, runRows } from '../support/run-rows.ts';
import { draws } from '../support/table-file.ts';

const draw = draws(77);
const whole = (n: number): number => Math.floor(draw() * n);
/** Ages 15 to 71, children 0 to 6, hours that may be missing, and bands and parts made of them. */
const rows: Row[] = Array.from({ length: 4000 }, (_, i) => {
  const [age, children, hours, sex] = [15 + whole(57), Math.min(whole(8), whole(8)), draw() < 0.1 ? null : whole(41), whole(2)];
  const y = 10 + age / 10 - children + (hours ?? 5) / 5 + 4 * sex + 20 * draw();
  return {
    person_id: i % 800, month: `2018-0${1 + Math.floor(i / 800)}`, age, children, hours, sex,
    band: age <= 18 ? '18 or less' : age < 30 ? 'under 30' : age < 67 ? 'to 66' : '67 or more', decade: Math.floor(age / 10), county: whole(4), part: `${Math.min(children, 4)} ${sex}`,
    hours3: y, job3: Number(draw() < 0.2 + 0.01 * y),
  };
});
const ages: Covariate = { name: 'age', coding: 'values', min: 18, max: 67 };
const children: Covariate = { name: 'children', coding: 'values', min: 0, max: 4 };
const hoursOf = (missing: 'drop' | 'level' | 'reference'): Covariate => ({ name: 'hours', coding: 'intervals', breaks: [0, 16, 32], missing });
const sex: Covariate = { name: 'sex', coding: 'values' };

let pool: Pool;
beforeAll(async () => {
  pool = await openBuiltPool(2);
});
afterAll(() => pool.close());

interface Case {
  readonly covariates: readonly Covariate[];
  readonly by: readonly string[];
  readonly rest?: Partial<ModelSpec>;
  /** Labels of the groups whose mean is held. */
  readonly held: (labels: readonly string[]) => boolean;
}

const others = ([label]: readonly string[]): boolean => Number(label) > 18 && Number(label) < 67;
const cases: Record<string, Case> = {
  'a column whose ends are joined': { covariates: [ages, sex], by: ['age'], held: others },
  'children, four and more together': { covariates: [children, ages], by: ['children'], held: ([label]) => Number(label) < 4 },
  'bands that are sums of levels': { covariates: [ages], by: ['band'], held: () => true },
  'decades, of which the last two share a level': { covariates: [ages], by: ['decade'], held: ([label]) => Number(label) < 6 },
  'intervals, by the single values': { covariates: [hoursOf('level')], by: ['hours'], held: ([label]) => label === '' || label === '0' },
  'rows without a value dropped': { covariates: [hoursOf('drop'), sex], by: ['sex'], held: () => true },
  'rows without a value at the reference': { covariates: [{ ...hoursOf('reference'), reference: '0' } as Covariate], by: ['hours'], held: () => false },
  'quantiles': { covariates: [{ name: 'age', coding: 'quantiles', groups: 5 }], by: ['age'], held: () => false },
  'a number that enters as it is': { covariates: [{ name: 'age', coding: 'numeric' }], by: ['age'], held: () => false },
  'a column that is no covariate': { covariates: [ages, sex], by: ['county'], held: () => false },
  'two columns of which one is a covariate': { covariates: [ages, sex], by: ['county', 'sex'], held: () => false },
  'two covariates that are not crossed': { covariates: [children, sex], by: ['part'], held: () => false },
  'two covariates that are crossed': { covariates: [children, sex], by: ['part'], rest: { interactions: [['children', 'sex']] }, held: () => true },
  'their own columns, crossed': { covariates: [children, sex], by: ['sex', 'children'], rest: { interactions: [['children', 'sex']] }, held: ([, label]) => Number(label) < 4 },
  'models of their own': { covariates: [ages], by: ['sex'], rest: { separateBy: 'sex' }, held: () => true },
  'rows shown that were not estimated on': { covariates: [sex], by: ['sex'], rest: { sample: { excludeMonths: ['2018-02'] } }, held: () => false },
};

describe.each(Object.entries(cases))('by %s', (_, { covariates, by, rest = {}, held }) => {
  it('a group’s mean over all its rows is zero exactly where the model says so', async () => {
    const spec = panelSpec(covariates, { outcomes: [outcomes.hours3], ...rest });
    for (const interval of ['outcome', 'residual'] as const) {
      const result = await runRows({ pool, spec, rows, options: { by: [by], period: 'all', pooled: true, interval } });
      const [table, zero] = [result.tables[1]!, result.zeroMeans!.find((one) => one.by.length > 0)!];
      expect(zero.groups.map((labels, g) => [labels.join(), zero.zero[g] === 'exact'])).toEqual(zero.groups.map((labels) => [labels.join(), held(labels)]));
      expect(table.outcome.length).toBeGreaterThan(1);
      table.indicator.forEach((mean, i) => {
        const labels = table.groups.map((column) => column[i]!);
        const kind = zero.zero[zero.groups.findIndex((group) => group.join() === labels.join())]!;
        if (kind === 'exact') expect(Math.abs(mean), labels.join()).toBeLessThan(1e-9);
        else expect(Math.abs(mean), labels.join()).toBeGreaterThan(1e-6);
        if (table.state[i] !== 'too_few_persons') expect(table.state[i] === 'held_at_zero').toBe(kind === 'exact');
      });
    }
  });
});

describe('the reading', () => {
  const readingOf = (result: RunResult, name: string) => readingTables(result).get(name)!;
  const column = (columns: ReturnType<typeof readingOf>, name: string) => Array.from(columns.find((one) => one.name === name)!.values as ArrayLike<string | number>);

  it('says which groups, how many, and exactly or nearly', async () => {
    const spec = panelSpec([ages, sex], { outcomes: [outcomes.hours3, outcomes.job3] });
    const result = await runRows({ pool, spec, rows, options: { by: [['age'], ['band'], ['county']] } });
    const reading = readingOf(result, 'reading');
    const at = (name: string) => column(reading, name);
    expect(at('breakdown').map((by, i) => [by, at('outcome')[i], at('level')[i], at('zero_mean')[i], at('groups_with_zero_mean')[i]].join(' '))).toEqual([
      ' hours3 movement-only exact 1', ' job3 movement-only near 1', 'age hours3 partly exact 48', 'age job3 partly near 48',
      'band hours3 movement-only exact 4', 'band job3 movement-only near 4', 'county hours3 comparable no 0', 'county job3 comparable no 0',
    ]);
    const cells = readingOf(result, 'reading_cells_age');
    const kinds = new Map(column(cells, 'age').map((age, i) => [`${column(cells, 'outcome')[i]} ${age}`, column(cells, 'zero_mean_over_all_rows')[i]]));
    expect(['hours3 17', 'hours3 18', 'hours3 19', 'hours3 66', 'hours3 67', 'hours3 71', 'job3 40', 'job3 70'].map((key) => kinds.get(key))).toEqual(['no', 'no', 'exact', 'exact', 'no', 'no', 'near', 'no']);
  });

  it('of unweighted means of months holds none at zero', async () => {
    const spec = panelSpec([sex], { outcomes: [outcomes.hours3] });
    const { tables } = await runRows({ pool, spec, rows, options: { by: [['sex']], period: 'all', interval: 'residual' } });
    expect(tables.flatMap(({ state }) => state)).toEqual(['ok', 'ok', 'ok']);
    for (const { indicator } of tables.slice(1)) indicator.forEach((value) => expect(Math.abs(value)).toBeGreaterThan(1e-6));
  });
});
