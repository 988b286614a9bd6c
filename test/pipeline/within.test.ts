import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { IndicatorTable } from '../../src/indicator/table.ts';
import type { RunOptions } from '../../src/run-result.ts';
import type { Covariate } from '../../src/spec/model-spec.ts';
import type { Pool } from '../../src/workers/pool.ts';
import { influenceReference } from '../reference/influence.ts';
import { randomPanel } from '../reference/random-panel.ts';
import type { Row } from '../reference/table.ts';
import { openBuiltPool } from '../support/built-engine.ts';
import { digestOf } from '../support/digest-cases.ts';
import { outcomes, panelSpec, runRows } from '../support/run-rows.ts';
import { draws } from '../support/table-file.ts';

const covariates: Covariate[] = [{ name: 'sex', coding: 'values' }, { name: 'hours', coding: 'intervals', breaks: [0, 16] }];
const draw = draws(9);
const persons = new Map<unknown, number>();
/** A third of the persons are young, in most of their months, whoever else they are. */
const rows: Row[] = randomPanel(91, { persons: 140, months: 28, missing: 0.05 }).map((row) => {
  if (!persons.has(row.person_id)) persons.set(row.person_id, draw());
  return { ...row, young: Number(persons.get(row.person_id)! < 0.4 && draw() < 0.8) };
});
const seasonal = { reference: { 3: ['2018-01/2019-12'] } };
const chosen = [outcomes.hours3, outcomes.job3];

let pool: Pool;
beforeAll(async () => {
  pool = await openBuiltPool(2);
});
afterAll(() => pool.close());

const numbers = [
  'n', 'months', 'actual', 'expected', 'indicator', 'standardError', 'confLow', 'confHigh', 'actualSeasonallyAdjusted', 'expectedSeasonallyAdjusted',
  'indicatorSeasonallyAdjusted', 'standardErrorSeasonallyAdjusted', 'confLowSeasonallyAdjusted', 'confHighSeasonallyAdjusted', 'relativePercent', 'freedom',
] as const satisfies readonly (keyof IndicatorTable)[];

/** Every number of each table, which stands in the rows of young people of a table of all. */
function expectPart(part: IndicatorTable, all: IndicatorTable, tolerance: number): number {
  const key = (table: IndicatorTable, i: number, from: number): string => [table.outcome[i], ...table.groups.slice(from).map((column) => column[i]), table.periods[i]].join('|');
  const young = new Map([...all.outcome.keys()].filter((i) => all.groups[0]![i] === '1').map((i) => [key(all, i, 1), i]));
  expect(part.outcome.map((_, i) => key(part, i, 0))).toEqual([...young.keys()]);
  let compared = 0;
  part.outcome.forEach((_, i) => {
    const j = young.get(key(part, i, 0))!;
    expect(part.state[i]).toBe(all.state[j]);
    for (const name of numbers) {
      const [own, other] = [part[name][i]!, all[name][j]!];
      if (Number.isNaN(other)) expect(own, `${key(part, i, 0)} ${name}`).toBeNaN();
      else expect(Math.abs(own - other), `${key(part, i, 0)} ${name}: ${own} and ${other}`).toBeLessThanOrEqual(tolerance * Math.max(1, Math.abs(other)));
      compared++;
    }
  });
  return compared;
}

const methods: readonly (readonly [string, Partial<RunOptions>, number])[] = [
  ['outcome', {}, 1e-12],
  ['residual', { interval: 'residual' }, 1e-10],
  ['analytic by row', { interval: 'analytic' }, 1e-8],
  ['analytic by person', { interval: 'analytic', cluster: 'person' }, 1e-8],
  ['score', { interval: 'score', cluster: 'person', replicates: 40, seed: 3 }, 1e-6],
  ['bootstrap', { interval: 'bootstrap', cluster: 'person', replicates: 40, seed: 3 }, 1e-6],
  ['bootstrap by row, percentiles', { interval: 'bootstrap', replicates: 60, seed: 4, ends: 'percentile', level: 80 }, 1e-6],
];

describe.each(methods)('a part of the rows with the model of all, %s', (_, options, tolerance) => {
  it.each([
    ['all estimated on', {}],
    ['months left out', { sample: { excludeMonths: ['2019-03/2019-06'] } }],
    ['a condition of the sample', { sample: { where: 'hours < 30' } }],
  ])('is that of a breakdown by it, %s', async (__, rest) => {
    const spec = panelSpec(covariates, { outcomes: chosen, seasonal, ...rest });
    let compared = 0;
    for (const period of ['month', 'tertial'] as const) {
      const all = await runRows({ pool, spec, rows, options: { ...options, period, by: [['young'], ['young', 'county']] } });
      const part = await runRows({ pool, spec, rows, options: { ...options, period, by: [['county']], within: 'young = 1' } });
      expect(part.fits.map(({ coefficients }) => coefficients)).toEqual(all.fits.map(({ coefficients }) => coefficients));
      compared += expectPart(part.tables[0]!, all.tables[1]!, tolerance) + expectPart(part.tables[1]!, all.tables[2]!, tolerance);
    }
    expect(compared).toBeGreaterThan(3000);
  });
});

describe('with a part of the rows', () => {
  const spec = panelSpec(covariates, { outcomes: chosen, seasonal });
  const within = 'young = 1';

  it('units are held against the part’s own whole', async () => {
    let compared = 0;
    const result = await runRows({ pool, spec, rows, options: { by: [['county']], compare: '2019', cluster: 'person', within } });
    const months = Array.from({ length: 12 }, (_, k) => `2019-${String(k + 1).padStart(2, '0')}`);
    result.comparisons.forEach(({ groups, estimate, covariance, n }, o) => {
      const error = influenceReference({ spec, rows, outcome: chosen[o]!, fit: result.fits[o]!, cluster: 'person' });
      const inGroup = (county: string | null) => (row: Row): boolean => row.young === 1 && (county === null || String(row.county ?? '') === county);
      const mean = (county: string | null, weight: number) => months.map((month) => ({ weight: weight / 12, inSet: (row: Row) => inGroup(county)(row) && row.month === month }));
      const count = groups.length + 1;
      expect(n[groups.length]).toBe(rows.filter((row) => inGroup(null)(row) && months.includes(String(row.month)) && row[chosen[o]!.name] !== null).length);
      expect(Number.isFinite(estimate[groups.length]!)).toBe(true);
      const whole = error(mean(null, 1)).influence;
      groups.forEach(([label], place) => {
        const variance = covariance[place * count + place]! + covariance[count * count - 1]! - 2 * covariance[place * count + count - 1]!;
        if (!Number.isFinite(variance)) return;
        const own = error(mean(label!, 1)).influence;
        expect(Math.sqrt(variance / own.reduce((sum, value, g) => sum + (value - whole[g]!) ** 2, 0))).toBeCloseTo(1, 6);
        compared++;
      });
    });
    expect(compared).toBeGreaterThan(4);
  });

  it('small cells are those of the part', async () => {
    const part = await runRows({ pool, spec, rows, options: { by: [['county']], within, threshold: 4 } });
    const table = part.tables[1]!;
    const personsOf = (outcome: string, county: string, month: string): number =>
      new Set(rows.filter((row) => row.young === 1 && String(row.county ?? '') === county && row.month === month && row[outcome] !== null).map((row) => row.person_id)).size;
    table.outcome.forEach((outcome, i) => {
      if (personsOf(outcome, table.groups[0]![i]!, table.periods[i]!) < 4) expect(table.state[i]).toBe('withheld');
    });
    expect(table.state.filter((state) => state === 'withheld').length).toBeGreaterThan(5);
  });

  it('it is said how many rows are shown, and whether their mean is held at zero', async () => {
    const young = rows.filter((row) => row.young === 1).length;
    const result = await runRows({ pool, spec, rows, options: { within } });
    expect(result.warnings).toEqual([{ code: 'warning.within-shown', args: { shown: young, rows: rows.length } }]);
    const men = await runRows({ pool, spec, rows, options: { by: [['county']], within: "sex = 'm'", period: 'all', pooled: true } });
    expect(men.warnings[1]).toEqual({ code: 'warning.within-zero-mean', args: { outcomes: ['hours3'] } });
    expect(Math.abs(men.tables[0]!.indicator[0]!)).toBeLessThan(1e-10);
    expect(men.zeroMeans!.filter(({ by }) => by.length === 0).map(({ outcome, zero }) => [outcome, zero[0]])).toEqual([['hours3', 'exact'], ['job3', 'near']]);
    expect(result.zeroMeans!.filter(({ by }) => by.length === 0).map(({ zero }) => zero[0])).toEqual(['no', 'no']);
  });

  it('it is the same for any number of workers and order of rows, and another than with --where', async () => {
    const options = { by: [['county']], within, interval: 'analytic', cluster: 'person' } as const;
    const one = await runRows({ pool, spec, rows, options });
    const other = await openBuiltPool(3);
    try {
      expect(await digestOf(await runRows({ pool: other, spec, rows: [...rows].reverse(), parts: 3, format: 'arrow', options }))).toBe(await digestOf(one));
    } finally {
      await other.close();
    }
    const where = await runRows({ pool, spec, rows, options: { ...options, within: undefined, where: within } as Partial<RunOptions> });
    expect(where.fits[0]!.n).toBeLessThan(one.fits[0]!.n);
    expect(where.tables[0]!.n).toEqual(one.tables[0]!.n);
    expect(where.tables[0]!.expected).not.toEqual(one.tables[0]!.expected);
  });

  it.each([
    ['the outcome', 'hours3 > 10', {}, { outcome: 'hours3', by: [] }],
    ['it in capitals', 'HOURS3 IS NOT NULL', {}, { outcome: 'hours3', by: [] }],
    ['another outcome among others', 'sex = 1 AND coalesce("job3", 0) = 1', {}, { outcome: 'job3', by: [] }],
    ['what is made from one', 'busy', { derived: { busy: 'hours3 > 20', sum: 'hours + 1' } }, { outcome: 'hours3', by: ['busy'] }],
  ])('rows are not chosen by %s', async (_, condition, rest, args) => {
    await expect(runRows({ pool, spec: panelSpec(covariates, { outcomes: chosen, ...rest }), rows, options: { within: condition } })).rejects.toMatchObject({ code: 'spec.within-outcome', args });
  });

  it('a derived column that is made from no outcome may choose; what holds nowhere is told', async () => {
    const derived = { busy: 'hours3 > 20', long: 'hours > 16' };
    const result = await runRows({ pool, spec: panelSpec(covariates, { outcomes: chosen, derived }), rows, options: { within: 'long' } });
    expect(result.tables[0]!.n.reduce((sum, n, i) => sum + (result.tables[0]!.outcome[i] === 'hours3' ? n : 0), 0)).toBe(rows.filter((row) => Number(row.hours) > 16 && row.hours !== null && row.hours3 !== null).length);
    await expect(runRows({ pool, spec, rows, options: { within: 'hours > 1000' } })).rejects.toMatchObject({ code: 'data.within-nobody' });
    await expect(runRows({ pool, spec, rows, options: { within: 'nothing_like_it = 1' } })).rejects.toMatchObject({ code: 'spec.condition-refused' });
  });
});
