import { draws } from '../support/table-file.ts';
import { labelOf, numberOf, type Row } from './table.ts';

/** Persons with up to a year of months, in some of the columns of the analysis table. */
export function analysisRows(seed: number, persons = 60): Row[] {
  const next = draws(seed);
  for (let k = 0; k < 5; k++) next();
  const pick = <T>(...values: T[]): T => values[Math.floor(next() * values.length)]!;
  const rows: Row[] = [];
  for (let person = 0; person < persons; person++) {
    const [age, country, county] = [18 + Math.floor(next() * 50), pick(-1, 0, 0, 1, 2, 3, 3), pick('Oslo', 'Agder', 'Møre og Romsdal', null)];
    for (let month = 1; month <= 12; month++) {
      if (next() < 0.4) continue;
      rows.push({
        person_id: `p${person}`, month: `2019-${String(month).padStart(2, '0')}`, county,
        main_group: pick('Helt ledige', 'Nedsatt arbeidsevne'),
        support_group: pick('Situasjonsbestemt innsats', 'Spesielt tilpasset innsats', 'Standardinnsats'),
        age, female: person % 2, country_group: country, residence_months: age * 12 + month,
        hours_at_measurement: pick(0, 0, 7.5, 19, 19.01, 37.5),
        wage_income_before: pick(0, 123_456.78, 1 / 3, 987_654_321.5), pension_income_before: pick(null, 0, 4.25),
        atid3: pick(null, next() * 40), jobb3: pick(null, 0, 1),
      });
    }
  }
  return rows;
}

const populations: Record<string, (row: Row) => boolean> = {
  all: () => true,
  young: (row) => Number(row['age']) < 30 && ['Situasjonsbestemt innsats', 'Spesielt tilpasset innsats'].includes(String(row['support_group'])),
  country_group_3: (row) => row['country_group'] === 3,
};
const variables: Record<string, (row: Row) => number | null> = {
  in_work: (row) => (numberOf(row, 'hours_at_measurement') === null ? null : Number(numberOf(row, 'hours_at_measurement')! > 19)),
  ...Object.fromEntries([-1, 0, 1, 2, 3].map((group) => [`country_group_${group < 0 ? 'unknown' : group}`, (row: Row) => Number(numberOf(row, 'country_group') === group)])),
  residence_years: (row) => numberOf(row, 'residence_months')! / 12,
};

const rowsOf = (rows: readonly Row[], population: string, by: readonly string[], group: readonly string[]): Row[] =>
  rows.filter((row) => populations[population]!(row) && by.every((column, c) => labelOf(row, column) === group[c]));

/** Count, mean and standard deviation of a variable, in two passes over the rows of a cell. */
export function plainMoments(rows: readonly Row[], cell: { population: string; by: readonly string[]; group: readonly string[]; variable: string }): { n: number; mean: number; deviation: number } {
  const of = variables[cell.variable] ?? ((row: Row) => numberOf(row, cell.variable));
  const values = rowsOf(rows, cell.population, cell.by, cell.group).map(of).filter((value) => value !== null);
  const n = values.length;
  const mean = values.reduce((sum, x) => sum + x, 0) / n;
  return { n, mean, deviation: Math.sqrt(values.reduce((sum, x) => sum + (x - mean) ** 2, 0) / (n - 1)) };
}

/** Rows and distinct persons of a cell, in all or in a month. */
export function plainCounts(rows: readonly Row[], cell: { population: string; by: readonly string[]; group: readonly string[]; month?: string }): { rows: number; persons: number } {
  const found = rowsOf(rows, cell.population, cell.by, cell.group).filter((row) => cell.month === undefined || row['month'] === cell.month);
  return { rows: found.length, persons: new Set(found.map((row) => row['person_id'])).size };
}
