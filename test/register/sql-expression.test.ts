import { describe, expect, it } from 'vitest';
import { nodeAssets } from '../../src/register/assets-node.ts';
import { configureRegister } from '../../src/register/assets.ts';
import { pureFunctions } from '../../src/register/duckdb.ts';
import { checkExpression } from '../../src/register/sql-expression.ts';
import { csv, number, readAll } from './sample.ts';

configureRegister(nodeAssets);
const functions = await pureFunctions();
const check = (sql: string): void => checkExpression(sql, { functions, columns: ['age', 'county', 'month', 'Select', 'user'] });

describe('expressions on a row', () => {
  it.each([
    'age > 30', "lower(county) = 'oslo'", "county IN ('Oslo', 'Agder; DROP')", 'age BETWEEN 20 AND (30 + 2)', "month < '2018-04' -- a comment; with a sign",
    '/* one /* within */ another; */ age > 1', 'CASE WHEN age > 30 THEN 1 ELSE 0 END = 1', "coalesce(county, 'none') <> 'none'", 'CAST(age AS DECIMAL(10, 2)) > 1.5e3',
    "extract(year FROM CAST(month || '-01' AS DATE)) = 2018", "substring(county FROM 1 FOR 2) = 'Os'", "regexp_matches(county, '^O')", '"Select" = 1', "county = 'it''s'",
    'abs(age - 30) < 5 AND NOT (age IN (1, 2))', 'try_cast(county AS INTEGER) IS NULL', "county.lower() = 'oslo'", 'user = 1', "county = E'a\\'b; c'",
  ])('%s passes', (sql) => expect(() => check(sql)).not.toThrow());

  it.each([
    ["true); CREATE OR REPLACE MACRO lower(x) AS 'oslo'; SELECT (true", 'spec.sql-unbalanced'],
    ['true; DROP TABLE x', 'spec.sql-semicolon'],
    ['random() < 0.8', 'spec.sql-function'],
    ['now() > CAST(month AS TIMESTAMP)', 'spec.sql-function'],
    ['uuid() IS NULL', 'spec.sql-function'],
    ['"random"() < 0.5', 'spec.sql-function'],
    ['age.random() < 1', 'spec.sql-function'],
    ['RANDOM  () < 0.8', 'spec.sql-function'],
    ['random/* */() < 1', 'spec.sql-function'],
    ["current_date > DATE '2018-01-01'", 'spec.sql-function'],
    ["current_setting('threads') = 1", 'spec.sql-function'],
    ["getenv('HOME') = ''", 'spec.sql-function'],
    ['age > (SELECT 1)', 'spec.sql-statement'],
    ['age IN (FROM x)', 'spec.sql-statement'],
    ['EXISTS (VALUES (1))', 'spec.sql-statement'],
    ["read_csv('x') IS NULL", 'spec.sql-function'],
    ['(age > 1', 'spec.sql-unbalanced'],
    ['age > 1)', 'spec.sql-unbalanced'],
    ['[age) > 1', 'spec.sql-unbalanced'],
    ["county = 'x", 'spec.sql-unclosed'],
    ['/* age > 1', 'spec.sql-unclosed'],
    ['$1 = age', 'spec.sql-dollar'],
    ['#1 > 3', 'spec.sql-place'],
    ['county = $$x$$', 'spec.sql-dollar'],
    ['-- nothing', 'spec.sql-nothing'],
    ["nextval('s') > 0", 'spec.sql-function'],
    ['setseed(1) IS NULL', 'spec.sql-function'],
    ["age(timestamp '2020-01-01') > interval '1 year'", 'spec.sql-function'],
  ])('%s is refused', (sql, code) => {
    expect(() => check(sql)).toThrow(expect.objectContaining({ code }));
  });

  it('hang on their arguments alone, by what DuckDB says of itself', () => {
    for (const name of ['abs', 'lower', 'round', 'strftime', 'greatest', 'least', 'date_trunc', 'contains', 'regexp_matches', 'year', 'concat', 'ln']) expect(functions, name).toContain(name);
    for (const name of [
      'random',
      'now',
      'uuid',
      'gen_random_uuid',
      'setseed',
      'nextval',
      'current_setting',
      'today',
      'get_current_timestamp',
      'age',
    ])
      expect(functions, name).not.toContain(name);
  });
});

it('what a refused condition would have changed is as it was for the next', async () => {
  const table = csv('person_id,age\n1,20\n2,40\n');
  await expect(readAll(table, [number('age')], "true); CREATE MACRO abs(x) AS 1; SELECT (true")).rejects.toMatchObject({ kind: 'spec' });
  expect((await readAll(table, [number('age')], 'abs(age) > 30')).condition).toEqual([0, 1]);
});
