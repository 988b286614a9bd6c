import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { IndicatorTable } from '../../src/indicator/table.ts';
import type { RunOptions, RunResult } from '../../src/run-result.ts';
import { main } from '../../src/spec/built-in.ts';
import type { Outcome } from '../../src/spec/model-spec.ts';
import type { Period } from '../../src/spec/months.ts';
import type { Pool } from '../../src/workers/pool.ts';
import { studentTwoSided } from '../reference/distributions.ts';
import { labelOf, numberOf, type Row } from '../reference/table.ts';
import { wholeDesign, type Design } from '../reference/whole/design.ts';
import { wholeFit, type WholeFit } from '../reference/whole/estimate.ts';
import { wholeGroup, type WholeError, type WholeRow } from '../reference/whole/table.ts';
import { defaultOptions, openBuiltPool, runBuiltModel } from '../support/built-engine.ts';
import { drawnRows } from '../support/drawn-rows.ts';
import { writeTable } from '../support/write-table.ts';

const by = [['county'], ['support_group'], ['county', 'female']];

interface Estimated {
  readonly outcome: Outcome;
  readonly rows: readonly Row[];
  readonly y: Float64Array;
  readonly clusterOf: Int32Array;
  readonly design: Design;
  readonly fit: WholeFit;
}

describe('the whole of the model in production, on 20,000 generated rows, against plain loops', () => {
  const all = drawnRows({ rows: 20_000, seed: 9 });
  let pool: Pool;
  let plain: Estimated[];
  let monthly: RunResult;
  const run = async (options: Partial<RunOptions>): Promise<RunResult> =>
    runBuiltModel({ spec: main, source: { files: writeTable(all, { format: 'csv' }) }, options: { ...defaultOptions, by, vcov: 'cluster', interval: 'analytic', cluster: 'person', ...options }, pool });
  beforeAll(async () => {
    pool = await openBuiltPool(2);
    plain = main.outcomes.map((outcome) => estimated(outcome, all));
  });
  afterAll(() => pool.close());

  it('coefficients, their status, and errors clustered by person', async () => {
    monthly = await run({});
    for (const { outcome, design, fit } of plain) {
      const ours = monthly.fits.find((one) => one.outcome === outcome.name)!;
      const places = new Map([...design.places, ...design.references].map((place) => [`${place.term} ${place.level}`, place]));
      const seen = new Set<string>();
      for (const { term, level, status, n, estimate, standardError } of ours.coefficients) {
        const key = `${term} ${level}`;
        seen.add(key);
        const place = places.get(key);
        if (!place) {
          expect(status, key).toBe('separated');
          continue;
        }
        const j = place.column;
        const known = j < 0 ? 'reference' : fit.kept[j] ? 'estimated' : place.n === 0 ? 'empty' : place.left === 0 ? 'separated' : 'collinear';
        expect([status, n], `${outcome.name} ${key}`).toEqual([known, place.n]);
        if (known !== 'estimated') continue;
        expect(Math.abs(estimate! - fit.beta[j]!) / Math.max(Math.abs(fit.beta[j]!), fit.standardError[j]!), `${outcome.name} ${key}`).toBeLessThan(1e-10);
        expect(Math.abs(standardError! / fit.standardError[j]! - 1), `error of ${outcome.name} ${key}`).toBeLessThan(1e-8);
      }
      expect([...places.keys()].filter((key) => !seen.has(key))).toEqual([]);
    }
  });

  it.each([
    { period: 'month', pooled: false }, { period: 'tertial', pooled: false }, { period: 'quarter', pooled: true }, { period: 'all', pooled: false }, { period: 'all', pooled: true },
  ] as const)('every cell of the tables by $period, pooled: $pooled', async ({ period, pooled }: { period: Period; pooled: boolean }) => {
    const { tables } = period === 'month' ? monthly : await run({ period, pooled });
    expect(tables.map((table) => table.by)).toEqual([[], ...by]);
    const states = new Map<string, number>();
    for (const table of tables) {
      const lines = new Map(table.outcome.map((outcome, i) => [[outcome, ...table.groups.map((labels) => labels[i]!), table.periods[i]!].join('|'), i]));
      expect(lines.size).toBe(table.outcome.length);
      let compared = 0;
      for (const { outcome } of plain) {
        for (const [group, rowsOf] of groupsOf(outcome, table.by)) {
          for (const [label, row] of rowsOf(period, pooled)) {
            const at = lines.get([outcome.name, ...group, label].join('|'));
            expect(at, `${group.join()} ${label}`).toBeDefined();
            holdRow(table, at!, row, `${outcome.name} ${table.by.join('+')} ${group.join()} ${label}`);
            states.set(table.state[at!]!, (states.get(table.state[at!]!) ?? 0) + 1);
            compared++;
          }
        }
      }
      expect(compared).toBe(lines.size);
    }
    expect(states.get('ok')).toBeGreaterThan(20);
    if (period !== 'all') expect(states.get('too_few_events')).toBeGreaterThan(0);
  });

  const found = new Map<string, [readonly string[], ReturnType<typeof wholeGroup>][]>();
  /** The groups of a breakdown: what their rows add is the same for all periods. */
  function groupsOf(outcome: Outcome, columns: readonly string[]): [readonly string[], ReturnType<typeof wholeGroup>][] {
    const key = JSON.stringify([outcome.name, columns]);
    const known = found.get(key);
    if (known) return known;
    const { rows, y, fit, clusterOf } = plain.find((one) => one.outcome === outcome)!;
    const members = new Map<string, number[]>();
    rows.forEach((row, i) => {
      const group = JSON.stringify(columns.map((column) => labelOf(row, column)));
      members.set(group, [...(members.get(group) ?? []), i]);
    });
    const monthOf = rows.map((row) => String(row[main.month]));
    const reference = main.seasonal!.reference[String(outcome.horizon)]!;
    const groups = [...members].map(([group, own]): [readonly string[], ReturnType<typeof wholeGroup>] =>
      [JSON.parse(group) as string[], wholeGroup({ members: own, monthOf, y, fit, clusterOf, zeroOne: outcome.family === 'probit', reference })]);
    found.set(key, groups);
    return groups;
  }
});

/** Values in the unit of the outcome, hours or a share. */
function holdRow(table: IndicatorTable, at: number, row: WholeRow, what: string): void {
  expect([table.n[at], table.months[at]], what).toEqual([row.n, row.months]);
  const near = (name: string, ours: number, theirs: number, most = 1e-9): void => {
    if (Number.isNaN(theirs) ? !Number.isNaN(ours) : !(Math.abs(ours - theirs) <= most * Math.max(1, Math.abs(theirs)))) {
      expect.fail(`${what}, ${name}: ${ours}; by rows ${theirs}`);
    }
  };
  near('actual', table.actual[at]!, row.actual);
  near('expected', table.expected[at]!, row.expected);
  near('indicator', table.indicator[at]!, row.indicator);
  near('relative', table.relativePercent[at]!, row.relative);
  const [actual, expected, indicator] = row.adjusted ?? [NaN, NaN, NaN];
  near('actual adjusted', table.actualSeasonallyAdjusted[at]!, actual);
  near('expected adjusted', table.expectedSeasonallyAdjusted[at]!, expected);
  near('indicator adjusted', table.indicatorSeasonallyAdjusted[at]!, indicator);
  holdError(near, what, row.indicator, row.error, { state: table.state[at]!, error: table.standardError[at]!, freedom: table.freedom[at]!, low: table.confLow[at]!, high: table.confHigh[at]! });
  const none: WholeError = { state: 'not_applicable', standardError: NaN, freedom: NaN };
  holdError(near, `${what} adjusted`, indicator, row.adjustedError ?? none, {
    state: table.stateSeasonallyAdjusted[at]!, error: table.standardErrorSeasonallyAdjusted[at]!, freedom: table.freedomSeasonallyAdjusted[at]!,
    low: table.confLowSeasonallyAdjusted[at]!, high: table.confHighSeasonallyAdjusted[at]!,
  });
}

interface OurError {
  readonly state: string;
  readonly error: number;
  readonly freedom: number;
  readonly low: number;
  readonly high: number;
}

let ends = 0;
function holdError(near: (name: string, ours: number, theirs: number, most?: number) => void, what: string, indicator: number, theirs: WholeError, ours: OurError): void {
  expect(ours.state, what).toBe(theirs.state);
  near('standard error', ours.error / (theirs.standardError || 1), theirs.standardError / (theirs.standardError || 1), 1e-8);
  near('degrees of freedom', ours.freedom / theirs.freedom, theirs.freedom / theirs.freedom, 1e-8);
  const isThere = ours.state === 'ok';
  near('lower end', ours.low, isThere ? 2 * indicator - ours.high : NaN);
  // Quantiles take long by definition.
  if (isThere && ends++ % 50 === 0) near('beyond the ends', studentTwoSided((ours.high - indicator) / theirs.standardError, theirs.freedom), 0.05, 1e-9);
}

function estimated(outcome: Outcome, all: readonly Row[]): Estimated {
  const rows = all.filter((row) => numberOf(row, outcome.name) !== null);
  const persons = new Map<string, number>();
  const clusterOf = Int32Array.from(rows, (row) => {
    const person = labelOf(row, main.person);
    if (!persons.has(person)) persons.set(person, persons.size);
    return persons.get(person)!;
  });
  const y = Float64Array.from(rows, (row) => numberOf(row, outcome.name)!);
  const design = wholeDesign(main, outcome, rows, all);
  return { outcome, rows, y, clusterOf, design, fit: wholeFit({ design, y, family: outcome.family, clusterOf, clusters: persons.size }) };
}
