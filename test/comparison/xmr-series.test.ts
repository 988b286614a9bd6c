import { expect, it } from 'vitest';
import { xmrOfTable } from '../../src/comparison/xmr-series.ts';
import { xmr } from '../../src/comparison/xmr.ts';
import type { IndicatorTable } from '../../src/indicator/table.ts';
import { main } from '../../src/spec/built-in.ts';
import { exampleMonths, exampleResult } from '../support/run-result.ts';
import { openMath } from './fixtures.ts';

const horizons = new Map(main.outcomes.map(({ name, horizon }) => [name, horizon]));
const counties = exampleResult().tables[1]!;

/** The value of a column in Oslo. */
const valueOf = (table: IndicatorTable, outcome: string, month: string): number =>
  table.indicatorSeasonallyAdjusted[table.periods.findIndex((period, row) => period === month && table.outcome[row] === outcome && table.groups[0]![row] === 'Oslo')]!;

it('every third or twelfth month back from the last makes a chart', async () => {
  const math = await openMath();
  const charts = xmrOfTable(counties, horizons, math);
  expect(charts).toHaveLength(4 * 15);
  const oslo = charts.find(({ outcome, group }) => outcome === 'atid3' && group[0] === 'Oslo')!;
  const months = exampleMonths.filter((_, k) => (exampleMonths.length - 1 - k) % 3 === 0);
  expect(oslo.chart).toEqual(xmr({ months, values: months.map((month) => valueOf(counties, 'atid3', month)) }, { horizon: 3 }, math));
  expect([oslo.seasonallyAdjusted, oslo.points, oslo.refused]).toEqual([true, 27, null]);
  const yearly = charts.find(({ outcome }) => outcome === 'atid12')!.chart!;
  expect(yearly.points.map(({ month }) => month)).toEqual(['2018-09', '2019-09', '2020-09', '2021-09', '2022-09', '2023-09']);
  expect(yearly.segments[0]!.trial).toBe(true);
});

it('months without a value are left out, a series of too few points is refused with the reason, and one that is not adjusted is taken as it is', async () => {
  const math = await openMath();
  const holed: IndicatorTable = {
    ...counties,
    indicatorSeasonallyAdjusted: counties.indicatorSeasonallyAdjusted.map((value, row) => (counties.periods[row] === '2018-09' || counties.outcome[row] === 'atid3' ? NaN : value)),
  };
  const charts = xmrOfTable(holed, horizons, math);
  const refused = charts.find(({ outcome }) => outcome === 'atid12')!;
  expect([refused.chart, refused.points, refused.refused]).toEqual([null, 5, '69 months leave 5 whose outcome windows of 12 months do not overlap; limits need 6']);
  const plain = charts.find(({ outcome }) => outcome === 'atid3')!;
  expect([plain.seasonallyAdjusted, plain.chart!.points.length]).toEqual([false, 27]);
  expect(plain.chart!.points.at(-1)!.value).toBe(counties.indicator[counties.periods.indexOf('2024-06')]);
});
