import { describe, expect, it } from 'vitest';
import { csvTexts } from '../../src/register/csv-texts.ts';
import { csvText } from '../../src/results/csv.ts';

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);

describe('the texts of a CSV file', () => {
  it('are what stands in it: nothing is missing, a boolean or a number', () => {
    const values = ['NA', 'true', 'FALSE', '007', '', ' x ', 'a, "b"', 'two\nlines', 'Øst;Vest', '-0'];
    const texts = csvTexts('odd.csv', bytes(csvText([{ name: 'label', kind: 'text', values }, { name: 'a,b', kind: 'text', values: [...values].reverse() }])));
    expect([...texts]).toEqual([['label', values], ['a,b', [...values].reverse()]]);
  });

  it('go on over many rows', () => {
    const values = Array.from({ length: 5000 }, (_, i) => String(i));
    expect(csvTexts('long.csv', bytes(csvText([{ name: 'i', kind: 'text', values }]))).get('i')).toEqual(values);
  });

  it('are those of no row where there is a header alone', () => {
    expect([...csvTexts('empty.csv', bytes('a,b\n'))]).toEqual([['a', []], ['b', []]]);
  });

  it('that are not UTF-8 are refused, with their row', () => {
    const damaged = bytes('a,b\n1,2\n3,x\n');
    damaged[10] = 0xff;
    expect(() => csvTexts('odd.csv', damaged)).toThrow('odd.csv: row 2 is not UTF-8 text.');
  });

  it('of a row that is too short are refused', () => {
    expect(() => csvTexts('short.csv', bytes('a,b\n1,2\n3\n'))).toThrow('short.csv: row 2 has not the 2 fields of the header.');
  });
});
