import { table4 } from './table4.ts';

/** Outcomes in the order used everywhere in this folder. */
export const outcomeNames = ['atid3', 'atid12', 'jobb3', 'jobb12'] as const;
export const outcomeCount = 4;

type Rows = readonly (readonly [string, number, number, number, number])[];

const byLevel = (rows: Rows): Float64Array => {
  const values = new Float64Array(rows.length * outcomeCount);
  rows.forEach((row, level) => values.set(row.slice(1) as number[], level * outcomeCount));
  return values;
};

/** A 0/1 covariate is printed without its zero. */
const flag = (rows: Rows): Float64Array => {
  const values = new Float64Array(2 * outcomeCount);
  values.set(byLevel(rows), outcomeCount);
  return values;
};

export const countryGroups = ['unknown', '0', '1', '2', '3'] as const;
export const residenceLevels = 6;

/** Both main effects and the interaction, by country group (−1 … 3) and residence level: 30 cells. */
const originTable = (): Float64Array => {
  const values = new Float64Array(countryGroups.length * residenceLevels * outcomeCount);
  const find = (rows: Rows, level: string) => rows.find((row) => row[0] === level);
  countryGroups.forEach((country, c) => {
    table4.residence_time.forEach(([residence], r) => {
      for (let outcome = 0; outcome < outcomeCount; outcome++) {
        const parts = [
          find(table4.country_group, country),
          find(table4.residence_time, residence),
          find(table4['country_group:residence_time'], `${country}:${residence}`),
        ];
        const sum = parts.reduce((total, row) => total + ((row?.[outcome + 1] as number | undefined) ?? 0), 0);
        values[(c * residenceLevels + r) * outcomeCount + outcome] = sum;
      }
    });
  });
  return values;
};

/** Table 4 as arrays: entry `level * 4 + outcome`. */
export const coefficients = {
  constant: byLevel(table4.constant),
  age: byLevel(table4.age),
  children: byLevel(table4.children),
  education: flag(table4.recent_higher_education),
  married: flag(table4.married),
  female: flag(table4.female),
  laidOff: flag(table4.laid_off),
  health: flag(table4.health_benefit),
  work: flag(table4.work_benefit),
  disability: flag(table4.disability_pension),
  hours: byLevel(table4.hours_at_measurement),
  wage: byLevel(table4.wage_income_before),
  pension: byLevel(table4.pension_income_before),
  origin: originTable(),
  history: byLevel(table4.history),
  duration: byLevel(table4.duration),
  inflow: byLevel(table4.unemployment_inflow),
  employment: byLevel(table4.expected_employment),
} as const;

const levelsUpTo = (breaks: readonly number[], last: number): Uint8Array =>
  Uint8Array.from({ length: last + 1 }, (_, value) => {
    const level = breaks.findIndex((upper) => value <= upper);
    return level < 0 ? breaks.length : level;
  });

/** Level by value; residence in months (cut at 121), history in months (0 … 61), hours in quarters of an hour (0 … 240). */
export const residenceLevel = levelsUpTo([12, 24, 36, 48, 120], 121);
export const historyLevel = levelsUpTo([0, 6, 12, 18, 24, 36, 60], 61);
export const hoursLevel = levelsUpTo([0, 32, 64, 96, 128, 152], 240);
