import { afterEach, describe, expect, test } from 'vitest';
import { csvText } from '../../web/csv.ts';
import { formatCount, formatMonthLong, formatMonthShort, formatNumber, monthGrid, spoken } from '../../web/format.ts';
import { intervalBand } from '../../web/interval.ts';
import { changeLocale } from '../../web/locale.ts';

afterEach(() => changeLocale('nb'));

describe('numbers in the page’s language', () => {
  test('bokmål: comma, minus sign, no-break space', () => {
    expect(formatNumber(-0.4, { digits: 2 })).toBe('\u22120,40');
    expect(formatNumber(0.4, { digits: 2, signed: true })).toBe('+0,40');
    expect(formatNumber(0, { digits: 1, signed: true })).toBe('0,0');
    expect(formatCount(150000)).toBe('150\u00a0000');
    expect(formatNumber(NaN, { digits: 1 })).toBe('–');
    expect(formatNumber(null, { digits: 1 })).toBe('–');
  });

  test('no negative zero', () => {
    expect(formatNumber(-0.001, { digits: 2 })).toBe('0,00');
    expect(formatNumber(-0.001, { digits: 2, signed: true })).toBe('0,00');
  });

  test('English', async () => {
    await changeLocale('en');
    expect(formatNumber(1234.5, { digits: 1 })).toBe('1,234.5');
    expect(formatNumber(-1, { digits: 1 })).toBe('\u22121.0');
    expect(formatMonthLong('2024-06')).toBe('June 2024');
  });

  test('months', () => {
    expect(formatMonthLong('2024-06')).toBe('juni 2024');
    expect(formatMonthShort('2017-12')).toBe('des. 2017');
    expect(monthGrid(['2018-02', '2017-12'])).toEqual(['2017-12', '2018-01', '2018-02']);
    expect(monthGrid([])).toEqual([]);
  });

  test('grouped numbers are read as one', () => expect(spoken('11\u00a0700 personer')).toBe('11700 personer'));
});

describe('CSV', () => {
  test('Norwegian: semicolons, decimal commas, numbers in full, no minus sign of print', () => {
    expect(csvText(['a', 'b'], [['x', -0.125], ['y; "z"', null], ['w', NaN]])).toBe('a;b\nx;-0,125\n"y; ""z""";\nw;\n');
  });

  test('English: commas and decimal points', async () => {
    await changeLocale('en');
    expect(csvText(['a'], [['x,y'], [0.1 + 0.2]])).toBe('a\n"x,y"\n0.30000000000000004\n');
  });

  test('text that a spreadsheet would take for a formula is defused, numbers are not touched', () => {
    const cells = ['=1+1', '+A1', '-x', '@SUM', '\t=1', '\u00a0=1', '\uff1d1'];
    expect(csvText(['a'], cells.map((cell) => [cell])).split('\n').slice(1, -1).every((cell) => cell.startsWith("'"))).toBe(true);
    expect(csvText(['a'], [[-1]])).toBe('a\n-1\n');
  });
});

describe('intervals', () => {
  test('are wider at higher levels and null where a number is missing', () => {
    const { low, high } = intervalBand([1, null, 3], [0.5, 0.5, null], 95);
    expect(low[0]).toBeCloseTo(1 - 1.959963984540054 * 0.5, 12);
    expect(high[0]).toBeCloseTo(1 + 1.959963984540054 * 0.5, 12);
    expect([low[1], high[1], low[2], high[2]]).toEqual([null, null, null, null]);
    const width = (level: 50 | 80 | 95) => intervalBand([0], [1], level).high[0]!;
    expect(width(50)).toBeLessThan(width(80));
    expect(width(80)).toBeLessThan(width(95));
  });
});
