import { readFileSync, statSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { parseModelSpec } from '../../src/spec/parse-spec.ts';
import type { Pool } from '../../src/workers/pool.ts';
import { defaultOptions, openBuiltPool, runBuiltModel } from '../support/built-engine.ts';
import { csvRows } from '../support/csv-rows.ts';

/** Real data of other people, against R's lm and glm with sandwich (test/fixtures/datasets/answers.R). */
const folder = new URL('../fixtures/datasets/', import.meta.url);
const cases = JSON.parse(readFileSync(new URL('cases.json', folder), 'utf8')) as readonly ({ readonly name: string; readonly data: string } & Record<string, unknown>)[];
const answers = csvRows(new URL('answers.csv', folder));

let pool: Pool;
beforeAll(async () => {
  pool = await openBuiltPool(2);
});
afterAll(() => pool.close());

async function coefficientsOf({ data, ...spec }: (typeof cases)[number], vcov: 'iid' | 'hc0' | 'cluster') {
  const path = fileURLToPath(new URL(data, folder));
  const source = { files: [{ name: data, format: 'csv' as const, bytes: statSync(path).size, location: { path } }] };
  const { fits } = await runBuiltModel({ spec: parseModelSpec(spec), source, options: { ...defaultOptions, vcov }, pool });
  return fits.flatMap(({ outcome, coefficients }) => coefficients.filter(({ status }) => status !== 'reference').map((c) => ({ outcome, ...c })));
}

const largest = { estimate: 0, iid: 0, hc0: 0, cluster: 0 };

describe('real data sets against R', () => {
  it('are sixteen, with least squares, probits, interactions and clusters among them', () => {
    expect(new Set(cases.map(({ data }) => data)).size).toBe(16);
    expect(new Set(answers.map((row) => row['outcome'])).size).toBeGreaterThan(25);
    expect(answers.some((row) => row['term']!.includes(':'))).toBe(true);
    expect(answers.some((row) => row['cluster'] !== row['hc0'])).toBe(true);
  });

  it.each(cases.map((one) => [one.name, one] as const))('%s', async (name, one) => {
    const wanted = answers.filter((row) => row['case'] === name);
    for (const vcov of ['iid', 'hc0', 'cluster'] as const) {
      const found = await coefficientsOf(one, vcov);
      expect(found.map(({ outcome, term, level, status }) => [outcome, term, level, status])).toEqual(wanted.map((row) => [row['outcome'], row['term'], row['level'], 'estimated']));
      found.forEach(({ estimate, standardError }, i) => {
        const row = wanted[i]!;
        const [b, se, error] = [Number(row['estimate']), Number(row['iid']), Number(row[vcov])];
        const [ofEstimate, ofError] = [Math.abs(estimate! - b) / Math.max(Math.abs(b), se), Math.abs(standardError! - error) / error];
        expect(ofEstimate, `${row['outcome']} ${row['term']} ${row['level']}`).toBeLessThan(1e-8);
        expect(ofError, `${vcov} ${row['outcome']} ${row['term']} ${row['level']}`).toBeLessThan(1e-6);
        largest.estimate = Math.max(largest.estimate, ofEstimate);
        largest[vcov] = Math.max(largest[vcov], ofError);
      });
    }
  });

  it('differ by so much at most', () => {
    console.log(`${answers.length} coefficients of 16 data sets: ${Object.entries(largest).map(([what, difference]) => `${what} ${difference.toExponential(1)}`).join(', ')}`);
    expect(largest.estimate).toBeGreaterThan(0);
  });
});
