import { months } from './calendar.ts';
import type { Columns } from './columns.ts';
import { cumulative, pick, within } from './distributions.ts';
import type { PersonDraws } from './draws.ts';
import { groups, onMeasures, wave, waveType } from './groups.ts';
import type { LabourMarket } from './labour-market.ts';
import { contractOf, measureShares } from './measures.ts';
import type { Person } from './person.ts';
import { countyOf, regionOf } from './places.ts';

const hoursShares = groups.map((group) => cumulative(group.hours));
/** First and last quarter of an hour of each level of hours at measurement. */
const hoursFrom = [0, 2, 33, 65, 97, 129, 153];
const hoursTo = [0, 32, 64, 96, 128, 152, 180];

/** Quarters of an hour a week from one uniform; full time, 37.5 hours, is half of its level. */
const drawHours = (group: number, u: number): number => {
  const shares = hoursShares[group]!;
  const level = pick(shares, u);
  const place = within(shares, level, u);
  if (level === 5 && place < 0.5) return 150;
  return hoursFrom[level]! + Math.floor(place * (hoursTo[level]! - hoursFrom[level]! + 1));
};

/** Ages in years where the shares of parents and of the married change, and the shares relative to the group's mean. */
const ageBand = (years: number): number => (years < 24 ? 0 : years < 30 ? 1 : years < 38 ? 2 : years < 48 ? 3 : years < 56 ? 4 : 5);
const marriedFactor = [0.1, 0.45, 0.95, 1.3, 1.5, 1.7];
const childrenShares = [
  [0.93, 0.05, 0.016, 0.003, 0.001],
  [0.68, 0.18, 0.1, 0.03, 0.01],
  [0.37, 0.24, 0.245, 0.1, 0.045],
  [0.29, 0.26, 0.285, 0.12, 0.045],
  [0.58, 0.24, 0.125, 0.04, 0.015],
  [0.94, 0.045, 0.01, 0.003, 0.002],
].map(cumulative);

/** Health benefits ask for earlier income, and end with the old-age pension: fewer there, so that the floor seldom has to act. */
const healthFactor = ({ wageDecile, pensionDecile, ageMonths }: Person, hours: number): number => {
  const income = wageDecile + pensionDecile;
  return (income === 0 ? (hours > 0 ? 0.8 : 0.15) : income === 1 ? 0.9 : 1.14) * (ageMonths > 62 * 12 ? 0.5 : 1);
};

/** Chances a month of a new draw of benefits, family and hours; all other months carry the state on. */
const healthUntil = 0.008;
const workUntil = healthUntil + 0.02;
const marriedUntil = workUntil + 0.002;
const childrenUntil = marriedUntil + 0.008;
const hoursUntil = childrenUntil + 0.12;

/**
 * Writes the person's months into the columns from row `at`: everything but outcomes, incomes and support group.
 * `changes` has a uniform for each row, `market` is where the person lives.
 */
export const writePath = (
  columns: Columns,
  at: number,
  person: Person,
  draws: PersonDraws,
  i: number,
  { changes, market }: { readonly changes: Float64Array; readonly market: LabourMarket },
): void => {
  const group = groups[person.group]!;
  const { length, country, residence, elapsed, earlier, between, office, start } = person;
  const county = countyOf[office]!;
  const place = regionOf[office]! * months + start;
  const band = ageBand(person.ageMonths / 12);
  let hours = drawHours(person.group, draws.hours[i]!);
  const healthShare = group.health * healthFactor(person, hours);
  let health = draws.health[i]! < healthShare ? 1 : 0;
  let work = draws.work[i]! < group.work ? 1 : 0;
  let married = draws.married[i]! < group.married * marriedFactor[band]! ? 1 : 0;
  let children = pick(childrenShares[band]!, draws.children[i]!);
  const disability = draws.disability[i]! < group.disability ? 1 : 0;
  const graduate = person.ageMonths < 12 * 42 && person.ageMonths > 12 * 21 && draws.education[i]! < group.education;
  const furlough = draws.laidOff[i]! < (person.type === waveType ? wave.laidOff : group.laidOff);
  const u = draws.measure[i]!;
  const participates = person.group === onMeasures || u < group.measure * 2;
  const measure = participates ? 1 + pick(measureShares, (u * 37) % 1) : 0;
  const contract = measure ? contractOf(measure, county, (u * 1009) % 1) : 0;
  const measureFrom = person.group === onMeasures ? 0 : Math.floor(((u * 5003) % 1) * length * 0.6);
  const measureTo = person.group === onMeasures ? length : measureFrom + Math.ceil(length / 2);
  for (let k = 0, row = at; k < length; k++, row++) {
    const c = changes[row]!;
    if (c < hoursUntil && k > 0) {
      if (c >= childrenUntil) hours = drawHours(person.group, (c - childrenUntil) / (hoursUntil - childrenUntil));
      else if (c < healthUntil) health = c / healthUntil < healthShare ? 1 : 0;
      else if (c < workUntil) work = (c - healthUntil) / (workUntil - healthUntil) < group.work ? 1 : 0;
      else {
        const now = ageBand((person.ageMonths + k) / 12);
        if (c < marriedUntil) married = (c - workUntil) / (marriedUntil - workUntil) < group.married * marriedFactor[now]! ? 1 : 0;
        else children = pick(childrenShares[now]!, (c - marriedUntil) / (childrenUntil - marriedUntil));
      }
    }
    const duration = elapsed + k;
    const before = Math.min(Math.max(61 - duration - between, 0), earlier);
    columns.month[row] = start + k;
    columns.office[row] = office;
    columns.mainGroup[row] = person.group;
    columns.measure[row] = k >= measureFrom && k < measureTo ? measure : 0;
    columns.contract[row] = k >= measureFrom && k < measureTo ? contract : 0;
    columns.age[row] = Math.floor((person.ageMonths + k) / 12);
    columns.children[row] = children;
    columns.married[row] = married;
    columns.female[row] = person.female;
    columns.education[row] = graduate && duration < 12 ? 1 : 0;
    columns.laidOff[row] = furlough && duration < 9 ? 1 : 0;
    columns.health[row] = health;
    columns.work[row] = work;
    columns.disability[row] = disability;
    columns.hours[row] = hours;
    columns.country[row] = country;
    columns.residence[row] = residence + k;
    columns.history[row] = Math.max(Math.min(duration, 61) - Math.min(person.gaps, duration >> 3), 0) + before;
    columns.duration[row] = duration;
    columns.inflow3[row] = market.inflow3[place + k]!;
    columns.inflow12[row] = market.inflow12[place + k]!;
    columns.employment[row] = market.employment[place + k]!;
  }
};
