import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { VcovKind } from '../../src/estimate/fit.ts';
import type { IndicatorTable } from '../../src/indicator/table.ts';
import type { RunResult } from '../../src/run-result.ts';
import type { Pool } from '../../src/workers/pool.ts';
import { defaultOptions, openBuiltPool, runBuiltModel } from '../support/built-engine.ts';
import { referenceCase } from '../support/reference-case.ts';

const standardErrors = { iid: 'std_error_iid', hc0: 'std_error_hc0', cluster: 'std_error_cluster0' } as const;

describe.each(['panel', 'panel-collinear'])('R’s answers for %s', (name) => {
  const reference = referenceCase(name);
  const results = new Map<VcovKind, RunResult>();
  let residual: RunResult;
  let pool: Pool;

  beforeAll(async () => {
    pool = await openBuiltPool(2);
    const run = (options: Partial<typeof defaultOptions>) =>
      runBuiltModel({ spec: reference.spec, source: { files: [reference.file] }, options: { ...defaultOptions, by: [['county']], ...options }, pool });
    for (const vcov of ['iid', 'hc0', 'cluster'] as const) results.set(vcov, await run({ vcov }));
    residual = await run({ interval: 'residual' });
  });
  afterAll(() => pool.close());

  it('has the coefficients to 1e-7 of the larger of estimate and standard error, and every status', () => {
    let compared = 0;
    for (const row of reference.coefficients) {
      const ours = coefficient(results.get('iid')!, row);
      expect(ours.status, `${row.outcome} ${row.term} ${row.level}`).toBe(row.status);
      if (row.status !== 'estimated') {
        expect([ours.estimate, ours.standardError]).toEqual([null, null]);
        continue;
      }
      compared++;
      const scale = Math.max(Math.abs(Number(row.estimate)), Number(row.std_error_iid));
      expect(Math.abs(ours.estimate! - Number(row.estimate)) / scale).toBeLessThanOrEqual(1e-7);
    }
    expect(compared).toBeGreaterThan(400);
  });

  it.each(['iid', 'hc0', 'cluster'] as const)('has the %s standard errors to 1e-6', (vcov) => {
    for (const row of reference.coefficients.filter(({ status }) => status === 'estimated')) {
      const theirs = Number(row[standardErrors[vcov]]);
      expect(Math.abs(coefficient(results.get(vcov)!, row).standardError! / theirs - 1)).toBeLessThanOrEqual(1e-6);
    }
  });

  it('has the fit', () => {
    for (const row of reference.fit) {
      const fit = results.get('iid')!.fits.find(({ outcome }) => outcome === row.outcome)!;
      expect([fit.n, fit.setAside, fit.rank, fit.persons]).toEqual([row.n, row.set_aside, row.rank, row.persons].map(Number));
      expect(fit.logLikelihood / Number(row.log_likelihood)).toBeCloseTo(1, 10);
      if (row.r_squared !== '') expect(fit.rSquared).toBeCloseTo(Number(row.r_squared), 10);
      if (row.sigma !== '') expect(fit.sigma).toBeCloseTo(Number(row.sigma), 9);
    }
  });

  it('has the indicator, its parts, both standard errors and the seasonal adjustment to 1e-8, the relative deviation to 1e-7', () => {
    const columns = {
      n: 'n', actual: 'actual', expected: 'expected', indicator: 'indicator', se_outcome: 'standardError',
      actual_seasonally_adjusted: 'actualSeasonallyAdjusted', expected_seasonally_adjusted: 'expectedSeasonallyAdjusted',
      indicator_seasonally_adjusted: 'indicatorSeasonallyAdjusted', relative_percent: 'relativePercent',
    } as const;
    const lengths = [0, 0];
    for (const row of reference.indicator) {
      const t = row.by === 'all' ? 0 : 1;
      lengths[t]!++;
      const table = results.get('iid')!.tables[t]!;
      const at = find(table, row);
      for (const [theirs, ours] of Object.entries(columns)) {
        close(table[ours][at]!, row[theirs]!, theirs === 'relative_percent' ? 1e-7 : 1e-8, `${row.outcome} ${row.county} ${row.month} ${theirs}`);
      }
      close(residual.tables[t]!.standardError[at]!, row.se_residual!, 1e-8, `${row.outcome} ${row.county} ${row.month} se_residual`);
    }
    expect(results.get('iid')!.tables.map(({ outcome }) => outcome.length)).toEqual(lengths);
  });
});

function coefficient(result: RunResult, row: Record<string, string>) {
  return result.fits.find(({ outcome }) => outcome === row.outcome)!.coefficients.find(({ term, level }) => term === row.term && level === row.level)!;
}

function find(table: IndicatorTable, row: Record<string, string>): number {
  return table.outcome.findIndex((outcome, i) => outcome === row.outcome && table.periods[i] === row.month && (row.by === 'all' || table.groups[0]![i] === row.county));
}

function close(ours: number, theirs: string, tolerance: number, what: string): void {
  if (theirs === '' || theirs === 'NA') expect(ours, what).toBeNaN();
  else expect(Math.abs(ours - Number(theirs)), what).toBeLessThanOrEqual(tolerance);
}
