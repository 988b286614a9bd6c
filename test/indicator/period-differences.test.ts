import { describe, expect, it } from 'vitest';
import { withheldOutcome, type Ends, type IndicatorRequest, type MeanError } from '../../src/indicator/indicator.ts';
import { periodDifferences } from '../../src/indicator/period-differences.ts';
import { formatMonth, parseMonth } from '../../src/spec/months.ts';

const months = 36;
const firstMonth = parseMonth('2018-01')!;
const doubles = (value: (t: number) => number): Float64Array => Float64Array.from({ length: months }, (_, t) => value(t));
const n = doubles((t) => (t === 20 ? 0 : 10 + (t % 5)));
const indicator = doubles((t) => 0.3 * ((t * 7) % 11) - 1 + 0.2 * (t % 12));
const actual = doubles((t) => 8 + (t % 3));

/** Months vary together the less, the further they are apart; there is one group. */
const covariance = (t: number, u: number): number => 0.5 / (1 + Math.abs(t - u));
const deviation = (weights: ArrayLike<number>): number => {
  let sum = 0;
  for (let t = 0; t < months; t++) for (let u = 0; u < months; u++) sum += weights[t]! * weights[u]! * covariance(t, u);
  return Math.sqrt(sum);
};

const errorOf = (standardError: number, ends?: Ends): MeanError => ({ state: 'ok', standardError, freedom: Infinity, ...(ends ? { ends } : {}) });

const request = (change: Partial<IndicatorRequest> = {}): IndicatorRequest => ({
  by: ['county'],
  groups: [['Oslo']],
  firstMonth,
  months,
  outcomes: [{
    outcome: 'hours', horizon: 3, zeroOne: false,
    cells: { n, outcome: actual.map((value, t) => value * n[t]!), outcomeSquared: new Float64Array(months), expected: actual.map((value, t) => (value - indicator[t]!) * n[t]!), residualSquared: new Float64Array(months) },
  }],
  seasonalReference: { 3: ['2018-01/2020-12'] },
  period: 'month',
  pooled: [],
  standardErrors: { ofMonths: (_, { weights }) => errorOf(deviation(weights)), acrossMonths: true },
  critical: () => 2,
  relativeTo: null,
  ...change,
});

const near = (got: number, wanted: number): void => expect(Math.abs(got - wanted)).toBeLessThan(1e-12 * Math.max(1, Math.abs(wanted)));

describe('differences between periods', () => {
  it('are of the month before and of the same month a year earlier, where both are there', () => {
    const { by, rows } = periodDifferences(request());
    expect(by).toEqual(['county']);
    const named = rows.map(({ period, from, earlier }) => `${period} ${from} ${earlier}`);
    const there = Array.from({ length: months }, (_, t) => t).filter((t) => t !== 20);
    const wanted = there.flatMap((t) => ([[1, 'period before'], [12, 'year before']] as const).filter(([lag]) => there.includes(t - lag)).map(([lag, earlier]) => `${formatMonth(firstMonth + t)} ${formatMonth(firstMonth + t - lag)} ${earlier}`));
    expect(named).toEqual(wanted);
  });

  it('have the standard error of the two months together, of the adjusted ones, and in percent', () => {
    const { rows } = periodDifferences(request());
    const weighted = (of: (t: number) => number): Float64Array => doubles(of);
    const mean = doubles((t) => n[t]! * actual[t]!).reduce((sum, value) => sum + value, 0) / n.reduce((sum, value) => sum + value, 0);
    for (const row of rows) {
      const [t, s] = [parseMonth(row.period)! - firstMonth, parseMonth(row.from)! - firstMonth];
      near(row.difference.estimate, indicator[t]! - indicator[s]!);
      near(row.difference.standardError, Math.sqrt(covariance(t, t) + covariance(s, s) - 2 * covariance(t, s)));
      near(row.difference.confLow, row.difference.estimate - 2 * row.difference.standardError);
      near(row.relative.estimate, (100 * row.difference.estimate) / mean);
      near(row.relative.standardError, (100 * row.difference.standardError) / mean);
      near(row.percentChange.estimate, (100 * (indicator[t]! - indicator[s]!)) / indicator[s]!);
      near(row.percentChange.standardError, deviation(weighted((u) => (u === t ? 100 / indicator[s]! : u === s ? (-100 * indicator[t]!) / (indicator[s]! * indicator[s]!) : 0))));
      // Less the mean of the calendar month, for each of the two; the mean of all months goes out.
      const same = (at: number): number[] => Array.from({ length: months }, (_, u) => u).filter((u) => u % 12 === at % 12 && u !== 20);
      const adjusted = weighted((u) => Number(u === t) - Number(u === s) - (same(t).includes(u) ? 1 / same(t).length : 0) + (same(s).includes(u) ? 1 / same(s).length : 0));
      near(row.adjusted.estimate, adjusted.reduce((sum, weight, u) => sum + (weight === 0 ? 0 : weight * indicator[u]!), 0));
      near(row.adjusted.standardError, deviation(adjusted));
    }
  });

  it('of tertials are of the means of their months; of years only of the year before; of all none', () => {
    const { rows } = periodDifferences(request({ period: 'tertial' }));
    const row = rows.find(({ period, earlier }) => period === '2019-T1' && earlier === 'period before')!;
    expect([row.from, row.n, row.nFrom]).toEqual(['2018-T3', n.subarray(12, 16).reduce((a, b) => a + b), n.subarray(8, 12).reduce((a, b) => a + b)]);
    near(row.difference.standardError, deviation(doubles((t) => (t >= 12 && t < 16 ? 0.25 : t >= 8 && t < 12 ? -0.25 : 0))));
    // September 2019 has no rows, so its tertial is none.
    expect(rows.some(({ period, from }) => [period, from].includes('2019-T3'))).toBe(false);
    expect(periodDifferences(request({ period: 'year' })).rows).toEqual([]);
    const whole = periodDifferences(request({ period: 'year', outcomes: [{ ...request().outcomes[0]!, cells: { ...request().outcomes[0]!.cells, n: n.map((rows) => rows || 1) } }] }));
    expect(whole.rows.map(({ period, earlier }) => [period, earlier])).toEqual([['2019', 'period before'], ['2020', 'period before']]);
    expect(periodDifferences(request({ period: 'all' })).rows).toEqual([]);
  });

  it('are withheld where either period is', () => {
    const withheld = Uint8Array.from(n, (rowsOf) => Number(rowsOf < 11));
    const { rows } = periodDifferences(request({ outcomes: request().outcomes.map((outcome) => withheldOutcome(outcome, withheld)) }));
    for (const { period, from, n: rowsOf, difference, relative, percentChange } of rows) {
      const few = [period, from].some((month) => n[parseMonth(month)! - firstMonth]! < 11);
      expect(Number.isNaN(rowsOf)).toBe(few);
      for (const { estimate, confHigh, state } of [difference, relative, percentChange]) expect([Number.isNaN(estimate), Number.isNaN(confHigh), state === 'withheld']).toEqual([few, few, few]);
    }
    expect(rows.filter(({ n: rowsOf }) => Number.isNaN(rowsOf)).length).toBeGreaterThan(5);
  });
});
