import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { EstimationMath } from '../../src/estimate/estimation-math.ts';
import { estimationMath } from '../../src/estimate/math.ts';
import type { Covariate } from '../../src/spec/model-spec.ts';
import type { Pool } from '../../src/workers/pool.ts';
import { influenceReference } from '../reference/influence.ts';
import { randomPanel } from '../reference/random-panel.ts';
import type { Row } from '../reference/table.ts';
import { openBuiltPool } from '../support/built-engine.ts';
import { outcomes, panelSpec, runRows } from '../support/run-rows.ts';

const covariates: Covariate[] = [{ name: 'sex', coding: 'values' }, { name: 'hours', coding: 'intervals', breaks: [0, 16] }];
const seasonal = { reference: { 3: ['2018-01/2019-12'] } };
const chosen = [outcomes.hours3, outcomes.job3];

describe('analytic standard errors of the indicator', () => {
  const rows = randomPanel(61, { persons: 90, months: 28, missing: 0.05 });
  let pool: Pool;
  let math: EstimationMath;
  beforeAll(async () => {
    pool = await openBuiltPool(2);
    math = estimationMath(pool.kernels);
  });
  afterAll(() => pool.close());

  it.each([
    ['person', {}],
    ['row', {}],
    ['person', { sample: { excludeMonths: ['2019-03/2019-06'] } }],
  ] as const)('by %s, are those of influence functions row by row: months, adjusted months and tertials (%o)', async (cluster, rest) => {
    const spec = panelSpec(covariates, { seasonal, outcomes: chosen, ...rest });
    let [compared, held] = [0, 0];
    const kinds = new Set<string>();
    for (const [period, pooled] of [['month', false], ['tertial', false], ['tertial', true], ['all', true], ['all', false]] as const) {
      const result = await runRows({ pool, spec, rows, options: { by: [['county']], interval: 'analytic', cluster, period, pooled } });
      for (const [o, outcome] of chosen.entries()) {
        const error = influenceReference({ spec, rows, outcome, fit: result.fits[o]!, cluster });
        for (const table of result.tables) {
          table.outcome.forEach((name, i) => {
            // One group is enough to look at besides the whole, and few of its points: the plain way is slow.
            if (name !== outcome.name || (table.by.length > 0 && table.groups[0]![i] !== '2') || (period === 'month' && i % 5 !== 0)) return;
            const group = table.by.length === 0 ? null : '2';
            const inGroup = (row: Row): boolean => group === null || String(row.county ?? '') === group;
            const monthsOf = (label: string): string[] =>
              period === 'month' ? [label] : Array.from({ length: 4 }, (_, k) => `${label.slice(0, 4)}-${String(4 * (Number(label.slice(6)) - 1) + k + 1).padStart(2, '0')}`);
            const all = [...new Set(rows.filter(inGroup).filter((row) => row[outcome.name] !== null).map((row) => String(row.month)))].sort();
            const members = period === 'all' ? all : monthsOf(table.periods[i]!);
            const expected = pooled
              ? error([{ weight: 1, inSet: (row) => inGroup(row) && members.includes(String(row.month)) }])
              : error(members.map((month) => ({ weight: 1 / members.length, inSet: (row) => inGroup(row) && row.month === month })));
            kinds.add(`${period} ${pooled}`);
            compared++;
            if (table.state[i] === 'held_at_zero') {
              // Over all its rows the whole has an indicator of 0 by least squares, without error: rounding is left.
              expect([expected.plain < 1e-8, table.standardError[i], Number.isNaN(table.confLow[i]!)]).toEqual([true, 0, true]);
              held++;
              return;
            }
            expect(expected.plain).toBeGreaterThan(1e-6);
            expect(table.freedom[i]! / expected.freedom).toBeCloseTo(1, 9);
            if (table.state[i] !== 'too_few_events') expect(table.state[i]).toBe(expected.freedom < 4 || expected.lost > 0.05 ? 'too_few_persons' : 'ok');
            expect(Math.abs(table.standardError[i]! / expected.standardError - 1)).toBeLessThan(1e-8);
            const reach = math.student(expected.freedom).quantile(0.975) * expected.standardError;
            if (table.state[i] === 'ok') expect(table.confHigh[i]! - table.indicator[i]!).toBeCloseTo(reach, 7);
            else expect([table.confLow[i], table.confHigh[i]]).toEqual([NaN, NaN]);
            if (period === 'all' || (period === 'month' && compared % 4 !== 0)) return;
            // Adjusted: the month, less its calendar month's mean over the reference, plus the mean of all; so for each month of a period.
            const reference = all.filter((month) => month < '2020-01');
            const rowsOf = (month: string): number => rows.filter((row) => inGroup(row) && row.month === month && row[outcome.name] !== null).length;
            const share = (month: string): number => (pooled ? rowsOf(month) / members.reduce((sum, member) => sum + rowsOf(member), 0) : 1 / members.length);
            const season = (month: string): number => members.reduce((sum, member) => {
              const same = reference.filter((other) => other.slice(5) === member.slice(5));
              return sum + share(member) * ((reference.includes(month) ? 1 / reference.length : 0) - (same.includes(month) ? 1 / same.length : 0));
            }, 0);
            const own = pooled
              ? [{ weight: 1, inSet: (row: Row) => inGroup(row) && members.includes(String(row.month)) }]
              : members.map((month) => ({ weight: 1 / members.length, inSet: (row: Row) => inGroup(row) && row.month === month }));
            const adjusted = error([...own, ...all.map((month) => ({ weight: season(month), inSet: (row: Row) => inGroup(row) && row.month === month }))]);
            expect(Math.abs(table.standardErrorSeasonallyAdjusted[i]! / adjusted.standardError - 1)).toBeLessThan(1e-8);
            expect(table.freedomSeasonallyAdjusted[i]! / adjusted.freedom).toBeCloseTo(1, 9);
          });
        }
      }
    }
    expect(compared).toBeGreaterThan(30);
    expect(held).toBeGreaterThan(spec.sample ? -1 : 0);
    expect([...kinds].sort()).toEqual(['all false', 'all true', 'month false', 'tertial false', 'tertial true']);
  });

  it.each([['2019-T1', false], ['2019-T1', true], ['all', true], ['all', false]])('of the difference of a county from the whole, and of two counties, over %s, pooled: %s', async (period, pooled) => {
    const spec = panelSpec(covariates, { outcomes: chosen });
    const result = await runRows({ pool, spec, rows, options: { by: [['county']], compare: period, cluster: 'person', pooled } });
    const observed = (row: Row): boolean => chosen.every(({ name }) => row[name] !== null);
    const months = period === 'all' ? [...new Set(rows.filter(observed).map((row) => String(row.month)))] : ['2019-01', '2019-02', '2019-03', '2019-04'];
    expect(result.comparisons.map(({ outcome }) => outcome)).toEqual(chosen.map(({ name }) => name));
    result.comparisons.forEach(({ groups, sets: { estimate }, covariance, standardError, n, state, freedom }, o) => {
      const count = groups.length + 1;
      const error = influenceReference({ spec, rows, outcome: chosen[o]!, fit: result.fits[o]!, cluster: 'person' });
      const mean = (group: string | null, weight: number) => {
        const inGroup = (row: Row): boolean => group === null || String(row.county ?? '') === group;
        if (pooled) return [{ weight, inSet: (row: Row) => inGroup(row) && months.includes(String(row.month)) }];
        return months.map((month) => ({ weight: weight / months.length, inSet: (row: Row) => inGroup(row) && row.month === month }));
      };
      const place = (group: string | null): number => (group === null ? groups.length : groups.findIndex(([label]) => label === group));
      const errorOf = (a: string | null, b: string | null): number => {
        const [i, j] = [place(a), place(b)];
        return Math.sqrt(covariance[i * count + i]! + covariance[j * count + j]! - 2 * covariance[i * count + j]!);
      };
      const expectedOf = (a: string | null, b: string | null): number => {
        const [of, from] = [error(mean(a, 1)).influence, error(mean(b, 1)).influence];
        return Math.sqrt(of.reduce((sum, value, g) => sum + (value - from[g]!) ** 2, 0));
      };
      // By least squares the whole is held at zero where it is over all rows.
      const held = (group: string | null): boolean => state[place(group)] === 'held_at_zero';
      for (const [a, b] of [['2', null], ['1', '10'], ['10', null]] as const) {
        expect(errorOf(a, b) / (held(b) ? error(mean(a, 1)).standardError : expectedOf(a, b))).toBeCloseTo(1, 8);
        expect(standardError[place(a)]! / error(mean(a, 1)).standardError).toBeCloseTo(1, 8);
        expect(freedom[place(a)]! / error(mean(a, 1)).freedom).toBeCloseTo(1, 9);
      }
      if (!pooled || period !== 'all') return;
      expect(n[groups.length]).toBe(n.slice(0, groups.length).reduce((sum, rowsOf) => sum + rowsOf));
      // Pooled over rows, the whole is the groups' mean.
      expect(estimate[groups.length]).toBeCloseTo(groups.reduce((sum, _, g) => sum + n[g]! * estimate[g]!, 0) / n[groups.length]!, 10);
    });
    await expect(runRows({ pool, spec, rows, options: { by: [['county']], compare: '2031' } })).rejects.toThrow(/2031 is no period/);
  });

  it('do not depend on the number of workers', async () => {
    const spec = panelSpec(covariates, { outcomes: chosen });
    const run = async (workers: number, cluster: 'person' | 'row') => {
      const own = await openBuiltPool(workers);
      try {
        return await runRows({ pool: own, spec, rows, options: { by: [['county']], interval: 'analytic', cluster } });
      } finally {
        await own.close();
      }
    };
    const [one, four] = [await run(1, 'person'), await run(4, 'person')];
    one.tables.forEach((table, t) => expect(four.tables[t]!.standardError).toEqual(table.standardError));
  });

  it('are refused for separate populations', async () => {
    const spec = panelSpec(covariates, { outcomes: [outcomes.hours3], separateBy: 'sex', covariates: [covariates[1]!] });
    await expect(runRows({ pool, spec, rows, options: { interval: 'analytic' } })).rejects.toThrow(/separate populations/);
  });
});
