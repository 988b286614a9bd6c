import { InvalidArgumentError } from 'commander';
import { describe, expect, it } from 'vitest';
import { breakdowns, condition, monthText, percent, wholeNumber } from '../../src/entry/option-parsers.ts';

describe('breakdowns', () => {
  it('are split at commas, their columns at plus signs, each taken once', () => {
    expect(breakdowns('county, office,county+support_group,county')).toEqual([['county'], ['office'], ['county', 'support_group']]);
    expect(breakdowns('office,measure', [['office']])).toEqual([['office'], ['measure']]);
  });

  it.each(['', 'county,', 'county+', 'county+county', 'month', 'county+n'])('are refused as %j', (text) => {
    expect(() => breakdowns(text)).toThrow(InvalidArgumentError);
  });
});

describe('numbers and months', () => {
  it('are taken within their limits', () => {
    expect(wholeNumber(1, 10)('10')).toBe(10);
    expect(percent('99.9')).toBe(99.9);
    expect(monthText('2018-03')).toBe('2018-03');
    expect(condition("county = '03'")).toBe("county = '03'");
  });

  it('are refused outside', () => {
    for (const text of ['0', '11', '-1', '1.5', '1e1', '', ' 1']) expect(() => wholeNumber(1, 10)(text)).toThrow(/from 1 to 10/);
    for (const text of ['0', '100', '-5', 'x', 'Infinity']) expect(() => percent(text)).toThrow(InvalidArgumentError);
    for (const text of ['2018', '2018-13']) expect(() => monthText(text)).toThrow(InvalidArgumentError);
    expect(() => condition('  ')).toThrow(InvalidArgumentError);
  });
});
