/** One table as pyarrow, pandas, polars, DuckDB and R write it, in each codec, encoding and page version. */

import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Pool } from '../../src/workers/pool.ts';
import { openBuiltPool } from '../support/built-engine.ts';
import { digestOf, fixtures } from '../writers/digest-of.mjs';

const files = readdirSync(fileURLToPath(new URL('files', fixtures))).sort();
const refused = JSON.parse(readFileSync(new URL('refused.json', fixtures), 'utf8')) as Record<string, { code: string }>;
const pathOf = (name: string): string => fileURLToPath(new URL(`files/${name}`, fixtures));

let pool: Pool;
beforeAll(async () => {
  pool = await openBuiltPool(1);
});
afterAll(() => pool.close());

describe('one table, every writer', () => {
  it('has one digest in all files that can be read', async () => {
    const digests: Record<string, string[]> = {};
    for (const name of files.filter((file) => !(file in refused))) {
      const { digest, rows } = await digestOf(pool, [pathOf(name)]);
      (digests[`${digest} of ${rows} rows`] ??= []).push(name);
    }
    const [[digest, names] = [], ...others] = Object.entries(digests);
    expect(others).toEqual([]);
    expect(digest).toMatch(/ of 1000 rows$/);
    expect(names!.length).toBeGreaterThan(100);
    for (const writer of ['duckdb', 'pandas', 'polars', 'pyarrow', 'r-']) expect(names!.some((name) => name.startsWith(writer)), writer).toBe(true);
  });

  it.each(Object.entries(refused))('%s is refused by name', async (name, { code }) => {
    await expect(digestOf(pool, [pathOf(name)])).rejects.toMatchObject({ code });
  });
});
