/** Plain conditions against the database: the same answers, for random conditions on random rows. */

import { describe, expect, it } from 'vitest';
import { Int32, Int64, Int8, RecordBatchReader, Uint8, vectorFromArray, type Data, type DataType } from 'apache-arrow';
import { nodeAssets } from '../../src/register/assets-node.ts';
import { configureRegister } from '../../src/register/assets.ts';
import { chunksData, columnData } from '../../src/register/condition-table.ts';
import { connectSql } from '../../src/register/duckdb.ts';
import { createLabelBuilder, labelColumn } from '../../src/register/labels.ts';
import { isSqlWord, plainCondition } from '../../src/register/plain-condition.ts';
import { plainQuery } from '../../src/register/plain-query.ts';
import { prepareSqlQuery, type RowQuery } from '../../src/register/row-query.ts';
import type { RowQuestions } from '../../src/register/row-sql.ts';

configureRegister(nodeAssets);

const columns = new Map([
  ['age', 'TINYINT'],
  ['size', 'UTINYINT'],
  ['n', 'INTEGER'],
  ['id', 'BIGINT'],
  ['Wage', 'DOUBLE'],
  ['flag', 'BOOLEAN'],
  ['county', 'VARCHAR'],
  ['month', 'VARCHAR'],
]);
const asked = (
  where: string | null,
  filter: string | null = null,
  within: RowQuestions['within'] = null,
): RowQuestions => ({ file: 't.csv', columns, derived: new Map(), filter, where, within });

let state = 1;
const draw = (below: number): number => (state = (state * 48271) % 2147483647) % below;
const oneOf = <T>(items: readonly T[]): T => items[draw(items.length)]!;

const rows = 500;
const texts = [
  '',
  'Oslo',
  'oslo',
  'Ørsta',
  'Osl',
  'Oslo ',
  '\u{1f600}',
  '\uff61',
  '2018-03',
  '2018-04',
  '2018-04x',
  'NA',
];
const whole: Readonly<Record<string, readonly number[]>> = {
  age: [-128, -1, 0, 24, 25, 26, 127],
  size: [0, 1, 25, 255],
  n: [-2147483648, -7, 0, 25, 999999999, 2147483647],
};

function data(): Map<string, Data> {
  const ints = (values: () => number | bigint, type: DataType): Data => {
    const drawn = Array.from({ length: rows }, () => (draw(6) === 0 ? null : values()));
    const chunk = vectorFromArray(drawn as never[], type).data[0]!;
    return chunksData([{ data: chunk, start: 0, count: rows }], rows);
  };
  const label = (): Data => {
    const builder = createLabelBuilder(rows);
    for (let i = 0; i < rows; i++) builder.codes[i] = builder.codeOf(oneOf(texts));
    return columnData(labelColumn(builder), false);
  };
  const number = (values: readonly number[], isBoolean: boolean): Data =>
    columnData(
      { kind: 'number', values: Float64Array.from({ length: rows }, () => oneOf(values)), isComplete: false },
      isBoolean,
    );
  return new Map([
    ['age', ints(() => oneOf(whole['age']!), new Int8())],
    ['size', ints(() => oneOf(whole['size']!), new Uint8())],
    ['n', ints(() => oneOf(whole['n']!), new Int32())],
    ['id', ints(() => oneOf([-(2n ** 63n), 25n, 2n ** 53n + 1n, 999999999n, 2n ** 63n - 1n]), new Int64())],
    ['Wage', number([NaN, -Infinity, Infinity, -0, 0, 24.999999999999996, 25, 1e300, -7], false)],
    ['flag', number([NaN, 0, 1], true)],
    ['county', label()],
    ['month', label()],
  ]);
}

function comparison(): string {
  const [name, type] = oneOf([...columns]);
  const shown = oneOf([name, name.toUpperCase(), name.toLowerCase()]);
  const constant = (): string =>
    type === 'VARCHAR'
      ? `'${oneOf(['', 'Oslo', 'Osl', 'P', '2018-04', 'NA', '~', 'a \\ "b"; --'])}'`
      : type === 'BOOLEAN'
        ? oneOf(['true', 'FALSE'])
        : oneOf(['0', '-0', '25', '-1', '300', '-300', '999999999', '-7', '007']);
  const sign = oneOf(type === 'BOOLEAN' ? ['=', '<>', '!='] : ['=', '<>', '!=', '<', '<=', '>', '>=']);
  const forms = [
    () => `${shown}${oneOf(['', ' ', '\n'])}${sign} ${constant()}`, () => `${shown} IS ${oneOf(['', 'NOT '])}NULL`,
    () => `${shown} ${oneOf(['', 'NOT '])}IN (${constant()}, ${constant()},${constant()})`,
    type === 'BOOLEAN' ? () => shown : () => `${shown} ${oneOf(['', 'not '])}BETWEEN ${constant()} AND ${constant()}`,
  ];
  return oneOf(forms)();
}

function condition(depth: number): string {
  if (depth === 0 || draw(3) === 0) return comparison();
  const [a, b] = [condition(depth - 1), condition(depth - 1)];
  return oneOf([
    `${a} AND ${b}`,
    `${a} or ${b}`,
    `NOT ${a}`,
    `(${a})`,
    `not (${a} OR ${b})`,
    `(${a} OR ${b}) AND NOT (${b})`,
  ]);
}

describe('the database says the same', () => {
  it('of random conditions', async () => {
    const table = data();
    for (let k = 0; k < 150; k++) {
      const questions = asked(
        condition(3),
        k % 3 === 0 ? condition(1) : null,
        k % 4 === 0 ? { condition: condition(1), notFrom: [] } : null,
      );
      const plain = plainQuery(questions);
      if (plain === null) throw new Error(`not taken for plain: ${JSON.stringify(questions.where)}`);
      const sql = await prepareSqlQuery(questions, []);
      const answer = async (query: RowQuery) =>
        query.answer(new Map(query.columns.map((name) => [name, table.get(name)!])), rows);
      expect(plain.columns, questions.where!).toEqual(sql.columns);
      expect(await answer(plain), JSON.stringify(questions)).toEqual(await answer(sql));
    }
  });

  it('of every word that it takes for its own: none is a column', async () => {
    const reader = RecordBatchReader.from(
      (await connectSql()).run(
        "SELECT keyword_name AS word FROM duckdb_keywords() WHERE keyword_category <> 'unreserved'",
      ),
    ).open();
    const words = [...reader].flatMap((batch) => [...batch.getChildAt(0)!].map(String));
    expect(words.length).toBeGreaterThan(100);
    expect(words.filter((word) => !isSqlWord(word))).toEqual([]);
  });
});

describe('left to the database', () => {
  it.each([
    'age > 2.5',
    'age > 1e3',
    'age > 0x1',
    'age > 1_0',
    'age > 1234567890',
    'age - 1 > 2',
    'age > --1\n2',
    'age > - 1',
    'age > +1',
    'age > n',
    '25 < age',
    'age = 25 = true',
    'age > = 2',
    "age = '25'",
    'county = 3',
    "county = 'it''s'",
    "county = 'a' 'b'",
    "county = E'a'",
    "county = 'Ørsta'",
    "county LIKE 'O%'",
    'county',
    'age',
    'NOT age',
    'flag = 1',
    'flag < true',
    'flag IS TRUE',
    'flag IN (1)',
    'flag BETWEEN true AND true',
    'age IN ()',
    'age IN (1,)',
    'age IN (1, NULL)',
    'age = NULL',
    'lower(county) = 1',
    'nothing = 1',
    '"age" > 1',
    't.age > 1',
    'age > 1; flag',
    'age > 1 -- so',
    '/* so */ age > 1',
    'true',
    '1 = 1',
    '',
    '(age > 1',
    'age > 1)',
    '()',
    'age > 1 age > 2',
    'age > 1 AND',
    'AND age > 1',
    'age IS',
    'age NOT 1',
    'age > 1 COLLATE x',
    'age\u00a0> 1',
    'age between 1 and',
    "county < '\u0001'",
    `(${'('.repeat(1000)}age > 1`,
  ])('%j', (where) => expect(plainCondition(where, columns)).toBeNull());

  it('what is of columns that another type, another case or a word of SQL may be meant by', () => {
    expect(plainCondition('age > 1', new Map([['age', 'TINYINT'], ['AGE', 'TINYINT']]))).toBeNull();
    expect(plainCondition('k > 1', new Map([['\u212a', 'TINYINT']]))).toBeNull();
    expect(plainCondition('user > 1', new Map([['user', 'TINYINT']]))).toBeNull();
    for (const type of ['UBIGINT', 'DATE', 'TIMESTAMP'])
      expect(plainCondition('age > 1', new Map([['age', type]])), type).toBeNull();
  });

  it('what asks for derived columns, or shows by what it may not', () => {
    expect(plainQuery({ ...asked('age > 1'), derived: new Map([['old', 'age > 66']]) })).toBeNull();
    expect(plainQuery(asked(null, null, { condition: 'age > 1', notFrom: ['AGE'] }))).toBeNull();
    expect(plainQuery(asked('age > 1', null, { condition: 'n > 1', notFrom: ['age'] }))).not.toBeNull();
  });
});
