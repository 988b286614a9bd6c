import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Pool } from '../../src/workers/pool.ts';
import { estimatedRows } from '../reference/estimated-rows.ts';
import { normalCdf } from '../reference/distributions.ts';
import { randomPanel } from '../reference/random-panel.ts';
import { openBuiltPool } from '../support/built-engine.ts';
import { outcomes, panelSpec, runRows } from '../support/run-rows.ts';

let pool: Pool;
beforeAll(async () => {
  pool = await openBuiltPool(3);
});
afterAll(() => pool.close());

it.each([['2018', {}], ['all', {}], ['2018-T2', { sample: { excludeMonths: ['2018-06/2018-07'] } }]] as const)('limits are made of what persons of as many rows vary by, over %s', async (period, rest) => {
  const rows = randomPanel(5, { persons: 150, months: 18 });
  const chosen = [outcomes.hours3, outcomes.job3];
  const spec = panelSpec([{ name: 'sex', coding: 'values' }, { name: 'hours', coding: 'intervals', breaks: [0, 16] }], { outcomes: chosen, ...rest });
  const result = await runRows({ pool, spec, rows, options: { by: [['county']], compare: period, cluster: 'person' } });
  const inside = (month: string): boolean => period === 'all' || (period === '2018' ? month.startsWith('2018') : ['05', '06', '07', '08'].includes(month.slice(5)) && month.startsWith('2018'));
  chosen.forEach((outcome, o) => {
    const { actual, observed, columns, beta } = estimatedRows({ spec, rows, outcome, fit: result.fits[o]! });
    const data = observed.filter((row) => inside(String(row['month']))).map((row) => {
      const eta = columns.reduce((sum, column, j) => sum + column.value(row) * beta[j]!, 0);
      const mu = outcome.family === 'probit' ? normalCdf(eta) : eta;
      return { person: String(row['person_id']), county: String(row['county'] ?? ''), r: actual(row) - mu, binomial: outcome.family === 'probit' ? mu * (1 - mu) : 1 };
    });
    const persons = (of: typeof data) => {
      const found = new Map<string, { m: number; sum: number }>();
      for (const { person, r } of of) found.set(person, { m: (found.get(person)?.m ?? 0) + 1, sum: (found.get(person)?.sum ?? 0) + r });
      return [...found.values()];
    };
    const all = persons(data);
    const v = (m: number): number => {
      const own = all.filter((person) => person.m === m);
      return own.reduce((sum, person) => sum + person.sum ** 2, 0) / own.length;
    };
    const mean = (of: typeof data): number => of.reduce((sum, { binomial }) => sum + binomial, 0) / of.length;
    const { groups, modelError, persons: counted } = result.comparisons[o]!;
    [...groups.map(([label]) => data.filter(({ county }) => county === label)), data].forEach((own, unit) => {
      const variance = persons(own).reduce((sum, { m }) => sum + v(m), 0) / own.length ** 2;
      expect(modelError[unit]! / Math.sqrt((variance * mean(own)) / mean(data))).toBeCloseTo(1, 8);
      expect(counted[unit]).toBe(persons(own).length);
    });
  });
});
