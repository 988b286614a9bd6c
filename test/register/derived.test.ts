import { Int32, Table, Utf8, tableToIPC, vectorFromArray } from 'apache-arrow';
import { describe, expect, it } from 'vitest';
import { csv, fixture, inMemory, label, month, number, onDisk, person, readAll, sample, sampleRows } from './sample.ts';

const names = Object.keys(sample) as (keyof typeof sample)[];
const lines = Array.from({ length: sampleRows }, (_, i) => names.map((name) => sample[name][i] ?? 'NA').join(','));

const files = {
  'table.csv': csv(`${names.join(',')}\n${lines.join('\n')}\n`),
  'view-lz4.arrows': onDisk(fixture('register/view-lz4.arrows'), 'arrow'),
  'zstd.parquet': onDisk(fixture('register/zstd.parquet'), 'parquet'),
};

const derived = {
  few: 'children < 2',
  'hours a day': 'hours / 5 -- working days',
  share: 'children * 0.25',
  place: "CASE WHEN office IS NULL THEN 'none' ELSE upper(office) END",
  year: 'CAST(substr(month, 1, 4) AS INTEGER)',
  start: "CAST(concat(month, '-01') AS DATE)",
};
const nullOr = <T, U>(value: T | null, make: (value: T) => U, none: U): U => (value === null ? none : make(value));

describe.each(Object.entries(files))('derived columns of %s', (_, file) => {
  it('are read in any role, beside columns of the file', async () => {
    const columns = [
      number('few'), label('few'), number('hours a day'), number('share'), label('place'), number('year'), label('year'), month('start'), number('hours'),
    ];
    const { values } = await readAll(file, columns, null, { derived });
    expect(values['number:few']).toEqual(sample.children.map((n) => nullOr(n, (value) => Number(value < 2), NaN)));
    expect(values['label:few']).toEqual(sample.children.map((n) => nullOr(n, (value) => (value < 2 ? '1' : '0'), '')));
    expect(values['number:hours a day']).toEqual(sample.hours.map((h) => nullOr(h, (value) => value / 5, NaN)));
    expect(values['number:share']).toEqual(sample.children.map((n) => nullOr(n, (value) => value / 4, NaN)));
    expect(values['label:place']).toEqual(sample.office.map((office) => nullOr(office, (text) => text.toUpperCase(), 'none')));
    expect(values['number:year']).toEqual(sample.month.map((text) => Number(text.slice(0, 4))));
    expect(values['label:year']).toEqual(sample.month.map((text) => text.slice(0, 4)));
    expect(values['month:start']).toEqual(sample.month.map((text) => 12 * Number(text.slice(0, 4)) + Number(text.slice(5)) - 1));
    expect(values['number:hours']).toEqual(sample.hours.map((h) => h ?? NaN));
  });

  it('may stand in the filter and in the condition', async () => {
    const { rowNumbers, condition, values } = await readAll(file, [label('place')], 'place > \'KONTOR 5\'', { derived, filter: 'few AND year = 2019' });
    const held = sample.month.flatMap((text, i) => (text.startsWith('2019') && sample.children[i] !== null && sample.children[i]! < 2 ? [i] : []));
    expect(rowNumbers).toEqual(held.map((i) => i + 1));
    expect(values['label:place']).toEqual(held.map((i) => sample.office[i]?.toUpperCase() ?? 'none'));
    expect(condition).toEqual(held.map((i) => Number((sample.office[i]?.toUpperCase() ?? 'none') > 'KONTOR 5')));
  });

  it('must not take the name of a column, whatever its case', async () => {
    await expect(readAll(file, [person('person_id')], null, { derived: { Female: 'true', hours: '1', few: 'true' } })).rejects.toMatchObject({
      kind: 'data',
      message: expect.stringMatching(/: 2 derived columns have names of columns that the file has already: Female \(the column is female\), hours\. Derive under another name/),
    });
  });
});

describe('what no column can be derived from', () => {
  const file = csv('a,b\n1,x\n2,3\n');
  it.each([
    ['c + 1', /derived column d \("c \+ 1"\) does not work on table\.csv: .*"c" not found.* The columns are: a, b\./s],
    ['a +', /syntax error/],
    ['avg(a)', /calls avg,/],
    ['sum(a) OVER ()', /calls sum,/],
    ['other', /"other" not found/],
    ['a), (b', /./],
  ])('%s', async (text, reason) => {
    await expect(readAll(file, [number('a')], null, { derived: { d: text, other: 'a' } })).rejects.toMatchObject({ kind: 'spec', message: expect.stringMatching(reason) });
  });

  it.each([
    ['upper(b)', number('d'), /column d has the type text; as a number it must be an integer/],
    ['a * 1.5', person('d'), /column d has the type float64; as a person id/],
    ["INTERVAL 1 DAY", label('d'), /column d has the type interval/],
    ['[a]', number('d'), /column d has the type list/],
  ])('%s in a role that its type cannot have', async (text, request, reason) => {
    await expect(readAll(file, [request], null, { derived: { d: text } })).rejects.toMatchObject({ kind: 'data', message: expect.stringMatching(reason) });
  });

  it('a value that cannot be computed is told with the expression and SQL’s reason', async () => {
    await expect(readAll(file, [number('d')], null, { derived: { d: 'ln(a - 1)' } })).rejects.toMatchObject({
      kind: 'data',
      message: expect.stringMatching(/^table\.csv: the derived column d \("ln\(a - 1\)"\) cannot be computed: .*logarithm of zero/),
    });
  });

  it('a value that is not finite is named with its row, counted in the file', async () => {
    const rows = csv('a,b\n1,1\n0,2\n1,0\n0,0\n');
    await expect(readAll(rows, [number('d')], null, { derived: { d: '1e300 * 1e10 * a' }, filter: 'b = 0' })).rejects.toThrow(
      /column d: 1 value is not a finite number \(first rows: 3: "Infinity"\)/,
    );
  });
});

it('64-bit and wider integers, of an Arrow table', async () => {
  const table = new Table({ id: vectorFromArray([7, null], new Int32()), t: vectorFromArray(['9007199254740993', '12'], new Utf8()) });
  const file = inMemory('t.arrows', 'arrow', tableToIPC(table, 'stream'));
  const derived = { long: 'CAST(t AS BIGINT)', huge: 'CAST(t AS HUGEINT) * 2', tenth: 'id * 0.1' };
  const { values } = await readAll(file, [person('long'), label('long'), number('huge'), number('tenth')], null, { derived });
  expect(values['person:long']).toEqual(['1,2097152,0,0', '12,0,0,0']);
  expect(values['label:long']).toEqual(['9007199254740993', '12']);
  expect(values['number:huge']).toEqual([18014398509481986, 24]);
  expect(values['number:tenth']).toEqual([0.7, NaN]);
});
