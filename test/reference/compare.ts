import { expect } from 'vitest';
import type { Fit } from '../../src/estimate/fit.ts';
import type { IndicatorTable } from '../../src/indicator/table.ts';
import type { RunOptions, RunResult } from '../../src/run-result.ts';
import type { ModelSpec } from '../../src/spec/model-spec.ts';
import { referenceIndicator } from './indicator.ts';
import { referenceRun, type ReferenceFit } from './model.ts';
import type { Row } from './table.ts';

export interface Expectation {
  readonly spec: ModelSpec;
  readonly rows: readonly Row[];
  readonly options: RunOptions;
  readonly where?: (row: Row) => boolean;
  /** Relative tolerance; that of estimates is five times this, in the larger of estimate and standard error. */
  readonly tolerance?: number;
}

/** Holds every number of a result against the row-by-row calculation. Returns how many numbers were compared. */
export function expectReference(result: RunResult, { spec, rows, options, where, tolerance = 1e-8 }: Expectation): number {
  let compared = 0;
  const close = (ours: number | null, theirs: number | null, scale: number, what: string): void => {
    compared++;
    if (theirs === null || !Number.isFinite(theirs)) {
      expect(ours === null || !Number.isFinite(ours), `${what}: ${ours} where there is no value`).toBe(true);
    } else {
      const off = ours === null ? NaN : Math.abs(ours - theirs) / scale;
      expect(off <= tolerance, `${what}: ${ours}, by rows ${theirs}`).toBe(true);
    }
  };
  const { fits, outcomes } = referenceRun({ spec, rows, vcov: options.vcov, level: options.level, ...(where ? { where } : {}) });
  expect(result.fits.map(({ outcome, population }) => `${outcome}/${population}`)).toEqual(fits.map(({ outcome, population }) => `${outcome}/${population}`));
  fits.forEach((fit, f) => compareFit(result.fits[f]!, fit, close));
  [[], ...options.by].forEach((by, t) => {
    const theirs = referenceIndicator({ ...options, interval: options.interval as 'outcome' | 'residual', spec, outcomes, by });
    compareTable(result.tables[t]!, theirs, close);
  });
  const warned = { withoutExpected: 0, beyond: 0 };
  for (const warning of result.warnings) {
    if (warning.code === 'warning.without-expected') warned.withoutExpected += warning.args.rows;
    if (warning.code === 'warning.moved-to-end-bins') warned.beyond += warning.args.values;
  }
  const sumOf = (count: (outcome: (typeof outcomes)[number]) => number): number => outcomes.reduce((sum, outcome) => sum + count(outcome), 0);
  expect(warned, JSON.stringify(result.warnings)).toEqual({ withoutExpected: sumOf(({ withoutExpected }) => withoutExpected), beyond: sumOf(({ beyond }) => beyond) });
  return compared;
}

type Close = (ours: number | null, theirs: number | null, scale: number, what: string) => void;

function compareFit(ours: Fit, theirs: ReferenceFit, close: Close): void {
  const name = `${theirs.outcome} ${theirs.population}`;
  const facts = ({ n, persons, rank, setAside }: { n: number; persons: number; rank: number; setAside: number }) => ({ n, persons, rank, setAside });
  expect(facts(ours), name).toEqual(facts(theirs));
  expect(ours.coefficients.map(({ term, level, status, n }) => `${term} ${level} ${status} ${n}`), name).toEqual(
    theirs.coefficients.map(({ term, level, status, n }) => `${term} ${level} ${status} ${n}`),
  );
  theirs.coefficients.forEach(({ term, level, status, numbers }, j) => {
    const c = ours.coefficients[j]!;
    const what = `${name} ${term} ${level}`;
    if (numbers === null) {
      expect([c.estimate, c.standardError, c.pValue], what).toEqual([status === 'reference' ? 0 : null, null, null]);
      return;
    }
    const { estimate, standardError, statistic, pValue, confLow, confHigh } = numbers;
    // The engine's probit stops where the step left is at most 1e-8 standard errors.
    const scale = 5 * Math.max(Math.abs(estimate), standardError);
    close(c.estimate, estimate, scale, `${what} estimate`);
    close(c.standardError, standardError, standardError, `${what} standard error`);
    close(c.statistic, statistic, 5 * Math.max(1, Math.abs(statistic)), `${what} statistic`);
    close(c.pValue, pValue, 1, `${what} p-value`);
    close(c.confLow, confLow, scale, `${what} lower limit`);
    close(c.confHigh, confHigh, scale, `${what} upper limit`);
  });
  close(ours.rSquared, theirs.rSquared, 1, `${name} R²`);
  close(ours.sigma, theirs.sigma, 1 + (theirs.sigma ?? 0), `${name} sigma`);
  close(ours.logLikelihood, theirs.logLikelihood, Math.abs(theirs.logLikelihood), `${name} log-likelihood`);
  expect(ours.breaks.map(({ breaks }) => breaks), name).toEqual(theirs.breaks);
  expect(Object.fromEntries(ours.dropped.map(({ reason, rows }) => [reason, rows])), name).toEqual(
    Object.fromEntries([...theirs.dropped].map(([covariate, rows]) => [`${covariate} missing`, rows])),
  );
}

const numbers = [
  'n', 'months', 'actual', 'expected', 'indicator', 'standardError', 'confLow', 'confHigh',
  'actualSeasonallyAdjusted', 'expectedSeasonallyAdjusted', 'indicatorSeasonallyAdjusted', 'relativePercent',
] as const;

function compareTable(ours: IndicatorTable, theirs: ReturnType<typeof referenceIndicator>, close: Close): void {
  const keys = ours.outcome.map((outcome, i) => [outcome, ...ours.groups.map((labels) => labels[i]!), ours.periods[i]!].join('|'));
  expect(keys).toEqual(theirs.map(({ outcome, group, period }) => [outcome, ...group, period].join('|')));
  theirs.forEach((row, i) => {
    for (const column of numbers) close(ours[column][i]!, row[column], column === 'relativePercent' ? 100 : Math.max(1, Math.abs(row.actual)), `${keys[i]} ${column}`);
  });
}
