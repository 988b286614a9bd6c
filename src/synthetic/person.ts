import { firstWageMonth, march2020, months } from './calendar.ts';
import { cumulative, geometric, pick, quantileBetween, within } from './distributions.ts';
import type { PersonDraws } from './draws.ts';
import { decileBorders, fullyUnemployed, groups, partlyUnemployed, pensionDecileShares, typeShares, wageDecileShares, wave, waveType } from './groups.ts';
import type { Anchor } from './labour-market.ts';
import { countyOf, immigrantFactor, officeShares, regionOf } from './places.ts';

/** A person's one spell and what does not change in it. Months count from the first stock unless said otherwise. */
export interface Person {
  type: number;
  group: number;
  /** First month in the data, and months from there to the end of the spell or of the data. */
  start: number;
  length: number;
  /** Months since the spell began, at `start`. */
  elapsed: number;
  office: number;
  /** At `start`. */
  ageMonths: number;
  female: number;
  /** −1 … 3. */
  country: number;
  /** In months at `start`; as high as the age for those born here. */
  residence: number;
  /** An earlier spell: months in it and months between it and this one; months missing inside this one. */
  earlier: number;
  between: number;
  gaps: number;
  /** Came before 2015. */
  early: boolean;
  /** 0 none, 1 … 10; and the place inside the decile, 0 to 1. */
  wageDecile: number;
  pensionDecile: number;
  incomePlace: number;
}

const longest = 240;
const elapsedShares = [...groups.map((group) => geometric(group.length - 1, longest)), geometric(wave.length - 1, longest)];
const stockShares = [...groups.map((group) => 1 / (1 + (months - 1) / group.length)), 0];
const residenceKnots = [0, 8, 20, 34, 50, 80, 125, 185, 255, 335, 425, 560];

/** Country group shares by type and by county, with more or fewer of group 3. */
const countryShares = groups.map((group) =>
  Array.from({ length: 15 }, (_, county) => {
    const third = group.country[4]! * immigrantFactor(county);
    const rest = (1 - third) / (1 - group.country[4]!);
    return cumulative([...group.country.slice(0, 4).map((share) => share * rest), third]);
  }),
);

const entry = (person: Person, draws: PersonDraws, i: number): void => {
  const u = draws.entry[i]!;
  const { type } = person;
  const inStock = u < stockShares[type]!;
  person.elapsed = inStock ? pick(elapsedShares[type]!, draws.elapsed[i]!) : 0;
  person.start = inStock ? 0 : 1 + Math.floor(((u - stockShares[type]!) / (1 - stockShares[type]!)) * (months - 1));
  if (type === waveType) person.start = u < wave.firstMonthShare ? march2020 : march2020 + 1;
  person.length = Math.min(1 + pick(elapsedShares[type]!, draws.length[i]!), months - person.start);
};

const origin = (person: Person, draws: PersonDraws, i: number): void => {
  const county = countyOf[person.office]!;
  person.country = pick(countryShares[person.group]![county]!, draws.country[i]!) - 1;
  const u = draws.residence[i]!;
  const returned = person.country === 0 && u < 0.03;
  const atSpell = person.country !== 0 ? quantileBetween(residenceKnots, u) : returned ? u * 4300 : Infinity;
  person.residence = Math.min(Math.floor(atSpell) + person.elapsed, person.ageMonths);
};

/** Further digits of the one draw serve for the gap and the missing months. */
const history = (person: Person, draws: PersonDraws, i: number): void => {
  const u = draws.history[i]!;
  const some = person.type === 0 ? 0.96 : 0.64;
  const v = u / some;
  const w = (v * 61) % 1;
  person.earlier = u < some ? 1 + Math.floor(v * 38) : 0;
  person.between = 2 + Math.floor(w * 34);
  const known = Math.min(person.residence, person.ageMonths - 16 * 12) - person.elapsed;
  if (person.earlier + person.between > known) person.earlier = 0;
  person.gaps = person.elapsed > 20 || person.length > 20 ? Math.max(0, Math.floor(((u * 97) % 1) * 6) - 2) : 0;
};

/** Draws person i of the batch into `person`; with an anchor, as one who enters there. */
export const drawPerson = (person: Person, draws: PersonDraws, i: number, anchor?: Anchor): void => {
  person.type = pick(typeShares, draws.type[i]!);
  person.group = person.type < waveType ? person.type : draws.support[i]! < wave.fully ? fullyUnemployed : partlyUnemployed;
  person.office = pick(officeShares, draws.office[i]!);
  entry(person, draws, i);
  if (anchor) {
    person.start = anchor.month;
    person.elapsed = 0;
    person.length = Math.min(person.length, months - anchor.month);
    person.office = regionOf.indexOf(anchor.region);
  }
  const age = 12 * quantileBetween(groups[person.group]!.age, draws.age[i]!);
  person.ageMonths = Math.max(Math.floor(age), Math.min(18 * 12 + person.elapsed, 60 * 12));
  person.female = draws.female[i]! < groups[person.group]!.female ? 1 : 0;
  origin(person, draws, i);
  history(person, draws, i);
  person.early = person.start - person.elapsed < firstWageMonth;
  const shares = person.early ? pensionDecileShares : wageDecileShares[person.type]!;
  const u = draws.incomeRank[i]!;
  const decile = pick(shares, u);
  const chance = person.early ? 0.9 : person.type === waveType ? 0.99 : groups[person.group]!.wage;
  const has = draws.income[i]! < chance ? decile + 1 : 0;
  person.wageDecile = person.early ? 0 : has;
  person.pensionDecile = person.early ? has : 0;
  person.incomePlace = within(shares, decile, u);
};

/** Income in 1024ths of a basic amount: uniform within the decile. */
export const income = (decile: number, place: number): number => {
  if (decile === 0) return 0;
  const lower = decileBorders[decile - 1]!;
  return lower + 1 + Math.min(Math.floor(place * (decileBorders[decile]! - lower)), decileBorders[decile]! - lower - 1);
};

export const emptyPerson = (): Person => ({
  type: 0, group: 0, start: 0, length: 0, elapsed: 0, office: 0, ageMonths: 0, female: 0, country: 0, residence: 0, earlier: 0,
  between: 0, gaps: 0, early: false, wageDecile: 0, pensionDecile: 0, incomePlace: 0,
});

/** Persons' numbers shuffled into 30 bits by four Feistel rounds: unique, and telling nothing of the order. */
export const pseudonym = (block: number, number: number, key: number): number => {
  const n = block * 8192 + number;
  let left = n >>> 15;
  let right = n & 0x7fff;
  for (let round = 0; round < 4; round++) {
    let h = Math.imul(right ^ Math.imul(key + round, 0x9e3779b1), 0x85ebca6b);
    h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35);
    const mixed = left ^ ((h >>> 15) & 0x7fff);
    left = right;
    right = mixed;
  }
  return 1 + left * 32768 + right;
};
