import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { resultFiles } from '../../src/results/result-files.ts';
import type { Pool } from '../../src/workers/pool.ts';
import { openBuiltPool } from '../support/built-engine.ts';
import { linearBounds, type KnownSum } from '../support/linear-bounds.ts';
import { panelSpec, runRows } from '../support/run-rows.ts';
import { draws } from '../support/table-file.ts';
import type { Row } from '../reference/table.ts';

const breakdowns = [[], ['county'], ['grp'], ['county', 'grp'], ['office'], ['sex']];
const spec = panelSpec([{ name: 'sex', coding: 'values', reference: 'm' }, { name: 'age', coding: 'values' }], {
  outcomes: [{ name: 'hours3', family: 'gaussian', horizon: 3 }, { name: 'job3', family: 'gaussian', horizon: 3 }],
});

/** Persons of a few months in counties of offices, in groups, with hours and a job. */
function panel(seed: number, persons: number): Row[] {
  const next = draws(seed);
  const skewed = (n: number): number => Math.floor(n * next() ** 2);
  return Array.from({ length: persons }, (_, person) => {
    const county = skewed(3);
    const fixed = { person_id: 1000 + person, county: `c${county}`, office: `c${county}o${skewed(3)}`, sex: next() < 0.4 ? 'f' : 'm', age: 20 + skewed(5) };
    return ['2019-01', '2019-02', '2019-03'].filter(() => next() < 0.8).map((month) => {
      const hours = next() < 0.5 ? 0 : Math.ceil(38 * next());
      return { ...fixed, month, grp: `g${skewed(3)}`, hours3: hours, job3: Number(hours > 19) };
    });
  }).flat();
}

type Line = Readonly<Record<string, string>>;

function linesOf(csv: string): Line[] {
  const [head, ...rest] = csv.trim().split('\n').map((line) => line.split(','));
  return rest.map((values) => Object.fromEntries(head!.map((name, k) => [name, values[k]!])));
}

describe('what is written with a threshold', () => {
  let pool: Pool;
  beforeAll(async () => {
    pool = await openBuiltPool(2);
  });
  afterAll(() => pool.close());

  it.each([[1, 160], [2, 400], [3, 600]])('does not tell of hidden cells, by linear programs over its files: panel %i of %i persons', async (seed, persons) => {
    const rows = panel(seed, persons);
    const result = await runRows({ pool, spec, rows, options: { by: breakdowns.slice(1), threshold: 4 } });
    const files = resultFiles(result);
    // Numbers of a cell: rows, those with a job, and hours. Two outcomes of the same rows have the same n.
    const unknowns: { readonly key: string; readonly value: number; readonly number: 'n' | 'with' | 'hours' }[] = [];
    const place = new Map<string, number>();
    const known = new Map<string, number>();
    const valueOf = (key: string, value: number, number: 'n' | 'with' | 'hours', hidden: boolean): void => {
      if (!hidden) known.set(`${number} ${key}`, value);
      else if (!place.has(`${number} ${key}`)) place.set(`${number} ${key}`, unknowns.push({ key, value, number }) - 1);
    };
    const inCell = (by: readonly string[], line: Line): Row[] => rows.filter((row) => row.month === line.month && by.every((column) => String(row[column]) === line[column]));
    const keys: { readonly by: readonly string[]; readonly month: string; readonly labels: readonly string[]; readonly key: string }[] = [];
    let [shown, hidden] = [0, 0];
    for (const by of breakdowns) {
      for (const line of linesOf(files.get(`indicator${by.length ? `_${by.join('+')}` : ''}.csv`)!)) {
        const labels = by.map((column) => line[column]!);
        const key = JSON.stringify([by, line.month, labels]);
        const mine = inCell(by, line);
        const isHidden = line.state === 'withheld';
        expect([line.n === '', line.actual === '', line.std_error === '']).toEqual(isHidden ? [true, true, true] : [false, false, false]);
        if (isHidden) hidden++;
        else shown++;
        valueOf(key, mine.length, 'n', isHidden);
        if (line.outcome === 'job3') valueOf(key, mine.filter((row) => row.job3 === 1).length, 'with', isHidden);
        else valueOf(key, mine.reduce((sum, row) => sum + (row.hours3 as number), 0), 'hours', isHidden);
        if (line.outcome === 'job3') keys.push({ by, month: line.month!, labels, key });
      }
    }
    expect(Math.min(shown, hidden)).toBeGreaterThan(10);

    const sums: KnownSum[] = [];
    const add = (number: 'n' | 'with' | 'hours', one: readonly string[], other: readonly string[], extra = 0): void => {
      const terms: [number, number][] = [];
      let total = extra;
      for (const [side, sign] of [[one, 1], [other, -1]] as const) {
        for (const key of side) {
          const unknown = place.get(`${number} ${key}`);
          if (unknown === undefined) total -= sign * known.get(`${number} ${key}`)!;
          else terms.push([sign, unknown]);
        }
      }
      if (terms.length > 0) sums.push({ terms, total });
    };
    // Every pair of breakdowns month by month, part by part: columns of one in the other, and offices in counties.
    const kinds = ['n', 'with', 'hours'] as const;
    for (const [a, b] of breakdowns.flatMap((one, i) => breakdowns.slice(i + 1).map((other) => [one, other] as const))) {
      for (const month of ['2019-01', '2019-02', '2019-03']) {
        const parts: { one: Set<string>; other: Set<string> }[] = [];
        for (const row of rows.filter((one) => one.month === month)) {
          const [x, y] = [a, b].map((by) => JSON.stringify([by, month, by.map((column) => String(row[column]))])) as [string, string];
          const touching = parts.filter(({ one, other }) => one.has(x) || other.has(y));
          for (const part of touching) parts.splice(parts.indexOf(part), 1);
          parts.push({ one: new Set([x, ...touching.flatMap(({ one }) => [...one])]), other: new Set([y, ...touching.flatMap(({ other }) => [...other])]) });
        }
        for (const { one, other } of parts) for (const number of kinds) add(number, [...one], [...other]);
      }
    }
    // What fit.json and coefficients.csv tell of all months: rows and means of all, and rows by level.
    const fit = (JSON.parse(files.get('fit.json')!) as { outcome: string; n: number; meanOutcome: number }[]);
    const whole = keys.filter(({ by }) => by.length === 0).map(({ key }) => key);
    add('n', whole, [], fit[0]!.n);
    for (const [outcome, number] of [['job3', 'with'], ['hours3', 'hours']] as const) {
      const { n, meanOutcome } = fit.find((one) => one.outcome === outcome)!;
      add(number, whole, [], n * meanOutcome);
    }
    for (const line of linesOf(files.get('coefficients.csv')!)) {
      if (line.outcome === 'hours3' && line.term === 'sex' && line.n !== '') add('n', keys.filter(({ by, labels }) => by.join() === 'sex' && labels[0] === line.level).map(({ key }) => key), [], Number(line.n));
    }
    // Those with a job are no more than there are.
    const atLeast = keys.flatMap(({ key }): KnownSum[] => {
      const [all, some] = [place.get(`n ${key}`), place.get(`with ${key}`)];
      return all === undefined || some === undefined ? [] : [{ terms: [[1, all], [-1, some]], total: 0 }];
    });
    const bounds = linearBounds({ least: unknowns.map(({ number }) => (number === 'n' ? 1 : 0)), sums, atLeast }, [...unknowns.keys()]);
    bounds.forEach(([low, high], u) => {
      const { key, value, number } = unknowns[u]!;
      expect(low).toBeLessThanOrEqual(value + 1e-6);
      expect(high).toBeGreaterThanOrEqual(value - 1e-6);
      const needed = number === 'hours' ? 0.2 * value : 3;
      expect([key, number, high - low >= needed - 1e-6]).toEqual([key, number, true]);
    });
    expect(bounds.length).toBeGreaterThan(10);
  });
});
