import { describe, expect, it } from 'vitest';
import { createFields, splitRows } from '../../src/register/csv-fields.ts';
import { notANumber, parseNumber } from '../../src/register/csv-number.ts';
import { csv, label, month, number, person, readAll } from './sample.ts';

const bytesOf = (text: string): Uint8Array => new TextEncoder().encode(text);
const parse = (text: string, decimalComma = false): number => parseNumber(bytesOf(`9${text}9`), 1, bytesOf(text).length + 1, decimalComma);

describe('numbers', () => {
  it.each(['0', '-0', '7', '+7', '007', '-12.50', '.5', '5.', '1e3', '1E-3', '-2.5e+10', '242264', '22.01', '0.0180676754182205', '0.1', '123456789012345678',
    '0.30000000000000004', '9007199254740993', '1.7976931348623157e308', '5e-324', '0.000000000000000000000001', '179769313486231570000000', '3.14159265358979323846'])(
    '%s is read as JavaScript reads it',
    (text) => {
      expect(parse(text)).toBe(Number(text));
      expect(parse(text.replace('.', ','), true)).toBe(Number(text));
    },
  );

  it('agrees with Number on random decimals of every length', () => {
    let state = 1;
    const random = (n: number): number => (state = (state * 48271) % 2147483647) % n;
    for (let k = 0; k < 20_000; k++) {
      const digits = (n: number): string => Array.from({ length: n }, () => random(10)).join('');
      const text = `${random(2) ? '-' : ''}${digits(1 + random(12))}.${digits(random(18))}`;
      if (!Object.is(parse(text), Number(text))) throw new Error(text);
    }
  });

  it.each(['', 'NA', '  '])('"%s" is missing', (text) => expect(parse(text)).toBeNaN());
  it.each([['true', 1], ['FALSE', 0], ['True', 1], [' 3 ', 3]])('%s is %d', (text, value) => expect(parse(text)).toBe(value));
  it.each(['3a', 'a', '-', '.', '1.2.3', '1,5', '1 2', '--1', 'NaN', 'Inf', 'na', '1_000', '0x10', '1e', 'e5', 'T'])('%s is no number', (text) => {
    expect(parse(text)).toBe(notANumber);
  });
});

describe('fields', () => {
  const text = 'a,"b ""x"", y",c\r\n\r\n"1\n2",,"3"\n4,5,6';
  const expected = [['a', 'b "x", y', 'c'], ['1\n2', '', '3'], ['4', '5', '6']];

  it('are the same however the text is cut into windows', () => {
    const options = { separator: 44, places: Int32Array.of(0, 1, 2), mostRows: 10 };
    for (let cut = 0; cut <= text.length; cut++) {
      const rows: string[][] = [];
      const take = (window: Uint8Array, isLast: boolean): number => {
        const fields = createFields(3, 10);
        const at = splitRows(window, 0, fields, { ...options, isLast });
        expect(fields.malformed).toEqual([]);
        for (let i = 0; i < fields.rows; i++) {
          rows.push([0, 1, 2].map((k) => new TextDecoder().decode(window.subarray(fields.bounds[6 * i + 2 * k], fields.bounds[6 * i + 2 * k + 1]))));
        }
        return at;
      };
      const first = bytesOf(text).slice(0, cut);
      const rest = first.subarray(take(first, false));
      take(Uint8Array.of(...rest, ...bytesOf(text).slice(cut)), true);
      expect(rows, `cut at ${cut}`).toEqual(expected);
    }
  });

  it('quotes, separators, line breaks and letters beyond ASCII inside quotes', async () => {
    const file = csv('id;"the ""name""";x\n1;"Møre; og\nRomsdal";"1,5"\n2;"he said ""hei""";2.5\n');
    const { values } = await readAll(file, [person('id'), label('the "name"'), number('x')]);
    expect(values).toEqual({ 'person:id': ['1,0,0,0', '2,0,0,0'], 'label:the "name"': ['Møre; og\nRomsdal', 'he said "hei"'], 'number:x': [1.5, 2.5] });
  });
});

describe('roles', () => {
  it('ids keep their leading zeros; 64-bit integers are exact', async () => {
    const { values } = await readAll(csv('id,x\n0012,1\n12,1\n9007199254740993,1\n9007199254740992,1\n'), [person('id'), label('id')]);
    expect(new Set(values['person:id']).size).toBe(4);
    expect(values['person:id']!.slice(1)).toEqual(['12,0,0,0', '1,2097152,0,0', '0,2097152,0,0']);
    expect(values['label:id']).toEqual(['0012', '12', '9007199254740993', '9007199254740992']);
  });

  it('labels as they stand where not all are numbers or booleans, NA and empty as missing', async () => {
    const { values } = await readAll(csv('x,y,z\nTrue,1.50,1.50\nfalse,01,True\nNA,,NA\nx,NA,-0.0\n'), [label('x'), label('y'), label('z')]);
    expect(values).toEqual({ 'label:x': ['True', 'false', '', 'x'], 'label:y': ['1.50', '01', '', ''], 'label:z': ['1.5', '1', '', '0'] });
  });

  it('months in every form', async () => {
    const { values } = await readAll(csv('m\n2017-12\n2017-12-31\n201712\n2017-12-31T23:59:59\n'), [month('m')]);
    expect(values['month:m']).toEqual(Array(4).fill(12 * 2017 + 11));
  });

  it('the comma decides where a header has no separator, and a semicolon file may hold commas', async () => {
    expect((await readAll(csv('x\n1.5\nNA\n\n2'), [number('x')])).values['number:x']).toEqual([1.5, NaN, 2]);
    expect((await readAll(csv('a;b,c;d\n1;2;3\n'), [number('b,c')])).values['number:b,c']).toEqual([2]);
  });

  it('a file of a header alone has no rows', async () => {
    expect((await readAll(csv('x,y'), [number('x')])).rows).toBe(0);
    expect((await readAll(csv('x,y\r\n'), [number('x')])).rows).toBe(0);
  });
});

it('reads more than one window and one partition, row numbers running on', async () => {
  const count = 300_000;
  const lines = Array.from({ length: count }, (_, i) => `${i},"kontor ${i % 7}",${i / 8}`);
  const { values, rows } = await readAll(csv(`id,office,x\n${lines.join('\n')}`), [person('id'), label('office'), number('x')]);
  expect(rows).toBe(count);
  for (let i = 0; i < count; i++) {
    if (values['person:id']![i] !== `${i},0,0,0` || values['label:office']![i] !== `kontor ${i % 7}` || values['number:x']![i] !== i / 8) throw new Error(`row ${i}`);
  }
});
