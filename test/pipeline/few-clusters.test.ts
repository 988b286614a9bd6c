import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Pool } from '../../src/workers/pool.ts';
import { openBuiltPool } from '../support/built-engine.ts';
import { csvRows } from '../support/csv-rows.ts';
import { outcomes, panelSpec, runRows } from '../support/run-rows.ts';

const fixture = (name: string) => csvRows(new URL(`../fixtures/few-clusters/${name}.csv`, import.meta.url));
const month = (k: number): string => `${2010 + Math.floor(k / 12)}-${String((k % 12) + 1).padStart(2, '0')}`;

/** Persons who hold the country's mean where it is known, so that a unit's error is that of its own persons alone. */
const many = 40_000;

describe('small units, against the intercept model of clubSandwich', () => {
  let pool: Pool;
  beforeAll(async () => {
    pool = await openBuiltPool(2);
  });
  afterAll(() => pool.close());

  it('have its CR2 standard errors and degrees of freedom', async () => {
    const data = fixture('data');
    // A case's rows as a unit, each month by itself of no weight: the mean is over rows. The country's rows fit exactly.
    const answers = fixture('answers').filter((row) => !row['case']!.includes('weighted') && !row['case']!.includes('by_month'));
    const rows = answers.flatMap((answer, k) => data.filter((row) => row['case'] === answer['case']).map((row) => ({
      person_id: `${k}-${row['person']}`, month: month(Number(row['month']) - 1), county: answer['case']!, sex: '0', hours3: Number(row['y']),
    })));
    const filler = Array.from({ length: many }, (_, i) => ({ person_id: `m${i}`, month: month(i % 60), county: 'rest', sex: '0', hours3: 0 }));
    const spec = panelSpec([{ name: 'sex', coding: 'values' }], { outcomes: [outcomes.hours3], sample: { where: "county = 'rest'" } });
    const { tables } = await runRows({ pool, spec, rows: [...rows, ...filler], options: { by: [['county']], interval: 'analytic', cluster: 'person', period: 'all', pooled: true } });
    const table = tables[1]!;
    let intervals = 0;
    for (const answer of answers) {
      const at = table.groups[0]!.indexOf(answer['case']!);
      const [error, freedom] = [Number(answer['std_error']), Number(answer['df'])];
      expect(Math.abs(table.standardError[at]! / error - 1), answer['case']).toBeLessThan(1e-10);
      expect(Math.abs(table.freedom[at]! / freedom - 1), answer['case']).toBeLessThan(1e-10);
      expect(Math.abs(table.indicator[at]! / Number(answer['mean']) - 1), answer['case']).toBeLessThan(1e-9);
      if (freedom < 4) expect([table.state[at], table.confLow[at]]).toEqual(['too_few_persons', NaN]);
      if (table.state[at] !== 'ok') continue;
      intervals++;
      expect(Math.abs(table.confLow[at]! - Number(answer['conf_low']))).toBeLessThan(1e-8);
      expect(Math.abs(table.confHigh[at]! - Number(answer['conf_high']))).toBeLessThan(1e-8);
    }
    expect(intervals).toBeGreaterThan(7);
  });

  it('weighted by month where a period is the mean of its months', async () => {
    const data = fixture('data');
    const answers = fixture('answers').filter((row) => row['case']!.includes('by_month'));
    const rows = answers.flatMap((answer, k) => data.filter((row) => row['case'] === answer['case']).map((row) => ({
      person_id: `${k}-${row['person']}`, month: month(Number(row['month']) - 1), county: answer['case']!, sex: '0', hours3: Number(row['y']) + 20,
    })));
    const filler = Array.from({ length: many }, (_, i) => ({ person_id: `m${i}`, month: month(i % 12), county: 'rest', sex: '0', hours3: 20 }));
    const spec = panelSpec([{ name: 'sex', coding: 'values' }], { outcomes: [outcomes.hours3], sample: { where: "county = 'rest'" } });
    const { tables } = await runRows({ pool, spec, rows: [...rows, ...filler], options: { by: [['county']], interval: 'analytic', cluster: 'person', period: 'all' } });
    for (const answer of answers) {
      const at = tables[1]!.groups[0]!.indexOf(answer['case']!);
      expect(Math.abs(tables[1]!.standardError[at]! / Number(answer['std_error']) - 1), answer['case']).toBeLessThan(1e-10);
      expect(Math.abs(tables[1]!.freedom[at]! / Number(answer['df']) - 1), answer['case']).toBeLessThan(1e-10);
    }
  });
});
