import { readFileSync } from 'node:fs';
import { parseMonthRange } from '../../src/spec/months.ts';
import { analysisRows } from '../reference/descriptive.ts';
import { panelSpec } from '../support/run-rows.ts';
import { drawAll, reference } from '../synthetic/draw.ts';
import { cellsOf, covariates, describedRows, groupBy, labelIn, mean, near, numberIn, observed, once, outcomesOfPanel, panel, panelRun, run, sum } from './laboratory.ts';
import { holds, type Judgements } from './verdict.ts';

const example = (name: string): string => readFileSync(new URL(`../../examples/variants/${name}.json`, import.meta.url), 'utf8');
const pandemic = '2018-09/2019-04';
const without = once(() => run(panel, panelSpec(covariates, { sample: { excludeMonths: [pandemic] } }), { by: [['row']] }));
const byMonth = once(() => run(panel, panelSpec([...covariates, { name: 'calendar', column: 'month', coding: 'values', reference: '2018-01' }], { outcomes: outcomesOfPanel('hours3', 'hours12') }), { by: [['county']] }));
const separate = once(() => run(panel, panelSpec(covariates, { separateBy: 'cohort', outcomes: outcomesOfPanel('hours3') }), { by: [['cohort']] }));

/** Hours that cannot be below zero, and rise steeply with x. */
const censored = once(async () => {
  const rows = Array.from({ length: 600 }, (_, k) => ({ person_id: k, month: '2019-01', x: k % 10, y: Math.max(0, -12 + 4 * (k % 10) + ((k * 7) % 13) - 6) }));
  return cellsOf(await run(rows, panelSpec([{ name: 'x', coding: 'numeric' }], { outcomes: [{ name: 'y', family: 'gaussian', horizon: 3 }] }), { by: [['x']] }), 'y', ['x']);
});

/** Claims about other models and other data. */
export const variantClaims: Judgements = {
  C065: async () => {
    const old = panel.map((row, i) => ({ ...row, age: [65, 66, 67, 68, 71, 90][i % 6]! }));
    const fit = (await run(old, panelSpec([{ name: 'age', coding: 'values', min: 65, max: 67, reference: 65 }], { outcomes: outcomesOfPanel('hours3') }), { by: [['age']] }));
    const expected = new Map(cellsOf(fit, 'hours3', ['age']).map((cell) => [`${cell.group} ${cell.period}`, cell.expected]));
    return holds(fit.fits[0]!.coefficients.filter(({ term }) => term === 'age').map(({ level }) => level).join() === '65,66,67' && expected.get('67 2018-02') !== expected.get('66 2018-02') && ['68', '71', '90'].every((age) => expected.get(`${age} 2018-02`) === expected.get('67 2018-02')));
  },
  C115: async () => {
    const rows = panel.map((row) => ({ ...row, hours3: 2 + 300 * numberIn(row, 'inflow_3'), hours12: 1 + 500 * numberIn(row, 'inflow_12') }));
    const { fits } = await run(rows, panelSpec([{ name: 'inflow', column: 'inflow_{horizon}', coding: 'numeric' }], { outcomes: outcomesOfPanel('hours3', 'hours12') }));
    return holds([300, 500].every((slope, k) => near(fits[k]!.coefficients.find(({ term }) => term === 'inflow')!.estimate!, slope, 1e-7) && fits[k]!.rSquared! > 0.999999));
  },
  C180: async () => {
    const rows = analysisRows(5, 120);
    const age = Number(reference('claims').find((row) => row['id'] === 'C180')!['value']);
    const young = rows.filter((row) => numberIn(row, 'age') < age && ['Situasjonsbestemt innsats', 'Spesielt tilpasset innsats'].includes(labelIn(row, 'support_group')));
    return holds(young.length > 0 && (await describedRows(rows, 'young')) === young.length);
  },
  C181: async () => {
    const some = cellsOf(await run(panel, panelSpec(covariates), { where: "county = 10" }), 'hours3');
    return holds(sum(some.map(({ n }) => n)) === observed('hours3').filter((row) => row['county'] === 10).length && some.every(({ actual, period }) => near(actual, mean(observed('hours3').filter((row) => row['county'] === 10 && row['month'] === period).map((row) => numberIn(row, 'hours3'))))));
  },
  C251: async () => {
    const cells = await censored();
    return holds(cells.every(({ actual }) => actual >= 0) && cells.some(({ actual }) => actual === 0) && cells.some(({ expected }) => expected < -0.5));
  },
  C255: async () => {
    const { from, to } = rangeOf(pandemic);
    const [cells, { fits }] = [cellsOf(await without(), 'hours3', ['row']), await without()];
    const out = observed('hours3').filter((row) => String(row['month']) >= from && String(row['month']) <= to);
    const byRow = new Map(cells.map(({ group, expected }) => [group, expected]));
    return holds(out.length > 50 && fits[0]!.n === observed('hours3').length - out.length && out.every((row) => Number.isFinite(byRow.get(labelIn(row, 'row')))) && JSON.parse(example('v1-without-pandemic')).sample.excludeMonths.join() === '2020-03/2022-02');
  },
  C257: async () => {
    const { fits } = await byMonth();
    return holds(fits.every((fit) => fit.coefficients.filter(({ term, status }) => term === 'calendar' && status === 'estimated').length === new Set(observed(fit.outcome).map((row) => row['month'])).size - 1));
  },
  C258: async () => {
    const cells = [...cellsOf(await byMonth(), 'hours3'), ...cellsOf(await byMonth(), 'hours12')];
    return holds(cells.every(({ indicator }) => Math.abs(indicator) < 1e-8) && cellsOf(await panelRun(), 'hours3').some(({ indicator }) => Math.abs(indicator) > 0.1));
  },
  C259: async () => {
    const named = new Set([...(JSON.parse(example('v3-by-main-group')).derived.model_group as string).matchAll(/(?:THEN|ELSE) '([^']+)'/g)].map(([, group]) => group));
    const { fits } = await separate();
    return holds(named.size === 3 && fits.length === 3 && new Set(fits.map(({ population }) => population)).size === 3 && sum(fits.map(({ n }) => n)) === observed('hours3').length);
  },
  C262: async () => {
    const groups = groupBy(cellsOf(await separate(), 'hours3', ['cohort']), ({ group }) => group);
    return holds(groups.size === 3 && [...groups.values()].every((cells) => Math.abs(sum(cells.map(({ n, indicator }) => n * indicator))) < 1e-7));
  },
  C265: async () => {
    const linear = await run(panel, panelSpec(covariates, { outcomes: [{ name: 'job3', family: 'gaussian', horizon: 3 }] }));
    const [a, b] = [cellsOf(linear, 'job3'), cellsOf(await panelRun(), 'job3')].map((cells) => cells.map(({ indicator }) => indicator)) as [number[], number[]];
    return holds(Math.max(...a.map((value, k) => Math.abs(value - b[k]!))) < 0.1 * (Math.max(...b) - Math.min(...b)));
  },
  C268: async () => {
    // Passes over all rows, which is what takes the machine.
    const { fits } = await panelRun();
    const of = (name: string): number => fits.find(({ outcome }) => outcome === name)!.trace.filter(({ pass }) => pass !== 'pilot').length;
    return holds(of('hours3') === 1 && of('job3') >= 3 && of('job12') >= 3);
  },
  C269: () => {
    const { personId, rows } = drawAll({ rows: 20_000, seed: 2, effects: 'on' });
    const months = [...groupBy(Array.from(personId.subarray(0, rows), String), (id) => id).values()].map((own) => own.length);
    const long = (count: number): boolean => count >= 24;
    return holds(months.filter(long).length / months.length < 0.7 * (sum(months.filter(long)) / rows));
  },
};

const rangeOf = (range: string): { from: string; to: string } => {
  if (!parseMonthRange(range)) throw new Error(range);
  const [from, to] = range.split('/') as [string, string];
  return { from, to };
};
