import { mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { tableFromArrays, tableToIPC } from 'apache-arrow';
import { afterAll, beforeAll, expect, it, onTestFinished } from 'vitest';
import type { Pool } from '../../src/workers/pool.ts';
import { built, defaultOptions, openBuiltPool } from '../support/built-engine.ts';
import { parseModelSpec } from '../../src/spec/parse-spec.ts';

let pool: Pool;
beforeAll(async () => {
  pool = await openBuiltPool(2);
});
afterAll(() => pool.close());

const rows = 1_000_000;
const small = [2, 3, 5, 9];

it('standard errors of cells of few rows keep eight digits beside a million others', async () => {
  // The small units have no part in the estimate, and differ by less than an hour.
  const next = ((state: number) => () => (state = (state * 48271) % 2147483647) / 2147483647)(17);
  const unit = new Int32Array(rows).fill(0);
  const y = Float64Array.from({ length: rows }, (_, i) => ((i * 7919) % 1000) * 0.16);
  let at = 0;
  small.forEach((size, k) => {
    for (let i = 0; i < size; i++, at++) {
      unit[at] = k + 1;
      y[at] = 80 + next();
    }
  });
  const spec = parseModelSpec({
    name: 'small', person: 'id', month: 'month', outcomes: [{ name: 'y', family: 'gaussian', horizon: 3 }], covariates: [], sample: { where: 'unit = 0' },
  });
  const folder = mkdtempSync(join(tmpdir(), 'small-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const path = join(folder, 'rows.arrow');
  writeFileSync(path, tableToIPC(tableFromArrays({ id: Int32Array.from(unit, (_, i) => i), month: new Int32Array(rows).fill(201801), unit, y }), 'file'));
  const source = { files: [{ name: 'rows.arrow', format: 'arrow' as const, bytes: statSync(path).size, location: { path } }] };
  const { runModel } = (await built('pipeline.js')) as unknown as typeof import('../../src/pipeline.ts');
  for (const cluster of ['person', 'row'] as const) {
    const { tables } = await runModel({ spec, source, options: { ...defaultOptions, by: [['unit']], interval: 'analytic', cluster }, pool });
    const table = tables[1]!;
    let [sum, squares] = [0, 0];
    for (let i = at; i < rows; i++) sum += y[i]!;
    const mean = sum / (rows - at);
    for (let i = at; i < rows; i++) squares += (y[i]! - mean) ** 2;
    // The country's part: the variance of its mean, by clusters of one row.
    const through = squares / (rows - at) ** 2;
    small.forEach((size, k) => {
      const own = Array.from(y.subarray(0, at)).filter((_, i) => unit[i] === k + 1);
      const centre = own.reduce((total, value) => total + value, 0) / size;
      const variance = own.reduce((total, value) => total + (value - centre) ** 2, 0) / (size * (size - 1));
      const place = table.groups[0]!.indexOf(String(k + 1));
      expect(Math.abs(table.standardError[place]! / Math.sqrt(variance + through) - 1), `${cluster}, ${size} rows`).toBeLessThan(1e-8);
      expect(table.freedom[place]).toBeCloseTo(size - 1, 9);
      expect(variance).toBeGreaterThan(through / 100);
    });
  }
});
