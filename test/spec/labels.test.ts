import { describe, expect, it } from 'vitest';
import { areNumbers, numberText } from '../../src/spec/labels.ts';

const found = (texts: readonly string[]) => texts.map((text) => ({ text, number: text === '' ? null : numberText(text) }));

describe('a label', () => {
  it.each([
    ['0', ['0.0', '-0', '-0.0', '0e5', '+0', '.0', '0.', 'false', 'FALSE', '0E-3']],
    ['1', ['1.0', '1e0', '10e-1', '0.1e1', '+1', ' 1', '1 ', '1.', 'true', 'True']],
    ['0.1', ['.1', '0.10', '1e-1', '0.1000']],
    ['1000', ['1e3', '1E+3', '1000.0', '0.001e6']],
    ['-5', ['-5.0', '-50e-1']],
    ['1e+21', ['1000000000000000000000', '1e21']],
    ['1e-7', ['0.0000001', '0.1e-6']],
    ['9007199254740992', ['9007199254740992.0', '9.007199254740992e15']],
    ['5e-324', ['5e-324', '0.5e-323']],
  ])('is the number %s however that is written', (number, texts) => {
    for (const text of [number, ...texts]) expect(numberText(text), text).toBe(number);
  });

  it.each([
    '0314', '00', '007.5', '-05', '+01', '1_000', '0x10', '0b1', 'NaN', 'nan', 'Infinity', '-inf', '1,5', '1 000', '--1', '1e', 'e5', '.', '-', '+', '1.2.3', '٣', '½',
    '9007199254740993', '18446744073709551615', '0.1000000000000000055511151231257827', '1e400', '-1e400', '1e-400', '123456789012345678901', ' ', 'yes', '2018-01',
  ])('%j is text', (text) => expect(numberText(text)).toBeNull());

  it('with a decimal comma is a number where the file has one', () => {
    expect(['0,5', '1,0', '1.5', '1,2,3', '01,5'].map((text) => numberText(text, true))).toEqual(['0.5', '1', '1.5', null, null]);
  });

  it('agrees with the double of every number, written in any of many ways', () => {
    let state = 12345;
    const draw = (n: number): number => (state = (Math.imul(state, 1664525) + 1013904223) >>> 0) % n;
    for (let k = 0; k < 5000; k++) {
      const digits = String(draw(1e9));
      const places = draw(digits.length + 1);
      const whole = digits.slice(0, digits.length - places);
      const text = `${draw(2) ? '-' : ''}${whole === '' ? '0' : whole}.${digits.slice(digits.length - places)}${'0'.repeat(draw(4))}e${draw(41) - 20}`;
      expect(numberText(text), text).toBe(String(Number(text)));
    }
  });
});

describe('labels', () => {
  it('are numbers where every one is', () => {
    expect([['0', '0.0', ''], ['1', 'a'], ['1', '01'], ['', ''], [], ['True', '0'], ['1', '9007199254740993']].map((texts) => areNumbers(found(texts)))).toEqual([true, false, false, false, false, true, false]);
  });
});
