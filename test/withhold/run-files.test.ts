import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { bundleOf } from '../../src/bundle/bundle.ts';
import { readBundle } from '../../src/bundle/read-bundle.ts';
import { writeBundle } from '../../src/bundle/write-bundle.ts';
import { resultFiles } from '../../src/results/result-files.ts';
import { formatMonth } from '../../src/spec/months.ts';
import type { KeptSums } from '../../src/whatif/kept-sums.ts';
import type { Pool } from '../../src/workers/pool.ts';
import { openBuiltPool } from '../support/built-engine.ts';
import { linearBounds, type KnownSum } from '../support/linear-bounds.ts';
import { panelSpec, runRows } from '../support/run-rows.ts';
import { draws } from '../support/table-file.ts';
import type { Row } from '../reference/table.ts';

/** Breakdowns with columns of no covariate, by levels alone, and of groups by levels, whose sums a bundle has too. */
const published = {
  groups: [[], ['county'], ['grp'], ['county', 'grp'], ['office'], ['sex']],
  'groups by levels': [[], ['county'], ['county', 'sex'], ['office', 'sex']],
  'levels of two covariates': [[], ['office'], ['sex', 'age'], ['grp', 'age']],
};
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

const keyOf = (by: readonly string[], row: Row): string =>
  JSON.stringify([by, row.month, by.map((column) => String(row[column]))]);

/** Cells of two breakdowns that share rows, month by month, directly or through others. */
function partsOf(
  rows: readonly Row[],
  a: readonly string[],
  b: readonly string[],
): { readonly one: string[]; readonly other: string[] }[] {
  const parts = new Set<{ one: Set<string>; other: Set<string> }>();
  const pairs = new Set(rows.map((row) => JSON.stringify([keyOf(a, row), keyOf(b, row)])));
  for (const [x, y] of [...pairs].map((pair) => JSON.parse(pair) as [string, string])) {
    const touching = [...parts].filter(({ one, other }) => one.has(x) || other.has(y));
    for (const part of touching) parts.delete(part);
    parts.add({
      one: new Set([x, ...touching.flatMap(({ one }) => [...one])]),
      other: new Set([y, ...touching.flatMap(({ other }) => [...other])]),
    });
  }
  return [...parts].map(({ one, other }) => ({ one: [...one], other: [...other] }));
}

const levels = ['sex', 'age'];

/** Rows by level that kept sums tell of: of cells that are not withheld, and of months that are not kept as one. */
function countedInBundle({
  frame,
  months,
  groupings,
  together = [],
}: KeptSums): { readonly by: string[]; readonly values: ReadonlyMap<string, number> }[] {
  const columns = frame.columns
    .map(({ term, level }, k) => ({ term, level, k }))
    .filter(({ term }) => levels.includes(term));
  const whole = new Map<string, number>();
  for (const { month, gram } of months.filter((one) => !together.includes(one.month))) {
    for (const a of columns.filter(({ term }) => term === 'sex')) {
      for (const b of columns.filter(({ term }) => term === 'age'))
        whole.set(JSON.stringify([levels, formatMonth(month), [a.level, b.level]]), gram[(b.k * (b.k + 1)) / 2 + a.k]!);
    }
  }
  const cells = groupings.flatMap((grouping) =>
    levels.map((level) => {
      const by = [...grouping.by, level];
      const values = new Map<string, number>();
      grouping.n.forEach((n, cell) => {
        const group = grouping.groups[cell % grouping.groups.length]!;
        const month = formatMonth(grouping.firstMonth + Math.floor(cell / grouping.groups.length));
        if (n > 0)
          for (const column of columns.filter(({ term }) => term === level))
            values.set(
              JSON.stringify([by, month, [...group, column.level]]),
              grouping.x[cell * frame.columns.length + column.k]!,
            );
      });
      return { by, values };
    }),
  );
  return [{ by: levels, values: whole }, ...cells];
}

describe('what is written with a threshold', () => {
  let pool: Pool;
  beforeAll(async () => {
    pool = await openBuiltPool(2);
  });
  afterAll(() => pool.close());

  it.each<[keyof typeof published, number, number]>([
    ['groups', 1, 160], ['groups', 2, 400], ['groups', 3, 600],
    ['groups by levels', 4, 160], ['groups by levels', 5, 400], ['groups by levels', 6, 800],
    ['levels of two covariates', 7, 300], ['levels of two covariates', 8, 400],
  ])('tells of no hidden cell, by linear programs: %s, panel %i of %i persons', async (name, seed, persons) => {
    const breakdowns = published[name];
    const rows = panel(seed, persons);
    const result = await runRows({ pool, spec, rows, keep: true, options: { by: breakdowns.slice(1), threshold: 4 } });
    const files = resultFiles(result);
    const bundle = readBundle(writeBundle(bundleOf(result, { engineVersion: 'test' })));
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
      for (const { one, other } of partsOf(rows, a, b)) for (const number of kinds) add(number, one, other);
    }
    // What the bundle counts by level: of the whole by two levels together, with their sums, and of the cells of
    // breakdowns.
    let counted = 0;
    for (const { by, values } of countedInBundle(bundle.kept[0]!)) {
      for (const other of breakdowns.filter((one) => one.length > 0)) {
        for (const part of partsOf(rows, by, other)) {
          if (!part.one.every((key) => values.has(key))) continue;
          const inPart = rows.filter((row) => part.one.includes(keyOf(by, row)));
          expect(part.one.reduce((sum, key) => sum + values.get(key)!, 0), part.one.join()).toBe(inPart.length);
          const ofWhole = by.length === 2 && by.every((column) => levels.includes(column));
          add('n', [], part.other, -inPart.length);
          if (ofWhole) add('with', [], part.other, -inPart.filter((row) => row.job3 === 1).length);
          if (ofWhole) add('hours', [], part.other, -inPart.reduce((sum, row) => sum + (row.hours3 as number), 0));
          counted++;
        }
      }
    }
    if (persons >= 300) expect(counted).toBeGreaterThan(10);
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
