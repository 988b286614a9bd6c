import { Float64, Int32, Struct, Table, Utf8, Field, tableToIPC, vectorFromArray } from 'apache-arrow';
import { describe, expect, it } from 'vitest';
import { EngineError } from '../../src/errors.ts';
import type { ColumnRequest, RegisterFile } from '../../src/register/partition.ts';
import { csv, inMemory, label, month, number, person, readAll } from './sample.ts';

async function faultOf(file: RegisterFile, columns: readonly ColumnRequest[]): Promise<EngineError> {
  const error = await readAll(file, columns).then(
    () => new Error('nothing was thrown'),
    (thrown) => thrown,
  );
  expect(error).toBeInstanceOf(EngineError);
  expect(error.kind).toBe('data');
  return error;
}

const arrow = (values: readonly unknown[], type: never | Utf8 | Float64 | Int32) =>
  inMemory('t.arrow', 'arrow', tableToIPC(new Table({ x: vectorFromArray(values as never[], type) }), 'file'));

describe('columns', () => {
  it('all that are missing are named, with those that are there', async () => {
    const error = await faultOf(csv('id,age\n1,2\n'), [person('id'), month('month'), number('hours'), number('age')]);
    expect(error.message).toBe(
      'table.csv: 2 columns are missing: month, hours. The file has: id, age. Add them or name other columns in the model spec.',
    );
    expect(error.args).toMatchObject({ file: 'table.csv', missing: ['month', 'hours'], present: ['id', 'age'] });
  });

  it('a name that occurs twice', async () => {
    expect((await faultOf(csv('id,x,x\n1,2,3\n'), [number('x')])).message).toMatch(/the column name x occurs more than once/);
  });

  it.each([
    [arrow(['a'], new Utf8()), number('x'), /column x has the type text; as a number it must be an integer, a float, a decimal or a boolean/],
    [arrow([1.5], new Float64()), person('x'), /column x has the type float64; as a person id it must be an integer, text or a UUID/],
    [
      inMemory('t.arrow', 'arrow', tableToIPC(new Table({ x: vectorFromArray([{ a: 1 }], new Struct([new Field('a', new Int32())])) }), 'file')),
      label('x'),
      /column x has the type struct; as a label it must be text/,
    ],
  ])('a wrong type', async (file, request, message) => {
    expect((await faultOf(file, [request])).message).toMatch(message);
  });
});

describe('values', () => {
  it('text in a number column, counted over the file, with the first five rows', async () => {
    const lines = Array.from({ length: 200_000 }, (_, i) => `${i},${i % 20_000 === 7 ? `${i}a` : i}`);
    const error = await faultOf(csv(`id,x\n${lines.join('\n')}`), [person('id'), number('x')]);
    expect(error.message).toBe(
      'table.csv, column x: 10 values are not a number (first rows: 8: "7a", 20008: "20007a", 40008: "40007a", 60008: "60007a", 80008: "80007a"). ' +
        'Write plain numbers; a missing value is an empty field or NA.',
    );
    expect(error.args).toMatchObject({ faults: [{ code: 'fault.not-a-number', column: 'x', args: { count: 10, first: [{ row: 8, value: '7a' }, {}, {}, {}, {}] } }] });
  });

  it('numbers that are not finite', async () => {
    expect((await faultOf(csv('x\n1e999\n'), [number('x')])).message).toMatch(/column x: 1 value is not a finite number \(first rows: 1: "1e999"\)/);
    expect((await faultOf(arrow([1, -Infinity], new Float64()), [number('x')])).message).toMatch(/1 value is not a finite number \(first rows: 2: "-Infinity"\)/);
  });

  it('months that do not parse, and missing ones', async () => {
    expect((await faultOf(csv('m,x\n2017-12,1\n2017-13,1\ndes,1\n'), [month('m')])).message).toMatch(
      /column m: 2 values are not a month \(first rows: 2: "2017-13", 3: "des"\)/,
    );
    expect((await faultOf(csv('m,x\n,1\nNA,1\n'), [month('m')])).message).toMatch(/column m: the month is missing in 2 rows \(first rows: 1, 2\)/);
    expect((await faultOf(arrow(['2017-12', 'x', null], new Utf8()), [month('x')])).message).toMatch(
      /column x: 1 value is not a month \(first rows: 2: "x"\).*\nt\.arrow, column x: the month is missing in 1 row /,
    );
    expect((await faultOf(arrow([201712, 201713, null], new Int32()), [month('x')])).message).toMatch(/1 value is not a month \(first rows: 2: "201713"\)/);
  });

  it('missing person ids', async () => {
    expect((await faultOf(csv('id,x\n1,1\n,1\nNA,1\n'), [person('id')])).message).toMatch(/column id: the person id is missing in 2 rows \(first rows: 2, 3\)/);
    expect((await faultOf(arrow(['a', null, ''], new Utf8()), [person('x')])).message).toMatch(/missing in 2 rows \(first rows: 2, 3\)/);
    expect((await faultOf(arrow([1, null], new Int32()), [person('x')])).message).toMatch(/missing in 1 row \(first rows: 2\)/);
  });
});

describe('text files', () => {
  it('rows with too few or too many fields, and quotes that do not close', async () => {
    const error = await faultOf(csv('a,b\n1,2\n1\n1,2,3\n4,"5"x\n6,"7\n'), [number('a'), number('b')]);
    expect(error.message).toMatch(/^table\.csv: 4 rows do not have the fields of the header, or a quote is not closed \(first rows: 2, 3, 4, 5\)/);
  });

  it('what is not UTF-8', async () => {
    const latin1 = Uint8Array.from('x,y\nMøre,1\nOslo,2\n', (c) => c.charCodeAt(0));
    expect((await faultOf(csv(latin1), [label('x')])).message).toMatch(/column x: 1 value is not UTF-8 text \(first rows: 1: .*Save the file as UTF-8/);
    expect((await faultOf(csv(Uint8Array.of(0xf8, 44, 120, 10)), [label('x')])).message).toMatch(/the header is not UTF-8 text/);
  });

  it('an empty file, and a gzip file that is none', async () => {
    expect((await faultOf(csv(''), [label('x')])).message).toMatch(/table\.csv has no header/);
    expect((await faultOf(csv('x,y\n1,2\n', 'table.csv.gz'), [label('x')])).message).toMatch(/^table\.csv\.gz is not packed by gzip/);
  });
});
