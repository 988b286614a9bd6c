import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Pool } from '../../src/workers/pool.ts';
import { openBuiltPool } from '../support/built-engine.ts';
import { outcomes, panelSpec, runRows } from '../support/run-rows.ts';

interface OwnRow {
  readonly person: string;
  readonly month: number;
  readonly y: number;
}

const label = (k: number): string => `${2000 + Math.floor(k / 12)}-${String((k % 12) + 1).padStart(2, '0')}`;
const months = 120;
const shares = [0.3, 0.5, 0.51, 0.6, 0.75, 0.84, 0.9, 0.95, 0.99];

/** One person has this share of the rows, a few others the rest: alone in their months, or some beside the one. */
function unitOf(share: number, beside: boolean): OwnRow[] {
  const most = Math.round(share * months);
  const rows = Array.from({ length: months }, (_, month) => ({ person: month < most ? 'a' : `b${month % 3}`, month }));
  if (beside) for (let month = 0; month < most; month += 7) rows.push({ person: `b${month % 3}`, month });
  return rows.map((row, i) => ({ ...row, y: 10 + ((i * 7919) % 1009) / 50 }));
}

/** Variance Σ a²/(1 − h) and Satterthwaite's degrees of freedom of a mean, loops over persons; r = y, which the model takes nothing from. */
function plain(rows: readonly OwnRow[], pooled: boolean) {
  const countOf = (month: number): number => rows.filter((row) => row.month === month).length;
  const meanOf = (own: readonly OwnRow[]): number => own.reduce((sum, { y }) => sum + y, 0) / own.length;
  const present = new Set(rows.map(({ month }) => month)).size;
  const persons = [...new Set(rows.map(({ person }) => person))].map((person) => {
    let [a, h] = [0, 0];
    for (const row of rows) {
      if (row.person !== person) continue;
      const weight = pooled ? 1 / rows.length : 1 / present / countOf(row.month);
      a += weight * (row.y - meanOf(pooled ? rows : rows.filter(({ month }) => month === row.month)));
      h += weight;
    }
    return { a, h };
  });
  const sum = (value: (n: number) => number): number => persons.reduce((total, { h }) => total + value(h), 0);
  const freedom = 1 / (sum((n) => (n / (1 - n)) ** 2) - 2 * sum((n) => n ** 3 / (1 - n) ** 2) + sum((n) => n ** 2 / (1 - n)) ** 2);
  return { error: Math.sqrt(persons.reduce((total, { a, h }) => total + a ** 2 / (1 - h), 0)), freedom };
}

describe('a unit of which one person has most rows', () => {
  let pool: Pool;
  beforeAll(async () => {
    pool = await openBuiltPool(2);
  });
  afterAll(() => pool.close());

  it.each([true, false])('has the standard error and degrees of freedom of plain loops, pooled %s', async (pooled) => {
    const units = shares.flatMap((share) => [true, false].map((beside) => ({ name: `${share}-${beside}`, rows: unitOf(share, beside) })));
    const rows = units.flatMap(({ name, rows }) => rows.map(({ person, month, y }) => ({ person_id: `${name}-${person}`, month: label(month), county: name, sex: '0', hours3: y })));
    // The country fits exactly, and so a unit's error is that of its own persons alone.
    const filler = Array.from({ length: 4000 }, (_, i) => ({ person_id: `m${i}`, month: label(i % months), county: 'rest', sex: '0', hours3: 20 }));
    const spec = panelSpec([{ name: 'sex', coding: 'values' }], { outcomes: [outcomes.hours3], sample: { where: "county = 'rest'" } });
    const { tables } = await runRows({ pool, spec, rows: [...rows, ...filler], options: { by: [['county']], interval: 'analytic', cluster: 'person', period: 'all', pooled } });
    for (const { name, rows } of units) {
      const at = tables[1]!.groups[0]!.indexOf(name);
      const right = plain(rows, pooled);
      // Where each month has one row, r is that month's mean.
      if (right.error > 0) expect(Math.abs(tables[1]!.standardError[at]! / right.error - 1), name).toBeLessThan(1e-10);
      expect(Math.abs(tables[1]!.freedom[at]! / right.freedom - 1), name).toBeLessThan(1e-10);
      expect(tables[1]!.confLow[at]).toBeNaN();
    }
  });

  it.each(['person', 'row'] as const)('has no standard error where it is one %s', async (cluster) => {
    const alone = Array.from({ length: cluster === 'person' ? 12 : 1 }, (_, k) => ({ person_id: 'a', month: label(k), county: 'one', sex: '0', hours3: 3 * (k % 5) }));
    const filler = Array.from({ length: 4000 }, (_, i) => ({ person_id: `m${i}`, month: label(i % 12), county: 'rest', sex: '0', hours3: 20 + (i % 7) }));
    const spec = panelSpec([{ name: 'sex', coding: 'values' }], { outcomes: [outcomes.hours3], sample: { where: "county = 'rest'" } });
    for (const pooled of [true, false]) {
      const { tables } = await runRows({ pool, spec, rows: [...alone, ...filler], options: { by: [['county']], interval: 'analytic', cluster, period: 'all', pooled } });
      const at = tables[1]!.groups[0]!.indexOf('one');
      expect([tables[1]!.state[at], tables[1]!.standardError[at], tables[1]!.freedom[at]]).toEqual(['too_few_persons', NaN, NaN]);
    }
  });
});
