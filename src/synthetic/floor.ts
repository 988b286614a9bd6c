import type { Columns } from './columns.ts';
import { outcomeCount } from './coefficients.ts';
import { predict, type Predictors } from './linear-predictor.ts';
import type { Person } from './person.ts';

/** Smallest expected Atid3 and Atid12, hours a week. */
export const leastHours = 0.1;

const low = (out: Predictors, row: number): boolean =>
  out[row * outcomeCount]! < leastHours || out[row * outcomeCount + 1]! < leastHours;

const anyLow = (person: Person, at: number, out: Predictors): boolean => {
  for (let row = at; row < at + person.length; row++) if (low(out, row)) return true;
  return false;
};

/** Turns a 0/1 covariate off in the months that are too low. */
const turnOff = (column: Uint8Array, person: Person, at: number, out: Predictors): void => {
  for (let row = at; row < at + person.length; row++) if (low(out, row)) column[row] = 0;
};

/**
 * Changes covariates until expected hours are at least 0.1 in all the person's months, in this order: health benefit off and
 * disability pension off in the months concerned; income before the spell a decile up, again and again (wage income, or
 * pension-earning income of those who came before 2015); age to 25 … 45 at the start, which is under 62 in all months.
 * The last step is enough whatever the other covariates are. Returns the number of months that were too low.
 */
export const raiseToFloor = (columns: Columns, at: number, person: Person, out: Predictors): number => {
  let count = 0;
  for (let row = at; row < at + person.length; row++) if (low(out, row)) count++;
  if (count === 0) return 0;
  turnOff(columns.health, person, at, out);
  predict(columns, at, person, out);
  if (!anyLow(person, at, out)) return count;
  turnOff(columns.disability, person, at, out);
  predict(columns, at, person, out);
  while (anyLow(person, at, out) && (person.early ? person.pensionDecile : person.wageDecile) < 10) {
    if (person.early) person.pensionDecile++;
    else person.wageDecile++;
    predict(columns, at, person, out);
  }
  if (!anyLow(person, at, out)) return count;
  person.ageMonths = Math.max(12 * 25 + (person.ageMonths % 240), 12 * 18 + person.elapsed);
  for (let k = 0; k < person.length; k++) {
    columns.age[at + k] = Math.floor((person.ageMonths + k) / 12);
    columns.residence[at + k] = Math.min(columns.residence[at + k]!, person.ageMonths + k);
  }
  predict(columns, at, person, out);
  return count;
};
