import { describe, expect, it } from 'vitest';
import type { PersonCounts } from '../../src/indicator/person-counts.ts';
import { withheldCells, type CountedMargin, type Overlap } from '../../src/withhold/withheld-cells.ts';
import { isSensitive } from '../../src/withhold/rule.ts';
import { linearBounds, type KnownSum } from '../support/linear-bounds.ts';
import { draws } from '../support/table-file.ts';

interface PlainRow {
  readonly month: number;
  readonly labels: Readonly<Record<string, string>>;
  /** By outcome; null where it is not observed. */
  readonly outcomes: readonly (number | null)[];
}

/** A month's persons in counties of offices, and in groups; hours and a job, of which the second pair is observed for fewer. */
function panel(seed: number, { months = 1, counties = 4, offices = 3, groups = 3, persons = 120 } = {}): PlainRow[] {
  const next = draws(seed);
  const skewed = (n: number): number => Math.floor(n * next() ** 2);
  return Array.from({ length: months }, (_, month) => Array.from({ length: persons }, (): PlainRow => {
    const county = skewed(counties);
    const hours = next() < 0.6 ? 0 : Math.ceil(40 * next());
    const seen = next() < 0.95;
    const job = Number(hours > 19);
    return { month, labels: { county: `c${county}`, office: `c${county}o${skewed(offices)}`, group: `g${skewed(groups)}` }, outcomes: [hours, job, seen ? hours : null, seen ? job : null] };
  })).flat();
}

const zeroOne = [false, true, false, true];

function marginOf(rows: readonly PlainRow[], by: readonly string[], months: number): CountedMargin {
  const label = (row: PlainRow): string => JSON.stringify(by.map((column) => row.labels[column]));
  const names = [...new Set(rows.map(label))].sort();
  const cellsOf = rows.map((row) => row.month * names.length + names.indexOf(label(row)));
  return {
    by,
    groups: names.map((name) => JSON.parse(name) as string[]),
    summed: by.length === 0 ? [[]] : [],
    outcomes: zeroOne.map((isZeroOne, o) => {
      const cells = months * names.length;
      const table = (from = 0): Float64Array => new Float64Array(cells).fill(from);
      const [n, outcome, above, below, most, lowest, highest] = [table(), table(), table(), table(), table(), table(Infinity), table(-Infinity)];
      rows.forEach((row, r) => {
        const y = row.outcomes[o];
        if (y === null || y === undefined) return;
        const cell = cellsOf[r]!;
        n[cell]!++;
        outcome[cell]! += y;
        above[cell]! += Number(y > 0);
        below[cell]! += Number(y < 1);
        most[cell] = Math.max(most[cell]!, y);
        lowest[cell] = Math.min(lowest[cell]!, y);
        highest[cell] = Math.max(highest[cell]!, y);
      });
      // In a month a person has one row.
      const persons: PersonCounts = { rows: n, persons: n, above, below, mostRows: n.map((rowsHere) => Math.min(1, rowsHere)), size: outcome, mostSize: most, lowest, highest };
      return { zeroOne: isZeroOne, n, outcome, persons };
    }),
  };
}

/** All that is true of a month's cells of two breakdowns: where nobody of some groups is outside some groups of the other, their sums agree. */
function sumsOfPair(rows: readonly PlainRow[], margins: readonly CountedMargin[], [a, b]: readonly [number, number]): { one: number[]; other: number[] }[] {
  const key = (row: PlainRow, m: number): string => JSON.stringify(margins[m]!.by.map((column) => row.labels[column]));
  const place = (m: number, name: string): number => margins[m]!.groups.findIndex((labels) => JSON.stringify(labels) === name);
  const parts: { one: Set<number>; other: Set<number> }[] = [];
  for (const row of rows) {
    const [i, j] = [place(a, key(row, a)), place(b, key(row, b))];
    const touching = parts.filter(({ one, other }) => one.has(i) || other.has(j));
    for (const part of touching) parts.splice(parts.indexOf(part), 1);
    parts.push({ one: new Set([i, ...touching.flatMap(({ one }) => [...one])]), other: new Set([j, ...touching.flatMap(({ other }) => [...other])]) });
  }
  return parts.map(({ one, other }) => ({ one: [...one], other: [...other] }));
}

function overlapOf(rows: readonly PlainRow[], margins: readonly CountedMargin[], pair: readonly [number, number], months: number): Overlap {
  const own = margins[pair[0]]!.groups.length;
  const size = own + margins[pair[1]]!.groups.length;
  const component = new Int32Array(months * size).fill(-1);
  for (let t = 0; t < months; t++) {
    sumsOfPair(rows.filter(({ month }) => month === t), margins, pair).forEach(({ one, other }, part) => {
      for (const k of one) component[t * size + k] = part;
      for (const k of other) component[t * size + own + k] = part;
    });
  }
  return { pair, component };
}

const breakdowns = [[], ['county'], ['group'], ['county', 'group'], ['office'], ['office', 'group']];
const pairs = breakdowns.flatMap((_, a) => breakdowns.slice(a + 1).map((__, k): [number, number] => [a, a + 1 + k]));

function audited(seed: number, options = {}) {
  const months = 1;
  const rows = panel(seed, { months, ...options });
  const margins = breakdowns.map((by) => marginOf(rows, by, months));
  const crossed = pairs.filter(([a, b]) => !breakdowns[a]!.every((column) => breakdowns[b]!.includes(column)));
  const hidden = withheldCells({ threshold: 4, months, inSample: [true], margins, overlaps: crossed.map((pair) => overlapOf(rows, margins, pair, months)) });
  return { rows, margins, hidden, months };
}

/** Bounds of a hidden number of each cell that is there, over every sum of every pair of breakdowns. */
function boundsOfHidden({ rows, margins, hidden }: ReturnType<typeof audited>, outcome: number, number: 'n' | 'with' | 'without' | 'hours') {
  const valueOf = (m: number, cell: number): number => {
    const { n, outcome: sum } = margins[m]!.outcomes[outcome]!;
    return number === 'n' ? n[cell]! : number === 'without' ? n[cell]! - sum[cell]! : sum[cell]!;
  };
  const unknowns: { m: number; cell: number }[] = [];
  margins.forEach(({ outcomes }, m) => outcomes[outcome]!.n.forEach((n, cell) => n > 0 && hidden[m]![cell] && unknowns.push({ m, cell })));
  const places = new Map(unknowns.map(({ m, cell }, u) => [`${m} ${cell}`, u]));
  const sums: KnownSum[] = [0].flatMap((t) => pairs.flatMap((pair) => sumsOfPair(rows.filter(({ month, outcomes }) => month === t && outcomes[0] !== undefined), margins, pair).map(({ one, other }) => {
    const terms: [number, number][] = [];
    let total = 0;
    for (const [side, sign] of [[one, 1], [other, -1]] as const) {
      const m = pair[sign > 0 ? 0 : 1];
      for (const k of side) {
        const cell = t * margins[m]!.groups.length + k;
        const unknown = places.get(`${m} ${cell}`);
        if (unknown === undefined) total -= sign * valueOf(m, cell);
        else terms.push([sign, unknown]);
      }
    }
    return { terms, total };
  }))).filter(({ terms }) => terms.length > 0);
  const all = linearBounds({ least: unknowns.map(() => (number === 'n' ? 1 : 0)), sums }, [...unknowns.keys()]);
  return all.map(([low, high], u) => ({ ...unknowns[u]!, value: valueOf(unknowns[u]!.m, unknowns[u]!.cell), low, high }));
}

describe('withheld cells', () => {
  it.each([1, 2, 3])('of a random hierarchy of county, office and group do not follow from what is shown: %i', (seed) => {
    const found = audited(seed, { persons: [120, 400, 1500][seed - 1]!, counties: 1 + seed });
    let [cells, all, sensitive] = [0, 0, 0];
    found.margins.forEach(({ outcomes }, m) => outcomes.forEach((own, o) => own!.n.forEach((n, cell) => {
      if (n === 0) return;
      all++;
      cells += found.hidden[m]![cell]!;
      if (!isSensitive(own!.persons, cell, { threshold: 4, zeroOne: zeroOne[o]!, signed: false })) return;
      sensitive++;
      expect(found.hidden[m]![cell]).toBe(1);
    })));
    expect(sensitive).toBeGreaterThan(0);
    for (const [outcome, number] of [[0, 'n'], [2, 'n'], [0, 'hours'], [2, 'hours'], [1, 'with'], [1, 'without'], [3, 'with'], [3, 'without']] as const) {
      for (const { value, low, high, ...at } of boundsOfHidden(found, outcome, number)) {
        expect(low).toBeLessThanOrEqual(value + 1e-6);
        expect(high).toBeGreaterThanOrEqual(value - 1e-6);
        expect({ ...at, number, wide: high - low >= (number === 'hours' ? 0.2 * value : 3) - 1e-6 }).toEqual({ ...at, number, wide: true });
      }
    }
    // More is hidden than has to be by itself, and not everything.
    expect(cells).toBeLessThan(all);
  });
});
