import type { Columns } from './columns.ts';
import { coefficients, historyLevel, hoursLevel, outcomeCount, residenceLevel, residenceLevels } from './coefficients.ts';
import type { Person } from './person.ts';

/** α + xβ in doubles, entry `row * 4 + outcome`. */
export type Predictors = Float64Array;

const c = coefficients;

/** Sums of coefficients over all combinations of levels, the last table's level running fastest: one look-up for several covariates. */
const combined = (...tables: readonly Float64Array[]): Float64Array =>
  tables.reduce((left, right) => {
    const out = new Float64Array((left.length * right.length) / outcomeCount);
    for (let i = 0; i < out.length; i++) {
      const o = i % outcomeCount;
      const levels = (i - o) / outcomeCount;
      const inRight = levels % (right.length / outcomeCount);
      const inLeft = (levels - inRight) / (right.length / outcomeCount);
      out[i] = left[inLeft * outcomeCount + o]! + right[inRight * outcomeCount + o]!;
    }
    return out;
  });

const flagTable = combined(c.education, c.married, c.laidOff, c.health, c.work, c.disability);
const familyTable = combined(c.age, c.children);
const recordTable = combined(c.hours, c.history);
const marketTable = combined(c.inflow, c.employment);
const childrenLevels = c.children.length / outcomeCount;
const historyLevels = c.history.length / outcomeCount;
const employmentLevels = c.employment.length / outcomeCount;

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
    const age = Math.min(Math.max(columns.age[row]!, 18), 67) - 18;
    const family = (age * childrenLevels + columns.children[row]!) * outcomeCount;
    const flags =
      (32 * columns.education[row]! + 16 * columns.married[row]! + 8 * columns.laidOff[row]! + 4 * columns.health[row]! +
        2 * columns.work[row]! + columns.disability[row]!) * outcomeCount;
    const record = (hoursLevel[columns.hours[row]!]! * historyLevels + historyLevel[columns.history[row]!]!) * outcomeCount;
    const residence = residenceLevel[Math.min(columns.residence[row]!, 121)]!;
    const origin = ((columns.country[row]! + 1) * residenceLevels + residence) * outcomeCount;
    const duration = Math.min(columns.duration[row]!, 60) * outcomeCount;
    const employment = columns.employment[row]! - 1;
    const market3 = ((columns.inflow3[row]! - 1) * employmentLevels + employment) * outcomeCount;
    const market12 = ((columns.inflow12[row]! - 1) * employmentLevels + employment) * outcomeCount;
    for (let o = 0; o < outcomeCount; o++) {
      out[row * outcomeCount + o] =
        constant[o]! + familyTable[family + o]! + flagTable[flags + o]! + recordTable[record + o]! + c.origin[origin + o]! +
        c.duration[duration + o]! + marketTable[((o & 1) === 0 ? market3 : market12) + o]!;
    }
  }
};
