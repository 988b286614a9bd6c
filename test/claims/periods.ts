import { seasonallyAdjusted } from '../../src/indicator/seasonal.ts';
import { main } from '../../src/spec/built-in.ts';
import { monthsOfRanges, parseMonth } from '../../src/spec/months.ts';
import { reference } from '../synthetic/draw.ts';
import { randomPanel } from '../reference/random-panel.ts';
import { panelSpec } from '../support/run-rows.ts';
import { cellsOf, covariates, groupBy, labelIn, mean, near, numberIn, observed, once, panel, panelRun, run, spec, type Cell } from './laboratory.ts';
import { holds, type Judgements } from './verdict.ts';

const first = parseMonth('2018-01')!;
const calendar = (period: string): string => period.slice(5);
const windows = (id: string): string[] => reference('claims').find((row) => row['id'] === id)!['value']!.split('; ').map((range) => range.replace('..', '/'));
const perCalendarMonth = (ranges: readonly string[]): number[] => [...groupBy(monthsOfRanges(ranges), (month) => String(month % 12)).values()].map((months) => months.length);

/** The adjustment by its formula, of one series of cells, all months being reference months. */
const byFormula = (cells: readonly Cell[]): number[] => cells.map((cell) => cell.indicator - mean(cells.filter(({ period }) => calendar(period) === calendar(cell.period)).map(({ indicator }) => indicator)) + mean(cells.map(({ indicator }) => indicator)));
const series = async (): Promise<Cell[][]> => [...groupBy(cellsOf(await panelRun(), 'hours3', ['county']), ({ group }) => group).values()];
/** Series that have every calendar month twice and more. */
const adjustable = async (): Promise<Cell[][]> => (await series()).filter((cells) => cells.every(({ adjusted }) => !Number.isNaN(adjusted)));

const tertials = once(async () => cellsOf(await run(panel, spec, { by: [['county']], period: 'tertial' }), 'hours3', ['county']));
const overPeriod = (group: string): number => mean(observed('hours3').filter((row) => labelIn(row, 'county') === group).map((row) => numberIn(row, 'hours3')));

const relativeTo = (month: string) => once(async () => cellsOf(await run(panel, panelSpec(covariates), { by: [['county']], relativeTo: month }), 'hours3', ['county']));
const ofMonth = relativeTo('2019-06');

/** Claims about seasonal adjustment, tertials and relative deviations. */
export const periodClaims: Judgements = {
  C010: () => {
    const values = Float64Array.from({ length: 24 }, (_, t) => Math.sin(t));
    const all = monthsOfRanges(['2018-01/2019-12']);
    return holds(seasonallyAdjusted(values, first, all) !== null && seasonallyAdjusted(values.subarray(0, 23), first, all) === null);
  },
  C127: async () => {
    // Every county's own season, which is not the country's.
    const ofCountry = new Map(cellsOf(await panelRun(), 'hours3').map(({ period, indicator, adjusted }) => [period, adjusted - indicator]));
    const counties = await adjustable();
    return holds(counties.length > 0 && counties.every((cells) => byFormula(cells).every((value, k) => near(cells[k]!.adjusted, value)) && cells.some(({ period, indicator, adjusted }) => Math.abs(adjusted - indicator - ofCountry.get(period)!) > 0.05)));
  },
  C128: () => holds(JSON.stringify(main.seasonal!.reference['3']) === JSON.stringify(windows('C128')) && monthsOfRanges(windows('C128')).size === 48 && perCalendarMonth(windows('C128')).every((count) => count === 4)),
  C129: () => holds(JSON.stringify(main.seasonal!.reference['12']) === JSON.stringify(windows('C129')) && monthsOfRanges(windows('C129')).size === 27 && perCalendarMonth(windows('C129')).sort().join() === '2,2,2,2,2,2,2,2,2,3,3,3'),
  C130: async () => holds((await adjustable()).every((cells) => byFormula(cells).every((value, k) => near(cells[k]!.adjusted, value)))),
  C131: async () => holds((await adjustable()).every((cells) => near(mean(cells.map(({ adjusted }) => adjusted)), mean(cells.map(({ indicator }) => indicator))))),
  C132: async () => {
    // The regression knows nothing of the season: the same coefficients with and without reference months.
    const [adjusted, plain] = [await panelRun(), await run(panel, panelSpec(covariates))];
    return holds(JSON.stringify(adjusted.fits.map(({ coefficients }) => coefficients)) === JSON.stringify(plain.fits.map(({ coefficients }) => coefficients)) && cellsOf(plain, 'hours3').every((cell) => Number.isNaN(cell.adjusted)) && (await adjustable()).length > 0);
  },
  C217: async () => holds((await series()).every((cells) => cells.every(({ indicator, relative, group }) => near(relative, (100 * indicator) / overPeriod(group))))),
  C218: async () => holds(cellsOf(await panelRun(), 'hours3').every(({ indicator, relative }) => near(relative / 100, indicator / mean(observed('hours3').map((row) => numberIn(row, 'hours3')))))),
  C222: async () => {
    const cells = await ofMonth();
    const divisor = new Map(cells.filter(({ period }) => period === '2019-06').map(({ group, actual }) => [group, actual]));
    return holds(divisor.size > 1 && cells.every(({ group, indicator, relative }) => near(relative, (100 * indicator) / divisor.get(group)!)) && cells.some(({ group, indicator, relative }) => Math.abs(relative - (100 * indicator) / overPeriod(group)) > 0.1));
  },
  C224: async () => {
    const months = await series();
    return holds((await tertials()).length > 10 && (await tertials()).every(({ group, period, indicator }) => {
      const own = months.find((cells) => cells[0]!.group === group)!.filter((cell) => `${cell.period.slice(0, 4)}-T${Math.ceil(Number(calendar(cell.period)) / 4)}` === period);
      return own.length === 4 && near(indicator, mean(own.map((cell) => cell.indicator)));
    }));
  },
  C225: async () => {
    // With a stock that changes little from month to month, as it does here, by some 210 persons.
    const rows = randomPanel(12, { persons: 300, months: 12 });
    const [unweighted, pooled] = await Promise.all([false, true].map(async (wanted) => cellsOf(await run(rows, panelSpec(covariates), { period: 'tertial', pooled: wanted }), 'hours12')));
    const apart = unweighted!.map(({ indicator }, k) => Math.abs(indicator - pooled![k]!.indicator));
    return holds(apart.some((value) => value > 0) && Math.max(...apart) < 0.05 * Math.max(...unweighted!.map(({ indicator }) => Math.abs(indicator))));
  },
  C229: async () => holds((await tertials()).every(({ group, indicator, relative }) => near(relative, (100 * indicator) / overPeriod(group)))),
};
