import type { Columns } from './columns.ts';
import { coefficients, historyLevel, hoursLevel, outcomeCount, residenceLevel, residenceLevels } from './coefficients.ts';
import type { Person } from './person.ts';

/** α + xβ in doubles, entry `row * 4 + outcome`. */
export type Predictors = Float64Array;

const c = coefficients;
const fixed = new Float64Array(outcomeCount);

/** The part that is the same in all months of the person; good until the next call. */
const fixedPart = (person: Person): Float64Array => {
  for (let o = 0; o < outcomeCount; o++) {
    let sum = c.constant[o]! + c.female[person.female * outcomeCount + o]! + c.wage[person.wageDecile * outcomeCount + o]!;
    if (person.early) sum += c.pension[o]! + (person.pensionDecile > 0 ? c.pension[person.pensionDecile * outcomeCount + o]! : 0);
    fixed[o] = sum;
  }
  return fixed;
};

/** α + xβ of all four outcomes for the person's rows from `at`; written to `out` at the same rows. */
export const predict = (columns: Columns, at: number, person: Person, out: Predictors): void => {
  const constant = fixedPart(person);
  const end = at + person.length;
  for (let row = at; row < end; row++) {
    const age = (Math.min(Math.max(columns.age[row]!, 18), 67) - 18) * outcomeCount;
    const children = columns.children[row]! * outcomeCount;
    const married = columns.married[row]! * outcomeCount;
    const education = columns.education[row]! * outcomeCount;
    const laidOff = columns.laidOff[row]! * outcomeCount;
    const health = columns.health[row]! * outcomeCount;
    const work = columns.work[row]! * outcomeCount;
    const disability = columns.disability[row]! * outcomeCount;
    const hours = hoursLevel[columns.hours[row]!]! * outcomeCount;
    const residence = residenceLevel[Math.min(columns.residence[row]!, 121)]!;
    const origin = ((columns.country[row]! + 1) * residenceLevels + residence) * outcomeCount;
    const history = historyLevel[columns.history[row]!]! * outcomeCount;
    const duration = Math.min(columns.duration[row]!, 60) * outcomeCount;
    const inflow3 = (columns.inflow3[row]! - 1) * outcomeCount;
    const inflow12 = (columns.inflow12[row]! - 1) * outcomeCount;
    const employment = (columns.employment[row]! - 1) * outcomeCount;
    for (let o = 0; o < outcomeCount; o++) {
      const inflow = (o & 1) === 0 ? inflow3 : inflow12;
      out[row * outcomeCount + o] =
        constant[o]! + c.age[age + o]! + c.children[children + o]! + c.married[married + o]! + c.education[education + o]! +
        c.laidOff[laidOff + o]! + c.health[health + o]! + c.work[work + o]! + c.disability[disability + o]! +
        c.hours[hours + o]! + c.origin[origin + o]! + c.history[history + o]! + c.duration[duration + o]! +
        c.inflow[inflow + o]! + c.employment[employment + o]!;
    }
  }
};
