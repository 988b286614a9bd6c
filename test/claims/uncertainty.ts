import { usualReplicates } from '../../src/uncertainty/draw-options.ts';
import { percentileEnds } from '../../src/uncertainty/percentile-ends.ts';
import { normalQuantile } from '../reference/distributions.ts';
import type { Row } from '../reference/table.ts';
import { drawnWeights } from '../support/drawn-weights.ts';
import { panelSpec } from '../support/run-rows.ts';
import { reference } from '../synthetic/draw.ts';
import { cellsOf, covariates, deviation, labelIn, mean, near, numberIn, observed, once, panel, panelRun, run, spec, sum, type Cell } from './laboratory.ts';
import { contradicted, holds, type Judgements } from './verdict.ts';

const printed = (id: string): number[] => reference('claims').find((row) => row['id'] === id)!['value']!.split(';').map(Number);
const z = normalQuantile(0.975);
const values = (outcome: string, { group, period }: Cell): number[] => observed(outcome).filter((row) => labelIn(row, 'county') === group && row['month'] === period).map((row) => numberIn(row, outcome));
const intervals = (cells: readonly Cell[]): Cell[] => cells.filter(({ error }) => error > 0);

const other = once(() => run(panel, panelSpec([{ name: 'sex', coding: 'values' }]), { by: [['county']] }));
const residual = once(() => run(panel, spec, { by: [['county'], ['row']], interval: 'residual' }));
const bootstrap = once(() => run(panel, panelSpec(covariates, { outcomes: [{ name: 'hours3', family: 'gaussian', horizon: 3 }] }), { interval: 'bootstrap', cluster: 'row' }));

/** 400 units that differ by chance alone, of 40 persons in one month; midpoints of a normal distribution in an order of chance. */
const alike = once(async () => {
  const count = 400 * 40;
  let state = 5;
  const order = Array.from({ length: count }, (_, k) => ({ k, key: (state = (Math.imul(state, 1664525) + 1013904223) >>> 0) })).sort((a, b) => a.key - b.key).map(({ k }) => k);
  const rows = order.map((k, i): Row => ({ person_id: i, month: '2019-01', unit: i % 400, x: i % 2, y: normalQuantile((k + 0.5) / count) }));
  return intervals(cellsOf(await run(rows, panelSpec([{ name: 'x', coding: 'values' }], { outcomes: [{ name: 'y', family: 'gaussian', horizon: 3 }] }), { by: [['unit']] }), 'y', ['unit']));
});
const within = (value: number, { low, high }: Cell): boolean => low <= value && value <= high;

/** Every person once more under another name: the same values, so many times the rows. */
const copies = (times: number): Row[] => Array.from({ length: times }, (_, k) => panel.map((row) => ({ ...row, person_id: Number(row['person_id']) + 1000 * k }))).flat();
async function errorsOf(rows: readonly Row[]): Promise<Map<string, number>> {
  const cells = cellsOf(await run(rows, panelSpec(covariates), { by: [['county']] }), 'hours3', ['county']);
  return new Map(intervals(cells).map(({ group, period, error }) => [`${group} ${period}`, error]));
}

/** Claims about uncertainty. */
export const uncertaintyClaims: Judgements = {
  C133: async () => {
    const [once, four] = [await errorsOf(panel), await errorsOf(copies(4))];
    // With n − 1 in the spread, four times the rows have (4n − 1)/(n − 1) of its square.
    return holds(once.size > 50 && [...once].every(([key, error]) => four.get(key)! / error < 0.51 && four.get(key)! / error > 0.35));
  },
  C135: async () => {
    const units = await alike();
    const share = mean(units.map((unit, i) => mean(units.filter((_, j) => j !== i).map(({ indicator }) => Number(within(indicator, unit))))));
    const truth = mean(units.map((unit) => Number(within(0, unit))));
    return contradicted('X50', { claim: Math.abs(share - 0.95) < 0.03, instead: Math.abs(share - 0.834) < 0.03 && Math.abs(truth - 0.95) < 0.03 });
  },
  C136: async () => {
    const [hours, jobs] = (['hours3', 'job3'] as const).map(async (name) => intervals(cellsOf(await panelRun(), name, ['county'])));
    const share = (cell: Cell): number => cell.actual * (1 - cell.actual);
    return holds(z.toFixed(2) === String(printed('C136')[0]) && (await hours!).every((cell) => near(cell.error, deviation(values('hours3', cell)) / Math.sqrt(cell.n)) && near(cell.high - cell.indicator, z * cell.error) && near(cell.indicator - cell.low, z * cell.error))
      && (await jobs!).every((cell) => near(cell.error, Math.sqrt(share(cell) / cell.n))));
  },
  C137: async () => {
    const [here, there] = [intervals(cellsOf(await panelRun(), 'hours3', ['county'])), intervals(cellsOf(await other(), 'hours3', ['county']))];
    const own = new Map(intervals(cellsOf(await residual(), 'hours3', ['county'])).map((cell) => [`${cell.group} ${cell.period}`, cell.error]));
    return contradicted('X51', {
      // The formula that is printed has nothing of the expected values: it is the same for another model.
      claim: here.some((cell, k) => !near(cell.error, there[k]!.error)),
      instead: here.every((cell, k) => near(cell.error, there[k]!.error)) && here.some((cell) => Math.abs((own.get(`${cell.group} ${cell.period}`) ?? NaN) - cell.error) > 0.05),
    });
  },
  C139: async () => {
    const scaled = cellsOf(await run(panel.map((row) => ({ ...row, hours3: row['hours3'] === null ? null : 2 * numberIn(row, 'hours3') })), panelSpec(covariates), { by: [['county']] }), 'hours3', ['county']);
    const [once, fewer] = [await errorsOf(panel), await errorsOf(panel.filter((row) => numberIn(row, 'person_id') % 2 === 0))];
    const shared = [...fewer].filter(([key]) => once.has(key));
    return holds(intervals(scaled).every(({ group, period, error }) => near(error, 2 * once.get(`${group} ${period}`)!)) && mean(shared.map(([key, error]) => error / once.get(key)!)) > 1.2);
  },
  C140: async () => {
    const cells = intervals(cellsOf(await panelRun(), 'hours3', ['county']));
    const covers = (cell: Cell): boolean => within(0, cell);
    return holds(cells.some(covers) && cells.some((cell) => !covers(cell)) && cells.every((cell) => covers(cell) === Math.abs(cell.indicator) / cell.error <= z));
  },
  C141: async () => holds(Math.abs(mean((await alike()).map((unit) => Number(within(0, unit)))) - printed('C141')[0]!) < 0.03),
  C214: async () => {
    const [small, whole] = [intervals(cellsOf(await panelRun(), 'hours3', ['region', 'cohort', 'flag'])).filter(({ n }) => n <= 3), intervals(cellsOf(await panelRun(), 'hours3'))];
    return holds(small.length > 50 && mean(small.map(({ error }) => error)) > 2 * mean(whole.map(({ error }) => error)));
  },
  C271: async () => {
    const rows = panel.slice(0, 300);
    const weights = await drawnWeights(rows, { seed: 3, cluster: 'row', draw: 'multinomial' });
    const drawn = rows.map((row) => weights(row));
    const totals = Array.from(drawn[0]!, (_, b) => sum(drawn.map((own) => own[b]!)));
    return holds(totals.every((total) => total === rows.length) && drawn.some((own) => own.some((weight) => weight === 0)) && drawn.some((own) => own.some((weight) => weight > 1)));
  },
  C272: () => holds(usualReplicates === printed('C272')[0]),
  C274: async () => {
    const [plain, drawn] = [cellsOf(await panelRun(), 'hours3'), cellsOf(await bootstrap(), 'hours3')];
    const cells = intervals(drawn);
    return holds(cells.length > 10 && drawn.every(({ indicator }, k) => near(indicator, plain[k]!.indicator)) && cells.every(({ indicator, low, high, error }) => near(high - indicator, z * error, 1e-6) && near(indicator - low, z * error, 1e-6)));
  },
  C275: () => {
    const ranks = Float64Array.from({ length: 200 }, (_, k) => k + 1);
    const [claimed, ends, ninety] = [printed('C275').join(), [...percentileEnds(ranks, 95)].join(), [...percentileEnds(ranks, 90)].join()];
    return contradicted('X53', { claim: ends === claimed, instead: ends === '5,195' && ninety === claimed });
  },
  C277: async () => {
    const cells = cellsOf(await residual(), 'hours3', ['row']);
    const [a, e, d] = [cells.map(({ actual }) => actual), cells.map(({ expected }) => expected), cells.map(({ indicator }) => indicator)];
    const covariance = sum(a.map((value, i) => (value - mean(a)) * (e[i]! - mean(e)))) / (a.length - 1);
    const variances = deviation(a) ** 2 + deviation(e) ** 2;
    return contradicted('X52', { claim: near(deviation(d) ** 2, variances + 2 * covariance), instead: near(deviation(d) ** 2, variances - 2 * covariance) });
  },
  C278: async () => {
    const [here, there] = [intervals(cellsOf(await panelRun(), 'job12', ['county'])), intervals(cellsOf(await other(), 'job12', ['county']))];
    return holds(here.length > 20 && here.every((cell, k) => near(cell.error, there[k]!.error)) && here.some((cell, k) => Math.abs(cell.expected - there[k]!.expected) > 0.01));
  },
  C279: async () => {
    const found = await Promise.all(printed('C279').map(async (level) => intervals(cellsOf(await run(panel, panelSpec(covariates), { level: 100 * level }), 'hours3')).map(({ indicator, high, error }) => (high - indicator) / error)));
    return holds(found[0]!.every((width) => width.toFixed(3) === '0.674') && found[1]!.every((width) => width.toFixed(3) === '1.282'));
  },
};
