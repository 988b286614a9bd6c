import { expect, test } from 'vitest';
import { table4 } from '../../src/synthetic/table4.ts';
import { reference } from './draw.ts';

test('the coefficients are those of the printed Table 4, level by level', () => {
  const printed = reference('coefficients')
    .filter((row) => row.variable !== 'dependent_variable_mean')
    .map((row) => [row.variable, row.level, ...['atid3', 'atid12', 'jobb3', 'jobb12'].map((name) => Number(row[name]))]);
  const ours = Object.entries(table4).flatMap(([variable, levels]) => levels.map((level) => [variable, ...level]));
  expect(ours).toEqual(printed);
});
