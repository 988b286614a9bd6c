import { describe, expect, test } from 'vitest';
import type { IndicatorTable } from '../../src/indicator/table.ts';
import { main, table4 } from '../../src/spec/built-in.ts';
import { breakdownLines, defaultPicks, maxPicks, togglePick } from '../../web/breakdown-lines.ts';
import { breakdownColumns, modelColumns } from '../../web/file-columns.ts';
import { headline } from '../../web/headline.ts';
import { monthlySeries, plotted, yearTicks } from '../../web/monthly-series.ts';
import { periodGrid } from '../../web/period-grid.ts';
import { termGroups } from '../../web/term-groups.ts';
import { exampleMonths, exampleResult } from '../support/run-result.ts';

const result = exampleResult();
const series = (by: number, outcome: string, seasonal = false) =>
  monthlySeries(result.tables[by]!, { outcome, months: exampleMonths, seasonal });

describe('monthly series', () => {
  test('puts each row at its month, and NaN where there is none', () => {
    const whole = series(0, 'atid12')[0]!;
    const table = result.tables[0]!;
    const row = table.outcome.indexOf('atid12');
    expect(whole.indicator[0]).toBe(table.indicator[row]);
    expect(whole.indicator[69]).toBe(table.indicator[row + 69]);
    expect([...whole.indicator.slice(70)]).toEqual(Array(9).fill(NaN));
    expect(plotted(whole.indicator, 100)[70]).toBeNull();
  });

  test('takes the adjusted columns when asked', () => {
    expect(series(0, 'atid3', true)[0]!.actual).toEqual(result.tables[0]!.actualSeasonallyAdjusted.slice(0, 79));
  });

  test('has one series a group', () => {
    expect(series(1, 'jobb3').map(({ group }) => group)).toContain('Møre og Romsdal');
    expect(series(1, 'jobb3')).toHaveLength(15);
  });

  test('years are marked at January', () => expect(yearTicks(['2017-12', '2018-01', '2018-02'])).toEqual([{ at: 1, label: '2018' }]));

  test('stand on longer periods where the tables have those', () => {
    expect(periodGrid(result)).toEqual(exampleMonths);
    const [whole, ...others] = result.tables as [IndicatorTable, ...IndicatorTable[]];
    const tertials = { ...result, options: { ...result.options, period: 'tertial' as const }, tables: [{ ...whole, periods: ['2018-T2', '2019-T1', '2018-T2'] }, ...others] };
    expect(periodGrid(tertials)).toEqual(['2018-T2', '2019-T1']);
    expect(yearTicks(periodGrid(tertials))).toEqual([{ at: 1, label: '2019' }]);
  });
});

describe('picked groups', () => {
  test('are the three largest at first, all where there are no more', () => {
    expect([...defaultPicks(series(1, 'atid3')).keys()].sort()).toEqual(['Vestfold', 'Vestland', 'Østfold']);
    expect(defaultPicks(series(3, 'atid3')).size).toBe(2);
  });

  test('keep their style when another is let go, and never more than there are styles', () => {
    let picks = new Map([['a', 0], ['b', 1], ['c', 2]]) as ReadonlyMap<string, number>;
    picks = togglePick(picks, 'a');
    expect(picks.get('b')).toBe(1);
    picks = togglePick(picks, 'd');
    expect(picks.get('d')).toBe(0);
    for (const group of ['e', 'f', 'g', 'h']) picks = togglePick(picks, group);
    expect(picks.size).toBe(maxPicks);
    expect(new Set(picks.values()).size).toBe(maxPicks);
  });

  test('have bands only while they are few, and only for the indicator', () => {
    const lines = (groups: string[], quantity: 'indicator' | 'actual') =>
      breakdownLines(series(1, 'atid3'), { by: ['county'], quantity, picks: new Map(groups.map((g, k) => [g, k])), level: 80, factor: 1 });
    const banded = (all: ReturnType<typeof lines>) => all.filter(({ low }) => low !== undefined).length;
    expect(banded(lines(['Oslo', 'Troms', 'Agder'], 'indicator'))).toBe(3);
    expect(banded(lines(['Oslo', 'Troms', 'Agder', 'Vestland'], 'indicator'))).toBe(0);
    expect(banded(lines(['Oslo'], 'actual'))).toBe(0);
    expect(lines(['Oslo'], 'indicator').at(-1)!.key).toBe('Oslo');
  });
});

describe('headline', () => {
  const say = (outcome: number, difference: number, low: number, high: number) =>
    headline(main.outcomes[outcome]!, { month: '2024-06', difference, low, high });
  test('agrees with the sign, and with the interval', () => {
    expect(say(0, 0.42, 0.3, 0.5)).toBe('De som fikk oppfølging i juni 2024, jobbet 0,42 timer mer i uka enn forventet de neste 3 månedene.');
    expect(say(0, -0.42, -0.5, -0.3)).toContain('0,42 timer mindre');
    expect(say(0, -0.42, -0.9, 0.1)).toContain('omtrent så mye som forventet');
    expect(say(3, 1.2, 1, 2)).toContain('12 måneder senere 1,20 prosentpoeng høyere');
    expect(say(2, -1.2, -2, -1)).toContain('lavere');
  });
});

describe('columns of a file', () => {
  test('the model’s own, with each horizon', () => {
    const columns = modelColumns(main);
    expect(columns).toEqual(expect.arrayContaining(['person_id', 'month', 'atid12', 'unemployment_inflow_3', 'unemployment_inflow_12', 'residence_months']));
    expect(columns).not.toContain('expected_employment');
    expect(modelColumns(table4)).toContain('expected_employment');
    expect(modelColumns({ ...main, derived: { age: '67 - years_left' } })).toEqual(columns.filter((column) => column !== 'age'));
    expect(new Set(columns).size).toBe(columns.length);
  });

  test('breakdowns: the usual ones first, never person, month or outcome', () => {
    const columns = breakdownColumns(['person_id', 'month', 'atid3', 'age', 'county'], main);
    expect(columns).toEqual([{ column: 'county', usual: true }, { column: 'age', usual: false }]);
  });
});

test('terms are grouped without loss', () => {
  const terms = [...new Set(result.fits[0]!.coefficients.map(({ term }) => term)), 'own_term'];
  const grouped = termGroups(terms);
  expect(grouped.flatMap((group) => group.terms).sort()).toEqual([...terms].sort());
  expect(grouped.find(({ key }) => key === 'benefits')!.terms).toHaveLength(3);
  expect(grouped.at(-1)).toEqual({ key: 'own_term', label: 'own_term', terms: ['own_term'] });
});
