import { writeFileSync, mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { tableFromArrays, tableToIPC } from 'apache-arrow';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { parseModelSpec } from '../../src/spec/parse-spec.ts';
import type { Pool } from '../../src/workers/pool.ts';
import { normalQuantile } from '../reference/distributions.ts';
import { defaultOptions, openBuiltPool, runBuiltModel } from '../support/built-engine.ts';

// What a row's score is rounded to is the same for all rows that are alike, and adds up: 3,000,000 rows of six kinds.
const shares = [0.31, 0.1234567, 0.77];
const rows = 3_000_000;
const spec = parseModelSpec({
  name: 'alike', person: 'id', month: 'month', outcomes: [{ name: 'job3', family: 'probit', horizon: 3 }],
  covariates: [{ name: 'kind', coding: 'values', reference: '0' }],
});

describe('a probit of many rows of few kinds', () => {
  let pool: Pool;
  const folder = mkdtempSync(join(tmpdir(), 'alike-'));
  beforeAll(async () => {
    pool = await openBuiltPool(2);
  });
  afterAll(async () => {
    await pool.close();
    rmSync(folder, { recursive: true });
  });

  it('has the estimate in closed form', async () => {
    const kind = Int8Array.from({ length: rows }, (_, i) => i % 3);
    const job3 = Int8Array.from({ length: rows }, (_, i) => Number(Math.floor(i / 3) < shares[i % 3]! * (rows / 3)));
    const path = join(folder, 'alike.arrow');
    writeFileSync(path, tableToIPC(tableFromArrays({ id: Int32Array.from(kind.keys()), month: new Int32Array(rows).fill(201801), kind, job3 }), 'file'));
    const file = { name: 'alike.arrow', format: 'arrow', bytes: statSync(path).size, location: { path } } as const;
    const { fits: [fit] } = await runBuiltModel({ spec, source: { files: [file] }, options: defaultOptions, pool });
    const means = shares.map((_, k) => job3.reduce((sum, y, i) => sum + (kind[i] === k ? y : 0), 0) / (rows / 3));
    const [constant, ...others] = means.map(normalQuantile);
    const expected = [constant!, ...others.map((value) => value - constant!)];
    const found = fit!.coefficients.filter(({ status }) => status === 'estimated');
    found.forEach(({ estimate, standardError }, k) => expect(Math.abs(estimate! - expected[k]!) / standardError!).toBeLessThan(2e-6));
    expect(found.length).toBe(3);
  });
});
