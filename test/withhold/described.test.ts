import { describe, expect, it } from 'vitest';
import { withheldDescription, type CountedBreakdown } from '../../src/descriptive/withheld.ts';
import { linearBounds, type KnownSum } from '../support/linear-bounds.ts';
import { draws } from '../support/table-file.ts';

interface PlainRow {
  readonly person: number;
  readonly month: number;
  readonly labels: readonly [string, string];
  readonly female: number;
}

const breakdowns = [[], [0], [0, 1]];
const months = [10, 11];

function plainRows(seed: number, persons: number): PlainRow[] {
  const next = draws(seed);
  const skewed = (n: number): number => Math.floor(n * next() ** 2);
  return Array.from({ length: persons }, (_, person) => {
    const labels = [`a${skewed(4)}`, `b${skewed(3)}`] as const;
    const female = Number(next() < 0.3);
    return months.filter(() => next() < 0.7).map((month) => ({ person, month, labels, female }));
  }).flat();
}

function counted(rows: readonly PlainRow[]): CountedBreakdown[] {
  return breakdowns.map((columns) => {
    const groups = [...new Set(rows.map(({ labels }) => JSON.stringify(columns.map((c) => labels[c]))))].sort();
    return {
      by: columns.map((c) => ['a', 'b'][c]!),
      cells: groups.map((name) => {
        const own = rows.filter(({ labels }) => JSON.stringify(columns.map((c) => labels[c])) === name);
        const [n, sum] = [own.length, own.reduce((total, { female }) => total + female, 0)];
        return {
          group: JSON.parse(name) as string[], rows: n, persons: new Set(own.map(({ person }) => person)).size,
          months: new Map(months.map((month) => [month, own.filter((row) => row.month === month).length] as const).filter(([, count]) => count > 0)),
          moments: () => ({ n, mean: sum / n, standardDeviation: Math.sqrt((sum * (1 - sum / n)) / (n - 1)) }),
        };
      }),
    };
  });
}

describe('withheld descriptions', () => {
  it.each([[1, 60], [2, 150], [3, 250]])('do not follow from other cells and months: rows of seed %i', (seed, persons) => {
    const all = counted(plainRows(seed, persons));
    const found = withheldDescription(all, { threshold: 4, variables: 1 });
    const sums: KnownSum[] = [];
    const unknowns: { name: string; value: number }[] = [];
    const place = new Map<string, number>();
    const number = (name: string, value: number, hidden: boolean): { readonly unknown: number | null; readonly value: number } => {
      if (hidden && !place.has(name)) place.set(name, unknowns.push({ name, value }) - 1);
      return { unknown: hidden ? place.get(name)! : null, value };
    };
    const equal = (one: ReturnType<typeof number>, others: readonly ReturnType<typeof number>[]): void => {
      const signed = [[1, one] as const, ...others.map((other) => [-1, other] as const)];
      const terms = signed.flatMap(([sign, { unknown }]): [number, number][] => (unknown === null ? [] : [[sign, unknown]]));
      if (terms.length > 0) sums.push({ terms, total: signed.reduce((total, [sign, { unknown, value }]) => total - (unknown === null ? sign * value : 0), 0) });
    };
    const kinds = ['rows', ...months, 'with', 'without'] as const;
    const of = (b: number, c: number, kind: (typeof kinds)[number]): ReturnType<typeof number> => {
      const cell = all[b]!.cells[c]!;
      const { n, mean } = cell.moments(0);
      const [value, hidden] = kind === 'rows' ? [cell.rows, found.isCell(b, c)]
        : kind === 'with' ? [n * mean, found.isVariable(b, c, 0)] : kind === 'without' ? [n * (1 - mean), found.isVariable(b, c, 0)]
        : [cell.months.get(kind) ?? 0, cell.months.has(kind) && found.isMonth(b, c, kind)];
      return number(`${b} ${c} ${kind}`, value, hidden);
    };
    all.forEach((parent, p) => all.slice(p + 1).forEach((child, k) => {
      const b = p + 1 + k;
      parent.cells.forEach(({ group }, c) => {
        const members = child.cells.flatMap((cell, place) => (parent.by.every((column, i) => cell.group[child.by.indexOf(column)] === group[i]) ? [place] : []));
        for (const kind of kinds) equal(of(p, c, kind), members.map((member) => of(b, member, kind)));
      });
    }));
    all.forEach(({ cells }, b) => cells.forEach((cell, c) => {
      equal(of(b, c, 'rows'), [...cell.months.keys()].map((month) => of(b, c, month)));
      if (cell.persons < 4) expect([found.isCell(b, c), found.isVariable(b, c, 0)]).toEqual([true, true]);
    }));
    expect(unknowns.length).toBeGreaterThan(5);
    linearBounds({ least: unknowns.map(() => 0), sums }, [...unknowns.keys()]).forEach(([low, high], u) => {
      expect([unknowns[u]!.name, low <= unknowns[u]!.value + 1e-6, high >= unknowns[u]!.value - 1e-6, high - low >= 3 - 1e-6]).toEqual([unknowns[u]!.name, true, true, true]);
    });
  });
});
