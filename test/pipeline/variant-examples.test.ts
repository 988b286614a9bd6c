import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { IndicatorTable } from '../../src/indicator/table.ts';
import type { RunOptions, RunResult } from '../../src/run-result.ts';
import { builtInSpecs } from '../../src/spec/built-in.ts';
import type { ModelSpec } from '../../src/spec/model-spec.ts';
import { parseModelSpec } from '../../src/spec/parse-spec.ts';
import type { Pool } from '../../src/workers/pool.ts';
import { defaultOptions, openBuiltPool, runBuiltModel } from '../support/built-engine.ts';
import { tableFile } from '../support/table-file.ts';

const source = { synthetic: { rows: 60_000, seed: 41, effects: 'on' } } as const;
const specOf = (name: string): ModelSpec =>
  builtInSpecs.get(name) ?? parseModelSpec(readFileSync(new URL(`../../examples/variants/${name}.json`, import.meta.url), 'utf8'));

/** Σ n·(actual − expected) over Σ n, of the points picked. */
function meanOf({ n, indicator, outcome, groups, periods }: IndicatorTable, pick: (point: { outcome: string; group: string; period: string }) => boolean): number {
  let [rows, sum] = [0, 0];
  n.forEach((count, i) => {
    if (!pick({ outcome: outcome[i]!, group: groups[0]?.[i] ?? '', period: periods[i]! })) return;
    rows += count;
    sum += count * indicator[i]!;
  });
  expect(rows).toBeGreaterThan(0);
  return sum / rows;
}

describe('on a synthetic population', () => {
  let pool: Pool;
  let main: RunResult;
  const run = (name: string, options: Partial<RunOptions> = {}): Promise<RunResult> =>
    runBuiltModel({ spec: specOf(name), source, options: { ...defaultOptions, ...options }, pool });
  const fitOf = (result: RunResult, outcome: string) => result.fits.find((fit) => fit.outcome === outcome)!;

  beforeAll(async () => {
    pool = await openBuiltPool(2);
    main = await run('main');
  });
  afterAll(() => pool.close());

  it('V1 leaves two years out of the estimation and predicts them', async () => {
    const result = await run('v1-without-pandemic');
    const [table] = result.tables;
    expect(table!.periods).toEqual(main.tables[0]!.periods);
    const isPandemic = (period: string): boolean => period >= '2020-03' && period <= '2022-02';
    const rows = main.tables[0]!.n.reduce((sum, n, i) => sum + (main.tables[0]!.outcome[i] === 'atid3' && !isPandemic(main.tables[0]!.periods[i]!) ? n : 0), 0);
    expect(fitOf(result, 'atid3').n).toBe(rows);
    expect(Math.abs(meanOf(table!, ({ outcome, period }) => outcome === 'atid3' && !isPandemic(period)))).toBeLessThan(1e-9);
    expect(Math.abs(meanOf(table!, ({ outcome, period }) => outcome === 'atid3' && isPandemic(period)))).toBeGreaterThan(1e-3);
  });

  it('V2 leaves nothing of a month but what its units differ by', async () => {
    const result = await run('v2-calendar-months', { by: [['county']] });
    const { outcome, indicator } = result.tables[0]!;
    indicator.forEach((value, i) => outcome[i]!.startsWith('atid') && expect(Math.abs(value)).toBeLessThan(1e-9));
    expect(Math.max(...result.tables[1]!.indicator)).toBeGreaterThan(0.1);
    const dummies = fitOf(result, 'atid3').coefficients.filter(({ term }) => term === 'calendar_month');
    expect(dummies.map(({ level }) => level)).toEqual(result.months);
    expect(dummies.map(({ status }) => status)).toEqual(['reference', ...result.months.slice(1).map(() => 'estimated')]);
  });

  it('V3 estimates each main group alone, so that each has a mean of 0', async () => {
    const result = await run('v3-by-main-group', { by: [['model_group']] });
    const fits = result.fits.filter(({ outcome }) => outcome === 'atid3');
    expect(fits.map(({ population }) => population)).toEqual(['jobseekers', 'reduced work capacity', 'others']);
    expect(fits.reduce((sum, { n }) => sum + n, 0)).toBe(fitOf(main, 'atid3').n);
    expect(fits.map(({ coefficients }) => coefficients.some(({ term }) => term === 'laid_off'))).toEqual([true, false, false]);
    for (const { population } of fits) expect(Math.abs(meanOf(result.tables[1]!, ({ outcome, group }) => outcome === 'atid3' && group === population))).toBeLessThan(1e-9);
  });

  it('V4 is least squares on a 0/1 outcome: the mean is 0 at every level of a covariate', async () => {
    const result = await run('v4-linear-probability', { by: [['female']] });
    expect(result.fits.map(({ outcome, family }) => `${outcome} ${family}`)).toEqual(['jobb3 gaussian', 'jobb12 gaussian']);
    for (const female of ['0', '1']) expect(Math.abs(meanOf(result.tables[1]!, ({ outcome, group }) => outcome === 'jobb3' && group === female))).toBeLessThan(1e-10);
    expect(result.tables[0]!.actual).toEqual(main.tables[0]!.actual.filter((_, i) => main.tables[0]!.outcome[i]!.startsWith('jobb')));
  });

  it('V5 has the months of a spell asked for, each estimated alone, and no others', async () => {
    // Hours alone: with so few rows at 60 months a probit has levels without both outcomes only.
    const spec = specOf('v5-entry-cohorts');
    const hours = { ...spec, outcomes: spec.outcomes.filter(({ family }) => family === 'gaussian') };
    const result = await runBuiltModel({ spec: hours, source, options: { ...defaultOptions, by: [['duration_months']] }, pool });
    const cohorts = ['0', '6', '12', '24', '60'];
    const [, table] = result.tables;
    expect([...new Set(table!.groups[0])]).toEqual(cohorts);
    const byDuration = (await run('main', { by: [['duration_months']] })).tables[1]!;
    for (const cohort of cohorts) {
      const rows = byDuration.n.reduce((sum, n, i) => sum + (byDuration.outcome[i] === 'atid3' && byDuration.groups[0]![i] === cohort ? n : 0), 0);
      expect(result.fits.find(({ outcome, population }) => outcome === 'atid3' && population === cohort)!.n).toBe(rows);
      expect(Math.abs(meanOf(table!, ({ outcome, group }) => outcome === 'atid3' && group === cohort))).toBeLessThan(1e-9);
    }
  });

  it('V6 without hours at measurement explains less of the same rows, and moves the months', async () => {
    const result = await run('v6-without-hours');
    expect(result.tables[0]!.actual).toEqual(main.tables[0]!.actual);
    result.fits.forEach((fit, i) => {
      expect(fit.coefficients.some(({ term }) => term === 'hours_at_measurement')).toBe(false);
      expect([fit.n, fit.rank]).toEqual([main.fits[i]!.n, main.fits[i]!.rank - 6]);
      expect(fit.logLikelihood).toBeLessThan(main.fits[i]!.logLikelihood - 1000);
    });
    expect(result.tables[0]!.indicator.some((value, i) => Math.abs(value - main.tables[0]!.indicator[i]!) > 0.1)).toBe(true);
  });

  it('V7: Table 4 holds Appendix D, and so explains no less of the same rows', async () => {
    const result = await run('table4');
    expect(result.tables[0]!.actual).toEqual(main.tables[0]!.actual);
    result.fits.forEach((fit, i) => {
      expect([fit.n, fit.rank > main.fits[i]!.rank]).toEqual([main.fits[i]!.n, true]);
      expect(fit.logLikelihood).toBeGreaterThan(main.fits[i]!.logLikelihood);
    });
  });
});

it('a spec with a dummy for each month takes months as text, dates or numbers alike', async () => {
  const pool = await openBuiltPool(1);
  try {
    const spec = parseModelSpec({
      name: 'months', person: 'id', month: 'seen', outcomes: [{ name: 'y', family: 'gaussian', horizon: 3 }],
      covariates: [{ name: 'calendar_month', column: 'seen', coding: 'values', reference: '2018-01' }],
    });
    const write = [(m: number) => `2018-0${m}`, (m: number) => `2018-0${m}-15`, (m: number) => String(201800 + m)];
    const fits = [];
    for (const text of write) {
      const rows = Array.from({ length: 60 }, (_, i) => ({ id: i, seen: text(1 + (i % 5)), y: (i * 7919) % 31 }));
      fits.push((await runBuiltModel({ spec, source: { files: [tableFile(rows)] }, options: defaultOptions, pool })).fits[0]!.coefficients);
    }
    expect(fits[0]!.map(({ level }) => level)).toEqual(['', '2018-01', '2018-02', '2018-03', '2018-04', '2018-05']);
    expect(fits.slice(1)).toEqual([fits[0], fits[0]]);
  } finally {
    await pool.close();
  }
});
