/** What the hostile inputs once found: each is refused for what it is, before anything large is made of it. */

import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { checkRowCount, mostRows } from '../../src/register/row-limit.ts';
import type { Pool } from '../../src/workers/pool.ts';
import { openBuiltPool } from '../support/built-engine.ts';
import { readJson } from '../support/source-files.ts';
import { digestOf } from '../writers/digest-of.mjs';

const folder = new URL('../hostile/cases/', import.meta.url);
const expected: Readonly<Record<string, readonly [code: string, words: RegExp]>> = {
  'columns-in-other-order.parquet': ['data.parquet-damaged', /another order than in its schema/],
  'columns-of-nothing.arrows': ['data.rows-beyond-bytes', /said to have 1099511627776 rows in \d+ bytes/],
  'entries-of-a-dictionary.parquet': ['data.parquet-damaged', /dictionary key beyond bounds of dictionary/],
  'mark-among-rows.csv': ['data.faulty-rows', /column person_id: the person id begins with a byte order mark in 1 row/],
  'nulls-of-a-page.parquet': ['data.parquet-page', /values are null, and it says/],
  'one-long-entry.parquet': ['data.parquet-damaged', /may have \d+ bytes when decoded/],
  'frame-as-it-is.arrows': ['data.arrow-buffer', /column female: .* is said to be stored as it is, and is compressed by zstd/],
  'one-long-text.arrows': ['data.arrow-buffer', /column county: .* is said to have 1073741824/],
  'rows-of-nulls.parquet': ['data.rows-beyond-bytes', /said to have 268435456 rows/],
  'rows-of-zeros.arrows': ['data.rows-beyond-bytes', /said to have 16777216 rows/],
  'shared-bytes.parquet': ['data.parquet-page', /its bytes are those of another column too/],
};

describe('cases of the hostile inputs', () => {
  let pool: Pool;
  beforeAll(async () => {
    pool = await openBuiltPool(1);
  });
  afterAll(() => pool.close());

  it('are all here', () => {
    expect(Object.keys(readJson('test/hostile/cases/cases.json')).sort()).toEqual(Object.keys(expected).sort());
    for (const name of Object.keys(expected)) expect(readFileSync(new URL(name, folder)).length, name).toBeLessThan(1 << 16);
  });

  it.each(Object.entries(expected))('%s', async (name, [code, words]) => {
    await expect(digestOf(pool, [new URL(name, folder).pathname])).rejects.toMatchObject({ code, kind: 'data', message: expect.stringMatching(words) as string });
  });
});

it('a file of any size may have a million rows, a large one sixteen a byte more', () => {
  expect([mostRows(0), mostRows(30_000_000)]).toEqual([1_048_576, 481_048_576]);
  expect(() => checkRowCount('a.parquet', 1_048_576, 0)).not.toThrow();
  expect(() => checkRowCount('a.parquet', 481_048_577, 30_000_000)).toThrow('a.parquet is said to have 481048577 rows in 30000000 bytes');
});
