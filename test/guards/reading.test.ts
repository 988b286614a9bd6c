import { expect, it } from 'vitest';
import { cellReading, readingsOf } from '../../src/guards/reading.ts';
import type { IndicatorTable } from '../../src/indicator/table.ts';
import { readingTables } from '../../src/results/reading-columns.ts';
import { csvText } from '../../src/results/csv.ts';
import { main } from '../../src/spec/built-in.ts';
import { defaultOptions } from '../support/built-engine.ts';

const table5 = <T>(value: T): T[] => Array.from({ length: 5 }, () => value);
const empty = Float64Array.from({ length: 5 }, () => NaN);
/** Oslo in two months and Agder in one, adjusted and not; and a job in Oslo. One cell is withheld, one has no interval. */
const table: IndicatorTable = {
  by: ['county'], period: 'month',
  outcome: ['atid3', 'atid3', 'atid3', 'atid3', 'jobb12'],
  groups: [['Agder', 'Agder', 'Oslo', 'Oslo', 'Oslo']],
  periods: ['2018-01', '2018-02', '2018-01', '2018-02', '2018-01'],
  n: Float64Array.of(3, NaN, 4, 400, 1), months: Float64Array.of(1, NaN, 1, 1, 1),
  actual: empty, expected: empty, indicator: empty, standardError: empty,
  confLow: Float64Array.of(-1, NaN, 0, 0.1, -1),
  confHigh: Float64Array.of(1, NaN, 2, 0.9, 1),
  actualSeasonallyAdjusted: empty, expectedSeasonallyAdjusted: empty,
  indicatorSeasonallyAdjusted: Float64Array.of(NaN, NaN, NaN, 0.5, NaN),
  relativePercent: empty, freedom: empty, freedomSeasonallyAdjusted: empty,
  state: ['ok', 'withheld', 'ok', 'ok', 'no_variation'], stateSeasonallyAdjusted: table5('not_applicable'),
  standardErrorSeasonallyAdjusted: empty, confLowSeasonallyAdjusted: empty, confHighSeasonallyAdjusted: empty,
};

it('tells of each cell what its state is, whether its interval covers zero, its series is adjusted and its rows are few', () => {
  expect(cellReading(table, { threshold: null })).toEqual({
    state: table.state,
    coversZero: [true, null, true, false, null],
    seasonallyAdjusted: [false, false, true, true, false],
    underThreshold: [true, true, false, false, true],
    zeroMean: [null, null, null, null, null],
  });
  expect(cellReading(table, { threshold: 1 }).underThreshold).toEqual([false, true, false, false, false]);
});

it('counts them by outcome, and says of each what model and outcome decide', () => {
  const [atid3, jobb12, ...others] = readingsOf(table, { spec: main, threshold: null });
  expect(others).toEqual([]);
  expect(atid3).toEqual({
    outcome: 'atid3', by: ['county'], controlled: [], level: 'comparable', zeroMeans: null, decidedByNav: [], lockIn: false,
    seasonalReference: ['2017-12/2019-11', '2022-04/2024-03'], series: 2, seriesAdjusted: 1,
    cells: 4, cellsCoveringZero: 2, cellsNotCoveringZero: 1, cellsUnderThreshold: 2,
    cellsWithoutInterval: { held_at_zero: 0, no_variation: 0, too_few_events: 0, too_few_persons: 0, withheld: 1, not_applicable: 0 }, threshold: 4, causal: false,
  });
  expect(jobb12).toMatchObject({ outcome: 'jobb12', seasonalReference: ['2017-12/2018-11', '2022-04/2023-06'], series: 1, seriesAdjusted: 0, cellsCoveringZero: 0, cellsNotCoveringZero: 0, cellsWithoutInterval: { no_variation: 1 } });
});

it('becomes a table of its own beside a table for each indicator table', () => {
  const tables = readingTables({ spec: main, options: { ...defaultOptions, threshold: 5 }, tables: [table] });
  expect([...tables.keys()]).toEqual(['reading', 'reading_cells_county']);
  expect(csvText(tables.get('reading')!)).toBe(
    'breakdown,outcome,level,controlled,zero_mean,groups_with_zero_mean,decided_by_nav,lock_in,seasonal_reference,series,series_adjusted,cells,cells_covering_zero,cells_not_covering_zero,cells_held_at_zero,cells_no_variation,' +
    'cells_too_few_events,cells_too_few_persons,cells_withheld,cells_not_applicable,cells_under_threshold,threshold,causal\n' +
    'county,atid3,comparable,,,,,0,2017-12/2019-11 2022-04/2024-03,2,1,4,2,1,0,0,0,0,1,0,3,5,0\n' +
    'county,jobb12,comparable,,,,,0,2017-12/2018-11 2022-04/2023-06,1,0,1,0,0,0,1,0,0,0,0,1,5,0\n');
  expect(csvText(tables.get('reading_cells_county')!)).toBe(
    'outcome,county,month,state,interval_covers_zero,seasonally_adjusted,reference_months_under_4,n_under_threshold,zero_mean_over_all_rows\n' +
    'atid3,Agder,2018-01,ok,1,0,,1,\natid3,Agder,2018-02,withheld,,0,,1,\natid3,Oslo,2018-01,ok,1,1,,1,\natid3,Oslo,2018-02,ok,0,1,,0,\njobb12,Oslo,2018-01,no_variation,,0,,1,\n');
});
