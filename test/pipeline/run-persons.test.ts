import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { PersonCounts } from '../../src/indicator/person-counts.ts';
import type { Estimated, RunRequest } from '../../src/pipeline.ts';
import type { CountRunPersons, RunPersons } from '../../src/run-persons.ts';
import type { ModelSpec } from '../../src/spec/model-spec.ts';
import { parseMonth, periodOfMonth, type Period } from '../../src/spec/months.ts';
import type { LoadedRows, LoadRequest } from '../../src/workers/load-rows.ts';
import type { Pool } from '../../src/workers/pool.ts';
import { randomPanel } from '../reference/random-panel.ts';
import { numberOf, type Row } from '../reference/table.ts';
import { built, defaultOptions, openBuiltPool } from '../support/built-engine.ts';
import { outcomes, panelSpec } from '../support/run-rows.ts';
import { writeTable } from '../support/write-table.ts';

const by = [['county'], ['kids'], ['county', 'kids']];
const periods: Period[] = ['month', 'quarter', 'year', 'all'];
const covariates = [{ name: 'sex', coding: 'values', reference: 'm' }, { name: 'age', coding: 'values', min: 18, max: 26 }] as const;
const cases: readonly (readonly [string, ModelSpec])[] = [
  ['all rows', panelSpec(covariates)],
  ['rows that are only predicted', panelSpec(covariates, { sample: { excludeMonths: ['2018-05/2018-08'] } })],
  ['persons in several populations', panelSpec(covariates, { separateBy: 'flag', sample: { excludeMonths: ['2018-03'] } })],
];

async function counted(spec: ModelSpec, rows: readonly Row[], pool: Pool) {
  const { loadRows } = (await built('workers/load-rows.js')) as { loadRows(request: LoadRequest): Promise<LoadedRows> };
  const { estimateResident } = (await built('pipeline.js')) as { estimateResident(request: Omit<RunRequest, 'source'>, rows: LoadedRows): Promise<Estimated> };
  const { runPersons } = (await built('run-persons.js')) as { runPersons(request: CountRunPersons): Promise<RunPersons> };
  const options = { ...defaultOptions, by };
  const loaded = await loadRows({ spec, source: { files: writeTable(rows, {}) }, by, where: null, pool, onProgress: () => {} });
  const { estimates } = await estimateResident({ spec, options, pool }, loaded);
  return { loaded, persons: await runPersons({ rows: loaded, estimates, periods, pool, signal: undefined, onProgress: () => {} }) };
}

/** The same of one cell, row by row. */
function plainCounts(rows: readonly Row[], column: string): Record<keyof PersonCounts, number> {
  const values = rows.map((row) => numberOf(row, column)!);
  const persons = new Map<unknown, Row[]>();
  for (const row of rows) persons.set(row.person_id, [...(persons.get(row.person_id) ?? []), row]);
  const sizes = [...persons.values()].map((own) => own.reduce((sum, row) => sum + Math.abs(numberOf(row, column)!), 0));
  const having = (holds: (y: number) => boolean): number => new Set(rows.filter((row) => holds(numberOf(row, column)!)).map((row) => row.person_id)).size;
  return {
    rows: rows.length, persons: persons.size, above: having((y) => y > 0), below: having((y) => y < 1),
    mostRows: Math.max(0, ...[...persons.values()].map((own) => own.length)),
    size: sizes.reduce((sum, size) => sum + size, 0), mostSize: Math.max(0, ...sizes),
    lowest: Math.min(...values), highest: Math.max(...values),
  };
}

describe('persons behind the cells', () => {
  let pools: Pool[];
  beforeAll(async () => {
    pools = await Promise.all([1, 3].map(openBuiltPool));
  });
  afterAll(() => Promise.all(pools.map((pool) => pool.close())));

  it.each(cases)('are counted as plain loops count them: %s', async (_, spec) => {
    const rows = randomPanel(11, { persons: 40, months: 12, missing: 0 });
    for (const pool of pools) {
      const { loaded, persons } = await counted(spec, rows, pool);
      const { firstMonth, groupings } = loaded.samples[0]!.plan;
      let several = 0;
      for (const [o, { name }] of Object.values(outcomes).entries()) {
        const observed = rows.filter((row) => numberOf(row, name) !== null);
        for (const [g, { groups }] of groupings.entries()) {
          for (const period of periods) {
            const { labels } = persons.partitions.get(period)!;
            const counts = persons.of(o, g, period)!;
            expect(counts.persons.length).toBe(labels.length * groups.length);
            for (let cell = 0; cell < counts.persons.length; cell++) {
              const group = groups[cell % groups.length]!;
              const here = observed.filter((row) => periodOfMonth(parseMonth(row.month as string)!, period) === labels[Math.floor(cell / groups.length)]
                && (g === 0 || by[g - 1]!.every((column, c) => String(row[column]) === group[c])));
              const plain = plainCounts(here, name);
              for (const [field, value] of Object.entries(plain)) expect([field, counts[field as keyof PersonCounts][cell]]).toEqual([field, Number.isFinite(value) ? expect.closeTo(value, 9) : value]);
              if (period !== 'month' && plain.persons < plain.rows) several++;
            }
          }
        }
      }
      expect(firstMonth).toBe(parseMonth('2018-01'));
      expect(several).toBeGreaterThan(50);
    }
  });
});
