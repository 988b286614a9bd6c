import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { RunResult } from '../../src/run-result.ts';
import type { Covariate, ModelSpec } from '../../src/spec/model-spec.ts';
import { estimationMath } from '../../src/estimate/math.ts';
import type { IndicatorTable } from '../../src/indicator/table.ts';
import type { ModelChange } from '../../src/whatif/model-change.ts';
import { openWhatIf } from '../../src/whatif/what-if.ts';
import type { Pool } from '../../src/workers/pool.ts';
import { randomPanel } from '../reference/random-panel.ts';
import type { Row } from '../reference/table.ts';
import { built, defaultOptions, openBuiltPool } from '../support/built-engine.ts';
import { outcomes, panelSpec, runAgainstReference, runRows } from '../support/run-rows.ts';
import { runTrial } from '../support/trial.ts';
import { writeTable } from '../support/write-table.ts';

const status = ({ fits }: RunResult, f = 0) => Object.fromEntries(fits[f]!.coefficients.map(({ term, level, status: s }) => [`${term} ${level}`, s]));

describe('a reference without estimation rows', () => {
  const rows = randomPanel(91, { persons: 90, months: 16 });
  let pool: Pool;
  beforeAll(async () => {
    pool = await openBuiltPool(2);
  });
  afterAll(() => pool.close());
  const check = (spec: ModelSpec, more: Partial<Parameters<typeof runAgainstReference>[0]> = {}) =>
    runAgainstReference({ pool, spec, rows, parts: 2, ...more, options: { by: [['cohort'], ['county']], ...more.options } });

  it('has no expected value, and the most common level takes its place', async () => {
    const result = await runTrial({ pool, name: 'reference-without-rows', options: { by: [['g']], period: 'all' } });
    expect(status(result)).toEqual({ 'constant ': 'estimated', 'g a': 'reference', 'g b': 'estimated', 'g c': 'empty' });
    expect(result.fits[0]!.references).toEqual([{ term: 'g', named: 'c', effective: 'a', why: 'empty' }]);
    const { groups, n, expected } = result.tables[1]!;
    const shown = groups[0]!.map((label, k) => [label, n[k], expected[k]!]);
    expect(shown.filter(([label]) => label !== 'c')).toEqual([['a', 80, expect.closeTo(0.952375, 9)], ['b', 80, expect.closeTo(3.02975, 9)]]);
    expect(shown.filter(([label, count]) => label === 'c' && count !== 0)).toEqual([]);
    expect(result.warnings).toMatchObject([{ code: 'warning.without-expected', args: { rows: 80 } }]);
  });

  it.each<[string, Covariate]>([
    ['of values found', { name: 'cohort', coding: 'values', reference: 'b' }],
    ['of values within limits, in the middle', { name: 'cohort', column: 'kids', coding: 'values', min: 0, max: 6, reference: 2 }],
    ['of values within limits, that no row has at all', { name: 'cohort', column: 'kids', coding: 'values', min: 0, max: 6, reference: 6 }],
    ['of intervals', { name: 'cohort', column: 'hours', coding: 'intervals', breaks: [0, 10, 20, 60], reference: 4 }],
    ['of quantiles with ties', { name: 'cohort', column: 'hours', coding: 'quantiles', groups: 10, reference: 2 }],
    ['of positive values, with zero apart', { name: 'cohort', column: 'hours', coding: 'quantiles', groups: 3, zero: 'separate', breaks: [10, 100], reference: 3 }],
    ['of intervals of equal width', { name: 'cohort', column: 'wide', coding: 'equal-width', groups: 8, reference: 5 }],
    ['of missing values', { name: 'cohort', column: 'kids', coding: 'values', min: 0, max: 4, missing: 'level', reference: 'missing' }],
    ['that missing values outside the sample are coded as', { name: 'cohort', column: 'region', coding: 'values', missing: 'reference', reference: 'Vest' }],
  ])('%s', async (_, covariate) => {
    const here = rows.map((row, i): Row => {
      const outside = String(row.month) >= '2018-11';
      return {
        ...row,
        cohort: outside ? row.cohort! : row.cohort === 'b' ? 'a' : row.cohort!,
        kids: !outside && row.kids === 2 ? 3 : outside && i % 5 === 0 && covariate.missing === 'level' ? null : row.kids!,
        region: outside && i % 4 === 0 ? null : !outside && row.region === 'Vest' ? 'Øst' : row.region!,
        wide: !outside && Number(row.hours) < 38 ? Number(row.hours) / 10 : Number(row.hours),
      };
    });
    const sample = { months: ['2018-01/2018-10'] };
    const result = await check(panelSpec([{ name: 'sex', coding: 'values' }, covariate], { sample }), { rows: here });
    expect(result.fits.map(({ references }) => references.map(({ term, why }) => [term, why]))).toEqual(Array(4).fill([['cohort', 'empty']]));
    expect(Object.values(status(result))).not.toContain('collinear');
    await check(panelSpec([{ name: 'sex', coding: 'values' }, covariate], { sample, interactions: [['sex', 'cohort']] }), { rows: here });
  });

  it('because all of its rows are set aside is another one for the probit alone', async () => {
    const here = rows.map((row) => ({ ...row, job3: row.job3 === null ? null : row.cohort === 'a' ? 1 : row.job3! }));
    const covariates: Covariate[] = [{ name: 'cohort', coding: 'values', reference: 'a' }, { name: 'sex', coding: 'values' }];
    const spec = panelSpec(covariates, { interactions: [['cohort', 'sex']], outcomes: [outcomes.hours3, outcomes.job3] });
    const result = await check(spec, { rows: here });
    expect(result.fits[0]!.references).toEqual([]);
    expect(result.fits[1]!.references).toEqual([{ term: 'cohort', named: 'a', effective: 'b', why: 'separated' }]);
    expect(result.fits[1]!.separated.map(({ term, level }) => `${term} ${level}`)).toEqual(['cohort a', 'cohort:sex a:f', 'cohort:sex a:m']);
    expect(Object.values(status(result, 1))).not.toContain('collinear');
  });

  it('is one of its own in each population', async () => {
    const here = rows.filter((row) => row.sex === 'f' || row.cohort !== 'b');
    const result = await check(panelSpec([{ name: 'cohort', coding: 'values', reference: 'b' }, { name: 'flag', coding: 'values' }], { separateBy: 'sex' }), { rows: here });
    expect(result.fits.map(({ population, references }) => [population, references.length])).toEqual(
      Object.values(outcomes).flatMap(() => [['f', 0], ['m', 1]]));
  });

  it('in a replicate leaves its rows outside the sample out of that replicate', async () => {
    // Two rows of the sample are at the reference: no weight for either in one replicate of seven.
    const first = rows.filter(({ month, cohort }) => month === '2018-01' && cohort === 'b').slice(0, 2);
    const here = rows.filter((row) => row.cohort !== 'b' || String(row.month) >= '2018-11' || first.includes(row));
    const spec = panelSpec([{ name: 'cohort', coding: 'values', reference: 'b' }], { outcomes: [outcomes.hours3], sample: { months: ['2018-01/2018-10'] } });
    const { tables, warnings } = await runRows({ pool, spec, rows: here, options: { by: [['cohort']], interval: 'bootstrap', replicates: 60 } });
    const skipped = warnings.flatMap(({ code, args }) => (code === 'warning.replicates-without-rows' ? [args.skipped] : []));
    const months = tables[1]!.periods.filter((month, k) => month >= '2018-11' && tables[1]!.groups[0]![k] === 'b').length;
    expect([months > 2, skipped[0]! >= 4 * months]).toEqual([true, true]);
  });

  it('as a crossed cell leaves rows outside the sample that are in it without an expected value', async () => {
    // Nobody of the sample is m and a, where m and a are the references and common.
    const here = rows.filter((row) => String(row.month) >= '2018-11' || row.sex !== 'm' || row.cohort !== 'b');
    const covariates: Covariate[] = [{ name: 'sex', coding: 'values', reference: 'm' }, { name: 'cohort', coding: 'values', reference: 'a' }];
    const spec = panelSpec(covariates, { interactions: [['sex', 'cohort']], sample: { months: ['2018-01/2018-10'] } });
    const result = await check(spec, { rows: here });
    expect(result.warnings).toContainEqual(expect.objectContaining({ code: 'warning.without-expected' }));
  });

  it('is the same for what is asked of the kept sums, and of the rows', async () => {
    // In the last months the level that took its place has no rows either.
    const here = rows.filter((row, i) => row.cohort === 'a' ? i % 4 === 0 : row.cohort === 'b' && String(row.month) < '2018-11');
    const covariates: Covariate[] = [{ name: 'cohort', column: 'cohort', coding: 'values', reference: 'c' }, { name: 'sex', coding: 'values', reference: 'f' }];
    const withC: Row[] = [...here, ...rows.filter((row) => row.cohort === 'c').map((row, i) => ({ ...row, person_id: i, month: '2017-12' }))];
    const spec = panelSpec(covariates, { interactions: [['cohort', 'sex']], outcomes: [outcomes.hours3, outcomes.job3], sample: { excludeMonths: ['2017-12'] } });
    const { runModel } = (await built('pipeline.js')) as typeof import('../../src/pipeline.ts');
    const options = { ...defaultOptions, by: [['county']] };
    const result = await runModel({ spec, source: { files: writeTable(withC) }, options, pool, keep: true });
    const ask = openWhatIf(result, estimationMath(pool.kernels));
    const changes: ModelChange[] = [{}, { dropMonths: ['2018-01/2018-10'] }, { merge: [{ covariate: 'cohort', levels: ['b', 'c'] }] }];
    for (const model of changes) {
      const { models: [answer], tables } = ask({ outcomes: ['hours3'], model });
      const merged = model.merge ? withC.map((row) => ({ ...row, cohort: row.cohort === 'a' ? 'a' : 'b + c' })) : withC;
      const changed = panelSpec(model.merge ? [{ ...covariates[0]!, reference: 'b + c' } as Covariate, covariates[1]!] : covariates, {
        interactions: [['cohort', 'sex']], outcomes: [outcomes.hours3], sample: { excludeMonths: ['2017-12', ...(model.dropMonths ?? [])] },
      });
      const run = await runRows({ pool, spec: changed, rows: merged, options });
      expect(run.fits[0]!.coefficients.map(({ term, level, status: s }) => `${term} ${level} ${s}`)).toEqual(answer!.coefficients.map(({ term, level, status: s }) => `${term} ${level} ${s}`));
      run.fits[0]!.coefficients.forEach(({ estimate }, j) => expect(answer!.coefficients[j]!.estimate ?? 99).toBeCloseTo(estimate ?? 99, 9));
      // Cells with rows at a level without an estimate are left out whole.
      const cells = ({ periods, groups, n, expected }: IndicatorTable) => new Map(periods.map((period, k) => [JSON.stringify([period, n[k], ...groups.map((g) => g[k])]), expected[k]!]));
      tables.forEach((table, t) => {
        const byRows = cells(run.tables[t]!);
        const told = [...cells(table)].filter(([, value]) => !Number.isNaN(value));
        expect(told.length).toBeGreaterThan(t === 0 ? 4 : 12);
        for (const [cell, value] of told) expect(value, cell).toBeCloseTo(byRows.get(cell)!, 9);
      });
      expect(Number.isNaN(tables[0]!.expected[tables[0]!.periods.indexOf('2017-12')])).toBe(!model.merge);
    }
    const person = (cohort: string) => ask({ person: { cohort, sex: 'f' } });
    expect(() => person('c')).toThrow(/cohort c has no estimate/);
    expect(person('b').persons[0]!.terms.map(({ reference }) => reference)).toEqual([false, true, true, true]);
  });

  it.each(['analytic', 'score', 'bootstrap'] as const)('has the %s intervals of the level in its place', async (interval) => {
    const here = rows.filter((row) => row.cohort !== 'c');
    const of = async (reference: string, min: string) => {
      const covariates: Covariate[] = [{ name: 'cohort', coding: 'values', reference }, { name: 'kids', coding: 'values', min: Number(min), max: 4, reference: Number(min) }];
      const spec = panelSpec(covariates, { interactions: [['cohort', 'kids']], outcomes: [outcomes.hours3, outcomes.job3] });
      const options = { by: [['sex']], interval, cluster: 'person' as const, ...(interval === 'analytic' ? {} : { replicates: 12 }), ...(interval === 'bootstrap' ? { refit: 'full' as const } : {}) };
      return (await runRows({ pool, spec, rows: here, options })).tables[1]!;
    };
    const [named, effective] = [await of('a', '-1'), await of('a', '0')];
    named.standardError.forEach((error, k) => expect(error / effective.standardError[k]!).toBeCloseTo(1, 7));
    named.expected.forEach((value, k) => expect(value).toBeCloseTo(effective.expected[k]!, 9));
  });
});
