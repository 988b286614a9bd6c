import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { publishedCoefficient, publishedTerms } from '../../web/table4-published.ts';

const lines = readFileSync(new URL('../fixtures/reference/coefficients.csv', import.meta.url), 'utf8').trim().split('\n').slice(1);
/** The first two cells and the last four; labels between them may hold commas. */
const rows = lines
  .map((line) => line.split(','))
  .filter(([variable]) => variable !== 'dependent_variable_mean')
  .map(([term = '', level = '', ...cells]) => ({ term, level, printed: cells.slice(-4).map(Number) }));

test('the published coefficients are the report’s, every one', () => {
  for (const { term, level, printed } of rows) {
    const ours = ['atid3', 'atid12', 'jobb3', 'jobb12'].map((outcome) => publishedCoefficient(term, level, outcome));
    expect(ours, `${term} ${level}`).toEqual(printed);
  }
  expect(Object.values(publishedTerms).flat()).toHaveLength(rows.length);
});

test('there is none for what the report does not print', () => {
  expect(publishedCoefficient('age', '68', 'atid3')).toBeNull();
  expect(publishedCoefficient('own', '1', 'atid3')).toBeNull();
  expect(publishedCoefficient('age', '18', 'atid6')).toBeNull();
});
